"""The next step of a course: from where it stands, an edition and a day. Pure."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from itertools import chain

from attrs import evolve

from microneedling.deciding.recommending import recommend
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_figures import recovery_days, same_course, slower
from microneedling.treating.course_state import Standing
from microneedling.treating.episodes import Episode
from microneedling.treating.responding import Worst
from microneedling.treating.session_obstacles import Block, Case, Window
from microneedling.treating.updated_assessment import assessment_on
from microneedling.values.courses import Course, Interval
from microneedling.values.evidence import Citation
from microneedling.values.findings import Screening
from microneedling.values.lengths import LengthRange
from microneedling.values.next_steps import Complete, Move, NextStep, Pause, Proceed, Stop, Wait
from microneedling.values.reasons import Effect, Reason, Verdict
from microneedling.values.recommendations import Answer, Provenance
from microneedling.values.responses import Action, Response
from microneedling.values.sessions import Safeguard, SessionDone
from microneedling.values.vocabulary import Finding

__all__ = ["Situation"]

_KNOWN = {True: "present", False: "absent", None: "unknown"}


class Situation:
    """All that speaks for and against a session on a day."""

    def __init__(self, case: Case, standing: Standing, knowledge: Knowledge, on: date) -> None:
        self.on: date = on
        self.number: int = standing.number
        self.blocks: list[Block] = []
        self.notices: list[Reason] = []
        self.responses: list[Response] = []
        # Those that hold now; none do where the course is not offered.
        self.lengths: LengthRange | None = None
        # The course as it is offered now.
        self.offered: Course = case.course
        self.interval: Interval | None = case.course.interval
        # The days of recovery after a session, and the course that says so.
        self.healing: int = recovery_days(case.course)
        self._healed_by: tuple[Citation, ...] = case.course.cited("downtime")
        # None where nobody has set a day yet.
        self.window: Window | None = None
        self.complete: bool = standing.complete
        # The last day on which a waiting time was over.
        self._free_from: date | None = None
        self._case = case
        self._standing = standing
        self._knowledge = knowledge

        newer: frozenset[Finding] = frozenset()
        if knowledge.digest != case.digest:
            newer = frozenset(rule.finding for rule in knowledge.findings) - case.asked
            self._take_over_figures(case)
        now = assessment_on(on, case.assessment, standing, knowledge, newer)
        answer = recommend(now, knowledge)
        self.provenance: Provenance = answer.provenance
        for key in sorted(standing.episodes):
            self._look_at_effect(standing.episodes[key])
        self.responses.sort(key=lambda r: (-r.action.rank, r.advice))
        if standing.stopped is not None:
            self._block(Move.STOP, self._reason("course_stopped", Effect.DECLINE))
        elif not self.complete:
            self._look_at_facts(answer)
            self._look_at_time()

    def _reason(
        self,
        code: str,
        effect: Effect,
        *facts: str,
        citations: Iterable[Citation] = (),
        until: date | None = None,
    ) -> Reason:
        """Make the reason that a rule of the edition gives, with the sources of a figure."""
        cited = tuple(dict.fromkeys(citations))
        return self._knowledge.rule(code).reason(
            effect,
            *facts,
            citations=cited,
            grade=max(c.source.grade for c in cited) if cited else None,
            until=until,
        )

    def _block(
        self,
        move: Move,
        reason: Reason,
        safeguard: Safeguard | None = None,
        until: date | None = None,
    ) -> None:
        self.blocks.append(Block(move, reason, safeguard, until))

    def _look_at_effect(self, episode: Episode) -> None:
        """Say what a side effect means: while it is not known to be over, and ever after."""
        name, respond = episode.effect.value, self._knowledge.response
        worst = self._knowledge.prepared(Worst).of(episode)
        facts = [f"{name}={episode.severity.value}", f"session={episode.session}"]
        ended = worst.action >= Action.REFER
        if episode.is_open(self.on):
            day = episode.day_on(self.on)
            now = respond(episode.effect, episode.severity, day)
            self.responses.append(now)
            self._block_for_open(now, name, (*facts, f"day={day}"))
            self._look_ahead(episode, day, facts)
            ended = ended and now.action < Action.REFER
        else:
            facts.append(f"resolved_on_day={episode.resolved}")
            if worst.action is Action.PAUSE:
                past = self._advised("side_effect_past", Effect.CAUTION, worst, facts)
                self.notices.append(past)
        if ended:
            reason = self._advised("side_effect_ended_course", Effect.REFER, worst, facts)
            self._block(Move.STOP, reason, Safeguard.SIDE_EFFECT)

    def _look_ahead(self, episode: Episode, day: int, facts: list[str]) -> None:
        """Say from when an open side effect is answered with more caution."""
        later = self._knowledge.worsens_on(episode.effect, episode.severity, day)
        if later is not None:
            action = self._knowledge.response(episode.effect, episode.severity, later).action
            fact = f"{action.value}_from={(episode.began + timedelta(days=later)).isoformat()}"
            reason = self._reason("side_effect_grows_older", Effect.CAUTION, *facts, fact)
            self.notices.append(reason)

    def _block_for_open(self, response: Response, name: str, facts: tuple[str, ...]) -> None:
        if response.action < Action.PAUSE:
            reason = self._reason("side_effect_open", Effect.DEFER, *facts)
            self._block(Move.WAIT, reason, Safeguard.SIDE_EFFECT)
            return
        refers = response.action >= Action.REFER
        reason = Reason(
            rule=f"responses.{name}",
            effect=Effect.REFER if refers else Effect.DEFER,
            facts=facts,
            why=response.advice,
            short=response.short,
            grade=response.grade,
            citations=response.citations,
        )
        self._block(Move.STOP if refers else Move.PAUSE, reason, Safeguard.SIDE_EFFECT)

    def _advised(self, code: str, effect: Effect, response: Response, facts: list[str]) -> Reason:
        """Make the reason that a rule gives, with what was advised."""
        rule = self._knowledge.rule(code)
        return rule.reason(
            effect,
            *facts,
            why=f"{rule.why} {response.advice}",
            short=response.short,
            grade=response.grade,
            citations=response.citations,
        )

    def _look_at_facts(self, answer: Answer) -> None:
        """Hold the course against what the edition offers for the facts as they are now."""
        case = self._case
        if self._knowledge.digest != case.digest:
            self.notices.append(self._reason("edition_changed", Effect.CAUTION))
        self._look_at_age_of_facts()
        musts = [r for r in answer.musts if not r.weight and r.effect is not Effect.CAUTION]
        self.notices += (*musts, *answer.cautions, *answer.lifted)
        self._free_from = max((r.until for r in answer.lifted if r.until), default=None)
        if answer.verdict is Verdict.OFFER:
            self._hold_against(answer)
            return
        for reason in answer.reasons:
            if reason.weight:
                # What somebody may clear ends no course.
                stops = reason.weight >= Effect.REFER.weight and reason.effect is not Effect.CLEAR
                move = Move.STOP if stops else Move.PAUSE
                self._block(move, reason, Safeguard.FINDING, reason.until)

    def _look_at_age_of_facts(self) -> None:
        """Hold that facts do not count for ever, and say which come from elsewhere."""
        told = [update.on for update in self._standing.updates if update.reviewed]
        asked_on = max([self._case.assessment.on, *(day for day in told if day <= self.on)])
        limit = self._knowledge.rule("assessment_too_old").days
        if limit is not None and (self.on - asked_on).days > limit:
            facts = (f"assessed_on={asked_on.isoformat()}", f"counts_for_days={limit}")
            reason = self._reason("assessment_too_old", Effect.DEFER, *facts)
            self._block(Move.PAUSE, reason, Safeguard.FINDING)
        carried = {
            f"{event.finding.value}={_KNOWN[event.present]}"
            for event in chain(*self._standing.findings.values())
            if event.carried and event.on <= self.on
        }
        if carried:
            self.notices.append(
                self._reason("facts_carried_over", Effect.CAUTION, *sorted(carried))
            )

    def _hold_against(self, answer: Answer) -> None:
        course = self._case.course
        offered = same_course(course, answer)
        shared = offered.lengths.intersection(course.lengths) if offered else None
        if offered is None or shared is None:
            facts = [f"protocol={name}" for name in course.protocols]
            reason = self._reason("course_not_offered", Effect.DEFER, *facts)
            self._block(Move.PAUSE, reason, Safeguard.FINDING)
            return
        self.lengths = shared
        self._tighten(offered)
        planned, most = self._standing.planned, offered.sessions and offered.sessions.most
        tighter = {
            "lengths": shared if shared != course.lengths else None,
            "interval": self.interval if self.interval != course.interval else None,
            "sessions": offered.sessions if planned and most and planned > most else None,
            "downtime": offered.downtime if self.healing > recovery_days(course) else None,
        }
        found = {name: figure for name, figure in tighter.items() if figure is not None}
        if found:
            cited = [citation for name in found for citation in offered.cited(name)]
            facts = [f"{name}={figure}" for name, figure in found.items()]
            self.notices.append(
                self._reason("course_tightened", Effect.CAUTION, *facts, citations=cited)
            )

    def _take_over_figures(self, case: Case) -> None:
        """Hold to this edition's figures, whatever speaks against a session by it, then or now."""
        if len(case.course.protocols) == 1:
            # It may have none of this name any more.
            with suppress(KeyError):
                row = self._knowledge.protocol(case.course.protocols[0])
                self.interval = slower(self.interval, row.interval)
        unburdened = evolve(case.assessment, screening=Screening.complete())
        self._tighten(same_course(case.course, recommend(unburdened, self._knowledge)))

    def _tighten(self, offered: Course | None) -> None:
        """Take over the more cautious figures of the course as it is offered now."""
        if offered is None:
            return
        self.offered = offered
        self.interval = slower(self.interval, offered.interval)
        if recovery_days(offered) > self.healing:
            self.healing, self._healed_by = recovery_days(offered), offered.cited("downtime")

    def _look_at_time(self) -> None:
        standing = self._standing
        if standing.sessions:
            self._look_at_healing(standing.sessions[-1])
            self._look_at_gap(standing.sessions[-1].done_on)
        else:
            self.window = Window(standing.begun_on, standing.begun_on, None)
        wanted = standing.wanted_from(self.window.longest if self.window else None)
        if wanted is not None:
            if self.window is not None:
                self.window = self.window.not_before(wanted)
            if self.on < wanted:
                reason = self._reason("session_put_off", Effect.DEFER, until=wanted)
                self._block(Move.WAIT, reason, until=wanted)
        documented = self._case.course.sessions
        if documented is not None and len(standing.sessions) >= documented.fewest:
            cited = self._case.course.cited("sessions")
            fact = f"sessions={documented}"
            self.notices.append(
                self._reason("fewest_sessions_done", Effect.CAUTION, fact, citations=cited)
            )

    def _look_at_healing(self, last: SessionDone) -> None:
        """Let a session of unknown or greater length than the course's heal as long as it takes."""
        knowledge, course = self._knowledge, self._case.course
        for length in last.lengths:
            if length is not None and length <= course.lengths.longest:
                continue
            stated = None if length is None else knowledge.downtime_at(length)
            fact = stated or knowledge.longest_downtime()
            if fact is not None and fact.downtime is not None:
                days = fact.downtime.longest_days
                if days > self.healing:
                    self.healing, self._healed_by = days, fact.citations
            if length is None:
                told = f"session_{self.number - 1}={last.done_on.isoformat()}"
                self.notices.append(self._reason("session_length_unknown", Effect.CAUTION, told))

    def _look_at_gap(self, last: date) -> None:
        """Look at the days since the last session."""
        course = self._case.course
        fact = f"session_{self.number - 1}={last.isoformat()}"
        healed = last + timedelta(days=self.healing)
        if self.on < healed:
            reason = self._reason(
                "recovery_not_over", Effect.DEFER, fact, citations=self._healed_by, until=healed
            )
            self._block(Move.WAIT, reason, Safeguard.RECOVERY, healed)
        if self.interval is None:
            self._look_at_day_set(fact, healed)
            return
        cited = course.cited("interval") + self.offered.cited("interval")
        gap = (fact, f"interval={self.interval}")
        window = Window.after(last, self.interval)
        if self.on < window.earliest:
            reason = self._reason(
                "minimum_interval", Effect.DEFER, *gap, citations=cited, until=window.earliest
            )
            self._block(Move.WAIT, reason, Safeguard.MINIMUM_INTERVAL, window.earliest)
        beyond = window.days_beyond(self.on)
        if beyond:
            exceeded = (*gap, f"days_beyond={beyond}")
            self.notices.append(
                self._reason("interval_exceeded", Effect.CAUTION, *exceeded, citations=cited)
            )
        self.window = window.not_before(healed)

    def _look_at_day_set(self, fact: str, healed: date) -> None:
        """Where no interval is published, hold to the day that a professional set."""
        day = self._standing.set_to
        if day is None:
            reason = self._reason("interval_not_published", Effect.DEFER, fact)
            self._block(Move.WAIT, reason, Safeguard.MINIMUM_INTERVAL)
            return
        self.window = Window(day, day, None).not_before(healed)
        if self.on < day:
            reason = self._reason("interval_not_published", Effect.DEFER, fact, until=day)
            self._block(Move.WAIT, reason, Safeguard.MINIMUM_INTERVAL, day)
        else:
            # It is never taken for a documented one.
            self.notices.append(self._reason("interval_not_published", Effect.CAUTION, fact))

    @property
    def until(self) -> date | None:
        """The first day on which nothing speaks against a session, if that can be told."""
        days = [block.until for block in self.blocks]
        return None if None in days else max((day for day in days if day), default=None)

    def step(self) -> NextStep:
        """Give the most cautious of what is to be done."""
        move = max((block.move for block in self.blocks), default=Move.PROCEED)
        if self.complete and move is not Move.STOP:
            move = Move.COMPLETE
        ordered = sorted((b.reason for b in self.blocks if b.move is move), key=_order)
        others = [block.reason for block in self.blocks if block.move is not move]
        notices = tuple(sorted((*others, *self.notices), key=_order))
        on, provenance = self.on, self.provenance
        why, responses = tuple(ordered), tuple(self.responses)
        if move is Move.STOP:
            return Stop(on=on, provenance=provenance, why=why, notices=notices, responses=responses)
        if move is Move.COMPLETE:
            cited = self._case.course.cited("sessions")
            fact = f"sessions={self.number - 1}"
            done = self._reason("course_complete", Effect.CAUTION, fact, citations=cited)
            return Complete(
                on=on, provenance=provenance, why=(done,), notices=notices, responses=responses
            )
        if move is Move.PROCEED and self.window is not None and self.lengths is not None:
            window = self.window.not_before(self._free_from or self.window.earliest)
            return Proceed(
                on=on,
                provenance=provenance,
                why=self._why_proceed(),
                notices=notices,
                number=self.number,
                earliest=window.earliest,
                preferred=max(window.preferred, on),
                latest=window.longest,
                lengths=self.lengths,
            )
        kind = Pause if move is Move.PAUSE else Wait
        return kind(
            on=on,
            provenance=provenance,
            why=why,
            notices=notices,
            responses=responses,
            number=self.number,
            until=self.until,
        )

    def _why_proceed(self) -> tuple[Reason, ...]:
        course = self._case.course
        facts = [f"protocol={name}" for name in course.protocols]
        facts.append(f"assessed_on={self._case.assessment.on.isoformat()}")
        cited = self.offered.cited("lengths")
        reasons = [self._reason("course_offered", Effect.OFFER, *facts, citations=cited)]
        if self.interval is not None and self._standing.sessions:
            fact = f"interval={self.interval}"
            cited = self.offered.cited("interval") or course.cited("interval")
            reasons.append(self._reason("interval_over", Effect.OFFER, fact, citations=cited))
        return tuple(reasons)


def _order(reason: Reason) -> tuple[int, str, tuple[str, ...]]:
    return -reason.weight, reason.rule, reason.facts
