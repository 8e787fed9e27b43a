"""The lists that others publish, and what is held of the edition beside them."""

from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

import microneedling as mn
from tests.published import coverage
from tests.published.coverage import GROUPS, HERE, KIND_OF, KINDS, LISTS, Edition, Lists, read

ALL = Lists()
EDITION = Edition()
LAXER = {
    (one.item["kind"], one.item["says"])
    for one in coverage.told(EDITION, ALL)
    if one.verdict == "laxer"
}


def test_every_list_has_a_public_address_and_what_was_read() -> None:
    """Nothing is counted that nobody can look up."""
    rows = read(HERE / "lists.csv")
    assert len(rows) == len(LISTS)
    for row in rows:
        address = urlsplit(row["url"])
        assert address.scheme in {"http", "https"}, row["id"]
        assert "." in str(address.hostname), row["id"]
        assert row["read"] in {"excerpt", "whole"}, row["id"]
        assert row["publisher"], row["id"]
        assert row["quarter"] in {"1", "2", "3", "4"}, row["id"]
        assert date.fromisoformat(row["day"]) <= coverage.DAY, row["id"]


@pytest.mark.parametrize("file", KIND_OF)
def test_every_list_has_items(file: str) -> None:
    """And no item is of a list that is not there."""
    kind = KIND_OF[file]
    named = {row["list"] for row in ALL.items(file)}
    assert named == {key[1] for key in LISTS if key[0] == kind}


def test_shared_wording_ends_at_a_list_or_a_source_of_the_edition() -> None:
    """What a list repeats is another list of its kind, or a source."""
    sources = {f"edition:{source.id}" for source in EDITION.knowledge.sources}
    for kind, name in LISTS:
        first = coverage.wording(kind, name)
        assert (kind, first) in LISTS or first in sources, name


def test_every_kind_of_an_item_is_known() -> None:
    """And each kind stands once."""
    assert len(read(HERE / "kinds.csv")) == len(KINDS)
    for group, (file, _) in GROUPS.items():
        assert {row["kind"] for row in ALL.items(file)} <= {
            key[1] for key in KINDS if key[0] == group
        }


@pytest.mark.parametrize("group", GROUPS)
def test_every_code_is_one_of_the_edition(group: str) -> None:
    """A kind is represented by what there is."""
    words = {
        "finding": {code.value for code in mn.Finding},
        "side_effect": {code.value for code in mn.SideEffectCode},
        "care": EDITION.codes["care"],
        "need": EDITION.codes["need"],
    }
    named = {pair for key, row in KINDS.items() if key[0] == group for pair in EDITION.named(row)}
    assert not {(table, code) for table, code in named if code not in words[table]}


@pytest.mark.parametrize("group", GROUPS)
def test_what_two_lists_name_has_a_code_or_says_why_not(group: str) -> None:
    """The independent ones are counted."""
    for kind, wordings in coverage.witnesses(ALL, group).items():
        row = KINDS[group, kind]
        if len(wordings) > 1:
            assert EDITION.represents(row) or (row["how"] and not row["code"]), kind


def test_every_laxer_pair_is_adjudicated() -> None:
    """Each once, in writing, and none that is not laxer any more."""
    rows = read(HERE / "adjudications.csv")
    pairs = Counter((row["kind"], row["says"]) for row in rows)
    assert set(pairs) == LAXER
    assert set(pairs.values()) == {1}
    for row in rows:
        assert row["group"] == "contraindication"
        assert row["verdict"] in {"kept", "open", "table_only"}
        assert row["why"].endswith("."), row["kind"]


def test_what_is_kept_names_a_source_of_the_edition() -> None:
    """A level that a source decides says which."""
    sources = {source.id for source in EDITION.knowledge.sources}
    for row in read(HERE / "adjudications.csv"):
        if row["verdict"] == "kept":
            assert any(f"{source} " in row["why"] for source in sources), row["kind"]


def test_each_compatible_pair_stands_once() -> None:
    """Every saying of a list beside every level."""
    rows = read(HERE / "compatible.csv")
    pairs = Counter((row["says"], row["level"]) for row in rows)
    says = {row["says"] for row in ALL.items("contraindications")}
    assert pairs == Counter((said, level.value) for said in says for level in mn.Level)
    assert {row["verdict"] for row in rows} == {*coverage.VERDICTS}


def test_what_gives_no_session_is_never_laxer_than_an_offer() -> None:
    """A caution, a change or a limit let an offer stand; the levels above them do not."""
    order = ("laxer", "same", "stricter")
    for said in {key[0] for key in coverage.COMPATIBLE}:
        ranks = [order.index(coverage.COMPATIBLE[said, level.value]) for level in mn.Level]
        assert max(ranks[:3]) <= max(ranks[3:]), said
        assert ranks[0] == min(ranks), said


def test_protocols_and_charts_can_be_asked() -> None:
    """Sites, settings and indications are codes of the edition."""
    for name, site in (("protocols", "site"), ("charts", "area")):
        for row in ALL.items(name):
            for asked in coverage.asked_of({**row, "site": row[site]}, "site"):
                assert coverage.known(asked), asked


def test_the_report_says_all_three_groups() -> None:
    """The command prints what it counts."""
    lines = list(coverage.report(ALL))
    assert {f"{group}:" for group in GROUPS} <= {*lines}
    assert sum(line.startswith("  items represented") for line in lines) == 3


def test_a_quarter_is_counted_by_itself() -> None:
    """The last one has no item of the others, and of their wordings none is new there."""
    last, before = Lists(frozenset("4")), Lists(frozenset("123"))
    for file, kind in KIND_OF.items():
        held = {row["list"] for row in last.items(file)}
        assert held
        assert not held & {row["list"] for row in before.items(file)}
        assert not last.independent(kind, held) & before.independent(
            kind, (row["list"] for row in before.items(file))
        )
        assert len(last.items(file)) + len(before.items(file)) == len(ALL.items(file))
