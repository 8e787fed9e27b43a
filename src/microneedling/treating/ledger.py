"""A course as it goes on: an append-only ledger, and what comes next."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import ClassVar

from attrs import evolve, field, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.value_class import Value
from microneedling.deciding.recommending import ENGINE, recommend
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_state import Standing, after, begun
from microneedling.treating.next_step import Situation
from microneedling.treating.safeguards import check
from microneedling.treating.session_obstacles import Case
from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course
from microneedling.values.events import EVENTS, CourseBegun, Entry, Event
from microneedling.values.next_steps import NextStep
from microneedling.values.sessions import MaterialKind, SessionDone

__all__ = ["MOST_ENTRIES", "Progress", "begin", "next_step", "situation", "standing_of", "steps"]

# So that every ledger can be read again in seconds; it is years of visits.
MOST_ENTRIES = 2_000


def _editions(values: Iterable[Knowledge]) -> tuple[Knowledge, ...]:
    return checks.collected(values, "editions", Knowledge)


def _entries(values: Iterable[Entry]) -> tuple[Entry, ...]:
    return checks.collected(values, "entries", Entry)


@frozen(kw_only=True, repr=False)
class Progress(rendering.Shown, Value):
    """
    A course and its ledger. Nothing in it is ever changed; `record` gives a longer one.

    Made by `begin`. However it is made, every entry is checked again, under the edition that
    it was recorded under; the safeguards only where it was recorded by the same logic, so that a
    change of ours makes no history unreadable.

    Args:
        assessment: What the course was chosen for.
        course: The course that was chosen, one that the first edition offers for it.
        editions: The editions the ledger was kept under, in order; the last is in force.
        entries: What happened, the first being that the course was begun.

    Raises:
        InputError: If the course is not offered for the assessment, an entry could not have
            been recorded, or its edition is not among those given.
    """

    _card: ClassVar[str] = "ledger"

    assessment: Assessment
    course: Course
    editions: tuple[Knowledge, ...] = field(converter=_editions)
    entries: tuple[Entry, ...] = field(converter=_entries)
    _case: Case = field(init=False, eq=False, repr=False)
    _standing: Standing = field(init=False, eq=False, repr=False)

    def _agree(self) -> None:
        self._check_editions()
        case = self._new_case()
        object.__setattr__(self, "_case", case)
        if self.course not in recommend(self.assessment, self.editions[0]).options:
            checks.refuse(
                "not_offered", "course", "give one of the options offered for the assessment"
            )
        held = {knowledge.digest: knowledge for knowledge in self.editions}
        standing: Standing | None = None
        for number, entry in enumerate(self.entries):
            make = (
                partial(begun, entry.event, self.assessment.on, self.course)
                if standing is None
                else partial(_kept, case, standing, held[entry.digest], entry)
            )
            standing = checks.within(f"entries[{number}].event.", make)
        object.__setattr__(self, "_standing", standing)

    def _check_editions(self) -> None:
        if not self.editions or not self.entries:
            checks.refuse("empty", "entries", "begin a ledger with `begin`")
        if len(self.entries) > MOST_ENTRIES:
            checks.refuse("full", "entries", f"give at most {MOST_ENTRIES} entries")
        order = {k.digest: (place, k.id) for place, k in enumerate(self.editions)}
        if len(order) < len(self.editions):
            checks.refuse("edition_twice", "editions", "name each edition once")
        place = 0
        for number, entry in enumerate(self.entries):
            found = order.get(entry.digest)
            if found is None or found[1] != entry.edition:
                checks.refuse(
                    "edition_missing",
                    f"entries[{number}]",
                    "give the edition that this was recorded under, by its id and digest",
                )
            if found[0] < place or (number == 0 and found[0]):
                checks.refuse(
                    "out_of_order", f"entries[{number}]", "give the editions in their order"
                )
            place = found[0]

    def _new_case(self) -> Case:
        first = self.editions[0]
        return Case(
            assessment=self.assessment,
            course=self.course,
            digest=first.digest,
            asked=frozenset(rule.finding for rule in first.findings),
        )

    @property
    def knowledge(self) -> Knowledge:
        """The edition in force: new entries are recorded under it."""
        return self.editions[-1]

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened, in the order it was recorded."""
        return tuple(entry.event for entry in self.entries)

    @property
    def sessions(self) -> int | None:
        """How many sessions are planned; None where no count was chosen."""
        return self._standing.planned

    @property
    def held(self) -> tuple[date, ...]:
        """The days of the sessions that were held."""
        return self._standing.held

    def record(self, event: Event, *, by: str = "") -> "Progress":
        """
        Give the ledger with one entry more; this one stays as it is.

        A session is refused on a day on which `next_step` would not say proceed, unless each
        safeguard that speaks against it is overridden by name. What is the patient's own
        wish, a session put off, is no safeguard.

        Args:
            event: What happened. It is recorded under the edition in force.
            by: Who records it, as a code of one's own, at most 64 characters; nothing where that
                is not kept here.

        Raises:
            InputError: If it cannot have happened or a safeguard speaks against it. ``code``
                is one of ``out_of_order``, ``begun_twice``, ``stopped``, ``complete``,
                ``same_day``, ``no_session``, ``in_the_future``, ``nothing_open``,
                ``wrong_order``, ``out_of_range``, ``other_site``, ``other_concern``, ``no_entry``,
                ``needed``, ``out_of_calendar``, ``full`` (2,000 entries are the most),
                ``override_not_needed`` or the code of a `Safeguard`.

        >>> import datetime
        >>> import microneedling as mn
        >>> knowledge = mn.load("2026.1")
        >>> assessment = mn.Assessment(
        ...     on=datetime.date(2026, 11, 22),
        ...     site=mn.Site.CHEEK,
        ...     setting=mn.Setting.CLINIC,
        ...     concerns=[mn.Concern(indication=mn.Indication.MELASMA)],
        ...     skin_type=mn.SkinType.III,
        ...     age_years=34,
        ...     screening=mn.Screening.complete(),
        ... )
        >>> course = mn.recommend(assessment, knowledge).options[0]
        >>> progress = mn.begin(assessment, course, knowledge)
        >>> first = mn.SessionDone(
        ...     on=datetime.date(2026, 12, 1), needle_length=course.lengths.shortest
        ... )
        >>> len(progress.record(first).held), len(progress.held)
        (1, 0)
        """
        if type(event) not in EVENTS:
            names = ", ".join(kind.__name__ for kind in EVENTS)
            checks.refuse("wrong_type", "event", f"give one of {names}")
        if len(self.entries) >= MOST_ENTRIES:
            checks.refuse("full", "entries", f"{MOST_ENTRIES} entries are the most; begin another")
        knowledge = self.knowledge
        standing = _recorded(self._case, self._standing, knowledge, event)
        entry = _entry(event, knowledge, by)
        # Not through the constructor, which would look at everything anew.
        longer: Progress = object.__new__(Progress)
        for name, value in (
            ("assessment", self.assessment),
            ("course", self.course),
            ("editions", self.editions),
            ("entries", (*self.entries, entry)),
            ("_case", self._case),
            ("_standing", standing),
        ):
            object.__setattr__(longer, name, value)
        return longer

    def used(
        self, *, kind: MaterialKind | None = None, code: str | None = None, lot: str | None = None
    ) -> tuple[SessionDone, ...]:
        """
        Give the sessions in force in which a material was used, for a recall or an allergy.

        Args:
            kind: Of this kind; of any where it is not given.
            code: With this code; with any where it is not given.
            lot: Of this lot; of any, or none that is known, where it is not given.
        """
        return tuple(
            session
            for session in self._standing.sessions
            if any(
                (kind is None or used.kind is kind)
                and (code is None or used.code == code)
                and (lot is None or used.lot == lot)
                for used in session.materials
            )
        )

    def __str__(self) -> str:
        return rendering.text("ledger", self)

    def under(self, knowledge: Knowledge) -> "Progress":
        """
        Put a newer edition in force. What happened stands as it was recorded.

        Args:
            knowledge: The edition; the one in force changes nothing.

        Raises:
            InputError: If it was in force before and was left.
        """
        checks.instance(knowledge, "knowledge", Knowledge)
        if knowledge.digest == self.knowledge.digest:
            return self
        return evolve(self, editions=(*self.editions, knowledge))


def _entry(event: Event, knowledge: Knowledge, by: str) -> Entry:
    return Entry(event=event, edition=knowledge.id, digest=knowledge.digest, engine=ENGINE, by=by)


def _kept(case: Case, standing: Standing, knowledge: Knowledge, entry: Entry) -> Standing:
    """Give the standing after what was recorded; other logic than ours is not judged by ours."""
    if entry.engine != ENGINE:
        return after(standing, entry.event)
    return _recorded(case, standing, knowledge, entry.event)


def _recorded(case: Case, standing: Standing, knowledge: Knowledge, event: Event) -> Standing:
    """Give the standing after an event, or refuse it."""
    following = after(standing, event)
    check(case, standing, knowledge, event)
    return following


def begin(
    assessment: Assessment,
    course: Course,
    knowledge: Knowledge,
    *,
    on: date | None = None,
    sessions: int | None = None,
    by: str = "",
) -> Progress:
    """
    Begin the ledger of a course.

    Args:
        assessment: What the course was chosen for.
        course: One of the options that the edition offers for it.
        knowledge: The edition; there is no default.
        on: The day it is begun, not before the assessment; that of the assessment if not
            given.
        sessions: How many are planned, within what the course documents; the most it
            documents if not given. Where it documents no count, none given leaves it open.
        by: Who begins it, as for `Progress.record`.

    Raises:
        InputError: If the course is not offered for the assessment, or a figure lies outside
            what it documents.
    """
    checks.instance(assessment, "assessment", Assessment)
    checks.instance(course, "course", Course)
    checks.instance(knowledge, "knowledge", Knowledge)
    if sessions is None and course.sessions is not None:
        sessions = course.sessions.most
    event = CourseBegun(on=assessment.on if on is None else on, sessions=sessions)
    begun(event, assessment.on, course)
    return Progress(
        assessment=assessment,
        course=course,
        editions=(knowledge,),
        entries=(_entry(event, knowledge, by),),
    )


def next_step(progress: Progress, knowledge: Knowledge, on: date) -> NextStep:
    """
    Say what comes next in a course.

    Pure. It looks at the ledger, at the edition's responses to side effects, and at what the
    edition recommends for the facts as they are now. Whatever speaks against a session is
    weighed, and the most cautious holds: bad news never makes it less cautious.

    Args:
        progress: The ledger.
        knowledge: The edition to judge by; there is no default. It may be newer than the one
            the ledger is kept under, which a notice then tells.
        on: The day; not before the last record.

    Returns:
        One of `Proceed`, `Wait`, `Pause`, `Stop` and `Complete`, each with its reasons.

    Raises:
        InputError: If a value is of another type or the day lies before the last record.
    """
    return situation(progress, knowledge, on).step()


def situation(progress: Progress, knowledge: Knowledge, on: date) -> Situation:
    """Look at a course on a day: all that speaks for and against a session."""
    checks.instance(progress, "progress", Progress)
    checks.instance(knowledge, "knowledge", Knowledge)
    on = checks.day(on, "on")
    case, standing = progress._case, progress._standing  # noqa: SLF001 - one room
    if on < standing.day:
        checks.refuse(
            "out_of_order", "on", "something was recorded for a later day; give a day from then on"
        )
    return Situation(case, standing, knowledge, on)


def standing_of(progress: Progress) -> Standing:
    """Give what a ledger comes to."""
    return progress._standing  # noqa: SLF001 - one room


def steps(progress: Progress) -> tuple[NextStep, ...]:
    """Give the next step as it was after every entry, on its day and under its edition."""
    case = progress._case  # noqa: SLF001 - one room
    held = {knowledge.digest: knowledge for knowledge in progress.editions}
    standing = begun(progress.entries[0].event, progress.assessment.on, progress.course)
    found = [Situation(case, standing, progress.editions[0], standing.day).step()]
    for entry in progress.entries[1:]:
        standing = after(standing, entry.event)
        found.append(Situation(case, standing, held[entry.digest], standing.day).step())
    return tuple(found)
