"""
The order of options: class by class, each by what an option has on its own.

Nothing decides that is not on the option: no name, no place in a table, no other option. Options
that are equal in every class share a rank.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from attrs import evolve

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.fitting import FIGURES, Fitter, Patient
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Protocol
from microneedling.values.assessments import Concern
from microneedling.values.courses import Interval, Note, SessionCount
from microneedling.values.evidence import Citation, Grade
from microneedling.values.lengths import LengthRange
from microneedling.values.populations import AdjunctUse, Benefit, HarmCount
from microneedling.values.standing import RankClass, Standing
from microneedling.values.studies import Spread, Study
from microneedling.values.vocabulary import DeviceKind, Indication, Site

__all__ = ["Ranked", "Ranker", "in_ranks", "stands"]

_NO_COUNT = 10_000


class Ranked(NamedTuple):
    """What of an option is ranked."""

    concerns: tuple[Concern, ...]
    protocols: tuple[Protocol, ...]
    lengths: LengthRange
    sessions: SessionCount | None
    interval: Interval | None
    assembled: bool
    # The sources of the clearances that cover this very case.
    regulated: frozenset[str]
    unmet: int


class _Own(NamedTuple):
    """What the studies behind an option found."""

    benefit: Benefit
    is_counted: bool


class Ranker:
    """An edition's studies and bands, made ready to rank many options."""

    def __init__(self, knowledge: Knowledge, fitter: Fitter) -> None:
        self._fitter = fitter
        self._graded: dict[tuple[str, frozenset[str]], Grade] = Kept(4096)
        self._found: dict[str, _Own] = {}
        # By indication and group of sites.
        self._without_benefit: dict[tuple[Indication, Site], bool] = {}
        self._counted: dict[tuple[Indication, Site], tuple[Study, ...]] = {}
        edition = knowledge.edition
        self._bands = dict.fromkeys(Grade, 3)
        self._bands |= dict.fromkeys(edition.observed_grades, 2)
        self._bands |= dict.fromkeys(edition.controlled_grades, 1)

    def standing(self, option: Ranked, patient: Patient) -> Standing:
        """Say how an option stands to a patient, class by class; its rank comes later."""
        fitted = [
            self._fitter.fit(protocol, concern.severity, patient)
            for protocol, concern in product(option.protocols, option.concerns)
            if self._fitter.treats(protocol, concern.indication)
        ]
        differs = {fact: one.others for held in fitted for fact, one in held.items() if one.others}
        documented = {fact for held in fitted for fact, one in held.items() if one.is_documented}
        own = self._own(option.protocols)
        near = self._fitter.group(patient.site)
        concerns = [concern.indication for concern in option.concerns]
        longest = option.lengths.longest.um
        harmed = any(self._harms(one, near, patient.device, longest) for one in concerns)
        counted = HarmCount.NONE_FOUND if own.is_counted else HarmCount.NOT_COUNTED
        return Standing(
            rank=1,
            no_benefit=any(self._is_without_benefit(one, near) for one in concerns),
            fit=max(one.worst for held in fitted for one in held.values()),
            differs=tuple(f"{fact}: {told}" for fact, told in sorted(differs.items())),
            documented=tuple(sorted(documented - differs.keys())),
            benefit=own.benefit,
            harm=HarmCount.FOUND if harmed else counted,
            band=self._bands[self.backing(option.protocols, option.regulated)],
            complete=bool(option.sessions and option.interval and not option.assembled),
        )

    def backing(self, protocols: Iterable[Protocol], regulated: frozenset[str]) -> Grade:
        """Give the grade of the least supported figure: the weaker of what stands at its ends."""
        return max(self._backing(protocol, regulated) for protocol in protocols)

    def weakest(self, protocols: Iterable[Protocol], regulated: frozenset[str]) -> Grade:
        """Give the grade of the weakest study behind any figure."""
        behind = (studies for p in protocols for studies in self._fitter.behind(p))
        return max(_grade(study, regulated) for studies in behind for study in studies)

    def _backing(self, protocol: Protocol, regulated: frozenset[str]) -> Grade:
        held = self._graded.get((protocol.id, regulated))
        if held is None:
            held = max(
                min(
                    (_grade(s, regulated) for s in studies if _covers(s, figure, end)),
                    # Of an edition that nobody audited.
                    default=Grade.EDITORIAL,
                )
                for (figure, ends), studies in zip(
                    _ends(protocol), self._fitter.behind(protocol), strict=True
                )
                for end in ends
            )
            self._graded[protocol.id, regulated] = held
        return held

    def adjuncts(self, protocols: Iterable[Protocol]) -> tuple[AdjunctUse, ...]:
        """Give what came with needling in the studies of a figure, where none was needled alone."""
        found: dict[AdjunctUse, None] = {}
        for protocol in protocols:
            for studies in self._fitter.behind(protocol):
                uses = [s.population.adjuncts for s in studies if s.population]
                stated = [use for use in uses if use is not None]
                if not any(not use or use[0].also_alone for use in stated):
                    found |= dict.fromkeys(one for use in stated for one in use)
        return tuple(sorted(found, key=lambda use: (use.adjunct, use.timing or "")))

    def _own(self, protocols: tuple[Protocol, ...]) -> "_Own":
        """Say what the studies behind an option found: of several protocols the least."""
        held = [self._of(protocol) for protocol in protocols]
        return _Own(max(one.benefit for one in held), all(one.is_counted for one in held))

    def _of(self, protocol: Protocol) -> "_Own":
        found = self._found.get(protocol.id)
        if found is None:
            behind = self._fitter.behind(protocol)
            known = [s.population for studies in behind for s in studies if s.population]
            found = self._found[protocol.id] = _Own(
                benefit=_benefit({one.benefit for one in known}),
                is_counted=any(one.harm is HarmCount.NONE_FOUND for one in known),
            )
        return found

    def _is_without_benefit(self, indication: Indication, near: Site) -> bool:
        """Tell whether all controlled studies of it, at such sites, found no benefit."""
        key = (indication, near)
        if key not in self._without_benefit:
            controlled = {
                study.population.benefit
                for study in self._fitter.about(indication)
                if study.population and study.population.controlled and self._is_near(study, near)
            }
            self._without_benefit[key] = controlled == {Benefit.NONE}
        return self._without_benefit[key]

    def _harms(
        self, indication: Indication, near: Site, device: DeviceKind | None, longest: int
    ) -> bool:
        """Tell whether a count in comparable patients found lasting harm."""
        for study in self._counting(indication, near):
            held, lengths = study.population, study.lengths_um
            shortest = (lengths.lowest if lengths is not None else None) or 0
            devices = held.devices if held is not None else ()
            if (
                held is not None
                and held.harm is HarmCount.FOUND
                and shortest <= longest
                and (not devices or device in (None, *devices))
            ):
                return True
        return False

    def _counting(self, indication: Indication, near: Site) -> tuple[Study, ...]:
        """Give the studies of an indication at such sites that counted lasting harm."""
        key = (indication, near)
        held = self._counted.get(key)
        if held is None:
            held = self._counted[key] = tuple(
                study
                for study in self._fitter.about(indication)
                if study.population is not None
                and study.population.harm in (HarmCount.FOUND, HarmCount.NONE_FOUND)
                and self._is_near(study, near)
            )
        return held

    def harm_told(self, concerns: Iterable[Concern], site: Site) -> tuple[Note, ...]:
        """Give each count of lasting harm as its source prints it; none is compared."""
        near = self._fitter.group(site)
        studies = (s for c in concerns for s in self._counting(c.indication, near))
        return tuple(
            Note(
                text=f"Lasting harm, as counted: {study.population.harm_told}.",
                citations=(Citation(source=study.source, supports="harm", locator=study.id),),
            )
            for study in dict.fromkeys(studies)
            if study.population is not None and study.population.harm_told
        )

    def _is_near(self, study: Study, near: Site) -> bool:
        """Tell whether a study was of a group of sites; one that does not say may be."""
        sites = study.population.sites if study.population is not None else ()
        return not sites or any(self._fitter.group(site) is near for site in sites)


def _ends(protocol: Protocol) -> Iterable[tuple[str, tuple[int, ...]]]:
    yield "lengths", (protocol.lengths.shortest.um, protocol.lengths.longest.um)
    if protocol.sessions is not None:
        yield "sessions", (protocol.sessions.fewest, protocol.sessions.most)
    if protocol.interval is not None:
        yield "interval", (protocol.interval.minimum_days, protocol.interval.maximum_days)


def _covers(study: Study, figure: str, end: int) -> bool:
    spread: Spread | None = getattr(study, FIGURES[figure])
    return spread is not None and spread.covers(end, end)


def _grade(study: Study, regulated: frozenset[str]) -> Grade:
    """Say what a study counts as: what a regulator read is the maker's where it clears nothing."""
    grade = study.source.grade
    outside = grade is Grade.REGULATORY and study.source.id not in regulated
    return Grade.MANUFACTURER if outside else grade


def _benefit(found: set[Benefit]) -> Benefit:
    found.discard(Benefit.NOT_MEASURED)
    if len(found) > 1:
        return Benefit.MIXED
    return found.pop() if found else Benefit.NOT_MEASURED


def _key(option: Ranked, standing: Standing) -> dict[RankClass, tuple[int, ...]]:
    """Give what an option has in each class, the lowest first."""
    gap, count = option.interval, option.sessions
    return {
        RankClass.NO_BENEFIT: (standing.no_benefit,),
        RankClass.FIT: (standing.fit.rank,),
        RankClass.BENEFIT: (standing.benefit.rank,),
        RankClass.HARM: (standing.harm.rank,),
        RankClass.BACKING: (standing.band,),
        RankClass.COMPLETENESS: (not standing.complete,),
        RankClass.PREFERENCES: (option.unmet,),
        RankClass.GENTLER: (
            option.lengths.longest.um,
            option.lengths.shortest.um,
            -(gap.minimum_days if gap else 0),
            count.most if count else _NO_COUNT,
            count.fewest if count else _NO_COUNT,
        ),
    }


def stands(option: Ranked, standing: Standing) -> tuple[object, ...]:
    """Give what an option stands by, the lowest first: its classes, and then its sources."""
    return (*_key(option, standing).values(), _printed(option))


def in_ranks(options: Sequence[tuple[Ranked, Standing]]) -> list[tuple[int, Standing]]:
    """
    Put options in their ranks.

    Returns:
        The place of each in what was given, with its rank and with the class that sets it before
        the next; equals by their figures and then by the ids of their sources.
    """
    keys = [_key(option, standing) for option, standing in options]
    order = sorted(range(len(options)), key=lambda n: stands(*options[n]))
    ranks = [1]
    for before, after in pairwise(order):
        ranks.append(ranks[-1] + (keys[before] != keys[after]))
    found = []
    for place, number in enumerate(order):
        later = next((n for n in order[place:] if keys[n] != keys[number]), None)
        decided = None
        if later is not None:
            decided = next(c for c in RankClass if keys[number][c] != keys[later][c])
        standing = evolve(options[number][1], rank=ranks[place], decided_by=decided)
        found.append((number, standing))
    return found


def _printed(option: Ranked) -> tuple[object, ...]:
    sources = sorted({c.source.id for p in option.protocols for c in p.citations})
    gap = option.interval
    return (gap.preferred_days if gap else 0, gap.maximum_days if gap else 0, tuple(sources))
