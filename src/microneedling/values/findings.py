"""What is known about the patient's findings: present, absent or unknown."""

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from microneedling._foundation import checks
from microneedling._foundation.value_class import Value
from microneedling.values.finding_kinds import Role
from microneedling.values.vocabulary import Finding

__all__ = ["Exposure", "MedicalClearance", "Screening"]


@frozen(kw_only=True, repr=False)
class Exposure(Value):
    """
    A finding that is present, and when it last applied.

    Args:
        finding: Which one.
        last_on: The last day of it, such as the day of the operation; a waiting time is
            counted from here. None while it goes on and where the day is not known. Of
            what does not end the day makes no difference, and the answer says so.
        ongoing: True while it goes on, False where it is over, None where that was not
            asked. What has a last day is over.

    Raises:
        InputError: If the finding is no `Finding`, the day no plain date, or if something
            goes on that has a last day.

    >>> Exposure(finding=Finding.DERMAL_FILLER, last_on=date(2026, 8, 1)).last_on
    datetime.date(2026, 8, 1)
    """

    finding: Finding
    last_on: date | None = None
    ongoing: bool | None = None

    def _agree(self) -> None:
        if self.ongoing and self.last_on is not None:
            message = "what has a last day does not go on; give one of the two"
            checks.refuse("contradiction", "ongoing", message)


@frozen(kw_only=True, repr=False)
class MedicalClearance(Value):
    """
    A recorded clearance: somebody with a role has judged that a finding is no bar.

    Args:
        finding: Which one.
        by: The role of who cleared it, never a person.
        on: The day. It counts where the edition asks for this very role, unless the
            finding came later or the clearance is older than the edition allows.

    Raises:
        InputError: If a part is of another type.

    >>> MedicalClearance(
    ...     finding=Finding.BLEEDING_DISORDER, by=Role.HAEMATOLOGIST, on=date(2026, 11, 1)
    ... ).by.value
    'haematologist'
    """

    finding: Finding
    by: Role
    on: date


def _exposures(values: Iterable[Exposure | Finding]) -> tuple[Exposure, ...]:
    """Take findings as undated exposures, in the order given: errors name their places."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        checks.refuse("wrong_type", "present", "give a collection of Exposure or Finding")
    return tuple(
        [Exposure(finding=value) if isinstance(value, Finding) else value for value in values]
    )


def _findings(values: Iterable[Finding]) -> frozenset[Finding]:
    return frozenset(checks.collected(values, "absent", Finding))


@frozen(kw_only=True, repr=False)
class Screening(Value):
    """
    Which findings are present, which are absent; the rest is unknown.

    Unknown is not "no". Only when everything was asked (`complete`) does a
    finding that is not named count as absent.

    Args:
        present: The findings that are present; `Finding` members stand for
            exposures without a day. Their order does not matter.
        absent: The findings that were asked for and are absent.
        everything_asked: Whether every finding that is not named is absent. What follows
            from age or skin type is known only where these are.

    Raises:
        InputError: If one finding is both present and absent, or is given
            with two different days.

    >>> Screening.complete(present=[Finding.ROSACEA]).is_absent(Finding.TATTOO)
    True
    >>> Screening().is_absent(Finding.TATTOO)
    False
    """

    present: tuple[Exposure, ...] = field(default=(), converter=_exposures, eq=frozenset)
    absent: frozenset[Finding] = field(default=frozenset(), converter=_findings)
    everything_asked: bool = False

    def _agree(self) -> None:
        days: dict[Finding, Exposure] = {}
        for number, exposure in enumerate(self.present):
            if days.setdefault(exposure.finding, exposure) != exposure:
                checks.refuse(
                    "finding_twice",
                    f"present[{number}]",
                    "the same finding is given with two different days, or as going on and as "
                    "over; give what is known last only",
                )
            if exposure.finding in self.absent:
                checks.refuse(
                    "contradiction",
                    f"present[{number}]",
                    "the same finding is given as present and as absent; keep one of them",
                )

    @classmethod
    def complete(
        cls,
        *,
        present: Iterable[Exposure | Finding] = (),
        absent: Iterable[Finding] = (),
    ) -> "Screening":
        """Make a screening in which everything was asked."""
        return cls(present=present, absent=absent, everything_asked=True)

    def is_absent(self, finding: Finding) -> bool:
        """Tell whether a finding is known to be absent."""
        if finding in self.absent:
            return True
        return self.everything_asked and all(known.finding != finding for known in self.present)
