"""What belongs to every session of a course: the rows that are for such a patient."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from microneedling._foundation.bounded_cache import Kept
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment
from microneedling.values.effects import SideEffect
from microneedling.values.lengths import LengthRange
from microneedling.values.responses import Response
from microneedling.values.session_rows import CareStep, SessionNeed
from microneedling.values.vocabulary import DeviceKind, Finding, Indication, Setting, Site, SkinType

__all__ = ["Circumstances", "ForSessions", "SessionRows"]

_Row: TypeAlias = SessionNeed | CareStep | SideEffect | Response


class Circumstances(NamedTuple):
    """What of an assessment such rows ask for; a finding is heeded unless it is ruled out."""

    site: Site
    setting: Setting
    device: DeviceKind | None
    skin_type: SkinType | None
    heeded: frozenset[Finding]


class SessionRows(NamedTuple):
    """The rows that are for a patient and a course."""

    needs: tuple[SessionNeed, ...]
    care: tuple[CareStep, ...]
    side_effects: tuple[SideEffect, ...]
    red_flags: tuple[Response, ...]


class ForSessions:
    """An edition's rows about sessions, made ready to be chosen from."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._effects = sorted(knowledge.effects, key=lambda effect: effect.id)
        flagged = [response for response in knowledge.responses if response.red_flag]
        self._red_flags = sorted(flagged, key=lambda one: (-one.action.rank, one.id))
        held: list[_Row] = [*knowledge.needs, *knowledge.care, *self._effects, *self._red_flags]
        self._named = sorted({finding for row in held for finding in row.applies_to.findings})
        self._chosen: dict[object, SessionRows] = Kept(1024)

    def circumstances(self, assessment: Assessment) -> Circumstances:
        """Take from an assessment what the rows ask for."""
        screening, device = assessment.screening, assessment.device
        return Circumstances(
            assessment.site,
            assessment.setting,
            None if device is None else device.kind,
            assessment.skin_type,
            frozenset([f for f in self._named if not screening.is_absent(f)]),
        )

    def rows(
        self,
        indications: tuple[Indication, ...],
        lengths: LengthRange,
        devices: tuple[DeviceKind, ...],
        at: Circumstances,
    ) -> SessionRows:
        """
        Choose the rows that are for a course.

        Args:
            indications: What it treats.
            lengths: Its needle lengths; the longest decides.
            devices: With which it is documented; empty where any.
            at: For whom, and where.
        """
        key = (indications, lengths.longest.um, devices, at)
        chosen = self._chosen.get(key)
        if chosen is None:
            chosen = self._chosen[key] = self._choose(indications, lengths, devices, at)
        return chosen

    def _choose(
        self,
        indications: tuple[Indication, ...],
        lengths: LengthRange,
        devices: tuple[DeviceKind, ...],
        at: Circumstances,
    ) -> SessionRows:
        kinds = {kind for one in indications for kind in self._knowledge.kinds(one)}
        used = devices if at.device is None else (at.device,)

        def is_for(row: _Row) -> bool:
            asked = row.applies_to
            return (
                self._knowledge.is_for(asked, kinds, at.site, at.setting)
                and (asked.lengths is None or lengths.longest in asked.lengths)
                and (not used or _meet(asked.devices, used))
                and (at.skin_type is None or _meet(asked.skin_types, (at.skin_type,)))
                and _meet(asked.findings, at.heeded)
            )

        longest = lengths.longest.um
        return SessionRows(
            needs=tuple(filter(is_for, self._knowledge.needs)),
            care=tuple(filter(is_for, self._knowledge.care)),
            side_effects=tuple(
                effect
                for effect in self._effects
                if effect.lengths is None or effect.lengths.shortest.um <= longest
                if is_for(effect)
            ),
            red_flags=tuple(filter(is_for, self._red_flags)),
        )


def _meet(asked: tuple[object, ...], held: Iterable[object]) -> bool:
    """Tell whether what is asked for is held; nothing asked for is held by all."""
    return not asked or not set(asked).isdisjoint(held)
