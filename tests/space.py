"""
The whole space of decision-relevant inputs, and the laws that hold over it.

``python -m tests.space`` goes through every indication, severity, site, skin type and
setting with every single finding present, absent and unknown, checks every law on every
answer and prints the counts. ``--pairs`` does the same for every pair of findings.
``--digest`` prints one hash over the answers themselves: a change that is to change no
answer prints the same before and after.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import combinations, product

import attrs

import microneedling as mn

ON = date(2026, 11, 22)
AGE = 34
SEVERITIES: tuple[mn.Severity | None, ...] = (*mn.Severity, None)
SKIN_TYPES: tuple[mn.SkinType | None, ...] = (*mn.SkinType, None)
LABELS = tuple(mn.NeedleLength(um) for um in (250, 500, 1000, 1500, 2000))
# Known from the age and the skin type, so they cannot be left open by the screening.
DERIVED = frozenset(
    {mn.Finding.AGE_UNDER_18, mn.Finding.AGE_UNDER_22, mn.Finding.SKIN_TYPE_IV_TO_VI}
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
    )


def cells(indication: mn.Indication) -> Iterator[Cell]:
    """Every combination of what is treated, for one indication."""
    for severity, site, skin, setting in product(SEVERITIES, mn.Site, SKIN_TYPES, mn.Setting):
        yield indication, severity, site, skin, setting


class Laws:
    """The laws, each a method that fails with the point of the space that breaks it."""

    def __init__(self, knowledge: mn.Knowledge) -> None:
        self.knowledge = knowledge
        self.counts: Counter[str] = Counter()
        self.declining = {r.finding for r in knowledge.findings if r.level is mn.Level.DECLINE}
        self.at_least = {r.finding: mn.Verdict(_VERDICT[r.level]) for r in knowledge.findings}
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
        weakest = max(
            c.source.grade
            for c in course.citations
            if c.supports in {"lengths", "sessions", "interval"}
        )
        assert course.grade is weakest, (reason.rule, "strength is that of the weakest source")

    def no_less_cautious(self, before: mn.Answer, after: mn.Answer, where: object) -> None:
        """Risk never relaxes: verdict, lengths, intervals, cautions."""
        assert after.verdict >= before.verdict, where
        cautions = {reason.rule for reason in after.cautions} | {r.rule for r in after.because}
        assert {reason.rule for reason in before.cautions} <= cautions, where
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

    def offers_no_longer(self, before: mn.Answer, after: mn.Answer) -> None:
        """Every length offered after lies within one offered before."""
        for course in after.options:
            assert any(within(course.lengths, one.lengths) for one in before.options), course

    def same_offer(self, one: mn.Answer, other: mn.Answer) -> bool:
        """Tell whether two answers give the same advice."""
        return (
            one.verdict is other.verdict
            and one.options == other.options
            and [r.rule for r in one.cautions] == [r.rule for r in other.cautions]
        )

    def cell(self, cell: Cell) -> mn.Answer:
        """Laws about one cell with nothing speaking against treatment."""
        base = self.decide(cell, screening())
        assert mn.replay(base) == base, ("reasons give the answer again", cell)
        ranks = [(len(course.unmet), course.backing.rank) for course in base.options]
        assert ranks == sorted(ranks), ("preference, then evidence, orders the options", cell)
        barred = screening(frozenset({mn.Finding.TOPICAL_ANAESTHETIC_BARRED}))
        without = self.decide(cell, barred)
        for label in LABELS:
            shorter = self.decide(cell, barred, label=label)
            self.no_less_cautious(without, shorter, (cell, label, "numbing barred"))
            labelled = self.decide(cell, screening(), label=label)
            self.no_less_cautious(base, labelled, (cell, label))
            assert all(c.lengths.longest <= label for c in labelled.options), (cell, label)
            if labelled.options != base.options and labelled.verdict is not mn.Verdict.ASK:
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
        """What is offered without a grade or skin type is offered with any."""
        for cell, base in bases.items():
            indication, severity, site, skin, setting = cell
            if severity is None and base.options:
                for graded in mn.Severity:
                    other = bases[indication, graded, site, skin, setting]
                    assert _figures(base) <= _figures(other), cell
            if skin is None:
                for typed in mn.SkinType:
                    other = bases[indication, severity, site, typed, setting]
                    assert base.verdict is other.verdict, cell
                    assert _figures(base) == _figures(other), cell

    def home_never_exceeds_clinic(self, home: mn.Answer, clinic: mn.Answer, where: object) -> None:
        """Home is no less cautious, and offers no length that a clinic does not."""
        assert home.verdict >= clinic.verdict, where
        for course in home.options:
            assert any(within(course.lengths, other.lengths) for other in clinic.options), where

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
        if finding in self.declining:
            assert present.verdict is mn.Verdict.DECLINE, where
        named = {r.finding for r in (*present.because, *present.cautions)}
        named |= {r.finding for r in present.reasons if r.weight}
        assert finding in named, ("what is present is shown", where)
        if finding in DERIVED:
            return present
        unknown = self.decide(cell, screening(unknown=frozenset({finding})))
        assert base.verdict <= unknown.verdict <= present.verdict, ("unknown lies between", where)
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

    @cache  # noqa: B019 - one instance lives as long as its process
    def _asked(self, indication: mn.Indication, site: mn.Site) -> frozenset[mn.Finding]:
        found = mn.questions(self.knowledge, indications=[indication], site=site)
        return frozenset(finding for finding, _ in found)

    def _askable(self, cell: Cell) -> frozenset[mn.Finding]:
        return self._asked(cell[0], cell[2])

    def concerns(self, held: Sequence[mn.Concern], site: mn.Site) -> mn.Answer:
        """Laws about several concerns, where an anaesthetic may be ruled out and a label bind."""
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
            self.no_less_cautious(whole, labelled, (where, "label"))
            assert all(c.lengths.longest.um <= 500 for c in labelled.options), where
            answers.append(whole)
        absent, unknown, present = answers
        assert absent.verdict <= unknown.verdict <= present.verdict, (where, "unknown lies between")
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
        if any(p.devices for p in protocols):
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
            assert singles[known].verdict <= mixed.verdict <= both.verdict, where
        if one not in DERIVED and other not in DERIVED:
            neither = self.decide(cell, screening(unknown=frozenset({one, other})))
            assert neither.verdict <= both.verdict, (cell, one, other)


_VERDICT = {
    mn.Level.CAUTION: "offer",
    mn.Level.DEFER: "defer",
    mn.Level.REFER: "refer",
    mn.Level.DECLINE: "decline",
}
_REFUSED = {mn.Site.INSIDE_ORBITAL_RIM, mn.Site.VERMILION, mn.Site.MUCOSA}


def within(inner: mn.LengthRange, outer: mn.LengthRange) -> bool:
    """Tell whether one range lies in another."""
    return outer.shortest <= inner.shortest and inner.longest <= outer.longest


def _figures(answer: mn.Answer) -> set[object]:
    return {(c.protocols, c.lengths, c.sessions, c.interval) for c in answer.options}


def _by_school(answer: mn.Answer) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for course in answer.options:
        most = course.sessions.most if course.sessions else 0
        longest, before = found.get(course.schools[0], (0, 0))
        found[course.schools[0]] = (max(longest, course.lengths.longest.um), max(before, most))
    return found


def single(indication: mn.Indication) -> Counter[str]:
    """Check the single-finding space of one indication."""
    laws = Laws(mn.load("2026.1"))
    bases: dict[Cell, mn.Answer] = {}
    presents: dict[tuple[Cell, mn.Finding], mn.Answer] = {}
    for cell in cells(indication):
        base = bases[cell] = laws.cell(cell)
        clinic = (*cell[:4], mn.Setting.CLINIC)
        at_home = cell[4] is mn.Setting.HOME
        if at_home:
            laws.home_never_exceeds_clinic(base, bases[clinic], cell)
        for finding in mn.Finding:
            present = laws.finding(cell, base, finding)
            if at_home:
                laws.home_never_exceeds_clinic(present, presents.pop((clinic, finding)), cell)
            else:
                presents[cell, finding] = present
    laws.unknown_severity_or_skin(bases)
    laws.worse_gets_no_less(bases)
    return laws.counts


def several(indication: mn.Indication) -> Counter[str]:
    """Check one indication with every later one, and with a third, at every site."""
    laws = Laws(mn.load("2026.1"))
    order = list(mn.Indication)
    place = order.index(indication)
    grades = (mn.Severity.MILD, mn.Severity.SEVERE, None)
    for site in mn.Site:
        for other, mine, theirs in product(order[place + 1 :], grades, grades):
            held = [
                mn.Concern(indication=indication, severity=mine),
                mn.Concern(indication=other, severity=theirs),
            ]
            both = laws.concerns(held, site)
            for one in held:
                alone = laws.concerns([one], site)
                assert both.verdict >= alone.verdict, (indication, other, site, "never milder")
                laws.offers_no_longer(alone, both)
            # A third one, another each time.
            third = order[(order.index(other) + place + 1) % len(order)]
            if third not in {indication, other}:
                more = laws.concerns([*held, mn.Concern(indication=third)], site)
                assert more.verdict >= both.verdict, (indication, other, third, site)
    return laws.counts


def pairs(indication: mn.Indication) -> Counter[str]:
    """Check the space of pairs of findings of one indication."""
    laws = Laws(mn.load("2026.1"))
    for cell in cells(indication):
        if cell[1] is None or cell[3] is None:
            continue
        singles = {f: laws.decide(cell, screening(frozenset({f}))) for f in mn.Finding}
        for one, other in combinations(mn.Finding, 2):
            laws.pair(cell, singles, one, other)
    return laws.counts


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
    for other, site in product(order[order.index(indication) + 1 :], mn.Site):
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
    parser.add_argument("--digest", action="store_true", help="one hash over all answers")
    parser.add_argument("--concerns", action="store_true", help="two and three concerns together")
    parser.add_argument(
        "--indication",
        action="append",
        choices=[code.value for code in mn.Indication],
        help="only this one; may be given again",
    )
    options = parser.parse_args()
    work = pairs if options.pairs else several if options.concerns else single
    wanted = [mn.Indication(code) for code in options.indication or mn.Indication]
    if options.digest:
        digest(wanted)
        return
    started = time.perf_counter()
    total: Counter[str] = Counter()
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


_ORDER = [verdict.value for verdict in mn.Verdict]

if __name__ == "__main__":
    main()
