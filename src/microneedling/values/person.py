"""What one course of treatment tells of the person, for another one."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from attrs import field, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.value_class import Value
from microneedling.values.earlier import EarlierSession
from microneedling.values.events import FindingChanged
from microneedling.values.findings import Exposure
from microneedling.values.vocabulary import Finding

__all__ = ["PersonFacts"]


def _present(values: Iterable[Exposure]) -> tuple[Exposure, ...]:
    return checks.collected(values, "present", Exposure)


def _unknown(values: Iterable[Finding]) -> frozenset[Finding]:
    return frozenset(checks.collected(values, "unknown", Finding))


def _sessions(values: Iterable[EarlierSession]) -> tuple[EarlierSession, ...]:
    return checks.collected(values, "sessions", EarlierSession)


@frozen(kw_only=True, repr=False)
class PersonFacts(rendering.Shown, Value):
    """
    What one course of treatment tells of the person. What is absent is not carried over.

    Made by `facts_of_person`; brought into an assessment by `with_facts_of_person`.

    Args:
        on: The day on which it is so.
        present: The findings that are present, also those that a side effect answers.
        unknown: Those that are not known any more and have to be asked again.
        sessions: The sessions that were held, and those told of before.
        because: Where each of these is from, in plain words.

    Raises:
        InputError: If a part is of another type, or a finding is both present and unknown.
    """

    _card: ClassVar[str] = "person_facts"

    on: date
    present: tuple[Exposure, ...] = field(default=(), converter=_present)
    unknown: frozenset[Finding] = field(default=frozenset(), converter=_unknown)
    sessions: tuple[EarlierSession, ...] = field(default=(), converter=_sessions)
    because: tuple[str, ...] = ()

    def _agree(self) -> None:
        known = {exposure.finding for exposure in self.present}
        if len(known) < len(self.present) or known & self.unknown:
            checks.refuse("finding_twice", "present", "tell each finding once")

    def events(self, on: date) -> tuple[FindingChanged, ...]:
        """
        Give what is to be recorded in a ledger that is going on, each marked as carried over.

        Args:
            on: The day of the record, not before ``self.on``.
        """
        if on < self.on:
            checks.refuse("out_of_order", "on", "give a day not before that of the facts")
        told = [
            FindingChanged(
                on=on,
                finding=exposure.finding,
                present=True,
                last_on=exposure.last_on,
                carried=True,
            )
            for exposure in self.present
        ]
        asked = [
            FindingChanged(on=on, finding=finding, present=None, carried=True)
            for finding in sorted(self.unknown)
        ]
        return (*told, *asked)

    def __str__(self) -> str:
        return rendering.text("person_facts", self)
