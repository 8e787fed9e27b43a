"""A header never turns a fact into "no": what is near a name of ours is read or stops the table."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling import frames
from microneedling.frames.column_names import HOLDS
from microneedling.frames.finding_columns import FINDING_COLUMNS
from microneedling.frames.header_names import folded, near
from tests.frames import drawing, kinds
from tests.frames.kinds import Kind
from tests.frames.rows import ANSWERS

KNOWLEDGE = mn.load("2026.1")
COLUMNS = (*kinds.BASE, "everything_asked")
with (Path(__file__).parent / "headers.csv").open(encoding="utf-8", newline="") as _file:
    HEADERS = [(row["header"], row["what"], row["means"]) for row in csv.DictReader(_file)]
STOPS = [(header, means) for header, what, means in HEADERS if what == "stop"]
ORDINARY = [header for header, what, _ in HEADERS if what == "pass"]


def table(**more: Any) -> pl.DataFrame:
    """Make one unremarkable row, and more columns."""
    rows = kinds.table([drawing.usual(COLUMNS)], COLUMNS)
    return rows.with_columns(pl.Series(name, [value]) for name, value in more.items())


def taken(header: str) -> frames.Use:
    """Say what a column is taken for beside the usual ones."""
    *_, use = frames.columns(table(**{header: True}))
    return use


class TestTheList:
    """Headers as clinics write them, with what each has to do."""

    def test_it_is_long(self) -> None:
        assert len(STOPS) + sum(what == "read" for _, what, _ in HEADERS) >= 300
        assert len(ORDINARY) >= 200

    @pytest.mark.parametrize("header", [h for h, what, _ in HEADERS if what == "read"])
    def test_read(self, header: str) -> None:
        """Law: our own names are read."""
        uses = frames.columns(pl.DataFrame({header: [None]}))
        assert [(use.taken, use.means) for use in uses] == [("read", header)]

    @pytest.mark.parametrize(("header", "means"), STOPS)
    def test_stop(self, header: str, means: str) -> None:
        """Law: a fact under another name stops the table, and it is said which name was meant."""
        frame = table().drop(means, strict=False) if means not in FINDING_COLUMNS else table()
        use = frames.columns(frame.with_columns(pl.lit(None).alias(header)))[-1]
        assert use.taken == "near"
        assert use.means.startswith(means)
        with pytest.raises(mn.InputError) as caught:
            frames.recommend(frame.with_columns(pl.lit(None).alias(header)), KNOWLEDGE)
        assert ("misspelt", header) in {(p.code, p.path) for p in caught.value.problems}

    def test_ordinary_columns_pass(self) -> None:
        """Law: of the columns that clinics have besides hardly any stops a table."""
        stopped = [header for header in ORDINARY if taken(header).taken != "passed"]
        assert len(stopped) <= 5, stopped


class TestNear:
    """What counts as near, by rules of its own."""

    @given(
        name=st.sampled_from([*FINDING_COLUMNS]),
        before=st.sampled_from(["", "is_", "has_", "Is ", "patient_"]),
        after=st.sampled_from(["", "_flag", " date", "?", " (Y/N)"]),
        way=st.sampled_from([str.upper, str.title, str.lower]),
        sign=st.sampled_from(["_", " ", "-", ".", "\u00a0"]),
    )
    def test_forms_of_our_names(
        self, name: str, before: str, after: str, way: Any, sign: str
    ) -> None:
        """Law: case, blanks, dashes and what is put around a name change nothing."""
        header = way(f"{before}{name}{after}").replace("_", sign)
        found = near(header)
        assert header in HOLDS or found is not None
        if header not in HOLDS and found is not None:
            finding = FINDING_COLUMNS[name][0]
            assert FINDING_COLUMNS[found[0]][0] is finding

    @given(name=st.sampled_from(sorted(FINDING_COLUMNS)), data=st.data())
    def test_letters_that_are_wrong(self, name: str, data: st.DataObject) -> None:
        """Law: one letter left out, doubled or changed in a long name is near that finding."""
        place = data.draw(st.integers(1, len(name) - 2))
        letter = data.draw(st.sampled_from(["", name[place] * 2, "x"]))
        header = name[:place] + letter + name[place + 1 :]
        if header not in HOLDS:
            assert near(header) is not None

    def test_only_what_is_put_around_is_left_out(self) -> None:
        """A word that belongs to a name and is put around others as well stays with the name."""
        assert near("HERPES_HISTORY_LAST_ON_FLAG") == ("herpes_history_last_on", True)

    def test_folded(self) -> None:
        """Law: accents, capitals within and plurals are the same name."""
        assert folded("Fächer") == folded("facher")
        assert folded("ActiveAcne") == folded("active acne") == folded("ACTIVE-ACNES")
        assert folded("psoriasis") == ("psoriasis",)

    def test_every_synonym_means_a_column(self) -> None:
        """Law: the data of the package name inputs, each synonym once."""
        from microneedling.frames.header_names import _words

        means = _words()["means"]
        assert set(means) <= set(HOLDS)
        assert {finding.value for finding in mn.Finding} <= set(means)
        told = ["".join(folded(word)) for words in means.values() for word in words]
        twice = {word for word in told if told.count(word) > 1}
        assert not twice


@kinds.each(*kinds.LIBRARIES)
class TestEveryLibrary:
    """On each the same columns stop, pass and are kept."""

    def test_a_near_name_stops(self, kind: Kind) -> None:
        for header in ("pregnacy", "isotretinoin_last", "OpenWound", "blood thinners"):
            with kinds.refused(("misspelt", header)):
                frames.recommend(kind.given(table(**{header: True})), KNOWLEDGE)

    def test_kept(self, kind: Kind) -> None:
        """Law: named in `keep` it passes, and counts for nothing."""
        given = kind.given(table(pregnant=True))
        made = frames.recommend(given, KNOWLEDGE, keep=["pregnant"], assume_absent=True)
        (row,) = kind.read(made, (*ANSWERS, "pregnant"))
        assert (row["verdict"], row["pregnant"]) == ("offer", True)

    def test_two_columns_of_one_thing(self, kind: Kind) -> None:
        """Law: a second column that says the same is never passed by."""
        with kinds.refused(("misspelt", "Is Pregnant")):
            frames.recommend(kind.given(table(pregnancy=False, **{"Is Pregnant": True})), KNOWLEDGE)

    def test_strict(self, kind: Kind) -> None:
        """Law: then nothing passes unsaid."""
        given = kind.given(table(lot="A7", note="x"))
        with kinds.refused(("unknown_key", "note")):
            frames.recommend(given, KNOWLEDGE, keep=["lot"], strict=True)

    def test_what_was_asked(self, kind: Kind) -> None:
        """Law: everything asked is about the findings that have a column, or are named."""
        told = {"pregnancy": False, "tattoo": None}
        given = kind.given(table(**told))
        some = mn.recommend(_assessed(set(mn.Finding) - {mn.Finding.TATTOO}), KNOWLEDGE)
        assert some.verdict is mn.Verdict.ASK or some.options
        (row,) = kind.read(frames.recommend(given, KNOWLEDGE), ANSWERS)
        assert (row["verdict"], row["assumed_absent"]) == ("ask", False)
        others = [f for f in mn.Finding if f.value not in told]
        (row,) = kind.read(frames.recommend(given, KNOWLEDGE, asked=others), ANSWERS)
        assert (row["verdict"], row["assumed_absent"]) == (some.verdict.value, False)
        (row,) = kind.read(frames.recommend(given, KNOWLEDGE, assume_absent=True), ANSWERS)
        assert (row["verdict"], row["assumed_absent"]) == (some.verdict.value, True)


def _assessed(absent: set[mn.Finding]) -> mn.Assessment:
    derived = {mn.Finding.AGE_UNDER_18, mn.Finding.AGE_UNDER_22, mn.Finding.SKIN_TYPE_IV_TO_VI}
    return mn.Assessment(
        on=date(2026, 11, 22),
        site=mn.Site.ABDOMEN,
        setting=mn.Setting.CLINIC,
        concerns=[mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD)],
        skin_type=mn.SkinType.II,
        age_years=34,
        screening=mn.Screening(absent=absent - derived),
        earlier_sessions=(),
    )


class TestChoices:
    """What a caller says about columns is checked before any is looked at."""

    @pytest.mark.parametrize(
        ("said", "code", "path"),
        [
            ({"keep": "pregnant"}, "wrong_type", "keep"),
            ({"keep": [1]}, "wrong_type", "keep"),
            ({"keep": ["nowhere"]}, "missing_column", "nowhere"),
            ({"asked": "pregnancy"}, "wrong_type", "asked"),
            ({"asked": ["no such"]}, "unknown_code", "asked"),
            ({"asked": 3}, "wrong_type", "asked"),
            ({"assume_absent": 1}, "not_a_boolean", "assume_absent"),
            ({"strict": None}, "not_a_boolean", "strict"),
        ],
    )
    def test_refused(self, said: dict[str, Any], code: str, path: str) -> None:
        with kinds.refused((code, path)):
            frames.recommend(table(), KNOWLEDGE, **said)

    def test_a_list_of_findings_speaks_of_all(self) -> None:
        """Law: a column that can name any finding is a column for each."""
        held = table().with_columns(findings=pl.Series([["tattoo"]]))
        (row,) = kinds.read_polars(frames.recommend(held, KNOWLEDGE), ANSWERS)
        assert (row["verdict"], row["assumed_absent"]) == ("offer", False)

    def test_no_frame(self) -> None:
        with kinds.refused(("wrong_type", "frame")):
            frames.columns([1])


READ = {name: name for name in COLUMNS}


class TestTold:
    """A table that is passed on says which of its columns were read as what."""

    def test_pandas(self) -> None:
        kinds.PANDAS.available()
        made = frames.recommend(kinds.to_pandas(table(lot="A7")), KNOWLEDGE)
        told = made.attrs["microneedling"]
        assert (told["edition"], told["not_read"]) == ("2026.1", ["lot"])
        assert told["read"] == READ

    def test_arrow(self) -> None:
        import json

        kinds.ARROW.available()
        given = table(lot="A7").to_arrow().replace_schema_metadata({"theirs": "1"})
        metadata = frames.recommend(given, KNOWLEDGE, assume_absent=True).schema.metadata
        told = json.loads(metadata[b"microneedling"])
        assert (metadata[b"theirs"], told["assume_absent"]) == (b"1", True)
        assert told["read"] == READ
