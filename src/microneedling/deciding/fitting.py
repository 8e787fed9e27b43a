"""How a documented way to treat fits one patient: whom its studies treated, and whom not."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.reference import Thickness
from microneedling.knowledge.rules import Protocol
from microneedling.values.assessments import Assessment
from microneedling.values.codes import Code
from microneedling.values.populations import Benefit, HarmCount, Population
from microneedling.values.standing import Fit
from microneedling.values.studies import Study
from microneedling.values.vocabulary import (
    DeviceKind,
    Indication,
    Severity,
    Sex,
    Site,
    SkinType,
)

__all__ = ["FIGURES", "Fitter", "Patient"]

# What a course documents, and each study behind it reports.
FIGURES = {"lengths": "lengths_um", "sessions": "sessions", "interval": "interval_days"}
# Of these any study may have another than the patient's, and is offered nevertheless.
_SOLID_NEEDLES = frozenset({DeviceKind.PEN, DeviceKind.ROLLER, DeviceKind.STAMP})
_BOTH = frozenset({Sex.FEMALE, Sex.MALE})
_OUTCOMES = (Benefit.SHOWN, Benefit.MIXED, Benefit.NONE)
_COUNTED = (HarmCount.FOUND, HarmCount.NONE_FOUND)


class Patient(NamedTuple):
    """What of a patient is held against those of a study; None is not known."""

    site: Site
    skin_type: SkinType | None
    age_years: int | None
    sex: Sex | None
    device: DeviceKind | None

    @classmethod
    def of(cls, assessment: Assessment) -> "Patient":
        """Take from an assessment what is held against studies."""
        device = assessment.device.kind if assessment.device is not None else None
        age = assessment.age_years
        return cls(assessment.site, assessment.skin_type, age, assessment.sex, device)


_Compared: TypeAlias = tuple[Collection[Code], Code | None, Iterable[Code]]
# What a study states, what the patient has, and who is everybody.
_COMPARED: Mapping[str, Callable[[Population, Severity | None, Patient], _Compared]] = {
    "skin_type": lambda held, _, patient: (held.skin_types, patient.skin_type, SkinType),
    "severity": lambda held, severity, _: (held.severities, severity, Severity),
    "device": lambda held, _, patient: (held.devices, patient.device, _SOLID_NEEDLES),
    "sex": lambda held, _, patient: (held.sexes, patient.sex, _BOTH),
}
# Where a population states each.
_STATED = {
    "skin_type": "skin_types",
    "severity": "severities",
    "device": "devices",
    "sex": "sexes",
    "site": "sites",
}


class Fitted(NamedTuple):
    """How one fact of a patient fits a protocol."""

    worst: Fit
    # Whether some figure is documented for such a patient, and none for others only.
    is_documented: bool
    # In whom it was studied, where that is others only.
    others: str


class Fitter:
    """An edition's studies, made ready to be held against many patients."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._behind: dict[str, tuple[tuple[Study, ...], ...]] = {}
        self._about: dict[Indication, tuple[Study, ...]] = {}
        self._suited: dict[tuple[str, Indication], frozenset[SkinType]] = {}
        self._fits: dict[tuple[str, str, object], Fitted] = {}
        self._thickness: dict[tuple[Site, Site], bool] = {}

    def behind(self, protocol: Protocol) -> tuple[tuple[Study, ...], ...]:
        """Give the studies behind each figure of a protocol, figure by figure."""
        held = self._behind.get(protocol.id)
        if held is None:
            named = [
                [c.locator for c in protocol.citations if c.supports == figure]
                for figure in FIGURES
            ]
            held = tuple(tuple(map(self._knowledge.study, studies)) for studies in named if studies)
            self._behind[protocol.id] = held
        return held

    def about(self, indication: Indication) -> tuple[Study, ...]:
        """Give the studies of an indication of which it was read whom they treated."""
        held = self._about.get(indication)
        if held is None:
            covers = {term.term: term.indications for term in self._knowledge.terms}
            held = tuple(
                study
                for study in sorted(self._knowledge.studies, key=lambda study: study.id)
                if study.population is not None
                and self._is_about(study.population.outcomes or covers[study.reported], indication)
            )
            self._about[indication] = held
        return held

    def _is_about(self, covered: Collection[Indication], indication: Indication) -> bool:
        """Tell whether what a study covers has it, or its kind and no other kind of that."""
        if indication in covered:
            return True
        general = self._knowledge.kinds(indication)[-1]
        others = [one for one in covered if self._knowledge.indication(one).kind_of is general]
        return general in covered and not others

    def treats(self, protocol: Protocol, indication: Indication) -> bool:
        """Tell whether a protocol is for an indication, or for the one that it is a kind of."""
        return not {*self._knowledge.kinds(indication)}.isdisjoint(protocol.indications)

    def group(self, site: Site) -> Site:
        """Name the largest site that a site is a part of."""
        return self._knowledge.wholes(site)[-1]

    def reported_types(self, indication: Indication) -> frozenset[SkinType]:
        """Give the skin types in which some study of an indication reports what came of it."""
        return frozenset(
            skin
            for study in self.about(indication)
            if study.population is not None
            and (study.population.benefit in _OUTCOMES or study.population.harm in _COUNTED)
            for skin in study.population.skin_types
        )

    def is_no_thinner(self, site: Site, than: Site) -> bool:
        """Tell whether one source measured skin here that is at least as thick as there."""
        key = (site, than)
        if key not in self._thickness:
            rows = self._knowledge.thickness
            sources = {row.source.id for row in rows}
            self._thickness[key] = any(
                _is_no_thinner([row for row in rows if row.source.id == source], site, than)
                for source in sources
            )
        return self._thickness[key]

    def reaches(self, sites: Sequence[Site], site: Site) -> bool:
        """Tell whether what is documented at some sites may be offered at another."""
        return self._knowledge.covers_site(tuple(sites), site) or any(
            self.group(other) is self.group(site) and self.is_no_thinner(site, other)
            for other in sites
        )

    def is_documented_at(self, protocol: Protocol, site: Site) -> bool:
        """Tell whether a protocol, and each of its figures, may be offered at a site."""
        return self.reaches(protocol.sites, site) and all(
            any(
                study.population is None
                or not study.population.sites
                or self.reaches(study.population.sites, site)
                for study in studies
            )
            for studies in self.behind(protocol)
        )

    def is_severe_enough(self, protocol: Protocol, severity: Severity) -> bool:
        """Tell whether each figure was studied in what is as severe, or may have been."""
        stated = [
            [s.population.severities if s.population else () for s in studies]
            for studies in self.behind(protocol)
        ]
        return all(any(not held or severity <= max(held) for held in some) for some in stated)

    def suited_types(self, protocol: Protocol, indication: Indication) -> frozenset[SkinType]:
        """
        Give the skin types to which a protocol may be offered.

        Those that each of its figures was studied in, or may have been, and those in which some
        source reports what came of treating this.
        """
        key = (protocol.id, indication)
        held = self._suited.get(key)
        if held is None:
            stated = [
                [s.population.skin_types if s.population else () for s in studies]
                for studies in self.behind(protocol)
            ]
            held = self._suited[key] = self.reported_types(indication) | {
                skin
                for skin in SkinType
                if all(any(not types or skin in types for types in held) for held in stated)
            }
        return held

    def fit(
        self, protocol: Protocol, severity: Severity | None, patient: Patient
    ) -> dict[str, "Fitted"]:
        """
        Say fact by fact how a protocol fits a patient.

        Of a figure the study counts that fits best, of the figures the worst one.
        """
        facts: dict[str, object] = {
            "skin_type": patient.skin_type,
            "severity": severity,
            "device": patient.device,
            "sex": patient.sex,
            "site": patient.site,
            "age": patient.age_years,
        }
        found = {}
        for fact, value in facts.items():
            # Kept, since protocols and facts are few.
            key = (protocol.id, fact, value)
            held = self._fits.get(key)
            if held is None:
                held = self._fits[key] = self._fitted(fact, protocol, severity, patient)
            found[fact] = held
        return found

    def _fitted(
        self, fact: str, protocol: Protocol, severity: Severity | None, patient: Patient
    ) -> "Fitted":
        best = [
            min(self._of(fact, study, severity, patient) for study in studies)
            for studies in self.behind(protocol)
        ]
        worst = max(best)
        apart = zip(best, self.behind(protocol), strict=True)
        studies = [study for fits, held in apart if fits is Fit.OTHERS for study in held]
        others = _told(fact, studies) if studies else ""
        return Fitted(worst, min(best) is Fit.DOCUMENTED and not others, others)

    def _of(self, fact: str, study: Study, severity: Severity | None, patient: Patient) -> Fit:
        held = study.population
        if held is None:
            return Fit.NOT_STATED
        if fact == "site":
            here = not held.sites or self._knowledge.covers_site(held.sites, patient.site)
            return _stated(held.sites, fits=here)
        if fact == "age":
            return _aged(held, patient.age_years)
        stated, value, every = _COMPARED[fact](held, severity, patient)
        # What is not known counts as the worst that it may be.
        return _stated(stated, fits=value in stated or (value is None and {*every} <= {*stated}))


def _told(fact: str, studies: Iterable[Study]) -> str:
    """Say in whom studies were done that were of others."""
    held = [study.population for study in studies if study.population is not None]
    if fact == "age":
        ages = {(p.youngest_years, p.oldest_years) for p in held}
        return ", ".join(sorted(_years(*one) for one in ages if one != (None, None)))
    named: list[Code] = [code for p in held for code in getattr(p, _STATED[fact])]
    order = list(type(named[0]))
    return ", ".join(code.value for code in sorted(set(named), key=order.index))


def _years(youngest: int | None, oldest: int | None) -> str:
    if youngest == oldest:
        return str(youngest)
    if oldest is None:
        return f"{youngest} or older"
    return f"up to {oldest}" if youngest is None else f"{youngest}-{oldest}"


def _stated(stated: Collection[object], *, fits: bool) -> Fit:
    if not stated:
        return Fit.NOT_STATED
    return Fit.DOCUMENTED if fits else Fit.OTHERS


def _aged(held: Population, years: int | None) -> Fit:
    youngest, oldest = held.youngest_years, held.oldest_years
    fits = years is not None and (youngest or 0) <= years and (oldest is None or years <= oldest)
    return _stated([age for age in (youngest, oldest) if age is not None], fits=fits)


def _is_no_thinner(rows: Sequence[Thickness], site: Site, than: Site) -> bool:
    """Compare layer by layer and sex by sex: the thinnest here with the thickest there."""
    here, there = dict[tuple[str, str], int](), dict[tuple[str, str], int]()
    for row in rows:
        key = (row.layer, row.sex)
        if row.site is site:
            here[key] = min(row.min_nm, here.get(key, row.min_nm))
        if row.site is than:
            there[key] = max(row.max_nm, there.get(key, row.max_nm))
    shared = here.keys() & there.keys()
    # The epidermis alone says nothing of how deep a needle may go.
    deep = any(layer != "epidermis" for layer, _ in shared)
    return deep and all(here[key] >= there[key] for key in shared)
