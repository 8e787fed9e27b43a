"""The later steps of a decision: options become courses, in the order of preference."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TypeVar

from attrs import evolve

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.fitting import Fitter, Patient
from microneedling.deciding.options import Option
from microneedling.deciding.ranking import Ranked, Ranker, in_ranks
from microneedling.knowledge.facts import AspectFact
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Clearance, IndicationRule, Protocol
from microneedling.values.assessments import Assessment, Concern, Preferences
from microneedling.values.courses import Course, Interval, Note, SessionCount
from microneedling.values.evidence import Citation
from microneedling.values.lengths import LengthRange, NeedleLength
from microneedling.values.reasons import Effect, Reason, Stage, Step
from microneedling.values.standing import Standing
from microneedling.values.vocabulary import Anaesthesia, DeviceKind, Site, SkinType

__all__ = ["Assembler"]

T = TypeVar("T")


class _AtLength:
    """What sources say of a needle length whatever is treated, each with its citations."""

    __slots__ = (
        "anaesthesia",
        "behind_anaesthesia",
        "behind_downtime",
        "borrowed",
        "downtime",
        "side_effects",
    )

    def __init__(self, knowledge: Knowledge, longest: NeedleLength) -> None:
        numbing, recovery = knowledge.anaesthesia_at(longest), knowledge.downtime_at(longest)
        self.anaesthesia = Anaesthesia(numbing.code) if numbing else None
        self.behind_anaesthesia = _behind(numbing, "anaesthesia")
        self.downtime = recovery.downtime if recovery else None
        self.behind_downtime = _behind(recovery, "downtime")
        # What is stated of another length and taken over to this one.
        self.borrowed = {
            name
            for name, fact in (("anaesthesia", numbing), ("downtime", recovery))
            if fact is not None and fact.length != longest
        }
        self.side_effects = tuple(
            effect
            for effect in sorted(knowledge.effects, key=lambda effect: effect.id)
            if effect.lengths is None or effect.lengths.shortest.um <= longest.um
        )


def _behind(fact: AspectFact | None, figure: str) -> tuple[Citation, ...]:
    return tuple(evolve(c, supports=figure) for c in fact.citations) if fact else ()


class Assembler:
    """An edition's courses, assembled from its protocols."""

    def __init__(self, knowledge: Knowledge, fitter: Fitter) -> None:
        self._knowledge = knowledge
        self._ranker = Ranker(knowledge, fitter)
        self._clearances = sorted(knowledge.clearances, key=lambda clearance: clearance.id)
        self._bars = {clearance.id: frozenset(clearance.bars) for clearance in self._clearances}
        self._scopes: dict[
            tuple[int | None, SkinType | None, DeviceKind | None], tuple[str, ...]
        ] = {}
        self._at: dict[int, _AtLength] = Kept(256)

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

    def _at_length(self, longest: NeedleLength) -> "_AtLength":
        """Give what follows from the longest needle alone; kept, since there are few lengths."""
        at = self._at.get(longest.um)
        if at is None:
            at = self._at[longest.um] = _AtLength(self._knowledge, longest)
        return at

    def merged(self, options: list[Option], site: Site) -> list[Option]:
        """Make one option, with all protocols, of those of one concern with the same figures."""
        held: dict[object, Option] = {}
        for option in options:
            figures = (option.lengths, option.sessions, option.interval, option.anaesthesia)
            like = held.get(figures)
            held[figures] = option if like is None else self._one_of(like, option, site)
        return list(held.values())

    def _one_of(self, one: Option, other: Option, site: Site) -> Option:
        protocols = one.protocols + other.protocols
        sessions, interval = other.sessions, other.interval
        return self.option(other.concerns, protocols, other.lengths, site, sessions, interval)

    def shared(self, choices: list[list[Option]], site: Site) -> list[Option]:
        """
        Find the courses that serve every concern: the intersection of what each documents.

        Of combinations with equal figures only the best supported is kept, which
        also keeps the work small.
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
                )
                rival = best.get(figures)
                if rival is not None:
                    option.alike = rival.alike = option.alike | rival.alike
                if rival is None or option.order < rival.order:
                    best[figures] = option
            held = list(best.values())
        return held

    def _both(self, one: Option, other: Option, site: Site) -> Option | None:
        concerns = one.concerns + other.concerns
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
        option.alike = one.alike | other.alike
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
                and age >= clearance.youngest_years
                and skin in clearance.skin_types
                and device is clearance.device_kind
            )
        present = assessment.screening.present
        if not present or not found:
            return found
        held = {exposure.finding for exposure in present}
        return tuple([name for name in found if held.isdisjoint(self._bars[name])])

    def offers(
        self, options: Sequence[Option], assessment: Assessment, scope: tuple[str, ...]
    ) -> tuple[tuple[Reason, ...], tuple[Step, ...]]:
        """Make offers of options, in their ranks."""
        patient = Patient.of(assessment)
        held = []
        for option in options:
            cleared = tuple([c.id for c in option.clearances if c.id in scope])
            unmet = _unmet(option, assessment.preferences)
            ranked = Ranked(
                concerns=option.concerns,
                protocols=option.protocols,
                lengths=option.lengths,
                sessions=option.sessions,
                interval=option.interval,
                assembled=option.is_assembled,
                cleared=bool(cleared),
                unmet=len(unmet),
            )
            standing = option.standings.get((patient, bool(cleared)))
            if standing is None:
                standing = self._ranker.standing(ranked, patient)
                option.standings[patient, bool(cleared)] = standing
            held.append((option, cleared, unmet, ranked, standing))
        offers, steps = [], []
        for place, standing in in_ranks([(ranked, standing) for *_, ranked, standing in held]):
            option, cleared, unmet, *_ = held[place]
            reason = option.kept.get((standing, cleared, unmet))
            if reason is None:
                reason = self._offer(option, standing, cleared, unmet, assessment)
                option.kept[standing, cleared, unmet] = reason
            offers.append(reason)
            by = f" by {standing.decided_by.value}" if standing.decided_by else ""
            outcome = f"rank {standing.rank}{by}"
            steps.append(Step(Stage.RANK, f"protocols.{reason.protocol}", outcome))
        return tuple(offers), tuple(steps)

    def _offer(
        self,
        option: Option,
        standing: Standing,
        cleared: tuple[str, ...],
        unmet: tuple[str, ...],
        assessment: Assessment,
    ) -> Reason:
        held = [self._knowledge.indication(c.indication) for c in option.concerns]
        course = self._course(option, standing, cleared, unmet, assessment.site)
        facts = [f"site={assessment.site.value}", f"setting={assessment.setting.value}"]
        for concern in option.concerns:
            severity = concern.severity.value if concern.severity else "unknown"
            facts.append(f"{concern.indication.value}.severity={severity}")
        return Reason(
            rule="+".join(f"protocols.{protocol.id}" for protocol in option.protocols),
            effect=Effect.OFFER,
            facts=tuple(facts),
            # Of several concerns it is told which a statement is about.
            why=" ".join([_about(rule, rule.statement, held) for rule in held]),
            grade=course.grade,
            citations=_unique(c for rule in held for c in rule.citations),
            disagreements=tuple(
                evolve(other, says=_about(rule, other.says, held))
                for rule in held
                for other in rule.disagreements
            ),
            protocol=option.name,
            course=course,
        )

    def _course(
        self,
        option: Option,
        standing: Standing,
        cleared: tuple[str, ...],
        unmet: tuple[str, ...],
        site: Site,
    ) -> Course:
        knowledge, protocols = self._knowledge, option.protocols
        assembled = option.is_assembled
        notes = _unique(note for protocol in protocols for note in protocol.notes)
        notes += self._ranker.harm_told(option.concerns, site)
        figures = (("sessions", option.sessions), ("interval", option.interval))
        untold = {name for name, figure in figures if figure is None}
        if assembled:
            notes += (self._note("assembled"),)
        if option.borrowed:
            notes += (self._note("stated_at_other_length"),)
        if not cleared:
            notes += (self._note("outside_us_clearance"),)
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
            devices=_devices(protocols),
            grade=option.grade,
            backing=self._ranker.backing(protocols, cleared=bool(cleared)),
            assembled=assembled,
            standing=standing,
            adjuncts=self._ranker.adjuncts(protocols),
            clearances=cleared,
            unmet=unmet,
            notes=notes,
            citations=_unique(
                (
                    *(c for p in protocols for c in p.citations if c.supports not in untold),
                    *option.citations,
                )
            ),
            care=knowledge.care,
            side_effects=self._at_length(option.lengths.longest).side_effects,
        )

    def _note(self, code: str) -> Note:
        rule = self._knowledge.rule(code)
        return Note(text=rule.why, citations=rule.citations)


def _unmet(option: Option, preferences: Preferences) -> tuple[str, ...]:
    """Find the preferences that are not known to be met."""
    unmet = []
    if preferences.longest_downtime_days is not None:
        downtime = option.downtime
        if downtime is None or downtime.longest_days > preferences.longest_downtime_days:
            unmet.append("longest_downtime_days")
    if preferences.numbing is not None:
        kind = option.anaesthesia
        without = kind is Anaesthesia.NONE or kind is Anaesthesia.OPTIONAL
        if kind is None or (kind is Anaesthesia.NONE if preferences.numbing else not without):
            unmet.append("numbing")
    if preferences.most_visits is not None and (
        option.sessions is None or option.sessions.fewest > preferences.most_visits
    ):
        unmet.append("most_visits")
    return tuple(unmet)


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
