"""
The factored decision, tabulated: what is treated where, and what each finding does.

Nothing here decides. Every entry is read off an answer of `recommend`, given for one point of
the decision's space; thresholds are those that the edition names. What is
found to depend on more than the tables hold is refused (`NotFactored`), and the table of
patients is then decided key by key.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import NamedTuple

from microneedling.deciding.recommending import recommend
from microneedling.frames.answer_columns import Figures, deciding_of, figures_of
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.findings import Exposure, Screening
from microneedling.values.recommendations import Answer, Effect, Reason, Verdict
from microneedling.values.vocabulary import Finding, Indication, Setting, Severity, Site, SkinType

__all__ = [
    "ABSENT",
    "AGES",
    "ASK",
    "BARRED",
    "DEFER",
    "FREE",
    "INDICATIONS",
    "OFFER",
    "OLDEST",
    "OPEN",
    "PRESENT",
    "SETTINGS",
    "SEVERITIES",
    "SITES",
    "SKIN_TYPES",
    "UNKNOWN",
    "Cell",
    "FindingEffect",
    "NotFactoredError",
    "Tables",
]

SEVERITIES: tuple[Severity | None, ...] = (*Severity, None)
SKIN_TYPES: tuple[SkinType | None, ...] = (*SkinType, None)
INDICATIONS, SITES, SETTINGS = tuple(Indication), tuple(Site), tuple(Setting)
_HEIGHTS = (len(INDICATIONS), len(SEVERITIES), len(SITES), len(SETTINGS))
# As an assessment takes them.
OLDEST = 130
AGES: tuple[int | None, ...] = (*range(OLDEST + 1), None)
# Whether an anaesthetic may be used: yes, it is not known, no.
FREE, OPEN, BARRED = range(3)
# What age and skin type say of a finding.
ABSENT, UNKNOWN, PRESENT = range(3)
OFFER, ASK, DEFER = (e.weight for e in (Effect.OFFER, Effect.ASK, Effect.DEFER))
# Any day will do: only the days between it and an exposure count.
_ON = date(2000, 1, 1)
_CHECKED = 400


class NotFactoredError(Exception):
    """An edition's decision depends on more than the tables hold."""


class Cell(NamedTuple):
    """What one combination of treatment comes to by itself."""

    weight: int
    # The finding that has to be known first, where the cell asks for one.
    asks: str
    figures: Figures


class FindingEffect(NamedTuple):
    """What one finding does, whatever is treated."""

    present: int
    active: int
    unknown: int
    # In days, where it ends some time after the last one.
    wait: int | None
    bars_numbing: bool


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
        self._waits = {f: rule.wait.days for f, rule in rules.items() if rule.wait is not None}
        barring = [finding for finding, rule in rules.items() if rule.bars_numbing]
        if len(barring) > 1:
            message = "more than one finding rules an anaesthetic out"
            raise NotFactoredError(message)
        self._barring = barring[0] if barring else None
        self._base = self._unremarkable()
        # The weightiest first, as answers name them.
        self.findings: tuple[Finding, ...] = self._in_order()
        self.effects: dict[Finding, FindingEffect] = {
            finding: self._effect(finding) for finding in self.findings
        }
        self._bars_and_no_more()
        # By the places of indication, severity, site, setting and what is known of numbing.
        self.cells: dict[tuple[int, int, int, int, int], Cell] = self._cells()
        self.contexts: dict[tuple[int, int], frozenset[Finding]] = self._contexts()
        self.persons: dict[tuple[int, int], tuple[int, ...]] = self._persons()
        self._hold_against_answers()

    def _answer(
        self,
        screening: Screening,
        *,
        age: int | None = OLDEST,
        skin: SkinType | None = None,
        treated: tuple[Indication, Severity | None, Site, Setting] | None = None,
    ) -> Answer:
        indication, severity, site, setting = treated or self._base
        return recommend(
            Assessment(
                on=_ON,
                site=site,
                setting=setting,
                concerns=[Concern(indication=indication, severity=severity)],
                skin_type=skin,
                age_years=age,
                screening=screening,
            ),
            self._knowledge,
        )

    def _unremarkable(self) -> tuple[Indication, Severity | None, Site, Setting]:
        """Find a combination that is not refused by itself, so that reasons show."""
        self._base = (INDICATIONS[0], None, SITES[0], SETTINGS[0])
        for treated in product(INDICATIONS, SEVERITIES, SITES, SETTINGS):
            if self._answer(Screening.complete(), treated=treated).verdict is Verdict.OFFER:
                return treated
        message = "nothing is ever offered"
        raise NotFactoredError(message)

    def _in_order(self) -> tuple[Finding, ...]:
        present = self._answer(Screening.complete(present=tuple(Finding)))
        named = [r.finding for r in present.reasons if r.finding is not None]
        if set(named) != set(Finding):
            message = "an answer does not show every finding"
            raise NotFactoredError(message)
        return tuple(dict.fromkeys(named))

    def _open(self, *findings: Finding, present: Iterable[Exposure | Finding] = ()) -> Screening:
        """Give a screening that leaves some findings open, and knows what can be known."""
        kept = {*findings, *(f if isinstance(f, Finding) else f.finding for f in present)}
        kept |= set(self.derived)
        return Screening(present=present, absent=[f for f in Finding if f not in kept])

    def _effect(self, finding: Finding) -> FindingEffect:
        wait = self._waits.get(finding)
        present = self._reason(finding, Screening.complete(present=[finding]))
        active = present
        if wait is not None:
            days = [_ON - timedelta(days=count) for count in (0, wait - 1, wait)]
            first, last, over = (
                self._reason(
                    finding,
                    Screening.complete(present=[Exposure(finding=finding, last_on=day)]),
                )
                for day in days
            )
            ends = (first.until, last.until) == tuple(d + timedelta(days=wait) for d in days[:2])
            if not ends or first.effect is not last.effect or over.effect is not Effect.LIFTED:
                message = "a waiting time does not end when its edition says"
                raise NotFactoredError(message)
            active = first
        if finding in self.derived:
            unknown = self._weight(finding, self._answer(Screening.complete(), age=None))
        else:
            # Where its question makes sense is a table of its own.
            unknown = max(
                self._weight(finding, self._answer(self._open(finding), treated=treated))
                for treated in (self._places() if finding in self.restricted else [self._base])
            )
        return FindingEffect(present.weight, active.weight, unknown, wait, finding is self._barring)

    def _bars_and_no_more(self) -> None:
        """Refuse a finding that rules an anaesthetic out and does something else besides."""
        finding = self._barring
        if finding is None:
            return
        effect = self.effects[finding]
        apart = finding not in (*self.derived, *self.restricted) and effect.wait is None
        if not apart or effect.present or effect.unknown:
            message = "the finding that rules an anaesthetic out does more than that"
            raise NotFactoredError(message)

    def _reason(self, finding: Finding, screening: Screening) -> Reason:
        for reason in self._answer(screening).reasons:
            if reason.finding is finding:
                return reason
        message = "an answer does not show a finding that is present"
        raise NotFactoredError(message)

    @staticmethod
    def _weight(finding: Finding, answer: Answer) -> int:
        return max((r.weight for r in answer.reasons if r.finding is finding), default=0)

    @staticmethod
    def _places() -> Iterator[tuple[Indication, Severity | None, Site, Setting]]:
        for indication, site in product(INDICATIONS, SITES):
            yield indication, None, site, SETTINGS[0]

    def _cells(self) -> dict[tuple[int, int, int, int, int], Cell]:
        """Ask for every combination of what is treated, and of what is known of numbing."""
        found = {}
        barring = () if self._barring is None else (self._barring,)
        states = {
            FREE: Screening.complete(),
            OPEN: self._open(*barring),
            BARRED: Screening.complete(present=barring),
        }
        for i, j, k, m, n in product(*map(range, _HEIGHTS), states):
            treated = (INDICATIONS[i], SEVERITIES[j], SITES[k], SETTINGS[m])
            answer = self._answer(states[n], treated=treated)
            weight = answer.verdict.rank + 1
            named = [r.finding for r in answer.because if r.finding is not None]
            if set(named) - set(barring):
                message = "what is treated depends on more than numbing"
                raise NotFactoredError(message)
            asks = named[0].value if named and weight == ASK else ""
            found[i, j, k, m, n] = Cell(weight, asks, figures_of(answer))
        return found

    def _contexts(self) -> dict[tuple[int, int], frozenset[Finding]]:
        """Find which of the restricted findings are asked for, by indication and site."""
        found = {}
        for (i, indication), (k, site) in product(enumerate(INDICATIONS), enumerate(SITES)):
            treated = (indication, None, site, SETTINGS[0])
            answer = self._answer(self._open(*self.restricted), treated=treated)
            asked = {r.finding for r in answer.unknowns}
            found[i, k] = frozenset(f for f in self.restricted if f in asked)
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
        asked = self.contexts[treated[0], treated[2]]
        numbing, weights = FREE, dict[str, int]()
        for finding, effect in self.effects.items():
            state = derived.get(finding, UNKNOWN if finding in unknown else ABSENT)
            if finding in self.restricted and finding not in asked:
                state = ABSENT
            if finding in present:
                state = PRESENT
            weights[finding.value] = (0, effect.unknown, effect.present)[state]
            if effect.bars_numbing:
                numbing = (FREE, OPEN, BARRED)[state]
        cell = self.cells[(*treated, numbing)]
        weight = max(cell.weight, *weights.values())
        said = [*weights.items(), (cell.asks, cell.weight)]
        deciding = tuple(code for code, one in said if code and one == weight)
        return weight, deciding, cell.figures if weight == OFFER else Figures()
