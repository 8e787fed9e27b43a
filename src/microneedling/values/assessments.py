"""Everything known about one treatment area of one patient on one day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from attrs import field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import AtLeastOne, Each, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.earlier import EarlierSession
from microneedling.values.findings import MedicalClearance, Screening
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import (
    DeviceKind,
    Indication,
    Setting,
    Severity,
    Sex,
    Site,
    SkinType,
)

__all__ = ["Assessment", "Concern", "Device", "Preferences"]


@frozen(kw_only=True, cache_hash=True, repr=False)
class Concern(Value):
    """
    What is to be treated, and how marked it is.

    Args:
        indication: What is treated.
        severity: None where it was not graded; then only what holds for
            every severity is offered.

    Raises:
        InputError: If a member of another kind is given.

    >>> Concern(indication=Indication.STRIAE, severity=Severity.MILD).severity.value
    'mild'
    """

    indication: Indication
    severity: Severity | None = None


@frozen(kw_only=True, repr=False)
class Device(Value):
    """
    The device at hand.

    Args:
        kind: Pen, roller, stamp or radio-frequency, which is not covered here.
        label_maximum: The longest needle length its label allows for this
            use. It always binds. None where the label gives none.

    Raises:
        InputError: If a value of another type is given.

    >>> str(Device(kind=DeviceKind.PEN, label_maximum=NeedleLength(1500)).label_maximum)
    '1.5 mm'
    """

    kind: DeviceKind
    label_maximum: NeedleLength | None = None


@frozen(kw_only=True, cache_hash=True, repr=False)
class Preferences(Value):
    """
    What the patient would rather have. Orders the options, never the safety.

    Args:
        longest_downtime_days: Days of recovery that can be accepted, 0 to 60.
        numbing: True where numbing is wanted, False where it is not.
        most_visits: Visits that can be made, 1 to 100.

    Raises:
        InputError: If a value is of another type or outside its bounds.

    >>> Preferences(longest_downtime_days=2).numbing is None
    True
    """

    longest_downtime_days: Annotated[int, Whole(0, 60, "days")] | None = None
    numbing: bool | None = None
    most_visits: Annotated[int, Whole(1, 100, "visits")] | None = None


T = TypeVar("T")
NO_PREFERENCES = Preferences()
MOST_YEARS = 130
# More are no plan for one area.
_MOST_CONCERNS = 8
_NOTHING_ASKED = Screening()
_ONE_SEVERITY = Each(
    "indication",
    "indication_twice",
    "one indication is given with two severities; keep the one that is true",
)

_ONE_CLEARANCE = Each(
    "finding", "finding_twice", "one finding is cleared twice; keep the later clearance"
)


def _once(
    values: Iterable[T], path: str, kind: type[T], order: Callable[[T], tuple[Any, ...]]
) -> tuple[T, ...]:
    """Hold each value once, in an order of their own."""
    held = checks.collected(values, path, kind)
    return tuple(sorted(set(held), key=order)) if len(held) > 1 else held


def _clearances(values: Iterable[MedicalClearance]) -> tuple[MedicalClearance, ...]:
    return _once(values, "clearances", MedicalClearance, lambda c: (c.finding, c.on))


def _earlier(values: Iterable[EarlierSession] | None) -> tuple[EarlierSession, ...] | None:
    return None if values is None else _once(values, "earlier_sessions", EarlierSession, _when)


def _when(session: EarlierSession) -> tuple[object, ...]:
    length = session.needle_length.um if session.needle_length else 0
    return (
        *(session.to_day, session.from_day, session.site, length),
        *(session.setting or "", session.device or ""),
    )


def _concerns(values: Iterable[Concern]) -> tuple[Concern, ...]:
    def order(concern: Concern) -> tuple[Any, ...]:
        return concern.indication, -1 if concern.severity is None else concern.severity.rank

    return _once(values, "concerns", Concern, order)


@frozen(kw_only=True, repr=False)
class Assessment(Value):
    """
    What a recommendation is made from. It holds no identity.

    Args:
        on: The day of the assessment.
        site: The treatment area.
        setting: Clinic or home.
        concerns: What is to be treated there, at least one, no indication
            twice; the order does not matter.
        skin_type: Fitzpatrick type; None where unknown.
        age_years: Completed years, 0 to 130; None where unknown.
        screening: The findings. Nothing given means that nothing was asked.
        device: The device at hand, where it is known.
        preferences: Order the options.
        clearances: Recorded clearances, no finding twice; the order does not matter.
        earlier_sessions: Needling of before; None where nobody asked. A complete screening
            that has none here has none; the order does not matter.
        sex: None where it is not recorded.
        primary: The leading one of the concerns; None where none leads.

    Raises:
        InputError: If a value is of another type or outside its bounds, if
            there is no concern, if one indication is given with two
            severities, if there are more than eight concerns or the leading one is none of
            them, or if an exposure, a clearance or an earlier session lies after the
            assessment.

    >>> a = Assessment(
    ...     on=date(2026, 11, 22),
    ...     site=Site.CHEEK,
    ...     setting=Setting.CLINIC,
    ...     concerns=[Concern(indication=Indication.FINE_LINES, severity=Severity.MILD)],
    ... )
    >>> a.skin_type is None
    True
    """

    on: date
    site: Site
    setting: Setting
    concerns: Annotated[tuple[Concern, ...], AtLeastOne("concern"), _ONE_SEVERITY] = field(
        converter=_concerns
    )
    skin_type: SkinType | None = None
    age_years: Annotated[int, Whole(0, MOST_YEARS, "years")] | None = None
    screening: Screening = _NOTHING_ASKED
    device: Device | None = None
    preferences: Preferences = NO_PREFERENCES
    clearances: Annotated[tuple[MedicalClearance, ...], _ONE_CLEARANCE] = field(
        default=(), converter=_clearances
    )
    earlier_sessions: tuple[EarlierSession, ...] | None = field(default=None, converter=_earlier)
    sex: Sex | None = None
    primary: Indication | None = None
    # Site, setting, each indication with its severity: flat, since answers are looked up by it.
    subject: tuple[str | None, ...] = field(init=False, eq=False, repr=False)

    def _agree(self) -> None:
        graded = [code for c in self.concerns for code in (c.indication, c.severity)]
        object.__setattr__(self, "subject", (self.site, self.setting, *graded))
        if len(self.concerns) > _MOST_CONCERNS:
            message = f"give at most {_MOST_CONCERNS} concerns of one area; assess others apart"
            checks.refuse("too_many", "concerns", message)
        if self.primary is not None and self.primary not in graded[::2]:
            checks.refuse("contradiction", "primary", "let one of the concerns lead, or none")
        for number, exposure in enumerate(self.screening.present):
            self._not_after(exposure.last_on, f"screening.present[{number}].last_on", "exposure")
        for number, session in enumerate(self.earlier_sessions or ()):
            self._not_after(session.to_day, f"earlier_sessions[{number}].to_day", "session")
        for number, clearance in enumerate(self.clearances):
            self._not_after(clearance.on, f"clearances[{number}].on", "clearance")

    def _not_after(self, day: date | None, path: str, what: str) -> None:
        if day is not None and day > self.on:
            message = f"the {what} lies after the day of the assessment; correct one of them"
            checks.refuse("after_assessment", path, message)
