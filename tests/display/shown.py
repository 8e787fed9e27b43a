"""One value of each kind that shows itself, and answers of each verdict."""

from functools import cache

import microneedling as mn
from microneedling._foundation.rendering import Shown
from microneedling.display.handouts import HandOut
from tests import briefs, ledgers

__all__ = ["HOSTILE", "hand_outs", "hostile_ledger", "pictures", "values"]

KNOWLEDGE = ledgers.KNOWLEDGE
# One printable line, as whoever writes a reason may write it.
HOSTILE = (
    "<script>alert(1)</script> \"quoted\" 'so' & </style></main> | cell | [x](javascript:alert(1)) "
    "<img src=x onerror=alert(1)> ![y](data:text/html,z) `code` **bold** _em_ <javascript:z> $a$ "
    "--> ]]> {{7*7}} {0} \\| # heading"
)


def _answers() -> dict[str, Shown]:
    def found(finding: mn.Finding) -> mn.Answer:
        screening = mn.Screening.complete(present=[mn.Exposure(finding=finding)])
        return mn.recommend(ledgers.assessment(screening=screening), KNOWLEDGE)

    some = mn.Screening.complete(
        present=[
            mn.Exposure(finding=mn.Finding.ANTICOAGULANT),
            mn.Exposure(finding=mn.Finding.HERPES_HISTORY),
        ]
    )
    return {
        "offer": mn.recommend(briefs.REQUESTS["icepick and rolling scars"], KNOWLEDGE),
        "offer with findings": mn.recommend(ledgers.assessment(screening=some), KNOWLEDGE),
        "ask": mn.recommend(ledgers.assessment(screening=mn.Screening()), KNOWLEDGE),
        "defer": found(mn.Finding.ACTIVE_ACNE),
        "refer": found(mn.Finding.BLEEDING_DISORDER),
        "decline": found(mn.Finding.SKIN_CANCER),
    }


def _visit() -> mn.VisitAnswer:
    acne = mn.Screening.complete(present=[mn.Exposure(finding=mn.Finding.ANTICOAGULANT)])
    areas = [
        ledgers.assessment(screening=acne),
        ledgers.assessment(mn.Indication.STRIAE, site=mn.Site.ABDOMEN, screening=acne),
    ]
    return mn.recommend_visit(mn.Visit(areas), KNOWLEDGE)


def _in_time() -> dict[str, Shown]:
    fresh = ledgers.begun()
    held = fresh.record(ledgers.done(0))
    red = held.record(ledgers.seen(2, 2, severity=mn.Severity.SEVERE))
    acne = held.record(ledgers.finding(20, mn.Finding.ACTIVE_ACNE))
    dated = mn.schedule(ledgers.FOUR_WEEKLY, ledgers.START, sessions=3)
    stopped = held.record(mn.CourseStopped(on=ledgers.day(2)))
    complete = ledgers.begun()
    for number in (0, 28, 56):
        complete = complete.record(ledgers.done(number))
    return {
        "course": ledgers.FOUR_WEEKLY,
        "schedule": dated,
        "care plan": mn.care_plan(dated),
        "ledger": red,
        "hostile ledger": hostile_ledger(),
        "person facts": mn.facts_of_person(red, ledgers.day(3)),
        "treatment": _treatment().record(ledgers.done(0)),
        "proceed": mn.next_step(fresh, KNOWLEDGE, ledgers.START),
        "wait": mn.next_step(held, KNOWLEDGE, ledgers.day(15)),
        "pause": mn.next_step(acne, KNOWLEDGE, ledgers.day(30)),
        "stop for a red flag": mn.next_step(red, KNOWLEDGE, ledgers.day(3)),
        "stop": mn.next_step(stopped, KNOWLEDGE, ledgers.day(20)),
        "complete": mn.next_step(complete, KNOWLEDGE, ledgers.day(100)),
    }


def _treatment() -> mn.Treatment:
    answer = mn.recommend(ledgers.SCARS, KNOWLEDGE)
    course = ledgers.FOUR_WEEKLY
    return mn.begin_treatment(answer, course, KNOWLEDGE, start=ledgers.START, sessions=3)


def hand_outs() -> dict[str, HandOut]:
    """Give one hand-out of each kind."""
    begun = _treatment()
    return {"leaflet": mn.leaflet(begun), "consent": mn.consent(begun)}


def pictures() -> tuple[str, ...]:
    """Give one picture of each kind."""
    return (
        _treatment().to_svg(),
        mn.care_plan(mn.schedule(ledgers.FOUR_WEEKLY, ledgers.START, sessions=3)).to_svg(),
        mn.recommend(ledgers.SCARS, KNOWLEDGE).to_svg(),
        mn.compare("0.5 mm", "1.5 mm", KNOWLEDGE).to_svg(),
        KNOWLEDGE.skin_svg(mn.Site.CHEEK, ["0.5 mm", "1.5 mm"]),
        KNOWLEDGE.effects_svg(),
    )


def hostile_ledger() -> mn.Progress:
    """Give a ledger in which everything that may be written freely is hostile."""
    wrong = mn.EnteredInError(on=ledgers.day(1), entry=1, author=HOSTILE[:90], reason=HOSTILE)
    return ledgers.begun().record(ledgers.done(0)).record(wrong)


@cache
def values() -> dict[str, Shown]:
    """Give the values by what they are."""
    return {
        **_answers(),
        "visit": _visit(),
        **_in_time(),
        "comparison": mn.compare("0.5 mm", "1.5 mm", KNOWLEDGE),
        "edition": KNOWLEDGE,
        "table": KNOWLEDGE.table("options"),
    }
