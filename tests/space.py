"""
The whole space of decision-relevant inputs, and the laws that hold over it.

``python -m tests.space`` goes through every indication, severity, site, skin type and
setting with every single finding present, absent and unknown, checks every law on every
answer and prints the counts; with ``--every N`` it tries every Nth finding of each
combination, others each time. A site that inherits all from another one, a kind of another
indication and what is only asked about stand there with a slice of the space: that they get
what those get is proven by itself, in ``tests.deciding.test_likeness``. ``--pairs`` does the
same for pairs of findings, two of every class that the edition's rows make, and ``--random N``
shows that what is of one class does the same.
``--digest`` prints one hash over the answers themselves: a change that is to change no
answer prints the same before and after.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import cache, partial
from hashlib import sha256
from itertools import combinations, product
from random import Random

import attrs

import microneedling as mn

ON = date(2026, 11, 22)
AGE = 34
SEVERITIES: tuple[mn.Severity | None, ...] = (*mn.Severity, None)
SKIN_TYPES: tuple[mn.SkinType | None, ...] = (*mn.SkinType, None)
LABELS = tuple(mn.NeedleLength(um) for um in (250, 500, 1000, 1500, 2000))
# Longer than anything that is offered.
NOT_BINDING = mn.NeedleLength(3500)
# Known from the age and the skin type, so they cannot be left open by the screening.
DERIVED = frozenset(
    {mn.Finding.AGE_UNDER_18, mn.Finding.AGE_UNDER_22, mn.Finding.SKIN_TYPE_IV_TO_VI}
)
_REFUSED = {mn.Site.INSIDE_ORBITAL_RIM, mn.Site.VERMILION, mn.Site.MUCOSA, mn.Site.EAR_LOBE}
# Those that have answers of their own, and one that is refused.
SITES = tuple(
    row.site
    for row in mn.load("2026.1").sites
    if row.ceiling is not None or row.site is mn.Site.VERMILION
)
# Those with protocols of their own, and one that no source supports.
INDICATIONS = tuple(
    row.indication
    for row in mn.load("2026.1").indications
    if (row.documented and row.kind_of is None) or row.indication is mn.Indication.ACNE_SCAR_ICEPICK
)
Cell = tuple[mn.Indication, mn.Severity | None, mn.Site, mn.SkinType | None, mn.Setting]


@cache
def _concerns(indication: mn.Indication, severity: mn.Severity | None) -> tuple[mn.Concern, ...]:
    return (mn.Concern(indication=indication, severity=severity),)


@cache
def screening(
    present: frozenset[mn.Finding] = frozenset(), unknown: frozenset[mn.Finding] = frozenset()
) -> mn.Screening:
    """Everything known: some findings present, some unknown, all others absent."""
    if not unknown:
        return mn.Screening.complete(present=present)
    return mn.Screening(present=present, absent=frozenset(mn.Finding) - present - unknown)


def assessment(
    cell: Cell,
    held: mn.Screening,
    *,
    age: int | None = AGE,
    label: mn.NeedleLength | None = None,
) -> mn.Assessment:
    """One point of the space."""
    indication, severity, site, skin, setting = cell
    device = None
    if label is not None:
        device = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=label)
    return mn.Assessment(
        on=ON,
        site=site,
        setting=setting,
        concerns=_concerns(indication, severity),
        skin_type=skin,
        age_years=age,
        screening=held,
        device=device,
        earlier_sessions=(),
    )


def cells(indication: mn.Indication) -> Iterator[Cell]:
    """Every combination of what is treated, for one indication; some, where it is like another."""
    whole = indication in INDICATIONS
    sites = SITES if whole else (mn.Site.CHEEK, mn.Site.TRUNK)
    skin_types = SKIN_TYPES if whole else (mn.SkinType.II,)
    for severity, site, skin, setting in product(SEVERITIES, sites, skin_types, mn.Setting):
        yield indication, severity, site, skin, setting


class Laws:
    """The laws, each a method that fails with the point of the space that breaks it."""

    def __init__(self, knowledge: mn.Knowledge) -> None:
        self.knowledge = knowledge
        self.counts: Counter[str] = Counter()
        self.declining = {r.finding for r in knowledge.findings if r.level is mn.Level.DECLINE}
        self.rules = {rule.finding: rule for rule in knowledge.findings}
        self.at_least = {finding: _least(rule) for finding, rule in self.rules.items()}
        self._reasons_seen: dict[int, mn.Reason] = {}
        self._known_sources = set(knowledge.sources)

    def decide(self, cell: Cell, held: mn.Screening, **more: object) -> mn.Answer:
        """Recommend, and check what must hold of every single answer."""
        answer = mn.recommend(assessment(cell, held, **more), self.knowledge)  # type: ignore[arg-type]
        self.counts[answer.verdict.value] += 1
        assert mn.replay(answer).verdict is answer.verdict, ("reasons give the verdict", cell)
        offered = answer.verdict is mn.Verdict.OFFER
        assert offered is bool(answer.options), ("an offer, and only it, has options", cell)
        for reason in answer.reasons:
            if id(reason) not in self._reasons_seen:
                self._reasons_seen[id(reason)] = reason
                self._reason_is_sourced(reason)
            if not offered:
                assert reason.limit is None, ("no length outside an offer", cell)
        if cell[2] in _REFUSED:
            assert answer.verdict is mn.Verdict.DECLINE, ("never at a refused site", cell)
        return answer

    def _reason_is_sourced(self, reason: mn.Reason) -> None:
        """Every reason and every number names sources of the edition."""
        assert reason.citations, reason.rule
        assert {c.source for c in reason.citations} <= self._known_sources, reason.rule
        course = reason.course
        if course is None:
            return
        for figure in ("lengths", "sessions", "interval", "anaesthesia", "passes", "downtime"):
            if getattr(course, figure) is not None:
                assert course.cited(figure), (reason.rule, figure)
        assert {c.source for c in course.citations} <= self._known_sources, reason.rule
        assert all(note.citations for note in course.notes), reason.rule
        cleared = [c for c in self.knowledge.clearances if c.id in course.clearances]
        regulated = {c.source for held in cleared for c in held.citations}
        weakest = max(
            # Outside its clearance what a regulator read is the maker's word.
            mn.Grade.MANUFACTURER
            if c.source.grade is mn.Grade.REGULATORY and c.source not in regulated
            else c.source.grade
            for c in course.citations
            if c.supports in {"lengths", "sessions", "interval"}
        )
        assert course.grade is weakest, (reason.rule, "strength is that of the weakest source")

    def no_less_cautious(self, before: mn.Answer, after: mn.Answer, where: object) -> None:
        """Risk never relaxes: verdict, lengths, intervals, cautions."""
        assert after.verdict >= before.verdict, where
        kept = {reason.rule for reason in after.reasons if reason.weight or _stands(reason)}
        kept |= {f"findings.{r.finding.value}" for r in after.because if r.finding}
        assert {reason.rule for reason in before.reasons if _stands(reason)} <= kept, where
        assert {m.must for m in before.musts} <= {m.must for m in after.musts}, where
        self.offers_no_more(before, after, where)

    def offers_no_more(self, before: mn.Answer, after: mn.Answer, where: object) -> None:
        """Every course offered after lies within one of the same figures offered before."""
        for course in after.options:
            assert any(
                within(course.lengths, earlier.lengths)
                and course.sessions == earlier.sessions
                and course.interval == earlier.interval
                and (len(course.concerns) > 1 or course.protocols == earlier.protocols)
                for earlier in before.options
            ), (where, course.protocols)

    def served(self, whole: mn.Answer, alone: Mapping[mn.Concern, mn.Answer]) -> None:
        """A concern more narrows what is offered for the others, and takes nothing away."""
        where = [(c.indication, c.severity) for c in alone]
        offered = [concern for concern, answer in alone.items() if answer.options]
        assert bool(whole.options) is bool(offered), ("one that is served is an offer", where)
        sizes = {len(course.concerns) for course in whole.options}
        assert len(sizes) <= 1, ("the largest sets, and no other", where)
        for course in whole.options:
            assert set(course.concerns) <= set(offered), ("served as it is alone", where)
            for concern in course.concerns:
                before = alone[concern].options
                assert any(within(course.lengths, one.lengths) for one in before), where
        told = {fact for r in whole.unserved for fact in r.facts if fact.startswith("indication=")}
        everywhere = [c for c in alone if all(c in o.concerns for o in whole.options)]
        left = {f"indication={c.indication.value}" for c in alone if c not in everywhere}
        assert not whole.options or told == left, ("what is left out is told", where)
        limits = {r.rule for c in everywhere for r in alone[c].reasons if r.limit is not None}
        kept = {r.rule for r in whole.reasons if r.limit is not None}
        assert not whole.options or limits <= kept, ("no limit is dropped", where)

    def same_offer(self, one: mn.Answer, other: mn.Answer) -> bool:
        """Tell whether two answers give the same advice."""
        return (
            one.verdict is other.verdict
            and one.options == other.options
            and [r.rule for r in one.cautions] == [r.rule for r in other.cautions]
            and [(r.rule, r.must) for r in one.musts] == [(r.rule, r.must) for r in other.musts]
        )

    def cell(self, cell: Cell) -> mn.Answer:
        """Laws about one cell with nothing speaking against treatment."""
        base = self.decide(cell, screening())
        assert mn.replay(base) == base, ("reasons give the answer again", cell)
        _in_ranks(base.options, cell)
        pen = self.decide(cell, screening(), label=NOT_BINDING)
        assert _figures(pen) == _figures(base), ("pen, roller and stamp are offered alike", cell)
        for label in LABELS:
            labelled = self.decide(cell, screening(), label=label)
            self.no_less_cautious(pen, labelled, (cell, label))
            assert all(c.lengths.longest <= label for c in labelled.options), (cell, label)
            if _figures(labelled) != _figures(pen) and labelled.verdict is not mn.Verdict.ASK:
                rules = {r.rule for r in labelled.reasons if r.limit == label}
                facts = {fact for r in labelled.excluded for fact in r.facts}
                assert "rules.device_label_maximum" in rules or any(
                    "device_label_maximum" in fact for fact in facts
                ), ("a label that binds is named", cell, label)
        unaged = self.decide(cell, screening(), age=None)
        assert unaged.verdict >= mn.Verdict.ASK, ("an unknown age is asked for", cell)
        minor = self.decide(cell, screening(), age=17)
        assert minor.verdict >= mn.Verdict.REFER, ("no advice for minors", cell)
        return base

    def unknown_severity_or_skin(self, bases: dict[Cell, mn.Answer]) -> None:
        """What is offered without a grade or skin type is offered with any; or it is asked for."""
        for cell, base in bases.items():
            indication, severity, site, skin, setting = cell
            if severity is None and base.options:
                for graded in mn.Severity:
                    other = bases[indication, graded, site, skin, setting]
                    assert _figures(base) <= _figures(other), cell
            if skin is None:
                typed = [bases[indication, severity, site, t, setting] for t in mn.SkinType]
                assert all(_figures(base) <= _figures(other) for other in typed), cell
                asked = "rules.skin_type_not_known" in {r.rule for r in base.unknowns}
                alike = all(_figures(other) == _figures(base) for other in typed)
                assert asked is not alike or severity is None, ("asked for where it matters", cell)

    def home(self, home: mn.Answer, clinic: mn.Answer, where: Cell) -> None:
        """At home nothing long, often, around the eyes or for pigment; nothing of a clinic's."""
        for course in home.options:
            assert course.lengths.longest.um <= HOME_LONGEST_UM, where
            assert course.interval is not None, ("how often is published", where)
            assert where[2] is not mn.Site.PERIORBITAL, where
            assert where[0] not in _PIGMENT, where
        named = ({name for c in a.options for name in c.protocols} for a in (home, clinic))
        assert set.isdisjoint(*named), ("documented in the one is not offered in the other", where)

    def worse_gets_no_less(self, bases: dict[Cell, mn.Answer]) -> None:
        """In one school, a worse severity gets no shorter needle and no fewer sessions."""
        for cell, base in bases.items():
            indication, severity, site, skin, setting = cell
            for worse in mn.Severity:
                if severity is None or worse <= severity:
                    continue
                other = _by_school(bases[indication, worse, site, skin, setting])
                for school, (longest, most) in _by_school(base).items():
                    if school in other:
                        assert other[school][0] >= longest, (cell, school)
                        assert other[school][1] >= most, (cell, school)

    def finding(self, cell: Cell, base: mn.Answer, finding: mn.Finding) -> mn.Answer:
        """Laws about one finding, present and unknown."""
        present = self.decide(cell, screening(frozenset({finding})))
        where = (cell, finding)
        self.no_less_cautious(base, present, where)
        assert present.verdict >= self.at_least[finding], where
        if cell[4] is mn.Setting.HOME and present.options:
            milder = self.rules[finding].level is mn.Level.CAUTION
            assert milder or _least(self.rules[finding]) is mn.Verdict.OFFER, ("not at home", where)
        if finding in self.declining:
            assert present.verdict is mn.Verdict.DECLINE, where
        named = {r.finding for r in present.reasons if r.weight or _stands(r)}
        assert finding in named, ("what is present is shown", where)
        self._done_as_its_level_says(cell, present, finding)
        if self.rules[finding].level is mn.Level.CLEAR_FIRST:
            self._clearances(cell, base, present, finding)
        if finding in DERIVED:
            return present
        unknown = self.decide(cell, screening(unknown=frozenset({finding})))
        most = max(present.verdict, mn.Verdict.ASK)
        assert base.verdict <= unknown.verdict <= most, ("unknown lies between", where)
        if finding not in self._askable(cell):
            assert self.same_offer(unknown, base), ("what makes no sense here is not asked", where)
            return present
        self.offers_no_more(base, unknown, where)
        if unknown.options:
            self.offers_no_more(present, unknown, where)
        if unknown.verdict is mn.Verdict.DECLINE:
            assert not unknown.unknowns, ("what is declined anyway is not asked about", where)
        elif not self.same_offer(base, present):
            asked = {reason.finding for reason in unknown.unknowns}
            assert finding in asked, ("what could change the answer is asked for", where)
        return present

    def _done_as_its_level_says(self, cell: Cell, present: mn.Answer, finding: mn.Finding) -> None:
        """Each level does what it is there for, and says all that it takes."""
        rule, where = self.rules[finding], (cell, finding)
        (reason,) = [r for r in present.reasons if r.finding is finding]
        if rule.not_at_home and cell[4] is mn.Setting.HOME:
            effect = mn.Effect.REFER
        elif _least(rule) is mn.Verdict.ASK:
            effect = mn.Effect.ASK
        else:
            effect = _SAYS[rule.level]
        assert reason.effect is effect, ("each level does what it is there for", where)
        if reason.effect in {mn.Effect.CHANGE, mn.Effect.LIMIT}:
            assert reason.must, ("a change or a limit is a must", where)
        if reason.effect is mn.Effect.CLEAR:
            assert reason.role is not None, ("who clears it is named", where)

    def _clearances(
        self, cell: Cell, base: mn.Answer, present: mn.Answer, finding: mn.Finding
    ) -> None:
        """A clearance opens what it is about, by its role and while it is young; no more."""
        rule = self.rules[finding]
        assert rule.role is not None
        assert rule.clearance_days is not None
        other = next(role for role in mn.Role if role is not rule.role)
        last = ON - timedelta(days=rule.clearance_days)
        for by, day, counts in (
            (rule.role, ON, True),
            (rule.role, last, True),
            (rule.role, last - timedelta(days=1), False),
            (other, ON, False),
        ):
            cleared = mn.MedicalClearance(finding=finding, by=by, on=day)
            given = attrs.evolve(present.assessment, clearances=[cleared])
            answer = mn.recommend(given, self.knowledge)
            where = (cell, finding, by, day)
            self.counts[answer.verdict.value] += 1
            self.no_less_cautious(base, answer, where)
            barred = rule.not_at_home and cell[4] is mn.Setting.HOME
            if counts and not barred:
                assert answer.verdict is base.verdict, ("it opens what it is about", where)
            else:
                assert answer.verdict is present.verdict, ("it does not count", where)
            unused = f"clearances.{finding.value}" in answer.ignored
            assert unused is not counts, ("a clearance that does not count is told", where)

    @cache  # noqa: B019 - one instance lives as long as its process
    def _asked(self, indication: mn.Indication, site: mn.Site) -> frozenset[mn.Finding]:
        found = mn.questions(self.knowledge, indications=[indication], site=site)
        return frozenset(one.finding for one in found if one.finding is not None)

    def _askable(self, cell: Cell) -> frozenset[mn.Finding]:
        return self._asked(cell[0], cell[2])

    def concerns(self, held: Sequence[mn.Concern], site: mn.Site) -> mn.Answer:
        """Laws about several concerns, where the plan may be changed and a label bind."""
        one = mn.Finding.TOPICAL_ANAESTHETIC_BARRED
        states = (
            screening(),
            screening(unknown=frozenset({one})),
            screening(frozenset({one})),
        )
        where = ([(c.indication, c.severity) for c in held], site)
        answers = []
        for state in states:
            whole, labelled = (
                self._several(held, site, state, label) for label in (None, mn.NeedleLength(500))
            )
            # Where fewer are served at once, what each is offered alone may come back.
            assert labelled.verdict >= whole.verdict, (where, "label")
            assert {m.must for m in whole.musts} <= {m.must for m in labelled.musts}, where
            assert all(c.lengths.longest.um <= 500 for c in labelled.options), where
            answers.append(whole)
        absent, unknown, present = answers
        most = max(present.verdict, mn.Verdict.ASK)
        assert absent.verdict <= unknown.verdict <= most, (where, "unknown lies between")
        self.offers_no_more(absent, unknown, where)
        self.offers_no_more(absent, present, where)
        if unknown.options:
            self.offers_no_more(present, unknown, where)
        return absent

    def _several(
        self,
        held: Sequence[mn.Concern],
        site: mn.Site,
        state: mn.Screening,
        label: mn.NeedleLength | None,
    ) -> mn.Answer:
        device = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=label) if label else None
        answer = mn.recommend(
            mn.Assessment(
                on=ON,
                site=site,
                setting=mn.Setting.CLINIC,
                concerns=held,
                skin_type=mn.SkinType.II,
                age_years=AGE,
                screening=state,
                device=device,
                earlier_sessions=(),
            ),
            self.knowledge,
        )
        self.counts[answer.verdict.value] += 1
        assert mn.replay(answer).verdict is answer.verdict, held
        used = {name for course in answer.options for name in course.protocols}
        assert not used & {reason.protocol for reason in answer.excluded}, (held, "either, or")
        for course in answer.options:
            self._course_fits(course)
        return answer

    def _course_fits(self, course: mn.Course) -> None:
        """A course lies within every protocol it is made of, and they agree with each other."""
        protocols = [self.knowledge.protocol(name) for name in course.protocols]
        counts = [p.sessions for p in protocols if p.sessions]
        gaps = [p.interval for p in protocols if p.interval]
        assert all(within(course.lengths, p.lengths) for p in protocols), course.protocols
        if counts:
            assert max(c.fewest for c in counts) <= min(c.most for c in counts), course.protocols
        if gaps:
            low = max(g.minimum_days for g in gaps)
            assert low <= min(g.maximum_days for g in gaps), course.protocols
            assert course.interval is None or course.interval.minimum_days >= low
        if all(p.devices for p in protocols):
            assert course.devices, (course.protocols, "a device that all are documented with")
        for figure, value in (("sessions", course.sessions), ("interval", course.interval)):
            assert bool(course.cited(figure)) is (value is not None), (course.protocols, figure)

    def pair(
        self, cell: Cell, singles: dict[mn.Finding, mn.Answer], one: mn.Finding, other: mn.Finding
    ) -> None:
        """Laws about two findings, each present or unknown."""
        both = self.decide(cell, screening(frozenset({one, other})))
        for finding in (one, other):
            self.no_less_cautious(singles[finding], both, (cell, one, other))
        for known, open_one in ((one, other), (other, one)):
            if open_one in DERIVED:
                continue
            mixed = self.decide(cell, screening(frozenset({known}), frozenset({open_one})))
            where = (cell, known, open_one)
            most = max(both.verdict, mn.Verdict.ASK)
            assert singles[known].verdict <= mixed.verdict <= most, where
        if one not in DERIVED and other not in DERIVED:
            neither = self.decide(cell, screening(unknown=frozenset({one, other})))
            assert neither.verdict <= max(both.verdict, mn.Verdict.ASK), (cell, one, other)


_VERDICT = {
    mn.Level.CAUTION: "offer",
    mn.Level.CHANGE_OF_PLAN: "offer",
    mn.Level.LIMIT: "offer",
    mn.Level.CLEAR_FIRST: "refer",
    mn.Level.DEFER: "defer",
    mn.Level.REFER: "refer",
    mn.Level.DECLINE: "decline",
}
# A dermatologist's limit for rollers at home, and the pigment that needling can make worse.
HOME_LONGEST_UM = 500
_PIGMENT = {
    mn.Indication.HYPERPIGMENTATION,
    mn.Indication.POST_INFLAMMATORY_HYPERPIGMENTATION,
    mn.Indication.MELASMA,
}


_SAYS = {
    mn.Level.CAUTION: mn.Effect.CAUTION,
    mn.Level.CHANGE_OF_PLAN: mn.Effect.CHANGE,
    mn.Level.LIMIT: mn.Effect.LIMIT,
    mn.Level.CLEAR_FIRST: mn.Effect.CLEAR,
    mn.Level.DEFER: mn.Effect.DEFER,
    mn.Level.REFER: mn.Effect.REFER,
    mn.Level.DECLINE: mn.Effect.DECLINE,
}
# With these an offer stands.
_STANDING = {mn.Effect.CAUTION, mn.Effect.CHANGE, mn.Effect.LIMIT}


def _stands(reason: mn.Reason) -> bool:
    """Tell whether a reason is to be heeded in an offer; limits of sites belong to its courses."""
    return reason.effect in _STANDING and reason.limit is None


def _least(rule: mn.FindingRule) -> mn.Verdict:
    """Say what a finding does at least that is there, its day not told."""
    if rule.ends is mn.Ending.DAY and rule.wait is not None:
        return mn.Verdict.ASK if rule.wait.level > mn.Level.LIMIT else mn.Verdict.OFFER
    return mn.Verdict(_VERDICT[rule.level])


def within(inner: mn.LengthRange, outer: mn.LengthRange) -> bool:
    """Tell whether one range lies in another."""
    return outer.shortest <= inner.shortest and inner.longest <= outer.longest


def _in_ranks(options: Sequence[mn.Course], where: object) -> None:
    """Options stand by what each has in the classes; equals share a rank; the class is named."""
    keys = [_classes(course) for course in options]
    assert keys == sorted(keys), ("the classes order the options", where)
    ranks = [course.standing.rank for course in options]
    assert ranks == [1 + sorted(set(keys)).index(key) for key in keys], ("equal is equal", where)
    for course, key in zip(options, keys, strict=True):
        later = next((other for other in keys if other > key), None)
        named = None
        if later is not None:
            place = next(
                n for n, (mine, its) in enumerate(zip(key, later, strict=True)) if mine != its
            )
            named = list(mn.RankClass)[place]
        assert course.standing.decided_by is named, ("the class that decided is named", where)


def _classes(course: mn.Course) -> tuple[tuple[int, ...], ...]:
    """Read off a course what orders it, class by class."""
    held, gap, count = course.standing, course.interval, course.sessions
    return (
        (held.no_benefit,),
        (held.fit.rank,),
        (held.benefit.rank,),
        (held.harm.rank,),
        (held.band,),
        (not held.complete,),
        (len(course.unmet),),
        (
            *(course.lengths.longest.um, course.lengths.shortest.um),
            *(-(gap.minimum_days if gap else 0),),
            *((count.most, count.fewest) if count else (10_000, 10_000)),
        ),
    )


def _figures(answer: mn.Answer) -> set[object]:
    return {(c.protocols, c.lengths, c.sessions, c.interval) for c in answer.options}


def _by_school(answer: mn.Answer) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for course in answer.options:
        most = course.sessions.most if course.sessions else 0
        longest, before = found.get(course.schools[0], (0, 0))
        found[course.schools[0]] = (max(longest, course.lengths.longest.um), max(before, most))
    return found


def single(indication: mn.Indication, every: int = 1) -> Counter[str]:
    """
    Check the single-finding space of one indication.

    Args:
        indication: What is treated.
        every: Of each combination only every so many findings, others each time.
    """
    laws = Laws(mn.load("2026.1"))
    bases: dict[Cell, mn.Answer] = {}
    findings = list(mn.Finding)
    for place, cell in enumerate(cells(indication)):
        base = bases[cell] = laws.cell(cell)
        clinic = (*cell[:4], mn.Setting.CLINIC)
        at_home = cell[4] is mn.Setting.HOME
        if at_home:
            laws.home(base, bases[clinic], cell)
        for finding in findings[place % every :: every]:
            laws.finding(cell, base, finding)
    laws.unknown_severity_or_skin(bases)
    laws.worse_gets_no_less(bases)
    return laws.counts


def several(indication: mn.Indication) -> Counter[str]:
    """Check one indication with every later one, and with a third, at every site."""
    laws = Laws(mn.load("2026.1"))
    order = list(INDICATIONS)
    if indication not in order:
        return laws.counts
    place = order.index(indication)
    grades = (mn.Severity.MILD, mn.Severity.SEVERE, None)
    for site in SITES:
        for other, mine, theirs in product(order[place + 1 :], grades, grades):
            held = [
                mn.Concern(indication=indication, severity=mine),
                mn.Concern(indication=other, severity=theirs),
            ]
            both = laws.concerns(held, site)
            alone = {one: laws.concerns([one], site) for one in held}
            laws.served(both, alone)
            # A third one, another each time.
            third = mn.Concern(indication=order[(order.index(other) + place + 1) % len(order)])
            if third.indication not in {indication, other}:
                more = laws.concerns([*held, third], site)
                laws.served(more, alone | {third: laws.concerns([third], site)})
    return laws.counts


@cache
def classes(knowledge: mn.Knowledge) -> dict[tuple[object, ...], tuple[mn.Finding, ...]]:
    """
    Put findings together that an edition's rows let do the same, whatever they are called.

    Ages and skin types are left by themselves.
    """
    found: dict[tuple[object, ...], tuple[mn.Finding, ...]] = {}
    # What some concern brings with it is there already where that is asked for.
    brought = {row.finding for row in knowledge.indications}
    # What a row about the sessions is for brings that row with it.
    about = [row.applies_to for row in knowledge.needs]
    about += [row.applies_to for row in knowledge.care]
    about += [row.applies_to for row in knowledge.effects]
    about += [row.applies_to for row in knowledge.responses]
    brought |= {finding for row in about for finding in row.findings}
    for rule in knowledge.findings:
        after = rule.wait and rule.wait.level
        key = (
            *(rule.level, rule.ends is mn.Ending.DAY, after, rule.not_at_home, bool(rule.must)),
            *(bool(rule.may_pause), rule.nature is mn.Nature.PRESCRIBED),
            *(rule.asked_at, rule.asked_for, rule.age_under_years, rule.skin_types),
            *((rule.finding,) if rule.finding in brought else ()),
        )
        found[key] = (*found.get(key, ()), rule.finding)
    return found


def pairs(indication: mn.Indication, every: int = 1) -> Counter[str]:
    """
    Check the pairs of findings of one indication: two of each class stand for the class.

    Args:
        indication: What is treated.
        every: Of each combination only every so many pairs, others each time.
    """
    knowledge = mn.load("2026.1")
    laws = Laws(knowledge)
    several = [finding for held in classes(knowledge).values() for finding in held[:2]]
    both = list(combinations(several, 2))
    for place, cell in enumerate(cells(indication)):
        if cell[1] is None or cell[3] is None:
            continue
        singles = {f: laws.decide(cell, screening(frozenset({f}))) for f in several}
        for one, other in both[place % every :: every]:
            laws.pair(cell, singles, one, other)
    return laws.counts


def at_random(seed: int) -> Counter[str]:
    """
    Hold assessments at random against the same with each finding replaced by one of its class.

    So that what is proven for two of a class holds for all of it.
    """
    knowledge, rng = mn.load("2026.1"), Random(seed)  # noqa: S311 - repeatable, guards nothing
    held = {finding: group for group in classes(knowledge).values() for finding in group}
    every, counts = list(mn.Finding), Counter[str]()
    several = [
        list(codes) for codes in (mn.Indication, SEVERITIES, mn.Site, SKIN_TYPES, mn.Setting)
    ]
    for _ in range(_AT_ONCE):
        cell: Cell = tuple(map(rng.choice, several))  # type: ignore[assignment]
        drawn = rng.sample(every, rng.randrange(5))
        known = {finding: rng.randrange(4) for finding in drawn if finding not in DERIVED}
        age = rng.choice([None, 17, 20, AGE, 70])
        one = _stated(knowledge, cell, known, age)
        replaced: dict[mn.Finding, int] = {}
        for finding, state in known.items():
            free = [other for other in held[finding] if other not in replaced]
            replaced[rng.choice(free)] = state
        other = _stated(knowledge, cell, replaced, age)
        counts[one.verdict.value] += 1
        told, again = (
            (a.verdict, a.options, sorted(r.effect.value for r in a.reasons)) for a in (one, other)
        )
        assert told == again, ("one of a class does what another does", cell, known, replaced)
    return counts


def _stated(
    knowledge: mn.Knowledge, cell: Cell, known: Mapping[mn.Finding, int], age: int | None
) -> mn.Answer:
    """Answer for findings that are unknown, present, within their wait, or past it."""
    present = []
    for finding, state in known.items():
        wait = knowledge.finding(finding).wait
        days = {2: 0, 3: wait.days if wait else 0}.get(state)
        if state:
            last = None if days is None else ON - timedelta(days=days)
            present.append(mn.Exposure(finding=finding, last_on=last))
    unknown = {finding for finding, state in known.items() if not state}
    screened = mn.Screening.complete(present=present)
    if unknown:
        absent = frozenset(mn.Finding) - set(known)
        screened = mn.Screening(present=present, absent=absent)
    return mn.recommend(assessment(cell, screened, age=age), knowledge)


class Hashed:
    """One hash over answers: verdict, reasons, options, what was ignored, and the trace."""

    def __init__(self) -> None:
        self._total = sha256()
        self.counts: Counter[str] = Counter()
        # Parts are shared between answers; what is kept beside its hash keeps its id.
        self._known: dict[int, tuple[object, bytes]] = {}

    def _part(self, value: object) -> bytes:
        held = self._known.get(id(value))
        if held is None:
            held = self._known[id(value)] = value, sha256(mn.to_json(value)).digest()
        return held[1]

    def add(self, answer: mn.Answer) -> None:
        """Take in one answer."""
        self.counts[answer.verdict.value] += 1
        parts = (answer.reasons, answer.options, answer.trace)
        held = [b"".join(map(self._part, some)) for some in parts]
        told = (answer.verdict.value, *answer.ignored)
        self._total.update(b"\0".join([*held, "\0".join(told).encode()]) + b"\1")

    @property
    def digest(self) -> bytes:
        """The hash of all that was taken in, in its order."""
        return self._total.digest()


def hashed(indication: mn.Indication) -> tuple[bytes, Counter[str]]:
    """
    Hash what is answered for one indication.

    To every single finding, an age and labels, and to each other concern beside it.
    """
    knowledge = mn.load("2026.1")
    found = Hashed()

    def answered(cell: Cell, held: mn.Screening, **more: object) -> None:
        found.add(mn.recommend(assessment(cell, held, **more), knowledge))  # type: ignore[arg-type]

    for cell in cells(indication):
        answered(cell, screening())
        answered(cell, mn.Screening())
        for age in (None, 17):
            answered(cell, screening(), age=age)
        for label in LABELS:
            answered(cell, screening(), label=label)
        for finding in mn.Finding:
            answered(cell, screening(frozenset({finding})))
            if finding not in DERIVED:
                answered(cell, screening(unknown=frozenset({finding})))
    order = list(mn.Indication)
    for severity, site, setting in product(SEVERITIES, mn.Site, mn.Setting):
        if site not in SITES or indication not in INDICATIONS:
            answered((indication, severity, site, mn.SkinType.II, setting), screening())
    for other, site in product(order[order.index(indication) + 1 :], SITES):
        concerns = [mn.Concern(indication=code) for code in (indication, other)]
        cell = (indication, None, site, mn.SkinType.II, mn.Setting.CLINIC)
        found.add(
            mn.recommend(attrs.evolve(assessment(cell, screening()), concerns=concerns), knowledge)
        )
    return found.digest, found.counts


def main() -> None:
    """Go through the space and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.space", description=__doc__)
    parser.add_argument(
        "--pairs", action="store_true", help="every pair of findings; takes minutes"
    )
    parser.add_argument(
        "--random", type=int, default=0, metavar="N", help="N assessments at random, by classes"
    )
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only every Nth finding, or pair of them"
    )
    parser.add_argument("--digest", action="store_true", help="one hash over all answers")
    parser.add_argument("--concerns", action="store_true", help="two and three concerns together")
    parser.add_argument(
        "--indication",
        action="append",
        choices=[code.value for code in mn.Indication],
        help="only this one; may be given again",
    )
    options = parser.parse_args()
    work = several
    if not options.concerns:
        work = partial(pairs if options.pairs else single, every=options.every)
    wanted = [mn.Indication(code) for code in options.indication or mn.Indication]
    if options.digest:
        digest(wanted)
        return
    started = time.perf_counter()
    total: Counter[str] = Counter()
    if options.random:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for counts in pool.map(at_random, range(-(-options.random // _AT_ONCE))):
                total += counts
        seconds = time.perf_counter() - started
        number = len(classes(mn.load("2026.1")))
        print(f"{total.total()} at random are as their {number} classes; {seconds:.0f} s")
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for indication, counts in zip(wanted, pool.map(work, wanted), strict=True):
            total += counts
            print(f"{indication.value:40} {counts.total():10} answers", flush=True)
    seconds = time.perf_counter() - started
    shares = ", ".join(f"{verdict} {total[verdict]}" for verdict in _ORDER)
    print(f"{'all laws hold over':40} {total.total():10} answers: {shares}; {seconds:.0f} s")


def digest(wanted: Sequence[mn.Indication]) -> None:
    """Print one hash over the answers to what is wanted, and how many these are."""
    whole = sha256()
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for part, counts in pool.map(hashed, wanted):
            whole.update(part)
            total += counts
    shares = ", ".join(f"{verdict} {total[verdict]}" for verdict in _ORDER)
    print(f"{whole.hexdigest()} over {total.total()} answers: {shares}")


# Assessments at random that one process looks at before it tells of them.
_AT_ONCE = 10_000
_ORDER = [verdict.value for verdict in mn.Verdict]

if __name__ == "__main__":
    main()
