"""Plans change: the count of sessions, the device, the skin, what was used, and the facts' age."""

from functools import partial

import attrs
import pytest

import microneedling as mn
from tests.ledgers import (
    FOUR_WEEKLY,
    KNOWLEDGE,
    SCARS,
    assessment,
    begun,
    course,
    day,
    done,
    finding,
    next_on,
    recorded,
    refused,
    rules,
)


def named(*safeguards: mn.Safeguard) -> mn.Override:
    """Override safeguards."""
    return mn.Override(safeguards=safeguards, author="staff-7", reason="agreed with the patient")


class TestCount:
    """What the course documents binds the plan; what happened can always be kept."""

    def test_more_and_fewer_sessions(self) -> None:
        twice = recorded(begun(3), done(0), done(28))
        five = recorded(twice, mn.PlanChanged(on=day(28), sessions=5), done(56))
        assert five.sessions == 5
        assert next_on(five, 84).move is mn.Move.PROCEED
        three = recorded(five, mn.PlanChanged(on=day(57), sessions=3))
        assert next_on(three, 84).move is mn.Move.COMPLETE

    def test_more_once_all_are_done(self) -> None:
        complete = recorded(begun(3), done(0), done(28), done(56))
        assert next_on(complete, 84).move is mn.Move.COMPLETE
        more = recorded(complete, mn.PlanChanged(on=day(60), sessions=4))
        assert next_on(more, 84).move is mn.Move.PROCEED

    def test_a_session_beyond_the_plan_is_kept_by_name(self) -> None:
        complete = recorded(begun(3), done(0), done(28), done(56))
        refused("session_count", "done_on", lambda: complete.record(done(84)))
        kept = complete.record(done(84, override=named(mn.Safeguard.SESSION_COUNT)))
        assert kept.held[-1] == day(84)
        assert next_on(kept, 112).move is mn.Move.COMPLETE
        # What else speaks against it has to be named as well.
        early = done(60, override=named(mn.Safeguard.SESSION_COUNT))
        refused("minimum_interval", "done_on", lambda: complete.record(early))

    def test_a_count_that_is_not_documented_is_kept_by_name(self) -> None:
        assert FOUR_WEEKLY.sessions is not None
        many = FOUR_WEEKLY.sessions.most + 2
        plain = mn.PlanChanged(on=day(0), sessions=many)
        refused("session_count", "sessions", lambda: begun(3).record(plain))
        kept = begun(3).record(attrs.evolve(plain, override=named(mn.Safeguard.SESSION_COUNT)))
        assert kept.sessions == many
        needless = mn.PlanChanged(on=day(0), sessions=4, override=named(mn.Safeguard.SESSION_COUNT))
        refused("override_not_needed", "override.safeguards", lambda: begun(3).record(needless))

    def test_not_fewer_than_were_held(self) -> None:
        twice = recorded(begun(3), done(0), done(28))
        one = mn.PlanChanged(on=day(30), sessions=1, override=named(mn.Safeguard.SESSION_COUNT))
        refused("out_of_range", "sessions", lambda: twice.record(one))

    def test_struck_out_it_is_never_made(self) -> None:
        changed = recorded(begun(3), mn.PlanChanged(on=day(0), sessions=5))
        wrong = mn.EnteredInError(on=day(1), entry=1, author="a", reason="b")
        assert recorded(changed, wrong).sessions == 3


class TestFacts:
    """What the assessment said is told anew, and the course is judged by it."""

    def test_another_device(self) -> None:
        """A label that ends below the course's lengths: as if asked anew with that label."""
        pen = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(1000))
        ledger = recorded(begun(), done(0), mn.AssessmentUpdated(on=day(20), device=pen))
        assert next_on(recorded(begun(), done(0)), 28).move is mn.Move.PROCEED
        assert next_on(ledger, 28).move >= mn.Move.PAUSE
        asked_anew = mn.recommend(attrs.evolve(SCARS, device=pen), KNOWLEDGE)
        assert all(o.protocols != FOUR_WEEKLY.protocols for o in asked_anew.options)
        # A session of before the change is judged by the device of then.
        late = mn.SessionDone(on=day(30), done_on=day(19), needle_length=mn.NeedleLength(1500))
        with pytest.raises(mn.InputError) as caught:
            ledger.record(late)
        assert "needle_length" not in {problem.code for problem in caught.value.problems}

    def test_another_skin_type_brings_its_cautions(self) -> None:
        plain = next_on(recorded(begun(), done(0)), 28)
        dark = mn.AssessmentUpdated(on=day(1), skin_type=mn.SkinType.V)
        told = next_on(recorded(begun(), done(0), dark), 28)
        assert "findings.skin_type_iv_to_vi" not in rules((*plain.why, *plain.notices))
        assert "findings.skin_type_iv_to_vi" in rules((*told.why, *told.notices))

    def test_another_severity(self) -> None:
        graded = mn.Concern(indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.SEVERE)
        ledger = recorded(begun(), done(0), mn.AssessmentUpdated(on=day(1), concerns=[graded]))
        anew = attrs.evolve(SCARS, concerns=[graded])
        offered = [o.protocols for o in mn.recommend(anew, KNOWLEDGE).options]
        proceeds = next_on(ledger, 28).move is mn.Move.PROCEED
        assert proceeds is (FOUR_WEEKLY.protocols in offered)

    def test_a_concern_of_another_course_is_refused(self) -> None:
        other = mn.Concern(indication=mn.Indication.MELASMA)
        event = mn.AssessmentUpdated(on=day(1), concerns=[other])
        refused("other_concern", "concerns[0].indication", lambda: begun().record(event))

    def test_something_is_told(self) -> None:
        refused("empty", "device", lambda: mn.AssessmentUpdated(on=day(1)))

    def test_old_facts_are_asked_again(self) -> None:
        limit = KNOWLEDGE.rule("assessment_too_old").days
        assert limit is not None
        ledger = recorded(begun(), done(0))
        # The assessment was made nine days before the first session.
        last = limit - (day(0) - SCARS.on).days
        assert next_on(ledger, last).move is mn.Move.PROCEED
        step = next_on(ledger, last + 1)
        assert (step.move, rules(step.why)) == (mn.Move.PAUSE, ["rules.assessment_too_old"])
        refused("finding", "done_on", lambda: ledger.record(done(last + 1)))
        asked = ledger.record(mn.AssessmentUpdated(on=day(last + 1), reviewed=True))
        assert next_on(asked, last + 1).move is mn.Move.PROCEED
        # What is told of one thing leaves the others as old as they are.
        partly = ledger.record(mn.AssessmentUpdated(on=day(last), skin_type=mn.SkinType.II))
        assert next_on(partly, last + 1).move is mn.Move.PAUSE

    def test_nobody_stays_one_age_for_years(self) -> None:
        """Of an age the least that it can be is told: the birthday may come on any day."""
        young = attrs.evolve(SCARS, age_years=21)
        ledger = mn.begin(young, course("acne-scar-4-weekly", young), KNOWLEDGE)
        young_then = "findings.age_under_22"
        assert young_then in rules(next_on(ledger, 0).notices)
        eve = (day(0).replace(year=2027, month=11, day=21) - day(0)).days
        assert young_then in rules(next_on(ledger, eve).notices)
        assert young_then not in rules(next_on(ledger, eve + 1).notices)
        leap = attrs.evolve(young, on=day(0).replace(year=2028, month=2, day=29))
        begun_then = mn.begin(leap, course("acne-scar-4-weekly", leap), KNOWLEDGE)
        told = [
            young_then
            in rules(
                mn.next_step(begun_then, KNOWLEDGE, leap.on.replace(2029, month, number)).notices
            )
            for month, number in ((2, 28), (3, 1))
        ]
        assert told == [True, False]

    def test_facts_told_elsewhere_say_so(self) -> None:
        pregnant = mn.FindingChanged(
            on=day(1), finding=mn.Finding.SMOKING, present=True, carried=True
        )
        step = next_on(recorded(begun(), done(0), pregnant), 28)
        told = [r.facts for r in step.notices if r.rule == "rules.facts_carried_over"]
        assert told == [("smoking=present",)]
        here = finding(1, mn.Finding.SMOKING)
        assert "rules.facts_carried_over" not in rules(
            next_on(recorded(begun(), done(0), here), 28).notices
        )


class TestSession:
    """What was done in one session: zones, what is not known, what was used, who says so."""

    FACE = assessment(site=mn.Site.FACE)

    def face(self) -> mn.Progress:
        """Begin a course of the face that takes 1.5 mm."""
        chosen = next(
            o
            for o in mn.recommend(self.FACE, KNOWLEDGE).options
            if mn.NeedleLength(1500) in o.lengths
        )
        return mn.begin(self.FACE, chosen, KNOWLEDGE)

    def test_zones_of_one_session(self) -> None:
        """One visit, three zones, each with its length; the longest is the session's."""
        lengths = {mn.Site.FOREHEAD: 800, mn.Site.CHEEK: 1500, mn.Site.NOSE: 500}
        zones = [
            mn.Zone(site=site, needle_length=mn.NeedleLength(um), passes=3)
            for site, um in lengths.items()
        ]
        event = mn.SessionDone(on=day(0), zones=zones)
        assert event.needle_length == mn.NeedleLength(1500)
        ledger = self.face().record(event)
        assert ledger.held == (day(0),)
        assert mn.from_json(mn.to_json(ledger), mn.Progress) == ledger
        assert event == mn.SessionDone(on=day(0), zones=reversed(zones))

    def test_each_zone_is_judged(self) -> None:
        """No part deeper than the course, or than is ever offered there; less deep is right."""
        thin = min(
            (
                (row.ceiling.longest, row.site)
                for row in map(KNOWLEDGE.ruling, mn.Site)
                if row.ceiling is not None and mn.Site.FACE in KNOWLEDGE.wholes(row.site)
            ),
        )
        assert thin[0] < mn.NeedleLength(1500)
        for site, um in ((mn.Site.CHEEK, 2000), (thin[1], 1500)):
            zone = mn.Zone(site=site, needle_length=mn.NeedleLength(um))
            event = mn.SessionDone(on=day(0), zones=[zone])
            refused("needle_length", "needle_length", partial(self.face().record, event))
            kept = attrs.evolve(event, override=named(mn.Safeguard.NEEDLE_LENGTH))
            assert self.face().record(kept).held == (day(0),)

    def test_a_zone_elsewhere_is_another_course(self) -> None:
        neck = mn.Zone(site=mn.Site.NECK, needle_length=mn.NeedleLength(1500))
        event = mn.SessionDone(on=day(0), zones=[neck])
        refused("other_site", "zones[0].site", lambda: self.face().record(event))

    def test_zones_hang_together(self) -> None:
        cheek = mn.Zone(site=mn.Site.CHEEK, needle_length=mn.NeedleLength(1500))
        again = attrs.evolve(cheek, passes=2)
        refused("site_twice", "zones", lambda: mn.SessionDone(on=day(0), zones=[cheek, again]))
        refused(
            "contradiction",
            "needle_length",
            lambda: mn.SessionDone(on=day(0), zones=[cheek], needle_length=mn.NeedleLength(500)),
        )

    def test_a_length_that_nobody_noted(self) -> None:
        """It is kept, and the longest recovery that is stated anywhere counts."""
        unknown = begun().record(done(0, needle_length=None))
        fact = KNOWLEDGE.longest_downtime()
        assert fact is not None
        assert fact.downtime is not None
        longest = fact.downtime.longest_days
        assert FOUR_WEEKLY.downtime is not None
        assert longest >= FOUR_WEEKLY.downtime.longest_days
        healed = [r.until for r in next_on(unknown, 1).why if r.rule == "rules.recovery_not_over"]
        assert healed == [day(longest)]
        assert "rules.session_length_unknown" in rules(next_on(unknown, 28).notices)
        zones = [
            mn.Zone(site=mn.Site.CHEEK, needle_length=None),
            mn.Zone(site=mn.Site.NOSE, needle_length=mn.NeedleLength(500)),
        ]
        partly = self.face().record(mn.SessionDone(on=day(0), zones=zones))
        assert "rules.session_length_unknown" in rules(next_on(partly, 28).notices)

    def test_a_longer_needle_heals_as_long_as_is_stated_for_it(self) -> None:
        longer = mn.NeedleLength(2500)
        kept = done(0, needle_length=longer, override=named(mn.Safeguard.NEEDLE_LENGTH))
        step = next_on(begun().record(kept), 1)
        (healed,) = [r.until for r in step.why if r.rule == "rules.recovery_not_over"]
        stated = KNOWLEDGE.downtime_at(longer) or KNOWLEDGE.longest_downtime()
        assert stated is not None
        assert stated.downtime is not None
        assert healed is not None
        assert (healed - day(0)).days >= stated.downtime.longest_days

    def test_what_was_used_is_found_again(self) -> None:
        tip = mn.Material(kind=mn.MaterialKind.CARTRIDGE, code="C-12", lot="2026/07 A")
        gel = mn.Material(kind=mn.MaterialKind.GLIDE_PRODUCT, code="HA-1")
        ledger = recorded(begun(), done(0, materials=[gel, tip]), done(28, materials=[gel]))
        assert [s.done_on for s in ledger.used(lot="2026/07 A")] == [day(0)]
        assert [s.done_on for s in ledger.used(kind=mn.MaterialKind.GLIDE_PRODUCT)] == [
            day(0),
            day(28),
        ]
        assert not ledger.used(kind=mn.MaterialKind.CARTRIDGE, code="HA-1")
        wrong = mn.EnteredInError(on=day(29), entry=1, author="a", reason="another patient")
        assert not recorded(ledger, wrong).used(lot="2026/07 A")
        assert done(0, materials=[gel, tip]) == done(0, materials=[tip, gel, tip])

    def test_who_recorded_it(self) -> None:
        ledger = begun().record(done(0), by="staff-7")
        assert [entry.by for entry in ledger.entries] == ["", "staff-7"]
        assert mn.from_json(mn.to_json(ledger), mn.Progress) == ledger
        refused("wrong_text", "by", lambda: begun().record(done(0), by="Anna Muster"))


class TestDays:
    """A booking, a no-show and a session on one day, in whatever order they are told."""

    def test_the_next_session_is_booked_before_todays_is_recorded(self) -> None:
        booked = mn.SessionPostponed(on=day(28), to=day(87))
        one = recorded(begun(), done(0), done(28), booked)
        other = recorded(begun(), done(0), booked, done(28))
        assert next_on(one, 29) == next_on(other, 29)
        assert next_on(one, 29).until == day(87)  # type: ignore[union-attr]

    def test_also_where_no_interval_is_published(self) -> None:
        half = assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD)
        chosen = next(o for o in mn.recommend(half, KNOWLEDGE).options if o.interval is None)
        length = chosen.lengths.shortest
        first = recorded(
            mn.begin(half, chosen, KNOWLEDGE),
            mn.SessionDone(on=day(0), needle_length=length),
            mn.SessionPostponed(on=day(0), to=day(30)),
        )
        held = mn.SessionDone(on=day(30), needle_length=length)
        booked = mn.SessionPostponed(on=day(30), to=day(60))
        one, other = recorded(first, held, booked), recorded(first, booked, held)
        assert next_on(one, 31) == next_on(other, 31)

    def test_a_no_show_told_late(self) -> None:
        """A day that was let pass a week ago says nothing of today."""
        for told in (
            mn.SessionSkipped(on=day(35)),
            mn.SessionSkipped(on=day(29), missed_on=day(28)),
        ):
            assert next_on(recorded(begun(), done(0), told), (told.on - day(0)).days).move is (
                mn.Move.PROCEED
            )
        today = mn.SessionSkipped(on=day(28))
        assert next_on(recorded(begun(), done(0), today), 28).until == day(29)  # type: ignore[union-attr]
        refused(
            "in_the_future",
            "missed_on",
            lambda: mn.SessionSkipped(on=day(28), missed_on=day(29)),
        )
