"""
A treatment as a clinic keeps it: a ledger for each area, the days planned, the closed days.

What happens is recorded in one step: the ledger grows, and the plan is dated anew or paused.
"""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import ClassVar

from attrs import evolve, field, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.value_class import Value
from microneedling.deciding.of_person import OfPerson
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import Progress, next_step, standing_of
from microneedling.treating.open_days import Calendar, Closed, Open, known_closed
from microneedling.treating.person import carried, facts_of_all, facts_of_person, joined
from microneedling.treating.planning import goes_on, planned_anew, why_paused
from microneedling.treating.together import (
    leading,
    ledgers_in_order,
    most_cautious,
    recorded_in_all,
    sites_of,
)
from microneedling.values.events import Event, FindingChanged
from microneedling.values.next_steps import NextStep
from microneedling.values.person import PersonFacts
from microneedling.values.schedules import Schedule
from microneedling.values.visits import agreed
from microneedling.values.vocabulary import Site

__all__ = ["Treatment"]

_MOST_LEDGERS = 64
_MOST_CLOSED = 20_000


def _ledgers(values: Iterable[Progress]) -> tuple[Progress, ...]:
    return ledgers_in_order(checks.collected(values, "ledgers", Progress))


def _plans(values: Iterable[Schedule]) -> tuple[Schedule, ...]:
    return checks.collected(values, "plans", Schedule)


def _closed(values: Iterable[date]) -> frozenset[date]:
    return frozenset(checks.collected_days(values, "closed"))


@frozen(kw_only=True, repr=False)
class Treatment(rendering.Shown, Value):
    """
    A person's treatment of one or more areas. Nothing in it is ever changed.

    Made by `begin_treatment`; `record` gives the next one, of which the plan is dated anew, or
    paused with the reasons. A ledger and its schedule from elsewhere can be put together as well.

    Args:
        ledgers: At least one an area, in any order. Two of one area are those that two people
            kept, see `merge`: the more cautious counts.
        plans: The days of each area, in the order of `sites`.
        closed: Days on which nothing is planned, at most 20,000.
        until: The last day on which a session may be planned; None for no such day.

    Raises:
        InputError: If an area has no plan or a plan no area, a plan is not of its ledger's course
            or says other days to have been held, the ledgers of one area are not of one course,
            two areas say different things of one person, or one is part of another.
    """

    _card: ClassVar[str] = "treatment"

    ledgers: tuple[Progress, ...] = field(converter=_ledgers)
    plans: tuple[Schedule, ...] = field(converter=_plans)
    closed: frozenset[date] = field(default=frozenset(), converter=_closed)
    until: date | None = None

    def _agree(self) -> None:
        if not self.ledgers:
            checks.refuse("empty", "ledgers", "give at least one ledger")
        if len(self.ledgers) > _MOST_LEDGERS:
            checks.refuse("too_many", "ledgers", f"give at most {_MOST_LEDGERS} ledgers")
        if len(self.closed) > _MOST_CLOSED:
            checks.refuse("too_many", "closed", f"give at most {_MOST_CLOSED} days")
        self._check_person()
        if len(self.plans) != len(self.sites):
            checks.refuse("contradiction", "plans", "give one plan for each area")
        for number, site in enumerate(self.sites):
            self._check_area(site, number)

    def _check_person(self) -> None:
        known: dict[str, object] = {}
        for number, ledger in enumerate(self.ledgers):
            for name in ("skin_type", "sex"):
                path = f"ledgers[{number}].assessment.{name}"
                known[name] = agreed(known.get(name), getattr(ledger.assessment, name), path)
        sites = self.sites
        for number, site in enumerate(sites):
            if any(self.ledgers[0].knowledge.sites_meet(site, other) for other in sites[:number]):
                message = "an area is part of another one; treat the whole, or its parts"
                checks.refuse("sites_meet", "ledgers", message)

    def _check_area(self, site: Site, number: int) -> None:
        first, *others = self.of(site)
        if any(
            (one.assessment, one.course, one.editions[0])
            != (first.assessment, first.course, first.editions[0])
            for one in others
        ):
            message = "give ledgers of one course that began with one assessment"
            checks.refuse("other_course", "ledgers", message)
        plan = self.plans[number]
        if plan.course != first.course:
            checks.refuse("other_course", f"plans[{number}]", "give the plan of this very course")
        held = tuple([s.held_on for s in plan.sessions if s.held_on is not None])
        if held != self.leading(site).held:
            message = "sessions were held on other days than the ledger says; give the newest plan"
            checks.refuse("other_ledger", f"plans[{number}]", message)
        if plan.paused:
            as_dated = plan.paused == why_paused(plan, self.of(site), self.day)
        else:
            as_dated = not plan.to_come or goes_on(plan, self.of(site), self.day)
        if not as_dated:
            message = "give the plan as it was dated on the day of the last record"
            checks.refuse("contradiction", f"plans[{number}].paused", message)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The areas."""
        return sites_of(self.ledgers)

    @property
    def day(self) -> date:
        """The day of the last record."""
        return max(standing_of(ledger).day for ledger in self.ledgers)

    def of(self, site: Site) -> tuple[Progress, ...]:
        """Give the ledgers of an area: one, or those that two people kept."""
        return tuple([ledger for ledger in self.ledgers if ledger.assessment.site is site])

    def leading(self, site: Site | None = None) -> Progress:
        """
        Give the ledger of an area by which it is planned; of two the one with more sessions.

        Args:
            site: The area; not needed where there is one.
        """
        return leading(self.of(self._area(site)))

    def plan(self, site: Site | None = None) -> Schedule:
        """
        Give the plan of an area.

        Args:
            site: The area; not needed where there is one.
        """
        return self.plans[self.sites.index(self._area(site))]

    def _area(self, site: Site | None) -> Site:
        if site is None and len(self.sites) == 1:
            return self.sites[0]
        if site is not None:
            checks.member(site, "site", Site)
        if site is None or site not in self.sites:
            checks.refuse("other_site", "site", "name an area of this treatment")
        return site

    def record(
        self, event: Event, *, site: Site | None = None, by: str = "", is_open: Open | None = None
    ) -> "Treatment":
        """
        Give the treatment with one entry more, its plan dated anew or paused.

        What concerns the person is told in every area: a finding of the person, and what a side
        effect in one area says of the person, marked there as carried over.

        Args:
            event: What happened.
            site: In which area; not needed where there is one, nor for a finding of the person.
            by: Who records it, as for `Progress.record`.
            is_open: Tells whether a day is open, besides the days that are closed; what it says of
                the days it is asked about is kept.

        Raises:
            InputError: As for `Progress.record`; ``other_site`` if it is not said in which area.
                The plan is no reason to refuse anything.

        >>> import microneedling as mn
        >>> knowledge = mn.load("2026.1")
        >>> cheek = mn.Assessment(
        ...     on=date(2026, 11, 22),
        ...     site=mn.Site.CHEEK,
        ...     setting=mn.Setting.CLINIC,
        ...     concerns=[
        ...         mn.Concern(
        ...             indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE
        ...         )
        ...     ],
        ...     skin_type=mn.SkinType.III,
        ...     age_years=34,
        ...     screening=mn.Screening.complete(),
        ... )
        >>> answer = mn.recommend(cheek, knowledge)
        >>> begun = mn.begin_treatment(
        ...     answer, answer.options[0], knowledge, start=date(2026, 12, 1), sessions=3
        ... )
        >>> held = begun.record(
        ...     mn.SessionDone(on=date(2026, 12, 3), needle_length=mn.NeedleLength(1500))
        ... )
        >>> [session.day.isoformat() for session in held.plan().sessions]
        ['2026-12-03', '2026-12-31', '2027-01-28']
        >>> sore = held.record(
        ...     mn.SideEffectReported(
        ...         on=date(2026, 12, 11),
        ...         effect=mn.SideEffectCode.ERYTHEMA,
        ...         severity=mn.Severity.MILD,
        ...         day=8,
        ...     )
        ... )
        >>> sore.plan().next, [reason.rule for reason in sore.plan().paused]
        (None, ['responses.erythema'])
        """
        of_person = self.ledgers[0].knowledge.prepared(OfPerson)
        everywhere = isinstance(event, FindingChanged) and event.finding in of_person
        areas = self.sites if site is None and everywhere else (self._area(site),)
        before = facts_of_all(self.ledgers)
        ledgers = tuple(
            chain(
                *(
                    recorded_in_all(self.of(area), event, by) if area in areas else self.of(area)
                    for area in self.sites
                )
            )
        )
        told = facts_of_all(ledgers)
        if len(self.sites) > 1:
            ledgers = tuple(carried(ledgers, before, told, areas, by))
        return self.with_ledgers(ledgers, self.plans, is_open)

    def with_ledgers(
        self,
        ledgers: Iterable[Progress],
        plans: tuple[Schedule, ...],
        is_open: Open | None = None,
        closed: frozenset[date] | None = None,
    ) -> "Treatment":
        """
        Give the treatment with other ledgers of the same areas, planned anew.

        Args:
            ledgers: The ledgers.
            plans: The plans as they were, one an area.
            is_open: As for `record`.
            closed: The closed days; those that are known where they are not given.
        """
        held = ledgers_in_order(ledgers)
        shut = self.closed if closed is None else closed
        calendar = Calendar(shut, is_open, self.until)
        areas = [
            tuple([one for one in held if one.assessment.site is site]) for site in sites_of(held)
        ]
        on = max(standing_of(ledger).day for ledger in held)
        anew = planned_anew(plans, areas, on, calendar)
        return evolve(
            self, ledgers=held, plans=anew, closed=shut | frozenset(calendar.found_closed)
        )

    def closing(self, closed: Closed) -> "Treatment":
        """
        Give the treatment with more closed days, its plan dated anew.

        Args:
            closed: Any collection of days, as for `schedule`.
        """
        shut = self.closed | known_closed(closed, self.day, self._last_day())
        return self.with_ledgers(self.ledgers, self.plans, closed=shut)

    def _last_day(self) -> date:
        return max(session.day for plan in self.plans for session in plan.sessions)

    def under(self, knowledge: Knowledge) -> "Treatment":
        """Put a newer edition in force, as `Progress.under` does; its plan is dated anew."""
        return self.with_ledgers([ledger.under(knowledge) for ledger in self.ledgers], self.plans)

    def next_step(self, knowledge: Knowledge, on: date, *, site: Site | None = None) -> NextStep:
        """
        Say what comes next in an area, as `next_step` does; of two ledgers the more cautious.

        Args:
            knowledge: The edition to judge by.
            on: The day, not before the last record.
            site: The area; not needed where there is one.
        """
        return most_cautious(next_step(one, knowledge, on) for one in self.of(self._area(site)))

    def facts_of_person(self, on: date) -> PersonFacts:
        """
        Give what this treatment tells of the person, for an assessment or another treatment.

        Args:
            on: The day, not before the last record.
        """
        on = checks.day(on, "on")
        if on < self.day:
            checks.refuse("out_of_order", "on", "something was recorded for a later day")
        return joined([facts_of_person(ledger, on) for ledger in self.ledgers], on)

    def to_ics(self, *, title: str = "Microneedling session", key: str = "") -> bytes:
        """
        Write the days of all areas as one iCalendar file; see `Schedule.to_ics`.

        Where there are several areas each session is named by its own.

        Args:
            title: What each session is called.
            key: Tells apart treatments that are alike and begin on one day.
        """
        return rendering.calendar_file(self.plans, self.sites, title=title, key=key)

    def to_svg(self, *, site: Site | None = None) -> str:
        """
        Draw the plan of an area on a time line, with the closed days; see `Schedule.to_svg`.

        Args:
            site: The area; not needed where there is one.

        Raises:
            InputError: ``other_site`` if it is not said which area.
        """
        return rendering.picture("treatment", self, site=site)

    def __str__(self) -> str:
        return rendering.text("treatment", self)
