"""The later steps of a decision: options become courses, in the order of preference."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple, TypeVar

from attrs import evolve

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.at_length import AtLength
from microneedling.deciding.fitting import Fitter, Patient
from microneedling.deciding.for_sessions import Circumstances, ForSessions
from microneedling.deciding.options import Option
from microneedling.deciding.ranking import Ranked, Ranker, in_ranks, stands
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Clearance, IndicationRule, Protocol
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.courses import Course, Interval, Note, SessionCount
from microneedling.values.findings import Exposure
from microneedling.values.lengths import LengthRange, NeedleLength
from microneedling.values.reasons import Effect, Reason, Stage, Step
from microneedling.values.standing import Standing
from microneedling.values.vocabulary import DeviceKind, Site, SkinType

__all__ = ["Assembler"]

T = TypeVar("T")
# Combinations of several concerns that are told apart by their studies; more by figures alone.
_MANY = 512


class _Placed(NamedTuple):
    """An option, and how it stands to a patient."""

    option: Option
    cleared: tuple[str, ...]
    unmet: tuple[str, ...]
    ranked: Ranked
    standing: Standing

    @property
    def stands(self) -> tuple[object, ...]:
        """What puts it before others of the same figures: never a name."""
        return stands(self.ranked, self.standing)


class Assembler:
    """An edition's courses, assembled from its protocols."""

    def __init__(self, knowledge: Knowledge, fitter: Fitter) -> None:
        self._knowledge = knowledge
        self._ranker = Ranker(knowledge, fitter)
        self.for_sessions: ForSessions = ForSessions(knowledge)
        self._clearances = sorted(knowledge.clearances, key=lambda clearance: clearance.id)
        self._days = {rule.finding: rule.days_until_over for rule in knowledge.findings}
        self._bars = {clearance.id: frozenset(clearance.bars) for clearance in self._clearances}
        self._scopes: dict[
            tuple[int | None, SkinType | None, DeviceKind | None], tuple[str, ...]
        ] = {}
        self._at: dict[int, AtLength] = Kept(256)

    def _cleared(
        self, concerns: Sequence[Concern], lengths: LengthRange, site: Site
    ) -> tuple[Clearance, ...]:
        """Find the clearances that cover all concerns, the site and every length."""
        return tuple(
            [
                clearance
                for clearance in self._clearances
                if clearance.longest is not None
                and lengths.longest.um <= clearance.longest.um
                and self._knowledge.covers_site(clearance.sites, site)
                and all(c.indication in clearance.indications for c in concerns)
            ]
        )

    def option(
        self,
        concerns: tuple[Concern, ...],
        protocols: tuple[Protocol, ...],
        lengths: LengthRange,
        site: Site,
        sessions: SessionCount | None = None,
        interval: Interval | None = None,
    ) -> Option:
        """Make an option of protocols, one for each concern or shared by them."""
        if len(protocols) == 1:
            sessions, interval = protocols[0].sessions, protocols[0].interval
        option = Option(
            concerns,
            protocols,
            lengths,
            sessions,
            interval,
            self._cleared(concerns, lengths, site),
        )
        at = self._at_length(lengths.longest)
        stated = [p.anaesthesia for p in protocols if p.anaesthesia is not None]
        if at.anaesthesia is not None and (not stated or at.anaesthesia > max(stated)):
            option.citations += at.behind_anaesthesia
            option.borrowed = "anaesthesia" in at.borrowed
            stated.append(at.anaesthesia)
        option.anaesthesia = max(stated, default=None)
        option.downtime = at.downtime
        option.citations += at.behind_downtime
        option.borrowed = option.borrowed or "downtime" in at.borrowed
        return option

    def _at_length(self, longest: NeedleLength) -> "AtLength":
        """Give what follows from the longest needle alone; kept, since there are few lengths."""
        at = self._at.get(longest.um)
        if at is None:
            at = self._at[longest.um] = AtLength(self._knowledge, longest)
        return at

    def shared(self, choices: list[list[Option]], site: Site) -> list[Option]:
        """
        Find the courses that serve every concern: the intersection of what each documents.

        Of combinations with equal figures, by the same studies, one stands for all; where there are
        very many, of those with equal figures the better backed, which keeps the work small.
        """
        held = choices[0]
        for more in choices[1:]:
            best: dict[object, Option] = {}
            for one, other in product(held, more):
                option = self._both(one, other, site)
                if option is None:
                    continue
                figures = (
                    option.lengths,
                    option.sessions,
                    option.interval,
                    option.sessions_within,
                    option.interval_within,
                    option.anaesthesia,
                    _devices(option.protocols),
                    option.studies if len(best) < _MANY else None,
                )
                rival = best.get(figures)
                if rival is None or option.order < rival.order:
                    best[figures] = option
            held = list(best.values())
        return held

    def _both(self, one: Option, other: Option, site: Site) -> Option | None:
        concerns = one.concerns + other.concerns
        if any(self._knowledge.indication(concern.indication).apart for concern in concerns):
            return None
        protocols = tuple(dict.fromkeys(one.protocols + other.protocols))
        lengths = one.lengths.intersection(other.lengths)
        if lengths is None:
            return None
        sessions = one.sessions_within or other.sessions_within
        if one.sessions_within is not None and other.sessions_within is not None:
            sessions = one.sessions_within.intersection(other.sessions_within)
            if sessions is None:
                return None
        interval = one.interval_within or other.interval_within
        if one.interval_within is not None and other.interval_within is not None:
            interval = one.interval_within.intersection(other.interval_within)
            if interval is None:
                return None
        if not _devices(protocols) and any(protocol.devices for protocol in protocols):
            return None
        # A figure is told only where it is published for every concern.
        told = one.sessions is not None and other.sessions is not None
        spaced = one.interval is not None and other.interval is not None
        option = self.option(
            concerns,
            protocols,
            lengths,
            site,
            sessions if told else None,
            interval if spaced else None,
        )
        option.sessions_within, option.interval_within = sessions, interval
        return option

    def scope(self, assessment: Assessment) -> tuple[str, ...]:
        """
        Find the clearances whose device and patients are known to be such as these.

        One whose label bars what is present covers nothing.
        """
        device = assessment.device.kind if assessment.device is not None else None
        age, skin, _ = key = (assessment.age_years, assessment.skin_type, device)
        found = self._scopes.get(key)
        if found is None:
            found = self._scopes[key] = tuple(
                clearance.id
                for clearance in self._clearances
                if age is not None
                and clearance.youngest_years is not None
                and age >= clearance.youngest_years
                and skin in clearance.skin_types
                and device is clearance.device_kind
            )
        barring = {
            exposure.finding
            for exposure in assessment.screening.present
            if not self._is_over(exposure, assessment.on)
        }
        return tuple([name for name in found if barring.isdisjoint(self._bars[name])])

    def _is_over(self, exposure: Exposure, on: date) -> bool:
        """Tell whether what was there is over: its day is told, and its wait with it."""
        days = self._days.get(exposure.finding)
        if days is None:
            return False
        if exposure.last_on is None:
            return exposure.ongoing is False and days <= 1
        return on >= exposure.last_on + timedelta(days=days)

    def offers(
        self,
        options: Sequence[Option],
        assessment: Assessment,
        scope: tuple[str, ...],
        at: Circumstances,
    ) -> tuple[tuple[Reason, ...], tuple[Step, ...]]:
        """
        Make offers of options, in their ranks.

        Those with equal figures are one offer, as the one of them that stands best, and it names
        the protocols of all.
        """
        groups: dict[object, list[_Placed]] = {}
        for option in options:
            placed = self._placed(option, assessment, scope)
            figures = (option.concerns, option.lengths, option.sessions, option.interval)
            # What one states and another leaves open has to agree, too, or they are no one course.
            within = (option.sessions_within, option.interval_within)
            groups.setdefault((figures, within), []).append(placed)
        held = [min(group, key=lambda one: one.stands) for group in groups.values()]
        named = [
            _unique(sorted((p for one in group for p in one.option.protocols), key=_by_id))
            for group in groups.values()
        ]
        offers, steps = [], []
        for place, standing in in_ranks([(one.ranked, one.standing) for one in held]):
            reason = self._offered(held[place], standing, named[place], assessment, at)
            offers.append(reason)
            by = f" by {standing.decided_by.value}" if standing.decided_by else ""
            outcome = f"rank {standing.rank}{by}"
            steps.append(Step(Stage.RANK, f"protocols.{reason.protocol}", outcome))
        return tuple(offers), tuple(steps)

    def _placed(self, option: Option, assessment: Assessment, scope: tuple[str, ...]) -> "_Placed":
        patient = Patient.of(assessment)
        cleared = tuple([c for c in option.clearances if c.id in scope])
        unmet = option.unmet(assessment.preferences)
        regulated = frozenset(c.source.id for held in cleared for c in held.citations)
        ranked = Ranked(
            concerns=option.concerns,
            protocols=option.protocols,
            lengths=option.lengths,
            sessions=option.sessions,
            interval=option.interval,
            assembled=option.is_assembled,
            regulated=regulated,
            unmet=len(unmet),
        )
        standing = option.standings.get((patient, regulated))
        if standing is None:
            standing = option.standings[patient, regulated] = self._ranker.standing(ranked, patient)
        names = tuple([clearance.id for clearance in cleared])
        return _Placed(option, names, unmet, ranked, standing)

    def _offered(
        self,
        placed: "_Placed",
        standing: Standing,
        protocols: tuple[Protocol, ...],
        assessment: Assessment,
        at: Circumstances,
    ) -> Reason:
        key = (standing, placed.cleared, placed.unmet, protocols, at)
        reason = placed.option.kept.get(key)
        if reason is None:
            reason = self._offer(placed, standing, protocols, assessment, at)
            placed.option.kept[key] = reason
        return reason

    def _offer(
        self,
        placed: "_Placed",
        standing: Standing,
        protocols: tuple[Protocol, ...],
        assessment: Assessment,
        at: Circumstances,
    ) -> Reason:
        option = placed.option
        held = [self._knowledge.indication(c.indication) for c in option.concerns]
        course = evolve(
            self._course(placed, standing, at),
            protocols=tuple(protocol.id for protocol in protocols),
            schools=tuple(protocol.school for protocol in protocols),
        )
        facts = [f"site={assessment.site.value}", f"setting={assessment.setting.value}"]
        for concern in option.concerns:
            severity = concern.severity.value if concern.severity else "unknown"
            facts.append(f"{concern.indication.value}.severity={severity}")
        return Reason(
            rule="+".join(f"protocols.{protocol.id}" for protocol in protocols),
            effect=Effect.OFFER,
            facts=tuple(facts),
            # Of several concerns it is told which a statement is about.
            why=" ".join([_about(rule, rule.statement, held) for rule in held]),
            short=" ".join([_about(rule, rule.short, held) for rule in held]),
            grade=course.grade,
            citations=_unique(c for rule in held for c in rule.citations),
            disagreements=tuple(
                evolve(other, says=_about(rule, other.says, held))
                for rule in held
                for other in rule.disagreements
            ),
            protocol="+".join(protocol.id for protocol in protocols),
            course=course,
        )

    def _course(self, placed: "_Placed", standing: Standing, at: Circumstances) -> Course:
        option, cleared = placed.option, placed.cleared
        protocols = option.protocols
        assembled = option.is_assembled
        notes = _unique(note for protocol in protocols for note in protocol.notes)
        notes += self._ranker.harm_told(option.concerns, at.site)
        figures = (("sessions", option.sessions), ("interval", option.interval))
        untold = {name for name, figure in figures if figure is None}
        if assembled:
            notes += (self._note("assembled"),)
        if option.borrowed:
            notes += (self._note("stated_at_other_length"),)
        if not cleared:
            notes += (self._note("outside_us_clearance"),)
        devices = _devices(protocols)
        indications = tuple(concern.indication for concern in option.concerns)
        rows = self.for_sessions.rows(indications, option.lengths, devices, at)
        return Course(
            protocols=tuple(protocol.id for protocol in protocols),
            schools=tuple(protocol.school for protocol in protocols),
            concerns=option.concerns,
            lengths=option.lengths,
            sessions=option.sessions,
            interval=option.interval,
            anaesthesia=option.anaesthesia,
            end_point=_same([protocol.end_point for protocol in protocols]),
            passes=_same([protocol.passes for protocol in protocols]),
            downtime=option.downtime,
            devices=devices,
            grade=self._ranker.weakest(protocols, placed.ranked.regulated),
            backing=self._ranker.backing(protocols, placed.ranked.regulated),
            assembled=assembled,
            standing=standing,
            adjuncts=self._ranker.adjuncts(protocols),
            clearances=cleared,
            unmet=placed.unmet,
            notes=notes,
            citations=_unique(
                (
                    *(c for p in protocols for c in p.citations if c.supports not in untold),
                    *option.citations,
                )
            ),
            **rows._asdict(),
        )

    def _note(self, code: str) -> Note:
        rule = self._knowledge.rule(code)
        return Note(text=rule.why, short=rule.short, citations=rule.citations)


def _by_id(protocol: Protocol) -> str:
    return protocol.id


def _about(rule: IndicationRule, text: str, rules: Sequence[IndicationRule]) -> str:
    return text if len(rules) == 1 else f"{rule.label}: {text}"


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _same(values: Sequence[T | None]) -> T | None:
    """Give what all agree on, or None."""
    return values[0] if all(value == values[0] for value in values) else None


def _devices(protocols: Sequence[Protocol]) -> tuple[DeviceKind, ...]:
    """Give the devices that every protocol is documented with; empty where any, or none."""
    held = [set(protocol.devices) for protocol in protocols if protocol.devices]
    return tuple(sorted(set.intersection(*held))) if held else ()
