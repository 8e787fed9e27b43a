"""
Golden documents: what was written once is read for ever.

``tests/golden/1`` holds documents of schema 1, one of every class; a document is never changed
or taken away, whatever becomes of the code. Here is what ten of them mean.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs

import microneedling as mn
from tests import ledgers

SCHEMA = 1
HOME = Path(__file__).parent / "golden" / str(SCHEMA)


@cache
def document(name: str) -> bytes:
    """Give a golden document."""
    return (HOME / f"{name}.json").read_bytes()


def names() -> list[str]:
    """Name every golden document."""
    return sorted(path.stem for path in HOME.glob("*.json"))


def kind_of(name: str) -> Any:  # noqa: ANN401 - any public class
    """Give the class that a golden document is of: its name, up to a dot."""
    wanted = name.partition(".")[0].replace("_", "")
    return next(getattr(mn, public) for public in mn.__all__ if public.lower() == wanted)


def name_of(kind: type) -> str:
    """Name the golden document of a class."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


def _source() -> mn.Source:
    return mn.Source(
        id="aust-2008",
        title="Percutaneous collagen induction",
        year=2008,
        grade=mn.Grade.COHORT,
        read=mn.Access.ABSTRACT,
    )


def assessment() -> mn.Assessment:
    """Give an assessment of which every field is told."""
    return mn.Assessment(
        on=date(2026, 11, 22),
        site=mn.Site.CHEEK,
        setting=mn.Setting.CLINIC,
        concerns=[
            mn.Concern(indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE)
        ],
        skin_type=mn.SkinType.IV,
        age_years=34,
        screening=mn.Screening.complete(
            present=[mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1))],
            absent=[mn.Finding.TATTOO, mn.Finding.PREGNANCY],
        ),
        device=mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(1500)),
        preferences=mn.Preferences(longest_downtime_days=3, numbing=True, most_visits=4),
    )


def schedule() -> mn.Schedule:
    """Give the dates of a small course."""
    citation = mn.Citation(source=_source(), supports="lengths")
    step = mn.CareStep(
        code="after.sun",
        instruction="No sun on the treated skin.",
        audience=mn.Audience.PATIENT,
        from_day=0,
        to_day=3,
        strictness=mn.Strictness.SHOULD,
        grade=mn.Grade.EXPERT_OPINION,
        citations=(citation,),
    )
    effect = mn.SideEffect(
        id="redness", effect=mn.SideEffectCode.ERYTHEMA, expected=True, citations=(citation,)
    )
    course = mn.Course(
        protocols=("small",),
        schools=("small",),
        concerns=(mn.Concern(indication=mn.Indication.STRIAE),),
        lengths=mn.LengthRange.of(500, 1500),
        sessions=mn.SessionCount(1, 2),
        interval=mn.Interval(minimum_days=28, preferred_days=28, maximum_days=30),
        anaesthesia=None,
        end_point=mn.EndPoint.PINPOINT_BLEEDING,
        passes=None,
        downtime=mn.Downtime(1, 2),
        devices=(mn.DeviceKind.PEN,),
        grade=mn.Grade.COHORT,
        backing=mn.Grade.COHORT,
        assembled=False,
        standing=mn.Standing(
            rank=1,
            fit=mn.Fit.NOT_STATED,
            benefit=mn.Benefit.NOT_MEASURED,
            harm=mn.HarmCount.NOT_STATED,
            band=3,
        ),
        citations=(citation,),
        needs=(),
        care=(step,),
        side_effects=(effect,),
        red_flags=(),
    )
    return mn.schedule(course, date(2026, 12, 1))


def override() -> mn.Override:
    """Give what a professional signs."""
    return mn.Override(
        safeguards=[mn.Safeguard.NEEDLE_LENGTH, mn.Safeguard.RECOVERY],
        author="staff-7",
        reason="cartridge of 0.75 mm",
    )


def progress() -> mn.Progress:
    """Give a ledger of three lines."""
    return ledgers.recorded(ledgers.begun(), ledgers.done(0, note="n-1"), ledgers.seen(1, 1))


def session_done() -> mn.SessionDone:
    """Give an event of which every field is told."""
    return mn.SessionDone(
        on=date(2026, 12, 2),
        done_on=date(2026, 12, 1),
        needle_length=mn.NeedleLength(750),
        end_point=mn.EndPoint.PINKNESS,
        passes=4,
        note="n-1",
        override=override(),
    )


def decline() -> mn.Answer:
    """Give the shortest answer."""
    return mn.recommend(ledgers.assessment(site=mn.Site.MUCOSA), mn.load("2026.1"))


def visit() -> mn.Visit:
    """Give two areas of one person, of whom only one knows what speaks against needling."""
    told = attrs.evolve(
        assessment(), screening=mn.Screening.complete(present=[mn.Finding.PREGNANCY])
    )
    silent = mn.Assessment(
        on=told.on,
        site=mn.Site.NECK,
        setting=mn.Setting.CLINIC,
        concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
    )
    return mn.Visit([told, silent])


# What ten documents mean; each is small enough to change every byte of it, but the last.
MEANINGS: dict[str, Any] = {
    "assessment": assessment,
    "exposure": lambda: mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1)),
    "interval": lambda: mn.Interval(minimum_days=28, preferred_days=28, maximum_days=30),
    "needle_length": lambda: mn.NeedleLength(1500),
    "override": override,
    "problem": lambda: mn.Problem("out_of_range", "$.age_years", "give a whole number"),
    "progress": progress,
    "schedule": schedule,
    "session_done": session_done,
    "decline": decline,
}
