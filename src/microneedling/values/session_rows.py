"""What belongs to every session: care around it, and what it needs."""

from enum import unique
from typing import Annotated, TypeAlias

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Line, Whole
from microneedling._foundation.value_class import Row
from microneedling.values.applicability import EVERYBODY, AppliesTo
from microneedling.values.codes import Code, OrderedCode
from microneedling.values.evidence import Cited, Disagreement, Grade

__all__ = [
    "Audience",
    "Boundary",
    "CareStep",
    "NeedAspect",
    "SessionNeed",
    "Strictness",
]

_CareDay: TypeAlias = Annotated[int, Whole(-3650, 3650, "days")]
_CareHours: TypeAlias = Annotated[int, Whole(0, 1_000_000, "hours")]


@unique
class Audience(Code):
    """
    Who has to do something.

    >>> Audience("patient")
    <Audience.PATIENT: 'patient'>
    """

    PATIENT = "patient"
    STAFF = "staff"
    PRESCRIBER = "prescriber"


@unique
class Strictness(OrderedCode):
    """
    How firmly sources ask for a step of care.

    >>> Strictness.MAY < Strictness.MUST
    True
    """

    MAY = "may"
    SHOULD = "should"
    MUST = "must"


@unique
class Boundary(Code):
    """
    Which end of its days a step's published hours are about.

    >>> Boundary("start")
    <Boundary.START: 'start'>
    """

    START = "start"
    END = "end"


@frozen(kw_only=True, repr=False, eq=False)
class CareStep(Row):
    """
    One instruction before or after a session.

    Args:
        code: Stable within the knowledge.
        instruction: In plain words.
        short: The same in at most 15 words.
        audience: Who does it.
        patient_text: For the patient to read; empty where it is not for the patient.
        from_day: First day, with the session's day as 0 and days before negative.
        to_day: Last day, included; not before the first.
        published_min_hours: The shortest time any source gives; None where none does.
        published_max_hours: The longest time any source gives; None where none does.
        published_of: Whether these hours, before or after the session, tell when to start or
            when to end; None where no source gives any.
        strictness: How firmly it is asked for.
        applies_to: What it is for.
        grade: What the chosen days rest on.
        citations: At least one.
        disagreements: Sources that say otherwise.
        note: A caveat.
    """

    code: Annotated[str, Line(100)]
    instruction: str
    short: str = ""
    audience: Audience
    patient_text: str = ""
    from_day: _CareDay
    to_day: _CareDay
    published_min_hours: _CareHours | None = None
    published_max_hours: _CareHours | None = None
    published_of: Boundary | None = None
    strictness: Strictness
    applies_to: AppliesTo = EVERYBODY
    grade: Grade
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()
    note: str = ""

    def _agree(self) -> None:
        if self.to_day < self.from_day:
            checks.refuse("wrong_order", "to_day", "give a last day not before the first")
        low, high = self.published_min_hours, self.published_max_hours
        if low is not None and high is not None and high < low:
            checks.refuse(
                "wrong_order", "published_max_hours", "give a longest time not below the shortest"
            )
        if (self.published_of is None) != (low is None and high is None):
            checks.refuse(
                "contradiction",
                "published_of",
                "tell of published hours which end they are about, and of no others",
            )


@unique
class NeedAspect(OrderedCode):
    """
    What a session needs, in the order in which it comes up.

    >>> NeedAspect.CONSENT < NeedAspect.STOPPING
    True
    """

    CONSENT = "consent"
    PHOTOGRAPHS = "photographs"
    TEST_AREA = "test_area"
    ANTISEPSIS = "antisepsis"
    NUMBING = "numbing"
    SHARPS = "sharps"
    EYE_PROTECTION = "eye_protection"
    PASSES = "passes"
    PRESSURE = "pressure"
    END_POINT = "end_point"
    HAEMOSTASIS = "haemostasis"
    DARK_MARKS = "dark_marks"
    TAKING_UP_AGAIN = "taking_up_again"
    JUDGING = "judging"
    STOPPING = "stopping"
    BENEFIT = "benefit"
    ALTERNATIVES = "alternatives"


@frozen(kw_only=True, repr=False, eq=False)
class SessionNeed(Row):
    """
    What a session needs, or is to be expected of it, with its source or that none was found.

    Args:
        id: Stable within the knowledge.
        aspect: What it is about.
        says: In plain words, with its figures.
        short: What a clinician needs of it, in at most 15 words.
        published: False where no source was found: then it says what is done without.
        applies_to: What it is for.
        grade: What it rests on.
        citations: At least one.
        disagreements: Sources that say otherwise.
    """

    id: Annotated[str, Line(100)]
    aspect: NeedAspect
    says: str
    short: str
    published: bool
    applies_to: AppliesTo = EVERYBODY
    grade: Grade
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()
