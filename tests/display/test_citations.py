"""Citations: what a source says of itself and no more, read back by readers of each style."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import example, given, strategies as st

import microneedling as mn

STYLES = ("plain", "bibtex", "ris", "csl-json")
# Sources of the first edition that lead nowhere, and why.
NOWHERE = {
    "allure-marchbein": "read on another site's copy, whose address was not kept",
    "article": "the text that this library started from; author, date and place are unknown",
    "clinics": "many pages counted together",
    "editorial": "the edition's own judgement, which is published nowhere else",
    "tewl-lengths": "only a shortened address was kept",
}
_LATEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
Record = dict[str, Any]


def unlatexed(text: str) -> str:
    """Read what LaTeX would print."""
    sign = "|".join(map(re.escape, _LATEX))
    return re.sub(rf"{sign}|[{{}}]", lambda one: _LATEX.get(one[0], ""), text)


def read_bibtex(text: str) -> Iterator[Record]:
    """Read BibTeX as BibTeX does: braces are counted, whatever stands before them."""
    place = 0
    while (start := text.find("@", place)) >= 0:
        kind, opened = text[start + 1 : text.index("{", start)], text.index("{", start)
        depth, ends, commas = 0, opened, []
        for ends in range(opened, len(text)):
            sign = text[ends]
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if sign == "," and depth == 1:
                commas.append(ends)
            if depth == 0:
                break
        assert depth == 0, "braces do not match"
        parts = [text[a + 1 : b] for a, b in pairwise([opened, *commas, ends])]
        held = {"kind": kind, "key": parts[0]}
        for part in parts[1:]:
            name, _, value = part.strip().partition(" = ")
            assert (value[0], value[-1]) == ("{", "}")
            assert name not in held
            held[name] = value[1:-1]
        yield held
        place = ends + 1


def read_ris(text: str) -> Iterator[Record]:
    """Read RIS: a tag a line, lines ended by CR and LF, ER at the end of each."""
    assert text.endswith("ER  - \r\n")
    held: dict[str, list[str]] = {}
    for line in text.removesuffix("\r\n").split("\r\n"):
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert found, line
        if found[1] == "ER":
            assert next(iter(held)) == "TY"
            yield dict(held)
            held = {}
        else:
            held.setdefault(found[1], []).append(found[2])
    assert not held


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """Give names without what stands between them and their letters."""
    return re.findall(r"\w+", text)


def initials(text: str) -> str:
    """Give a name's letters, in order."""
    return "".join(words(text)).casefold()


class TestEveryStyle:
    """What is written is what the source says, and no more."""

    def test_bibtex(self, knowledge: mn.Knowledge) -> None:
        read = {entry["key"]: entry for entry in read_bibtex(knowledge.cite("bibtex"))}
        assert list(read) == sorted(source.id for source in knowledge.sources)
        for source in knowledge.sources:
            entry = read[source.id]
            assert unlatexed(entry["title"]) == source.title
            assert entry.get("year") == (None if source.year is None else str(source.year))
            assert entry.get("doi", "") == source.doi
            assert entry.get("url", "") == source.link
            assert ("author" in entry) == bool(source.authors)
            names = unlatexed(entry.get("author", "")).replace(" and others", " et al")
            assert initials(names.replace(" and ", " ")) in {
                initials(source.authors),
                initials(source.authors.replace("English RS Jr", "English Jr RS")),
                initials(source.authors.replace(" and ", " ")),
            }
            assert (entry["kind"] == "article") == ("journal" in entry)
            assert source.container in unlatexed(entry["annote"] + entry.get("howpublished", ""))

    def test_ris(self, knowledge: mn.Knowledge) -> None:
        read = {entry["ID"][0]: entry for entry in read_ris(knowledge.cite("ris"))}
        assert list(read) == sorted(source.id for source in knowledge.sources)
        for source in knowledge.sources:
            entry = read[source.id]
            assert entry["TY"] in (["JOUR"], ["GEN"])
            assert entry["TI"] == [source.title]
            assert entry.get("PY", []) == ([] if source.year is None else [str(source.year)])
            assert entry.get("DO", []) == ([source.doi] if source.doi else [])
            assert entry.get("UR", []) == ([source.link] if source.link else [])
            assert bool(entry.get("AU")) == bool(source.authors)
            assert "; ".join(sorted(entry.get("AN", []))) == "; ".join(
                sorted(part for part in [source.identifier] if part)
            ) or set("; ".join(entry["AN"]).split("; ")) == set(source.identifier.split("; "))

    def test_csl_json(self, knowledge: mn.Knowledge) -> None:
        read = {item["id"]: item for item in json.loads(knowledge.cite("csl-json"))}
        assert list(read) == sorted(source.id for source in knowledge.sources)
        for source in knowledge.sources:
            item = read[source.id]
            assert item["type"] in {"article-journal", "document"}
            assert item["title"] == source.title
            dates = None if source.year is None else {"date-parts": [[source.year]]}
            assert item.get("issued") == dates
            assert item.get("DOI", "") == source.doi
            for name in item.get("author", []):
                assert set(name) in (
                    {"family", "given"},
                    {"family", "given", "suffix"},
                    {"literal"},
                )
                family = name.get("family") or name["literal"]
                letters = name.get("given", "").replace(". ", "").rstrip(".")
                assert f"{family} {letters}".strip() in source.authors
            assert bool(item.get("author")) == bool(source.authors)

    def test_plain(self, knowledge: mn.Knowledge) -> None:
        """A line each, with all that is known of it."""
        lines = knowledge.cite().splitlines()
        told = sorted(knowledge.sources, key=lambda source: source.id)
        for line, source in zip(lines, told, strict=True):
            assert line == source.cite("plain") == source.cite()
            assert line.startswith(f"[{source.id}] ")
            for part in (source.authors, source.title, source.container, str(source.year or "")):
                assert part.rstrip(".") in line
            assert line.endswith(source.link)

    @pytest.mark.parametrize("style", ["BibTeX", "", "apa", None, 3])
    def test_an_unknown_style(self, knowledge: mn.Knowledge, style: Any) -> None:  # noqa: ANN401 - what is no style
        """Is refused, and the styles are named."""
        for write in (knowledge.cite, knowledge.source("alam-2014").cite):
            with pytest.raises(mn.InputError) as caught:
                write(style)
            problem = caught.value.problems[0]
            assert problem.path == "style"
            if isinstance(style, str):
                assert all(known in problem.message for known in STYLES)


@pytest.mark.parametrize(
    ("year", "container", "journal"),
    [
        (2020, "J Test 2020;1(2):3-4", "J Test"),
        (2020, "J Test 2020;1", "J Test"),
        (2021, "J Test 2020;1(2):3-4", None),
        (None, "J Test 2020;1(2):3-4", None),
        (2020, "J Test 2020", None),
        (2020, "A page, April 2020", None),
    ],
)
def test_a_journal_is_taken_apart(year: int | None, container: str, journal: str | None) -> None:
    """Only where it is written as one, of the source's own year; else it stands as it was seen."""
    source = mn.Source(
        id="x",
        title="T",
        year=year,
        container=container,
        grade=mn.Grade.COHORT,
        read=mn.Access.FULL,
    )
    (entry,) = read_bibtex(source.cite("bibtex"))
    assert entry.get("journal") == journal
    assert entry.get("howpublished") == (None if journal else container)
    later = f". {year}" if year and str(year) not in container else ""
    assert source.cite() == f"[x] T. {container}{later}."


def test_authors_are_taken_apart(knowledge: mn.Knowledge) -> None:
    """Persons by family and initials, more of them as others, a body as it is called."""

    def authors(key: str) -> list[dict[str, str]]:
        told: list[dict[str, str]] = json.loads(knowledge.source(key).cite("csl-json"))[0]["author"]
        return told

    assert authors("english-2022")[0] == {"family": "English", "given": "R. S.", "suffix": "Jr"}
    assert authors("vondalwig-2020")[0] == {"family": "Freiherr von Dalwig-Nolda", "given": "D."}
    assert authors("k180778") == [{"literal": "US Food and Drug Administration"}]
    entry = next(read_bibtex(knowledge.source("acsi17").cite("bibtex")))
    assert entry["author"] == "Mysore, V. and others"
    body = next(read_bibtex(knowledge.source("k180778").cite("bibtex")))
    assert body["author"] == "{US Food and Drug Administration}"


HARD = st.text(alphabet=st.sampled_from(list("\\{}%&$#_^~\"'@, =|é\n\r\t漢a-B2.")), max_size=30)


@given(title=HARD.filter(str.strip), authors=HARD, note=HARD, key=HARD.filter(str.strip))
@example(title="}{", authors="A and B", note="\\", key="a,b}")
def test_no_sign_breaks_a_style(title: str, authors: str, note: str, key: str) -> None:
    """Whatever stands in a source, every reader reads one entry, and its title as it is."""
    source = mn.Source(
        id=in_one_line(key),
        title=title,
        authors=authors,
        note=note,
        grade=mn.Grade.BLOG,
        read=mn.Access.FULL,
    )
    (entry,) = read_bibtex(source.cite("bibtex"))
    assert unlatexed(entry["title"]) == in_one_line(title)
    assert re.fullmatch(r"[A-Za-z0-9._:+-]+", entry["key"])
    (record,) = read_ris(source.cite("ris"))
    assert record["TI"] == [in_one_line(title)]
    (item,) = json.loads(source.cite("csl-json"))
    assert item["title"] == in_one_line(title)
    assert item["id"] == entry["key"] == record["ID"][0]
    assert "\n" not in source.cite()


@given(
    source=st.from_type(mn.Source),
    doi=HARD,
    url=HARD,
    container=HARD | st.just("J Test 2020;1(2):3-4"),
    identifier=HARD | st.just("PMID 1; PMC2; K3"),
)
def test_any_source(source: mn.Source, doi: str, url: str, container: str, identifier: str) -> None:
    """Is one entry to every reader, with its year, its DOI and its address."""
    held = attrs.evolve(source, doi=doi, url=url, container=container, identifier=identifier)
    (entry,) = read_bibtex(held.cite("bibtex"))
    (record,) = read_ris(held.cite("ris"))
    (item,) = json.loads(held.cite("csl-json"))
    year = [] if held.year is None else [str(held.year)]
    assert ([entry["year"]] if "year" in entry else []) == record.get("PY", []) == year
    assert item.get("issued") == ({"date-parts": [[held.year]]} if year else None)
    assert "".join(record.get("DO", [])) == item.get("DOI", "") == in_one_line(doi)
    assert "".join(record.get("UR", [])) == item.get("URL", "") == in_one_line(held.link)
    assert bool(item.get("author")) == bool(in_one_line(held.authors))
    # What is taken apart stands as a whole besides.
    assert in_one_line(container) in (item.get("container-title", "") + item["note"])
    assert len(held.cite().splitlines()) == 1


@given(st.lists(st.from_type(mn.Source), unique_by=lambda source: source.id, max_size=6))
def test_keys_are_unique(sources: list[mn.Source]) -> None:
    """Whatever the ids, also for readers to whom capitals are all one."""
    from microneedling.display import cite_all

    twins = [attrs.evolve(source, id=source.id.swapcase()) for source in sources]
    told = list({source.id: source for source in (*sources, *twins)}.values())
    keys = [entry["key"].casefold() for entry in read_bibtex(cite_all(told, style="bibtex"))]
    assert len(set(keys)) == len(told)


class TestLinks:
    """A source leads to where it can be looked up."""

    def test_each_has_one_or_is_listed(self, knowledge: mn.Knowledge) -> None:
        assert {source.id for source in knowledge.sources if not source.link} == set(NOWHERE)
        for source in knowledge.sources:
            assert not source.link or re.fullmatch(r"https?://[^\s<>\"]+", source.link)

    def test_the_most_lasting_is_taken(self, knowledge: mn.Knowledge) -> None:
        """A DOI, else PubMed, else PubMed Central, else where it was read."""
        for source in knowledge.sources:
            if source.doi:
                assert source.link == f"https://doi.org/{source.doi}"
            elif found := re.search(r"PMID (\d+)", source.identifier):
                assert source.link == f"https://pubmed.ncbi.nlm.nih.gov/{found[1]}/"
            elif found := re.search(r"PMC\d+", source.identifier):
                assert source.link == f"https://pmc.ncbi.nlm.nih.gov/articles/{found[0]}/"
            else:
                assert source.link == source.url

    def test_a_doi_with_signs_of_its_own(self) -> None:
        """Is written so that an address may hold it."""
        source = mn.Source(
            id="x",
            title="x",
            doi="10.1002/(SICI)1<9::AID#2>3.0",
            grade=mn.Grade.COHORT,
            read=mn.Access.FULL,
        )
        assert source.link == "https://doi.org/10.1002/(SICI)1%3C9::AID%232%3E3.0"


class TestTheStartingText:
    """Is named as what it is, wherever it is shown."""

    TOLD = "The text that this library started from"

    def test_in_every_style(self, knowledge: mn.Knowledge) -> None:
        source = knowledge.source("article")
        assert source.is_starting_text
        for style in STYLES:
            assert source.cite(style).count(self.TOLD) == 1

    def test_in_texts(self, knowledge: mn.Knowledge) -> None:
        """Of lengths side by side, which list what they name."""
        assert self.TOLD in knowledge.source("article").reference
        text = mn.compare(mn.NeedleLength(500), mn.NeedleLength(1000), knowledge).explain()
        listed = in_one_line(text.partition("\nSources\n")[2])
        assert (
            f"[article] Microneedling For Skin Rejuvenation And Prevention. {self.TOLD}" in listed
        )

    def test_no_other_source(self, knowledge: mn.Knowledge) -> None:
        told = [source.id for source in knowledge.sources if source.is_starting_text]
        assert told == ["article"]
        known = attrs.evolve(knowledge.source("alam-2014"), id="article")
        assert not known.is_starting_text
        assert self.TOLD not in known.cite()
