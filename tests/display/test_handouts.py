"""Hand-outs: what they say and of what, who can read them, and in which forms they come."""

import ast
import copy
import inspect
import io
import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pikepdf
import pypdf
import pytest
import textstat
from hypothesis import given, settings, strategies as st

import microneedling as mn
from microneedling.display import handouts
from microneedling.display.handouts import HandOut, as_pdf
from microneedling.display.handouts.parts import BLANK, Kind
from microneedling.display.handouts.wording import EFFECTS, NUMBING
from microneedling.display.languages import _catalogue, in_language, languages
from microneedling.strategies import treatments
from tests.knowledge.test_texts import HARDEST_GRADE, NAMES
from tests.ledgers import FOUR_WEEKLY, KNOWLEDGE, ON, SCARS, START, day, done, seen

# What a leaflet must not name: medicines to take, and how much of them.
DRUGS = re.compile(
    r"paracetamol|ibuprofen|aspirin|lidocaine|minoxidil|hydroquinone|tranexamic|acyclovir|aciclovir"
    r"|prilocaine|dexpanthenol|tretinoin|cortisone|\d\s*(?:%|mg|ml)",
    re.IGNORECASE,
)
# Markup of all that a hand-out is written in, and what people of many countries are called.
HOSTILE = (
    '<script>alert("x")</script>',
    "</title></head><body onload=x>&amp;",
    '#eval("1") #read("/etc/passwd")',
    "*bold* _x_ $x^2$ = Title // not a comment",
    "@ref <label> \\ \\n #{ [ ] }",
    "{name} {0} %s",
    '"); panic("x',
    "Hautärzte Größe & Söhne, Straße „ß“ — ẞ",
    "Clínica Señora Núñez ¿Qué? ¡Sí! áéíóúü",
)


Make: TypeAlias = Callable[..., HandOut]


def leaflet(chosen: mn.Treatment | None = None, **names: str) -> HandOut:
    """Make a leaflet, of a treatment from its beginning where nothing else is given."""
    return mn.leaflet(chosen or treatment(), **names)  # type: ignore[arg-type]  # of the clinic


def treatment() -> mn.Treatment:
    """Begin a treatment with the course of `tests.ledgers`."""
    answer = mn.recommend(SCARS, KNOWLEDGE)
    return mn.begin_treatment(answer, FOUR_WEEKLY, KNOWLEDGE, start=START, sessions=3)


def of_course(clinic: str | None = None, telephone: str | None = None) -> HandOut:
    """Make a leaflet of a course that has no days."""
    return mn.leaflet(
        FOUR_WEEKLY, chosen_by="dr-7", knowledge=KNOWLEDGE, clinic=clinic, telephone=telephone
    )


def sheet(clinic: str | None = None, telephone: str | None = None) -> HandOut:
    """Make a sheet for a talk."""
    return mn.consent(treatment(), clinic=clinic, telephone=telephone)


def paused() -> mn.Treatment:
    """Give a treatment that is on hold after its first session."""
    sore = mn.SideEffectReported(
        on=day(8), effect=mn.SideEffectCode.ERYTHEMA, severity=mn.Severity.MILD, day=8
    )
    return treatment().record(done(0)).record(sore)


@cache
def offered() -> tuple[tuple[mn.Site, mn.Course], ...]:
    """Give courses of all protocols, each with a site that it is offered for."""
    found: dict[tuple[str, ...], tuple[mn.Site, mn.Course]] = {}
    for setting in mn.Setting:
        for indication, site, severity in product(mn.Indication, mn.Site, mn.Severity):
            asked = mn.Assessment(
                on=ON,
                site=site,
                setting=setting,
                concerns=[mn.Concern(indication=indication, severity=severity)],
                age_years=34,
                screening=mn.Screening.complete(),
            )
            for course in mn.recommend(asked, KNOWLEDGE).options:
                key = (*course.protocols, indication.value, setting.value)
                found.setdefault(key, (site, course))
    return tuple(found.values())


def read(held: HandOut) -> str:
    """Give what is read of a leaflet: all but the small print, a heading being a sentence."""
    return " ".join(
        text
        for section in held.sections
        if section.kind is not Kind.SMALL
        for text in (f"{section.title}.", *[told.text for told in section.sentences])
    )


def grade(held: HandOut) -> float:
    """Grade it as the edition's patient texts are graded."""
    text = read(held).replace(BLANK, "")
    for name in NAMES:
        text = re.sub(rf"\b{name}\b", "cream", text, flags=re.IGNORECASE)
    return float(textstat.flesch_kincaid_grade(text))


def solid(text: str) -> str:
    """Leave out white space: where a line is broken is no part of what is said."""
    return "".join(text.split())


class _Page(HTMLParser):
    """What a page says, and the elements that it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in {"style", "title"}:
            self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [held for name, held in self.tags if name == tag]


def pdf_text(data: bytes) -> str:
    """Read a PDF page by page, without the numbers of the pages."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    numbers = [f"{number} / {len(pages)}" for number in range(1, len(pages) + 1)]
    assert all(number in text for number, text in zip(numbers, pages, strict=True))
    return " ".join(t.replace(n, "") for n, t in zip(numbers, pages, strict=True))


class TestSaid:
    """What stands in a leaflet comes from the edition or is a frame without figures."""

    def test_each_instruction_is_the_editions(self) -> None:
        """Law: an instruction is the patient text of its row, with the sources of the row."""
        rows = {f"care.{step.code}": step for step in KNOWLEDGE.care}
        told = [one for one in leaflet().sentences if one.key.startswith("care.")]
        assert len(told) > 30
        for one in told:
            assert one.text == rows[one.key].patient_text
            assert one.sources == tuple({c.source.id: None for c in rows[one.key].citations})

    def test_each_stop_sign_is_there(self) -> None:
        """Law: no stop sign of the course is left out, and emergencies stand by themselves."""
        held = leaflet()
        tiers = {section.kind: section for section in held.sections}
        assert [kind for kind in tiers if kind in {Kind.EMERGENCY, Kind.CALL}] == [
            *(Kind.EMERGENCY, Kind.CALL),
        ]
        for response in FOUR_WEEKLY.red_flags:
            kind = Kind.EMERGENCY if response.action is mn.Action.EMERGENCY else Kind.CALL
            told = [o for o in tiers[kind].sentences if f"responses.{response.id}" in o.key]
            assert len(told) == 1
            assert response.patient_text in told[0].text

    @pytest.mark.parametrize("make", [leaflet, of_course], ids=["by date", "by day"])
    def test_sources_are_of_the_edition(self, make: Make) -> None:
        """Law: every source that is named is one of the edition, which is named, too."""
        held = make()
        known = {source.id for source in KNOWLEDGE.sources}
        assert held.editions == (KNOWLEDGE.id,)
        assert {*held.sources} <= known
        small = " ".join(one.text for one in held.sections[-1].sentences)
        assert held.sections[-1].kind is Kind.SMALL
        assert KNOWLEDGE.id in small
        assert all(source in small for source in held.sources)
        ours = ("leaflet.", "consent.")
        assert all(one.sources or one.key.startswith(ours) for one in held.sentences)

    def test_no_figure_is_ours(self) -> None:
        """Law: no sentence that stands in the code has a figure; they come from values."""
        written = 0
        for file in Path(handouts.__file__).parent.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                    *("say", "ours", "counted"),
                }:
                    texts = [a.value for a in node.args[1:3] if isinstance(a, ast.Constant)]
                    written += len(texts)
                    assert not any(re.search(r"\d", str(text)) for text in texts), texts
        assert written > 60
        assert not any(re.search(r"\d", text) for text in (*EFFECTS.values(), *NUMBING.values()))

    def test_every_code_has_plain_words(self) -> None:
        """Law: no side effect and no numbing is without a name for patients."""
        assert {*EFFECTS} == {*mn.SideEffectCode}
        assert {*NUMBING} == {*mn.Anaesthesia}

    def test_medicines(self) -> None:
        """Law: no medicine to take and no dose is named; those prescribed are kept."""
        for site, course in offered():
            held = mn.leaflet(course, chosen_by="x", knowledge=KNOWLEDGE, site=site)
            assert not DRUGS.search(read(held)), DRUGS.findall(read(held))
            assert "Keep taking your prescribed medicines." in held.to_text()
        left = next(o for o in leaflet().sentences if o.key == "leaflet.ask_about_medicines")
        assert left.sources

    def test_nobody_is_named(self) -> None:
        """Law: no argument takes a patient's name, and who chose it is not printed."""
        for make in (mn.leaflet, mn.consent):
            assert {*inspect.signature(make).parameters} == {
                *("chosen", "language", "chosen_by", "knowledge", "site", "clinic", "telephone"),
            }
        held = of_course()
        assert held.chosen_by == "dr-7"
        assert "dr-7" not in held.to_text() + held.to_html()

    def test_room_for_the_clinic(self) -> None:
        """Law: the clinic's name and telephone stand there, or lines to write them on."""
        assert leaflet().to_text().count(BLANK) == 2
        named = leaflet(clinic="Skin Clinic", telephone="+41 44 000 00 00").to_text()
        assert BLANK not in named
        assert "Clinic: Skin Clinic" in named
        assert "Telephone: +41 44 000 00 00" in named


class TestDays:
    """By date where there are dates, by day where there are none."""

    def test_by_date(self) -> None:
        """Law: the dates of care are those of `care_plan`, of the next session."""
        held = leaflet()
        plan = treatment().plan()
        text = held.to_text()
        assert "Session 1: 1 December 2026." in text
        items = [
            item
            for item in mn.care_plan(plan).items
            if 1 in item.sessions and item.step.audience is mn.Audience.PATIENT
        ]
        shown = {
            one.key: section.title
            for section in held.sections
            for one in section.sentences
            if one.key.startswith("care.")
        }
        for item in items:
            title = shown.get(f"care.{item.step.code}")
            if title is not None:
                assert f"{item.last.day} {item.last:%B %Y}" in title
                assert f"{item.first.day} {item.first:%B %Y}" in title
        assert len(shown) > 30

    def test_a_schedule_has_dates_too(self) -> None:
        """Law: a schedule of a chosen course is told by its days."""
        dated = mn.schedule(FOUR_WEEKLY, START, sessions=3)
        held = mn.leaflet(dated, chosen_by="x", knowledge=KNOWLEDGE, site=mn.Site.CHEEK)
        plain = leaflet()
        assert held.sentences == plain.sentences

    def test_by_day(self) -> None:
        """Law: without dates no date is told."""
        text = of_course().to_text()
        assert "2026" not in text.partition("Where this comes from")[0]
        assert "From the day of the session to day" in text

    def test_after_a_session(self) -> None:
        """Law: what belongs before a session that was held is over; its care after goes on."""
        text = leaflet(treatment().record(done(0))).to_text()
        assert "Session 1: 1 December 2026, done." in text
        assert "From 1 December 2026 to 4 December 2026" in text
        assert "to 30 November 2026" not in text

    def test_paused(self) -> None:
        """Law: while it is paused no session is told, and that is said."""
        held = leaflet(paused())
        keys = {one.key for one in held.sentences}
        assert "leaflet.paused" in keys
        assert "leaflet.day" not in keys
        assert "29 December 2026" not in held.to_text()
        assert not any(s.title == "Before the session" for s in held.sections)

    def test_stopped(self) -> None:
        """Law: of what has ended nothing more is planned."""
        ended = treatment().record(done(0)).record(mn.CourseStopped(on=day(1)))
        keys = {one.key for one in leaflet(ended).sentences}
        assert "leaflet.over" in keys
        assert "leaflet.day" not in keys

    def test_nothing_to_tell(self) -> None:
        """Law: with no session held and none to come there is no leaflet, and no sheet."""
        never = treatment().record(mn.CourseStopped(on=START))
        for make, given_ in ((mn.leaflet, never), (mn.consent, never), (mn.consent, paused())):
            with pytest.raises(mn.InputError) as caught:
                make(given_)
            assert caught.value.problems[0].code == "nothing_to_tell"


def _refused() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    clear = mn.recommend(SCARS, KNOWLEDGE)
    pregnant = mn.Exposure(finding=mn.Finding.PREGNANCY)
    other = mn.recommend(
        attrs.evolve(SCARS, screening=mn.Screening.complete(present=[pregnant])), KNOWLEDGE
    )
    assert isinstance(clear, mn.Offer)
    assert not isinstance(other, mn.Offer)
    by = {"chosen_by": "x", "knowledge": KNOWLEDGE}
    yield "not_chosen", clear, by
    yield "not_chosen", mn.recommend_visit(mn.Visit(assessments=[SCARS]), KNOWLEDGE), by
    yield "not_offered", other, by
    yield "missing", FOUR_WEEKLY, {"knowledge": KNOWLEDGE}
    yield "missing", FOUR_WEEKLY, {"knowledge": KNOWLEDGE, "chosen_by": ""}
    yield "missing", FOUR_WEEKLY, {"chosen_by": "x"}
    yield "missing", mn.schedule(FOUR_WEEKLY, START), {}
    yield "wrong_text", FOUR_WEEKLY, {**by, "chosen_by": "Dr. Jane Doe"}
    yield "wrong_type", FOUR_WEEKLY, {**by, "knowledge": "2026.1"}
    yield "wrong_type", mn.begin(SCARS, FOUR_WEEKLY, KNOWLEDGE), by
    yield "wrong_type", None, by
    yield "unknown_code", treatment(), {"language": "xx"}
    yield "unknown_code", treatment(), {"language": None}
    yield "other_site", treatment(), {"site": mn.Site.SCALP}
    yield "wrong_text", treatment(), {"clinic": ""}
    yield "wrong_text", treatment(), {"clinic": "a\nb"}
    yield "wrong_text", treatment(), {"telephone": "1 " * 101}
    yield "wrong_text", treatment(), {"clinic": "W" * 41}
    yield "wrong_type", treatment(), {"knowledge": "2026.1"}
    yield "wrong_type", treatment(), {"telephone": 123}


@pytest.mark.parametrize("make", [mn.leaflet, mn.consent])
@pytest.mark.parametrize("case", [*_refused()], ids=lambda case: case[0])
def test_only_what_was_chosen(case: tuple[str, Any, dict[str, Any]], make: Make) -> None:
    """Law: nothing is handed out that no professional chose; an error repeats nothing."""
    code, given_, more = case
    with pytest.raises(mn.InputError) as caught:
        make(given_, **more)
    assert caught.value.problems[0].code == code
    assert "Jane" not in str(caught.value)


class TestReading:
    """Who can read it."""

    def test_leaflets(self) -> None:
        """Law: Flesch-Kincaid grade 8 or less, of whatever is offered."""
        grades = [
            grade(mn.leaflet(course, chosen_by="x", knowledge=KNOWLEDGE, site=site))
            for site, course in offered()
        ]
        assert len(grades) > 30
        assert max(grades) <= HARDEST_GRADE, grades

    def test_leaflets_with_dates(self) -> None:
        """Law: the same of treatments, on their way, on hold and at their end."""
        held = treatment().record(done(0))
        for one in (treatment(), held, paused(), held.record(mn.CourseStopped(on=day(1)))):
            assert grade(leaflet(one)) <= HARDEST_GRADE

    @settings(max_examples=15, deadline=None)
    @given(held=treatments(knowledge=KNOWLEDGE))
    def test_leaflets_of_any_treatment(self, held: mn.Treatment) -> None:
        """Law: the same of a treatment at any point; no day is told that is withdrawn or off."""
        plan = held.plan()
        if not plan.to_come and not any(session.held_on for session in plan.sessions):
            with pytest.raises(mn.InputError):
                leaflet(held)
            return
        told = leaflet(held)
        assert grade(told) <= HARDEST_GRADE
        days = [o for o in told.sentences if o.key == "leaflet.day"]
        assert len(days) == len(plan.to_come)

    def test_sentences_of_ours(self) -> None:
        """Law: no sentence of ours is much harder than the whole may be."""
        for one in leaflet().sentences:
            if one.key.startswith("leaflet.") and not one.sources and BLANK not in one.text:
                assert textstat.flesch_kincaid_grade(one.text) <= HARDEST_GRADE + 2, one.text


class TestConsent:
    """A sheet for a talk."""

    def test_it_is_no_form(self) -> None:
        """Law: it says that it is for a talk, and asks for no signature."""
        text = " ".join(sheet().to_text().split())
        assert "It is not a legal form." in text
        assert not re.search(r"signature|sign here|I agree|I consent|hereby", text, re.IGNORECASE)

    def test_frequencies_as_published(self) -> None:
        """Law: every frequency is told with its figures and of whom."""
        told = {one.key: one for one in sheet().sentences}
        counted = 0
        for effect in FOUR_WEEKLY.side_effects:
            for number, figure in enumerate(effect.frequencies, start=1):
                if effect.expected:
                    continue
                one = told[f"effects.{effect.id}.{number}"]
                counted += 1
                assert figure.population in one.text
                if figure.percent is None:
                    assert f"{figure.events} of {figure.out_of}" in one.text
                assert {c.source.id for c in figure.citations} <= {*one.sources}
        assert counted

    @pytest.mark.parametrize("aspect", [mn.NeedAspect.BENEFIT, mn.NeedAspect.ALTERNATIVES])
    def test_benefits_and_alternatives(self, aspect: mn.NeedAspect) -> None:
        """Law: each that the edition names for the course stands there, in its words."""
        told = {one.key: one for one in sheet().sentences}
        needs = [need for need in FOUR_WEEKLY.needs if need.aspect is aspect and need.published]
        assert needs
        for need in needs:
            assert told[f"needs.{need.id}"].text in {need.short, need.says}

    def test_room_for_notes(self) -> None:
        """Law: there are lines to write on."""
        assert sheet(clinic="A", telephone="1").to_text().count(BLANK) >= 5

    def test_every_course_has_one(self) -> None:
        """Law: a sheet can be made of whatever is offered; nothing of it is empty."""
        for site, course in offered():
            held = mn.consent(course, chosen_by="x", knowledge=KNOWLEDGE, site=site)
            assert all(section.sentences for section in held.sections)


class TestPage:
    """The web page."""

    @pytest.mark.parametrize("make", [leaflet, of_course, sheet])
    def test_it_is_accessible(self, make: Make) -> None:
        """Law: language, title, one main heading, none left out, each section named; A4."""
        held = make()
        page = _Page(held.to_html())
        assert held.to_html().startswith("<!DOCTYPE html>")
        assert page.named("html") == [{"lang": "en"}]
        assert len(page.named("title")) == len(page.named("h1")) == len(page.named("main")) == 1
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [h["id"] for tag, h in page.tags if tag in {"h2", "h3"}]
        assert len({*ids}) == len(ids)
        assert [section["aria-labelledby"] for section in page.named("section")] == ids
        assert "size: A4" in held.to_html()
        assert not page.named("script") + page.named("link") + page.named("img")

    def test_it_says_what_the_text_says(self) -> None:
        """Law: page and text are the same words in the same order."""
        held = leaflet(clinic="A & B <C>")
        shown = solid("".join(_Page(held.to_html()).texts))
        assert shown == solid(held.to_text()).replace("•", "")

    @given(clinic=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
    def test_names_are_text(self, clinic: str) -> None:
        """Law: whatever a clinic is called, it is text on the page and no markup."""
        plain = _Page(of_course(clinic="A").to_html())
        try:
            page = _Page(of_course(clinic=clinic).to_html())
        except mn.InputError:
            return
        assert page.tags == plain.tags
        assert solid(f"Clinic: {clinic}") in solid("".join(page.texts))


class TestPdf:
    """The PDF, looked at with two other libraries."""

    @pytest.mark.parametrize("make", [leaflet, of_course, sheet])
    def test_it_is_tagged(self, make: Make) -> None:
        """Law: marked, with a tree of its structure, its language and title; A4; fonts inside."""
        with pikepdf.open(io.BytesIO(make().to_pdf())) as held:
            assert held.Root.MarkInfo.Marked
            assert held.Root.StructTreeRoot.K is not None
            assert str(held.Root.Lang) == "en"
            assert held.Root.ViewerPreferences.DisplayDocTitle
            with held.open_metadata() as about:
                assert about["pdfuaid:part"] == "1"
                assert about["dc:title"] == make().title
            for page in held.pages:
                width, height = (float(side) for side in page.mediabox[2:])
                assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
                for font in page.Resources.Font.as_dict().values():
                    described = font.DescendantFonts[0].FontDescriptor
                    assert {"/FontFile2", "/FontFile3"} & {*described.keys()}
                    assert "/ToUnicode" in font

    @pytest.mark.parametrize("make", [leaflet, of_course, sheet])
    def test_it_says_what_the_text_says(self, make: Make) -> None:
        """Law: what is read out of it is the plain text, up to white space and page numbers."""
        held = make()
        assert solid(pdf_text(held.to_pdf())) == solid(held.to_text())

    def test_the_same_bytes(self) -> None:
        """Law: the same hand-out gives the same file, whenever it is made."""
        assert leaflet().to_pdf() == leaflet().to_pdf()

    @pytest.mark.parametrize("name", HOSTILE)
    def test_names_are_text(self, name: str) -> None:
        """Law: whatever a clinic is called stands there as it was given, in each form."""
        held = of_course(clinic=name, telephone=name)
        assert solid(held.to_text()).count(solid(name)) == 2
        assert solid(pdf_text(held.to_pdf())) == solid(held.to_text())
        assert name in "".join(_Page(held.to_html()).texts)

    def test_letters_that_it_lacks(self) -> None:
        """Law: what cannot be shown is refused, and never printed as empty boxes."""
        held = of_course(clinic="皮膚科")
        assert "皮膚科" in held.to_html()
        with pytest.raises(mn.InputError) as caught:
            held.to_pdf()
        assert "皮" not in str(caught.value)
        assert caught.value.__cause__ is caught.value.__context__ is None

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Law: without typst the extra is named, and all else is there."""
        monkeypatch.setitem(sys.modules, "typst", None)
        with pytest.raises(mn.MicroneedlingError, match=r"microneedling\[print\]"):
            leaflet().to_pdf()
        assert leaflet().to_html()

    def test_nothing_is_read(self) -> None:
        """Law: the sheet has no import and reads no file; names are data to it."""
        assert not re.search(r"#?(import|include|read|image|plugin)\b", as_pdf._SHEET)  # noqa: SLF001 - it is looked at


each_language = pytest.mark.parametrize("language", languages()[1:])
# Added where a machine has translated it.
MACHINE = "leaflet.small.machine"


@cache
def every(language: str) -> tuple[HandOut, ...]:
    """Make leaflets and sheets of treatments at several points, and of all that is offered."""
    held = treatment().record(done(0))
    ended = held.record(mn.CourseStopped(on=day(1)))
    made = [mn.leaflet(one, language=language) for one in (treatment(), held, paused(), ended)]
    made += [mn.consent(one, language=language) for one in (treatment(), held)]
    for site, course in offered():
        for make in (mn.leaflet, mn.consent):
            told = make(course, chosen_by="x", knowledge=KNOWLEDGE, site=site, language=language)
            made.append(told)
    return tuple(made)


def alone(held: HandOut) -> str:
    """Give what is read in the language itself, without the English beside it."""
    return re.sub(r" \[[^\]]*\]", "", read(held))


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text."""
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


class TestLanguages:
    """The same hand-outs in every language that has a catalogue."""

    @each_language
    def test_the_same_sentences(self, language: str) -> None:
        """Law: under the same headings the same keys and sources in the same order."""
        for other, english in zip(every(language), every("en"), strict=True):
            assert other.language == language
            assert [(s.level, s.kind) for s in other.sections] == [
                (s.level, s.kind) for s in english.sections
            ]
            shape = [(one.key, one.sources) for one in other.sentences if one.key != MACHINE]
            assert shape == [(one.key, one.sources) for one in english.sentences]
            assert MACHINE in {one.key for one in other.sections[-1].sentences}

    @each_language
    def test_no_number_changes(self, language: str) -> None:
        """Law: sentence for sentence and heading for heading the same numbers."""
        for other, english in zip(every(language), every("en"), strict=True):
            told = [one for one in other.sentences if one.key != MACHINE]
            for one, source in zip(told, english.sentences, strict=True):
                text = re.sub(r" \[[^\]]*\]$", "", one.text)
                assert numbers(text) == numbers(source.text), text
            for here, there in zip(other.sections, english.sections, strict=True):
                assert numbers(here.title) == numbers(there.title), here.title

    @each_language
    def test_nothing_is_left_in_english(self, language: str) -> None:
        """Law: but for names, lines and what is marked as English, every sentence is translated."""
        # "Edition" is that in German, too.
        alike = {"leaflet.small.edition"}
        for other, english in zip(every(language), every("en"), strict=True):
            told = [one for one in other.sentences if one.key != MACHINE]
            for one, source in zip(told, english.sentences, strict=True):
                plain = one.text.replace(BLANK, "")
                if plain and one.key not in alike:
                    assert one.text.removesuffix(one.english) != source.text, one.text
                assert one.text.endswith(one.english)
            for here, there in zip(other.sections, english.sections, strict=True):
                assert here.title != there.title

    @each_language
    def test_what_is_of_safety_has_its_english_beside_it(self, language: str) -> None:
        """Law: no emergency, sign to call for, or instruction is told in a translation alone."""
        counted = 0
        for other, english in zip(every(language), every("en"), strict=True):
            texts = {one.key: one.text for one in english.sentences}
            for section in other.sections:
                for one in section.sentences:
                    urgent = section.kind in {Kind.EMERGENCY, Kind.CALL} and BLANK not in one.text
                    care = one.key.startswith("care.") or one.key == "leaflet.medicines"
                    if urgent or care or one.key == "leaflet.paused":
                        counted += 1
                        assert one.english == f"[{texts[one.key]}]", one.text
        assert counted > 1000

    def test_what_a_clinician_has_read_stands_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Law: once the catalogue says so, the English and the warning go."""
        monkeypatch.setitem(_catalogue("de").info(), "clinician-read", "yes")
        held = leaflet(language="de")
        assert MACHINE not in {one.key for one in held.sentences}
        assert not any(one.english for one in held.sentences)
        # Of whom a frequency was counted has no translation.
        assert any(one.english for one in mn.consent(treatment(), language="de").sentences)

    @each_language
    def test_page_and_pdf(self, language: str) -> None:
        """Law: both have the language, mark what is English, and say what the text says."""
        for held in (leaflet(language=language), mn.consent(treatment(), language=language)):
            page = _Page(held.to_html())
            assert page.named("html") == [{"lang": language}]
            english = [one for one in held.sentences if one.english]
            assert page.named("span").count({"lang": "en"}) == len(english)
            shown = solid("".join(page.texts))
            assert shown == solid(held.to_text()).replace("•", "")
            data = held.to_pdf()
            assert solid(pdf_text(data)) == solid(held.to_text())
            with pikepdf.open(io.BytesIO(data)) as file:
                assert str(file.Root.Lang) == language
                written = b"".join(page.Contents.read_bytes() for page in file.pages)
                assert written.count(b"/Lang(en)") >= len(english)

    @each_language
    def test_words_stay_apart(self, language: str) -> None:
        """Law: what has two names in English has two in each language."""
        with in_language(language):
            told = {handouts.wording.effect(code) for code in mn.SideEffectCode}
        assert len(told) == len({*EFFECTS.values()})

    @each_language
    def test_patients_can_read_it(self, language: str) -> None:
        """
        Law: a leaflet is plain, as each language's own measure has it.

        German by the first Wiener Sachtextformel, a school grade; Spanish by the index of
        Szigriszt-Pazos on the scale INFLESZ, where from 55 on a text is normal.
        """
        leaflets = [one for one in every(language) if one.sentences[0].key != "consent.no_form"]
        texts = [alone(one).replace(BLANK, "") for one in leaflets]
        textstat.set_lang(language)
        try:
            if language == "de":
                found = [textstat.wiener_sachtextformel(text, 1) for text in texts]
                assert max(found) <= HARDEST_GRADE
            else:
                found = [textstat.szigriszt_pazos(text) for text in texts]
                assert min(found) >= 55
        finally:
            textstat.set_lang("en_US")
        print(f"{language}: leaflets from {min(found):.1f} to {max(found):.1f}")


def test_who_has_read_the_edition() -> None:
    """Law: that no clinician reviewed the edition is said where, and only where, it says so."""
    key = "leaflet.small.unreviewed"
    for make in (mn.leaflet, mn.consent):
        assert key in {one.key for one in make(treatment()).sentences}
        tables = json.loads(KNOWLEDGE.canonical)
        tables["edition"] |= {"id": "own-1", "limitations": ["It is short."]}
        held = make(FOUR_WEEKLY, chosen_by="x", knowledge=mn.from_tables(tables))
        assert key not in {one.key for one in held.sentences}


def test_it_is_a_value() -> None:
    """Law: nothing in it can be changed; equal input gives an equal hand-out; copies are equal."""
    held = leaflet()
    assert held == leaflet()
    assert hash(held) == hash(leaflet())
    assert copy.deepcopy(held) == pickle.loads(pickle.dumps(held)) == held  # noqa: S301 - our own
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        held.title = "x"  # type: ignore[misc]  # that it cannot be is what is tested


def both_areas() -> mn.Treatment:
    """Begin a treatment of cheek and chin on one day."""
    chin = attrs.evolve(SCARS, site=mn.Site.CHIN)
    answer = mn.recommend_visit(mn.Visit(assessments=[SCARS, chin]), KNOWLEDGE)
    courses = {one.assessment.site: one.options[0] for one in answer.answers}
    return mn.begin_treatment(
        answer, courses, KNOWLEDGE, start=START, sessions=dict.fromkeys(courses, 3)
    )


def test_areas_whose_days_differ_are_told_apart() -> None:
    """Law: what is right for one area is not told of another whose sessions are on other days."""
    apart = both_areas().record(done(0), site=mn.Site.CHEEK)
    apart = apart.record(done(2), site=mn.Site.CHIN)
    titles = [s.title for s in mn.leaflet(apart).sections if s.level == 3 and "2026" in s.title]
    assert titles
    assert all(title.startswith(("Cheek, ", "Chin, ")) for title in titles)
    together = [s.title for s in mn.leaflet(both_areas()).sections if "2026" in s.title]
    assert not any(title.startswith(("Cheek", "Chin")) for title in together)


def test_an_area_is_named_by_its_code() -> None:
    """A text that is equal to a code is no area: it is refused, and nothing else happens."""
    with pytest.raises(mn.InputError, match="Site"):
        both_areas().leading("cheek")  # type: ignore[arg-type]  # that it is refused is tested


def test_several_areas() -> None:
    """Law: of a treatment of several areas each is told, or the one that is asked for."""
    both = both_areas()
    text = mn.leaflet(both).to_text()
    assert "Where: cheek." in text
    assert "Where: chin." in text
    assert "Where: chin." not in mn.leaflet(both, site=mn.Site.CHEEK).to_text()
    keys = [(s.title, o.key) for s in mn.leaflet(both).sections for o in s.sentences]
    care = [key for key in keys if key[1].startswith("care.")]
    assert len({*care}) == len(care)


def test_dates_are_told_in_words() -> None:
    """Law: a date is told so that nobody can take the month for the day."""
    dated = mn.schedule(FOUR_WEEKLY, date(2027, 3, 4), sessions=3)
    text = mn.leaflet(dated, chosen_by="x", knowledge=KNOWLEDGE).to_text()
    assert "Session 1: 4 March 2027." in text
    assert not re.search(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text.partition("Where this")[0])


DEEP = mn.LengthRange(mn.NeedleLength(3000), mn.NeedleLength(3000))


class TestFoundInReview:
    """Faults that somebody found who tried to break it; each was one once."""

    @pytest.mark.parametrize("finding", ["ANAESTHETIC_ALLERGY", "TOPICAL_ANAESTHETIC_BARRED"])
    @pytest.mark.parametrize("make", [mn.leaflet, mn.consent])
    def test_nobody_is_promised_a_cream_that_is_ruled_out(
        self, finding: str, make: Callable[..., HandOut]
    ) -> None:
        present = [mn.Exposure(finding=mn.Finding[finding])]
        asked = attrs.evolve(SCARS, screening=mn.Screening.complete(present=present))
        answer = mn.recommend(asked, KNOWLEDGE)
        begun = mn.begin_treatment(answer, answer.options[0], KNOWLEDGE, start=START, sessions=3)
        keys = {sentence.key for sentence in make(begun).sentences}
        assert "leaflet.numbing.own" in keys
        assert not any(key.startswith("leaflet.numbing.topical") for key in keys)

    def test_no_day_of_a_plan_that_what_was_recorded_pauses(self) -> None:
        """A treatment whose plan goes on while its ledger pauses it is no treatment."""
        begun = treatment()
        for event in (
            mn.FindingChanged(on=START, finding=mn.Finding.PREGNANCY, present=True),
            mn.CourseStopped(on=START),
        ):
            ended = begun.record(event)
            with pytest.raises(mn.InputError, match="as it was dated"):
                mn.Treatment(ledgers=ended.ledgers, plans=begun.plans)

    @pytest.mark.parametrize("change", [{"red_flags": ()}, {"side_effects": ()}, {"lengths": DEEP}])
    def test_a_course_that_was_changed_is_not_of_the_edition(
        self, change: dict[str, object]
    ) -> None:
        course = attrs.evolve(FOUR_WEEKLY, **change)  # type: ignore[arg-type]  # one field each
        with pytest.raises(mn.InputError, match="offered the course"):
            mn.leaflet(course, chosen_by="d", knowledge=KNOWLEDGE)

    def test_no_place_at_which_nothing_is_offered(self) -> None:
        with pytest.raises(mn.InputError, match="place"):
            mn.leaflet(FOUR_WEEKLY, chosen_by="d", knowledge=KNOWLEDGE, site=mn.Site.MUCOSA)

    def test_a_course_that_is_over_has_no_interval(self) -> None:
        stopped = treatment().record(done(0)).record(mn.CourseStopped(on=day(1)))
        keys = {sentence.key for sentence in mn.leaflet(stopped).sentences}
        assert "leaflet.downtime" in keys
        assert not any(key.startswith(("leaflet.interval", "leaflet.numbing")) for key in keys)

    def test_a_telephone_number_is_not_turned_around(self) -> None:
        with pytest.raises(mn.InputError, match="direction"):
            leaflet(telephone="\u202e00 00 12")

    def test_care_goes_on_while_the_skin_is_not_calm(self) -> None:
        """What is left "until the skin is calm" is told beyond its days, and then no more."""
        sore = treatment().record(done(0)).record(seen(8, 8))
        healed = sore.record(mn.SideEffectResolved(on=day(10), effect=seen(8, 8).effect, day=10))
        ended = [one.record(mn.CourseStopped(on=day(10))) for one in (sore, healed)]
        texts = [" ".join(s.text for s in mn.leaflet(one).sentences) for one in ended]
        assert ["until the skin is calm" in text for text in texts] == [True, False]
