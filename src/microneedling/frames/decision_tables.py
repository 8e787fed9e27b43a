"""
The factored decision, tabulated: what is treated where, and what each finding does.

Nothing here decides. Every entry is read off an answer of `recommend`, given for one point of
the decision's space; thresholds are those that the edition names. Where more decides than the
tables hold (`NotFactoredError`), a table of patients is decided key by key.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import NamedTuple, TypeAlias

from microneedling.deciding.intake import in_order
from microneedling.deciding.recommending import recommend
from microneedling.frames.answer_columns import Figures, deciding_of, figures_of
from microneedling.frames.told_apart import (
    ages_told_apart,
    grades_told_apart,
    hangs_on_more,
    populations,
    sites_alike,
    studies_behind,
)
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.findings import Exposure, Screening
from microneedling.values.reasons import Effect, Reason, Verdict
from microneedling.values.recommendations import Answer
from microneedling.values.vocabulary import Finding, Indication, Setting, Severity, Site, SkinType

__all__ = [
    "ABSENT",
    "AGES",
    "ASK",
    "DEFER",
    "INDICATIONS",
    "OFFER",
    "OLDEST",
    "PRESENT",
    "SETTINGS",
    "SEVERITIES",
    "SITES",
    "SKIN_TYPES",
    "UNKNOWN",
    "Cell",
    "Context",
    "FindingEffect",
    "NotFactoredError",
    "Tables",
    "Told",
]

SEVERITIES: tuple[Severity | None, ...] = (*Severity, None)
SKIN_TYPES: tuple[SkinType | None, ...] = (*SkinType, None)
INDICATIONS, SITES, SETTINGS = tuple(Indication), tuple(Site), tuple(Setting)
_HEIGHTS = (len(INDICATIONS), len(SEVERITIES), len(SITES), len(SETTINGS))
# As an assessment takes them.
OLDEST = 130
AGES: tuple[int | None, ...] = (*range(OLDEST + 1), None)
# What age and skin type say of a finding.
ABSENT, UNKNOWN, PRESENT = range(3)
OFFER, ASK, DEFER = (e.weight for e in (Effect.OFFER, Effect.ASK, Effect.DEFER))
# Any day will do: only the days between it and an exposure count.
_ON = date(2000, 1, 1)
_CHECKED = 400
_Treated: TypeAlias = tuple[Indication, Severity | None, Site, Setting]


class NotFactoredError(Exception):
    """An edition's decision depends on more than the tables hold."""


class Cell(NamedTuple):
    """What one combination of treatment comes to by itself."""

    weight: int
    figures: Figures
    # The findings that carry it: who asks for this treatment has them.
    implied: frozenset[Finding] = frozenset()


class Context(NamedTuple):
    """What of the treatment decides on what findings do."""

    setting: int
    # The restricted findings that are asked for there.
    asked: frozenset[Finding]
    # Those that who asks for this treatment has, as far as they carry its verdict.
    implied: frozenset[Finding] = frozenset()


class Told(NamedTuple):
    """What a finding does of which no day is told."""

    weight: int
    # Whether it keeps a deferral's day from being known.
    undated: bool
    # Who has to clear it, where somebody has.
    role: str = ""


class FindingEffect(NamedTuple):
    """What one finding does in a setting, whatever is treated."""

    present: Told
    # Where it is said to go on no more.
    ended: Told
    active: Told
    unknown: int
    # In days, where it ends some time after the last one.
    wait: int | None


class Tables:
    """An edition's decision as two small tables, with what leads into them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.edition: str = knowledge.id
        self.protocols: tuple[str, ...] = tuple(protocol.id for protocol in knowledge.protocols)
        rules = {rule.finding: rule for rule in knowledge.findings}
        self.derived: tuple[Finding, ...] = tuple(
            f for f, r in rules.items() if r.age_under_years is not None or r.skin_types
        )
        # Those whose question makes sense only here and there.
        self.restricted: tuple[Finding, ...] = tuple(
            f for f, rule in rules.items() if rule.asked_at or rule.asked_for
        )
        # The place of the site whose answers are those of each site.
        self._like: tuple[int, ...] = tuple(sites_alike(knowledge))
        self._waits = {f: r.days_until_over for f, r in rules.items() if r.days_until_over}
        self._bases = [self._unremarkable(setting) for setting in SETTINGS]
        # In the order in which answers name them, among those of one weight.
        self.findings: tuple[Finding, ...] = tuple(r.finding for r in in_order(rules.values()))
        self.findings += tuple(finding for finding in Finding if finding not in rules)
        # Of each finding, a setting after the other.
        self.effects: dict[Finding, tuple[FindingEffect, ...]] = {
            finding: tuple(self._effect(finding, base) for base in self._bases)
            for finding in self.findings
        }
        # Where ages begin, and what of an age and a skin type is held against studies.
        self._edges = ages_told_apart(knowledge.studies)
        self.fits: dict[tuple[int, int], int] = self._fits()
        # Whether the severity of each indication makes a difference.
        self._graded: tuple[bool, ...] = tuple(
            grades_told_apart(knowledge, one) for one in INDICATIONS
        )
        self._held: dict[object, dict[int | None, Cell]] = {}
        # By the places of indication, severity, site and setting: for each of these one.
        self.cells: dict[tuple[int, int, int, int], tuple[Cell, ...]] = self._cells()
        # By those of indication, site and setting.
        self.contexts: dict[tuple[int, int, int], Context] = self._contexts()
        # What is treated may bring a finding with it.
        self.implied: frozenset[Finding] = frozenset().union(
            *(context.implied for context in self.contexts.values())
        )
        self.persons: dict[tuple[int, int], tuple[int, ...]] = self._persons()
        self._hold_against_answers()

    def _answer(
        self,
        screening: Screening,
        *,
        age: int | None = OLDEST,
        skin: SkinType | None = None,
        treated: _Treated | None = None,
    ) -> Answer:
        indication, severity, site, setting = treated or self._bases[0]
        return recommend(
            Assessment(
                on=_ON,
                site=site,
                setting=setting,
                concerns=[Concern(indication=indication, severity=severity)],
                skin_type=skin,
                age_years=age,
                screening=screening,
                # Whether they were asked for is a matter of the row alone.
                earlier_sessions=(),
            ),
            self._knowledge,
        )

    def _unremarkable(self, setting: Setting) -> _Treated:
        """Find a combination that gets an offer, or is not declined, so that reasons show."""
        possible: _Treated | None = None
        for treated in product(INDICATIONS, SEVERITIES, SITES, (setting,)):
            verdict = self._answer(Screening.complete(), treated=treated).verdict
            if verdict is Verdict.OFFER:
                return treated
            if possible is None and verdict is not Verdict.DECLINE:
                possible = treated
        if possible is not None:
            return possible
        raise NotFactoredError

    def _open(self, *findings: Finding, present: Iterable[Exposure | Finding] = ()) -> Screening:
        """Give a screening that leaves some findings open, and knows what can be known."""
        kept = {*findings, *(f if isinstance(f, Finding) else f.finding for f in present)}
        kept |= set(self.derived)
        return Screening(present=present, absent=[f for f in Finding if f not in kept])

    def _effect(self, finding: Finding, base: _Treated) -> FindingEffect:
        wait = self._waits.get(finding)
        present, goes_on, ended = (
            self._reason(
                finding,
                base,
                Screening.complete(present=[Exposure(finding=finding, ongoing=ongoing)]),
            )
            for ongoing in (None, True, False)
        )
        if _told(goes_on) != _told(present):
            message = "what goes on does something else than what is there"
            raise NotFactoredError(message)
        active = present
        if wait is not None:
            days = [_ON - timedelta(days=count) for count in (0, wait - 1, wait)]
            first, last, over = (
                self._reason(
                    finding,
                    base,
                    Screening.complete(present=[Exposure(finding=finding, last_on=day)]),
                )
                for day in days
            )
            told = [reason.until for reason in (first, last) if reason.until]
            ends = [day + timedelta(days=wait) for day in days[:2]]
            odd = first.effect is not last.effect or over.effect is not Effect.LIFTED
            if odd or (told and told != ends):
                message = "a waiting time does not end when its edition says"
                raise NotFactoredError(message)
            active = first
        if finding in self.derived:
            answer = self._answer(Screening.complete(), age=None, treated=base)
            unknown = self._weight(finding, answer)
        else:
            # Where its question makes sense is a table of its own.
            places = self._places(finding, base[3]) if finding in self.restricted else [base]
            unknown = max(
                self._weight(finding, self._answer(self._open(finding), treated=treated))
                for treated in places
            )
        return FindingEffect(_told(present), _told(ended), _told(active), unknown, wait)

    def _reason(self, finding: Finding, base: _Treated, screening: Screening) -> Reason:
        for reason in self._answer(screening, treated=base).reasons:
            if reason.finding is finding:
                return reason
        raise NotFactoredError(finding.value)

    @staticmethod
    def _weight(finding: Finding, answer: Answer) -> int:
        return max((r.weight for r in answer.reasons if r.finding is finding), default=0)

    def _places(self, finding: Finding, setting: Setting) -> Iterator[_Treated]:
        # Who asks for what brings the finding with it has it, and is not asked.
        rows = map(self._knowledge.indication, INDICATIONS)
        asked = [row.indication for row in rows if row.finding is not finding]
        for indication, k in product(asked, sorted({*self._like})):
            yield indication, None, SITES[k], setting

    def _fits(self) -> dict[tuple[int, int], int]:
        """Number the classes of ages and skin types that studies tell apart."""
        places = product(enumerate(AGES), range(len(SKIN_TYPES)))
        return {(a, s): self._aged(age) * len(SKIN_TYPES) + s for (a, age), s in places}

    def _aged(self, age: int | None) -> int:
        return 0 if age is None else 1 + bisect_right(self._edges, age)

    def _cells(self) -> dict[tuple[int, int, int, int], tuple[Cell, ...]]:
        """Ask for every combination of what is treated, and of what is told apart in whom."""
        # The oldest age of each class, the unknown one first.
        ages: list[int | None] = [None, *(edge - 1 for edge in self._edges), OLDEST]
        found: dict[tuple[int, int, int, int], tuple[Cell, ...]] = {}
        for i, indication in enumerate(INDICATIONS):
            types = any(p.skin_types for p in populations(self._knowledge, indication))
            for j, k, m in product(*map(range, _HEIGHTS[1:])):
                # Once for all that get the same.
                like = (i, j if self._graded[i] else 0, self._like[k], m)
                if like not in found:
                    treated = (indication, SEVERITIES[like[1]], SITES[like[2]], SETTINGS[m])
                    unknown = self._answer(Screening.complete(), treated=treated)
                    skins = SKIN_TYPES if types and hangs_on_more(unknown) else (None,)
                    by_skin = [self._by_age(treated, skin, ages) for skin in skins]
                    by_skin *= len(SKIN_TYPES) // len(skins)
                    by_age = zip(*by_skin, strict=True)
                    found[like] = tuple(cell for cells in by_age for cell in cells)
                found[i, j, k, m] = found[like]
        return found

    def _by_age(
        self, treated: _Treated, skin: SkinType | None, ages: Sequence[int | None]
    ) -> list[Cell]:
        """Read off what is treated, for each age; where age bars it no figures are ever told."""
        base = self._answer(Screening.complete(), treated=treated, skin=skin)
        implied = frozenset(r.finding for r in base.because if r.finding is not None)
        if not implied <= {self._knowledge.indication(treated[0]).finding}:
            message = "what is treated depends on a finding"
            raise NotFactoredError(message)
        weight = base.verdict.rank + 1
        if not base.options:
            return [Cell(weight, figures_of(base), implied)] * len(ages)
        # Ages that no study of it tells apart are alike; so are sites where the same stands alike.
        edges = ages_told_apart(
            studies_behind(self._knowledge, [c for o in base.options for c in o.citations])
        )
        offers = [(o.protocols, o.lengths, o.standing) for o in base.options]
        held = self._held.setdefault((treated[:2], skin, implied, *offers), {})
        cells = []
        # The oldest first, of whom it shows: the younger may be barred by their age.
        for age in reversed(ages):
            alike = age if age is None else bisect_right(edges, age)
            if alike not in held:
                answer = self._answer(Screening.complete(), treated=treated, skin=skin, age=age)
                held[alike] = Cell(weight, figures_of(answer), implied)
            cells.append(held[alike])
        return cells[::-1]

    def _contexts(self) -> dict[tuple[int, int, int], Context]:
        """Find which findings are asked for, and which are there, by what is treated where."""
        found: dict[tuple[int, int, int], Context] = {}
        for i, k, m in product(*map(range, (_HEIGHTS[0], *_HEIGHTS[2:]))):
            like = (i, self._like[k], m)
            if like not in found:
                treated = (INDICATIONS[i], None, SITES[like[1]], SETTINGS[m])
                answer = self._answer(self._open(*self.restricted), treated=treated)
                asked = {r.finding for r in answer.unknowns}
                open_here = frozenset(f for f in self.restricted if f in asked)
                found[like] = Context(m, open_here, self.cells[i, 0, like[1], m][0].implied)
            found[i, k, m] = found[like]
        return found

    def _persons(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Say of each derived finding what an age and a skin type make of it."""
        found = {}
        for (a, age), (s, skin) in product(enumerate(AGES), enumerate(SKIN_TYPES)):
            answer = self._answer(Screening.complete(), age=age, skin=skin)
            states = dict.fromkeys(self.derived, ABSENT)
            for reason in answer.reasons:
                if reason.finding is not None and reason.finding in states:
                    unknown = reason.effect in (Effect.ASK, Effect.UNKNOWN)
                    states[reason.finding] = UNKNOWN if unknown else PRESENT
            found[a, s] = tuple(states.values())
        return found

    def _hold_against_answers(self) -> None:
        """Compare with answers to points that the tables were not made of."""
        rng = Random(1)  # noqa: S311 - repeatable, and guards nothing
        for _ in range(_CHECKED):
            treated = tuple(
                map(rng.randrange, map(len, (INDICATIONS, SEVERITIES, SITES, SETTINGS)))
            )
            i, j, k, m = treated
            a, s = rng.randrange(len(AGES)), rng.randrange(len(SKIN_TYPES))
            present = rng.sample(self.findings, rng.randrange(4))
            unknown = rng.sample(self.findings, rng.randrange(4))
            answer = self._answer(
                self._open(*unknown, present=present),
                age=AGES[a],
                skin=SKIN_TYPES[s],
                treated=(INDICATIONS[i], SEVERITIES[j], SITES[k], SETTINGS[m]),
            )
            told = (answer.verdict.rank + 1, deciding_of(answer), figures_of(answer))
            if told != self._composed((i, j, k, m), (a, s), set(present), set(unknown)):
                message = "an answer is not what the tables come to"
                raise NotFactoredError(message)

    def _composed(
        self,
        treated: tuple[int, int, int, int],
        person: tuple[int, int],
        present: set[Finding],
        unknown: set[Finding],
    ) -> tuple[int, tuple[str, ...], Figures]:
        derived = dict(zip(self.derived, self.persons[person], strict=True))
        setting, asked, implied = self.contexts[treated[0], treated[2], treated[3]]
        weights = dict[str, int]()
        for finding, effects in self.effects.items():
            effect = effects[setting]
            state = derived.get(finding, UNKNOWN if finding in unknown else ABSENT)
            if finding in self.restricted and finding not in asked:
                state = ABSENT
            if finding in present or finding in implied:
                state = PRESENT
            weights[finding.value] = (0, effect.unknown, effect.present.weight)[state]
        cell = self.cells[treated][self.fits[person]]
        weight = max(cell.weight, *weights.values())
        deciding = tuple(code for code, one in weights.items() if one == weight)
        return weight, deciding, cell.figures if weight == OFFER else Figures()


def _told(reason: Reason) -> Told:
    asked = reason.effect is Effect.ASK and bool(reason.wait_days)
    undated = asked or (reason.effect is Effect.DEFER and reason.until is None)
    role = reason.role.value if reason.role and reason.effect is Effect.CLEAR else ""
    return Told(reason.weight, undated, role)
