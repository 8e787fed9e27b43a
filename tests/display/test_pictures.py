"""Pictures: what they show, to scale and in words, and that they stand by themselves."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import microneedling as mn
from microneedling.display.pictures import canvas, course as course_picture
from microneedling.display.pictures.widths import lines_of, width_of
from tests.ledgers import FOUR_WEEKLY, KNOWLEDGE, SCARS, START, assessment, day, done, seen

SVG = "{http://www.w3.org/2000/svg}"
CLOSED = {day(23), day(24), day(25), day(28), day(60)}
ANSWER = mn.recommend(SCARS, KNOWLEDGE)
SCHEDULE = mn.schedule(FOUR_WEEKLY, START, closed=CLOSED)
BEGUN = mn.begin_treatment(
    ANSWER, ANSWER.options[0], KNOWLEDGE, start=START, sessions=4, closed=CLOSED
)
HELD = BEGUN.record(done(2))
PAUSED = HELD.record(seen(10, 8))
NOTHING_KNOWN = attrs.evolve(
    SCHEDULE, course=attrs.evolve(FOUR_WEEKLY, downtime=None, care=(), red_flags=())
)
NEEDLES = [mn.NeedleLength(500), mn.NeedleLength(1500), mn.NeedleLength(2500)]


def _pictures() -> Iterator[tuple[str, str]]:
    yield "schedule", SCHEDULE.to_svg(closed=CLOSED, edition="2026.1")
    yield "begun", BEGUN.to_svg()
    yield "held", HELD.to_svg()
    yield "paused", PAUSED.to_svg()
    yield "nothing known", NOTHING_KNOWN.to_svg()
    yield "care", mn.care_plan(SCHEDULE).to_svg()
    yield "no care", mn.CarePlan(items=()).to_svg()
    for site in mn.Site:
        yield f"skin {site.value}", KNOWLEDGE.skin_svg(site, NEEDLES)
    yield "skin alone", KNOWLEDGE.skin_svg(mn.Site.CHEEK)
    for indication in mn.Indication:
        yield f"protocols {indication.value}", KNOWLEDGE.protocols_svg(indication)
    yield "marked", KNOWLEDGE.protocols_svg(mn.Indication.ACNE_SCAR_ROLLING, answer=ANSWER)
    yield "offer", ANSWER.to_svg()
    yield "ask", mn.recommend(assessment(screening=mn.Screening()), KNOWLEDGE).to_svg()
    yield "decline", mn.recommend(assessment(site=mn.Site.MUCOSA), KNOWLEDGE).to_svg()
    yield "effects", KNOWLEDGE.effects_svg()
    yield "effects of two", KNOWLEDGE.effects_svg(["0.5 mm", "1.5 mm"])
    yield "two", mn.compare("0.5 mm", "1.5 mm").to_svg()
    yield "two unknown", mn.compare("0.75 mm", "3.5 mm").to_svg()


PICTURES = dict(_pictures())


def read(picture: str) -> ET.Element:
    """Read a picture as XML."""
    return ET.fromstring(picture)  # noqa: S314 - our own


def of(picture: str, kind: str) -> list[ET.Element]:
    """Give what is drawn of one kind."""
    return [mark for mark in read(picture).iter() if mark.get("class") == kind]


def number(mark: ET.Element, name: str) -> Fraction:
    return Fraction(mark.attrib[name])


def corners(mark: ET.Element) -> list[tuple[Fraction, Fraction]]:
    """Give the points of a path."""
    points = mark.attrib["d"].removeprefix("M").removesuffix("Z").split("L")
    return [(Fraction(x), Fraction(y)) for x, y in (point.split(" ") for point in points)]


def words(picture: str) -> str:
    """Give what is written in a picture, as it is broken into lines."""
    return " ".join(mark.text or "" for mark in read(picture).iter(f"{SVG}text"))


def description(picture: str) -> str:
    return read(picture).findtext(f"{SVG}desc") or ""


def check_places(picture: str) -> None:
    """Whatever is drawn lies inside the view box."""
    root = read(picture)
    width, height = map(Fraction, root.attrib["viewBox"].split()[2:])
    for mark in root.iter(f"{SVG}text"):
        size = int(mark.attrib["font-size"])
        wide = width_of(mark.text or "", size, bold="font-weight" in mark.attrib)
        part = {"middle": Fraction(1, 2), "end": Fraction(1)}.get(
            mark.get("text-anchor", ""), Fraction(0)
        )
        start = number(mark, "x") - wide * part
        assert 0 <= start <= start + wide <= width, mark.text
        assert 0 <= number(mark, "y") - size <= number(mark, "y") <= height, mark.text
    for mark in root.iter(f"{SVG}rect"):
        x, y = (Fraction(mark.get(key, "0")) for key in ("x", "y"))
        assert 0 <= x <= x + number(mark, "width") <= width
        assert 0 <= y <= y + number(mark, "height") <= height
        assert number(mark, "width") > 0
    for mark in root.findall(f"{SVG}path"):
        assert all(0 <= x <= width and 0 <= y <= height for x, y in corners(mark))


@pytest.mark.parametrize("name", PICTURES)
class TestEveryPicture:
    """What holds for all of them."""

    def test_is_one_image_that_says_what_it_shows(self, name: str) -> None:
        root = read(PICTURES[name])
        assert root.tag == f"{SVG}svg"
        assert (root.get("role"), root.get("lang")) == ("img", "en")
        title, told, *_ = root
        assert [title.tag, told.tag] == [f"{SVG}title", f"{SVG}desc"]
        assert title.text
        assert len(told.text or "") > len(title.text)
        assert root.attrib["aria-labelledby"].split() == [title.get("id"), told.get("id")]

    def test_fits_any_width(self, name: str) -> None:
        """It has a view box, and no size of its own."""
        root = read(PICTURES[name])
        assert re.fullmatch(r"0 0 960 \d+", root.attrib["viewBox"])
        assert "width" not in root.attrib
        assert "height" not in root.attrib

    def test_stands_by_itself(self, name: str) -> None:
        """No script, no style, no reference but to its own patterns; a ground of its own."""
        root = read(PICTURES[name])
        tags = {mark.tag.removeprefix(SVG) for mark in root.iter()}
        known = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text"}
        assert tags <= known
        ids = {mark.get("id") for mark in root.iter()}
        for mark in root.iter():
            for key, value in mark.attrib.items():
                assert not key.startswith("on")
                assert "href" not in key
                assert "url(" not in value or value[5:-1] in ids
                assert ":" not in value
        ground = next(mark for mark in root if mark.tag == f"{SVG}rect")
        assert (ground.get("width"), ground.get("fill")) == ("960", "#FFFFFF")

    def test_all_that_is_drawn_is_on_it(self, name: str) -> None:
        check_places(PICTURES[name])

    def test_texts_are_dark_enough(self, name: str) -> None:
        """A contrast of at least 4.5 on white, or on the dark disc they stand in."""
        for mark in read(PICTURES[name]).iter(f"{SVG}text"):
            shade = _light(mark.attrib["fill"])
            ground = _light(canvas.INK) if mark.get("fill") == "#FFFFFF" else Fraction(1)
            low, high = sorted((shade, ground))
            assert (high + Fraction(5, 100)) / (low + Fraction(5, 100)) >= Fraction(45, 10)

    def test_codes_are_told_as_words(self, name: str) -> None:
        told = f"{words(PICTURES[name])} {description(PICTURES[name])}"
        assert not re.search(r"\b[a-z]+_[a-z]+", told)

    def test_names_its_edition_and_its_sources(self, name: str) -> None:
        for told in (words(PICTURES[name]), description(PICTURES[name])):
            assert "Edition 2026.1" in told or "The edition is not kept" in told
            assert "Sources: " in told


def _light(colour: str) -> Fraction:
    """Give the relative luminance of a colour, as WCAG counts it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return Fraction(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def test_ids_are_told_apart_on_one_page() -> None:
    """Several pictures in one page share no id, and none has one twice."""
    ids = [
        mark.attrib["id"]
        for picture in PICTURES.values()
        for mark in read(picture).iter()
        if "id" in mark.attrib
    ]
    assert len(ids) == len({*ids})


def test_the_same_value_is_the_same_picture_everywhere() -> None:
    """Under any hash seed."""
    told = (
        "import hashlib; from tests.display.test_pictures import PICTURES as p;"
        "print(hashlib.sha256(repr(sorted(p.items())).encode()).hexdigest())"
    )
    here = hashlib.sha256(repr(sorted(PICTURES.items())).encode()).hexdigest()
    for seed in ("1", "2"):
        done_there = subprocess.run(
            [sys.executable, "-c", told],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done_there.stdout.strip() == here


def test_marks_are_told_apart_without_colour() -> None:
    """By pattern or dashes."""
    looks = [
        course_picture._WINDOW,  # noqa: SLF001
        course_picture._HEALS,  # noqa: SLF001
        course_picture._HEALS_LONGEST,  # noqa: SLF001
        course_picture._BEFORE,  # noqa: SLF001
        course_picture._AFTER,  # noqa: SLF001
        course_picture._FLAG,  # noqa: SLF001
        course_picture._CLOSED,  # noqa: SLF001
    ]
    seen_so = [(look.pattern, look.dash, look.stroke == "none") for look in looks]
    assert len({*seen_so}) == len(looks)


class TestCourse:
    """A course on a time line."""

    drawn = PICTURES["schedule"]

    def _day_of(self, x: Fraction) -> Fraction:
        """Give the day at a place, by the first and the last session alone."""
        first, *_, last = [number(mark, "cx") for mark in of(self.drawn, "session")]
        days = SCHEDULE.sessions[-1].day - SCHEDULE.sessions[0].day
        return (x - first) * days.days / (last - first)

    def test_places_are_proportional_to_days(self) -> None:
        """Exactly: sessions stand in the middle of their days, windows from edge to edge."""
        signs = of(self.drawn, "session")
        assert len(signs) == len(SCHEDULE.sessions)
        for sign, session in zip(signs, SCHEDULE.sessions, strict=True):
            assert self._day_of(number(sign, "cx")) == (session.day - START).days

    def test_every_window_is_drawn_from_its_first_to_its_last_day(self) -> None:
        windows = of(self.drawn, "window")
        for mark, session in zip(windows, SCHEDULE.sessions, strict=True):
            first = self._day_of(number(mark, "x")) + Fraction(1, 2)
            last = self._day_of(number(mark, "x") + number(mark, "width")) - Fraction(1, 2)
            assert first == (session.earliest - START).days
            assert last == ((session.latest or session.day) - START).days

    def test_every_closed_day_is_drawn(self) -> None:
        found = set[date]()
        for mark in of(self.drawn, "closed"):
            first = self._day_of(number(mark, "x")) + Fraction(1, 2)
            last = self._day_of(number(mark, "x") + number(mark, "width")) - Fraction(1, 2)
            found |= {START + timedelta(days=day) for day in range(int(first), int(last) + 1)}
        assert found == CLOSED

    def test_healing_is_as_long_as_it_is_documented(self) -> None:
        downtime = FOUR_WEEKLY.downtime
        assert downtime is not None
        one = number(of(self.drawn, "session")[1], "cx") - number(
            of(self.drawn, "session")[0], "cx"
        )
        per_day = one / (SCHEDULE.sessions[1].day - SCHEDULE.sessions[0].day).days
        for kind, days in (
            ("healing", downtime.shortest_days),
            ("healing-longest", downtime.longest_days),
        ):
            marks = of(self.drawn, kind)
            assert len(marks) == len(SCHEDULE.sessions)
            assert {number(mark, "width") for mark in marks} == {days * per_day}

    def test_every_dated_care_is_drawn(self) -> None:
        """Each span of days once, however many instructions are for it."""
        plan = mn.care_plan(SCHEDULE)
        for kind, before in (("care-before", True), ("care-after", False)):
            spans = {
                (item.step.from_day, item.step.to_day, item.first, item.last)
                for item in plan.items
                if (item.step.from_day < 0) is before
            }
            assert len(of(self.drawn, kind)) == len(spans)
        for item in plan.items:
            assert " ".join(item.step.short.split()) in description(self.drawn)

    def test_signs_that_may_not_wait_begin_on_their_days(self) -> None:
        found = {
            self._day_of(number(mark, "x")) + Fraction(1, 2) for mark in of(self.drawn, "red-flag")
        }
        starts = [(session.day - START).days for session in SCHEDULE.sessions]
        assert found == {
            start + flag.from_day for start in starts for flag in FOUR_WEEKLY.red_flags
        }

    def test_the_state_of_each_session_is_told(self) -> None:
        for name, treatment in (("begun", BEGUN), ("held", HELD), ("paused", PAUSED)):
            told = description(PICTURES[name])
            assert len(of(PICTURES[name], "session")) == len(treatment.plan().sessions)
            for session in treatment.plan().sessions:
                assert f"Session {session.number}: {session.day.isoformat()}" in told
        assert "2026-12-03, held" in description(PICTURES["held"])
        assert "Paused: " in words(PICTURES["paused"])
        # What is withdrawn has no window.
        assert not of(PICTURES["paused"], "window")

    def test_what_is_not_known_is_said(self) -> None:
        drawn = PICTURES["nothing known"]
        assert "Healing time: not published" in words(drawn)
        assert not of(drawn, "healing")
        assert of(drawn, "unknown")

    def test_a_long_course_is_drawn_whole(self) -> None:
        """Ten years and more: days are narrow, and still to scale."""
        far = attrs.evolve(
            SCHEDULE,
            sessions=tuple(
                mn.PlannedSession(number=n, earliest=d, preferred=d)
                for n, d in enumerate((START, day(5000), day(10_000)), 1)
            ),
        )
        first, middle, last = (number(mark, "cx") for mark in of(far.to_svg(), "session"))
        assert middle - first == last - middle > 0


class TestSkin:
    """Needles beside the skin as it was measured."""

    @pytest.mark.parametrize("site", mn.Site)
    def test_depths_are_proportional_to_micrometres(self, site: mn.Site) -> None:
        """Exactly, of needles and of every layer alike."""
        drawn = PICTURES[f"skin {site.value}"]
        scales = set()
        for needle, mark in zip(NEEDLES, of(drawn, "needle"), strict=True):
            heights = [y for _, y in corners(mark)]
            scales.add((max(heights) - min(heights)) / needle.um)
        at = next(
            (s for s in KNOWLEDGE.wholes(site) if any(t.site is s for t in KNOWLEDGE.thickness)),
            None,
        )
        rows = [row for row in KNOWLEDGE.thickness if row.site is at]
        (scale,) = scales
        for layer in ("epidermis", "dermis", "total"):
            found = sorted(number(mark, "height") / scale for mark in of(drawn, layer))
            assert found == sorted(Fraction(r.min_nm, 1000) for r in rows if r.layer == layer)
        ranges = sorted(number(mark, "height") / scale for mark in of(drawn, "up-to"))
        assert ranges == sorted(Fraction(r.max_nm, 1000) for r in rows if r.max_nm > r.min_nm)

    @pytest.mark.parametrize("site", mn.Site)
    def test_who_measured_is_named(self, site: mn.Site) -> None:
        drawn = PICTURES[f"skin {site.value}"]
        rows = [row for row in KNOWLEDGE.thickness if row.site is site]
        for row in rows:
            assert f"{row.landmark} [{row.source.id}]" in description(drawn)
            assert f"{row.source.id} (" in words(drawn)
            assert str(row.source.year or "") in words(drawn)
        if not rows:
            assert "the larger one" in words(drawn) or of(drawn, "unknown")

    def test_no_skin_is_made_up(self) -> None:
        drawn = PICTURES["skin thigh"]
        assert not of(drawn, "dermis")
        assert of(drawn, "unknown")
        assert "not published in what was read" in words(drawn)

    def test_how_deep_a_needle_went_is_no_length(self) -> None:
        assert len(of(PICTURES["skin cheek"], "reached")) == 2
        assert "How far such needles really went is another matter" in description(
            PICTURES["skin cheek"]
        )

    def test_lengths_are_read_from_texts(self) -> None:
        texts = [str(needle) for needle in NEEDLES]
        assert KNOWLEDGE.skin_svg(mn.Site.CHEEK, texts) == PICTURES["skin cheek"]

    @pytest.mark.parametrize("given", ["0.5 mm", 5, [0.5], ["0.5"]])
    def test_what_is_no_length_is_refused(self, given: object) -> None:
        with pytest.raises(mn.InputError):
            KNOWLEDGE.skin_svg(mn.Site.CHEEK, given)  # type: ignore[arg-type]


class TestProtocols:
    """Published protocols, and the options of an answer."""

    def test_bars_are_proportional_to_their_figures(self) -> None:
        """Exactly: ends stand where the least and the most are."""
        protocols = sorted(
            KNOWLEDGE.protocols_for(mn.Indication.FINE_LINES), key=lambda one: one.grade
        )
        marks = of(PICTURES["protocols fine_lines"], "protocol")
        middles = [number(m, "x") + number(m, "width") / 2 for m in marks]
        sums = [p.lengths.shortest.um + p.lengths.longest.um for p in protocols]
        for (x, y), (one, other) in zip(pairwise(middles), pairwise(sums), strict=True):
            assert (y - x) * (max(sums) - min(sums)) == (other - one) * (
                max(middles) - min(middles)
            )

    @pytest.mark.parametrize("indication", mn.Indication)
    def test_every_protocol_is_drawn_and_what_is_missing_is_a_question(
        self, indication: mn.Indication
    ) -> None:
        drawn = PICTURES[f"protocols {indication.value}"]
        found = KNOWLEDGE.protocols_for(indication)
        assert len(of(drawn, "protocol")) == len(found)
        assert len(of(drawn, "sessions")) == sum(p.sessions is not None for p in found)
        assert len(of(drawn, "interval")) == sum(p.interval is not None for p in found)
        missing = sum((p.sessions is None) + (p.interval is None) for p in found)
        lines = [m for m in of(drawn, "unknown") if m.tag == f"{SVG}path"]
        assert len(lines) == missing
        if not found:
            assert "No protocol for this was published" in words(drawn)

    def test_the_options_are_marked(self) -> None:
        numbers = [mark.findtext(f"{SVG}title") or "" for mark in of(PICTURES["marked"], "option")]
        known = {p.id for p in KNOWLEDGE.protocols_for(mn.Indication.ACNE_SCAR_ROLLING)}
        assert sorted(told.partition(":")[0] for told in numbers) == sorted(
            str(option.standing.rank)
            for option in ANSWER.options
            for protocol in option.protocols
            if protocol in known
        )

    def test_an_answer_draws_its_options_and_names_the_others(self) -> None:
        assert len(of(PICTURES["offer"], "protocol")) == len(ANSWER.options)
        assert description(PICTURES["offer"]).count("Documented but not offered") == len(
            ANSWER.excluded
        )
        for name in ("ask", "decline"):
            assert not of(PICTURES[name], "protocol")
            assert "Nothing is offered" in words(PICTURES[name])

    def test_what_is_no_answer_is_refused(self) -> None:
        with pytest.raises(mn.InputError):
            KNOWLEDGE.protocols_svg(mn.Indication.STRIAE, answer=5)  # type: ignore[arg-type]


class TestEffects:
    """Side effects by day and length."""

    drawn = PICTURES["effects"]

    def test_every_entry_is_drawn(self) -> None:
        assert len(of(self.drawn, "effect")) == len(KNOWLEDGE.effects)

    def test_a_length_that_is_not_told_is_not_known(self) -> None:
        told = [one for one in KNOWLEDGE.effects if one.lengths is not None]
        assert len(of(self.drawn, "lengths")) == len(told)

    def test_no_row_is_empty(self) -> None:
        """What has no day has a question mark or an arrow, and never nothing."""
        marks = [m for m in read(self.drawn).iter() if m.get("class") in _OF_TIME]
        for row in of(self.drawn, "effect"):
            top, left = number(row, "y"), number(row, "x")
            foot = top + number(row, "height")
            held = [
                mark
                for mark in marks
                if top <= _place(mark)[1] <= foot and _place(mark)[0] < left + 500
            ]
            assert held, row.findtext(f"{SVG}title")

    def test_days_are_proportional(self) -> None:
        """Exactly: a bar that ends on the sheet is as wide as its hours."""
        marks = of(self.drawn, "lasts-longest")
        wide = {number(mark, "width") for mark in marks}
        known = {one.duration.max_hours for one in KNOWLEDGE.effects if one.duration}
        scale = max(wide) / 168
        assert {72 * scale, 120 * scale, 6 * scale} <= wide
        assert {72, 120, 6, 168} <= known


_OF_TIME = {"begins", "lasts", "lasts-longest", "unknown", "goes-on"}


def _place(mark: ET.Element) -> tuple[Fraction, Fraction]:
    if "d" in mark.attrib:
        return corners(mark)[1]
    return number(mark, "x"), number(mark, "y")


class TestComparison:
    """Two lengths side by side."""

    @pytest.mark.parametrize("name", ["two", "two unknown"])
    def test_needles_are_to_scale(self, name: str) -> None:
        left, right = (
            max(x for x, _ in corners(m)) - min(x for x, _ in corners(m))
            for m in of(PICTURES[name], "needle")
        )
        one, other = (500, 1500) if name == "two" else (750, 3500)
        assert left * other == right * one

    def test_each_aspect_of_each_length_is_told(self) -> None:
        """What is not published is a dotted box that says so."""
        found = mn.compare("0.5 mm", "1.5 mm")
        empty = sum((not row.left) + (not row.right) for row in found.rows)
        assert len([m for m in of(PICTURES["two"], "unknown") if m.tag == f"{SVG}rect"]) == empty
        for row in found.rows:
            for fact in (*row.left, *row.right):
                if fact.followed:
                    assert " ".join(fact.text.split()) in description(PICTURES["two"])


@settings(max_examples=20)
@given(st.from_type(mn.Schedule), st.sets(st.dates(START, day(400)), max_size=9))
def test_any_schedule_is_drawn(schedule: mn.Schedule, closed: set[date]) -> None:
    """Every session once, and all of it on the sheet."""
    drawn = schedule.to_svg(closed=closed)
    check_places(drawn)
    assert len(of(drawn, "session")) == len(schedule.sessions)
    assert len(of(drawn, "window")) == len(schedule.to_come)


@settings(max_examples=15)
@given(st.from_type(mn.Treatment))
def test_any_treatment_is_drawn(treatment: mn.Treatment) -> None:
    """Each area by itself."""
    for site in treatment.sites:
        drawn = treatment.to_svg(site=site)
        check_places(drawn)
        assert len(of(drawn, "session")) == len(treatment.plan(site).sessions)


@settings(max_examples=15)
@given(st.from_type(mn.Recommendation))
def test_any_answer_is_drawn(answer: mn.Recommendation) -> None:
    """Every option, or why there is none; what has to be done is not left out."""
    drawn = answer.to_svg()
    check_places(drawn)
    assert len(of(drawn, "protocol")) == len(answer.options)
    assert bool(answer.options) is ("Nothing is offered" not in description(drawn))
    assert ("Must: " in description(drawn)) is bool(answer.musts)


@given(st.from_type(mn.NeedleLength), st.from_type(mn.NeedleLength))
def test_any_two_lengths_are_drawn(left: mn.NeedleLength, right: mn.NeedleLength) -> None:
    """Both needles, also where an edition knows nothing of them."""
    drawn = mn.compare(left, right, KNOWLEDGE).to_svg()
    check_places(drawn)
    assert len(of(drawn, "needle")) == 2


HOSTILE = '</desc><script>alert("1")</script>&amp; \' onload="x" ]]> {0} {x} \x00\x1b\ufffe\u202e'


class TestHostileTexts:
    """Whatever an edition or a caller writes is a text, and nothing else."""

    def test_of_a_caller(self) -> None:
        drawn = SCHEDULE.to_svg(edition=HOSTILE)
        assert "<script" not in drawn
        assert '</desc><script>alert("1")</script>&amp;' in description(drawn)
        drawn.encode()

    def test_of_an_edition(self) -> None:
        tables: Any = KNOWLEDGE.plain()
        tables["edition"]["id"] = "hostile"
        for row in tables["thickness"]:
            row["landmark"] = HOSTILE
        for row in tables["penetrations"]:
            row["model"] = HOSTILE
        held = mn.from_tables(tables)
        drawn = held.skin_svg(mn.Site.CHEEK, NEEDLES)
        read(drawn)
        assert "<script" not in drawn
        assert '</desc><script>alert("1")</script>' in description(drawn)

    def test_a_word_of_any_length_is_broken(self) -> None:
        for line in lines_of("W" * 5000 + " " + "x-" * 3000, 200, 12):
            assert width_of(line, 12) <= 200

    @pytest.mark.parametrize("edition", [5, None])
    def test_what_is_no_text_is_refused(self, edition: object) -> None:
        with pytest.raises(mn.InputError):
            SCHEDULE.to_svg(edition=edition)  # type: ignore[arg-type]
        with pytest.raises(mn.InputError):
            SCHEDULE.to_svg(closed="2026-12-24")  # type: ignore[arg-type]


def test_options_are_marked_among_what_they_are_for() -> None:
    """An answer about something else, or of another edition, marks nothing."""
    with pytest.raises(mn.InputError, match="about this indication"):
        KNOWLEDGE.protocols_svg(mn.Indication.STRIAE, answer=ANSWER)
