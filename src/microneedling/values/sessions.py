"""What is told of one session: lengths, zones, what was used, and what was overridden."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Annotated, TypeAlias

from attrs import Factory, field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import AtLeastOne, Each, Line, NoteCode, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import Code
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import EndPoint, Site

__all__ = [
    "Material",
    "MaterialKind",
    "Override",
    "Safeguard",
    "SessionDone",
    "Zone",
    "longest_known",
]

_Printed: TypeAlias = Annotated[str, Line(64)]
_Passes: TypeAlias = Annotated[int, Whole(1, 100, "passes")]
# More are no plan for one session.
_MOST_ZONES = 20
_MOST_MATERIALS = 50


@unique
class Safeguard(Code):
    """
    A rule against holding a session, or planning one, that a professional may override by name.

    >>> Safeguard("needle_length")
    <Safeguard.NEEDLE_LENGTH: 'needle_length'>
    """

    MINIMUM_INTERVAL = "minimum_interval"
    RECOVERY = "recovery"
    SIDE_EFFECT = "side_effect"
    FINDING = "finding"
    NEEDLE_LENGTH = "needle_length"
    SESSION_COUNT = "session_count"


def _safeguards(values: Iterable[Safeguard]) -> frozenset[Safeguard]:
    return frozenset(checks.collected(values, "safeguards", Safeguard))


@frozen(kw_only=True, repr=False)
class Override(Value):
    """
    A professional's decision to hold a session against safeguards, named one by one.

    It records what was done; it makes nothing that comes less cautious.

    Args:
        safeguards: Which, at least one.
        author: Who decided, as one line of 1 to 100 characters; a role or a staff code.
        reason: Why, as one line of 1 to 500 characters, without anything about the patient
            that is not meant to be kept here.

    Raises:
        InputError: If a part is missing or of another type.

    >>> Override(
    ...     safeguards=[Safeguard.NEEDLE_LENGTH], author="staff-7", reason="cartridge of 0.75 mm"
    ... ).author
    'staff-7'
    """

    safeguards: Annotated[frozenset[Safeguard], AtLeastOne("safeguard")] = field(
        converter=_safeguards
    )
    author: Annotated[str, Line(100)]
    reason: Annotated[str, Line(500)]


@frozen(kw_only=True, repr=False)
class Zone(Value):
    """
    A part of the treated site that was needled in a way of its own.

    Args:
        site: Which part.
        needle_length: The length that was used there; None where it is not known.
        passes: Passes over it, 1 to 100; None where they were not noted.
        end_point: The sign at which it stopped; None where that was not noted.

    Raises:
        InputError: If a value is of another type or outside its bounds.

    >>> Zone(site=Site.NOSE, needle_length=NeedleLength(500)).passes is None
    True
    """

    site: Site
    needle_length: NeedleLength | None
    passes: _Passes | None = None
    end_point: EndPoint | None = None


@unique
class MaterialKind(Code):
    """
    What a thing that was used in a session is.

    >>> MaterialKind("cartridge")
    <MaterialKind.CARTRIDGE: 'cartridge'>
    """

    CARTRIDGE = "cartridge"
    GLIDE_PRODUCT = "glide_product"
    ANAESTHETIC = "anaesthetic"
    ADJUNCT = "adjunct"
    SKIN_PREPARATION = "skin_preparation"
    OTHER = "other"


@frozen(kw_only=True, repr=False)
class Material(Value):
    """
    A thing that was used, so that a recall or an allergy can be followed up.

    Args:
        kind: What it is.
        code: The clinic's or the maker's own code of the product, as one line of 1 to 64
            characters; None where it is not known.
        lot: The lot, as it is printed, likewise.

    Raises:
        InputError: If a value is of another type or no line of text.

    >>> Material(kind=MaterialKind.CARTRIDGE, code="C-12", lot="2026/07 A").lot
    '2026/07 A'
    """

    kind: MaterialKind
    code: _Printed | None = None
    lot: _Printed | None = None


def longest_known(zones: Iterable[Zone]) -> NeedleLength | None:
    """Give the longest length of some zones; None where none is known."""
    known = [zone.needle_length for zone in zones if zone.needle_length is not None]
    return max(known, default=None)


_ONE_ZONE = Each("site", "site_twice", "one zone is told twice; tell each once")


def _zones(values: Iterable[Zone]) -> tuple[Zone, ...]:
    held = set(checks.collected(values, "zones", Zone))
    return tuple(sorted(held, key=lambda zone: zone.site))


def _materials(values: Iterable[Material]) -> tuple[Material, ...]:
    held = set(checks.collected(values, "materials", Material))
    return tuple(sorted(held, key=lambda one: (one.kind, one.code or "", one.lot or "")))


def _its_day(event: "SessionDone") -> date:
    return event.on


def _its_length(event: "SessionDone") -> NeedleLength | None:
    return longest_known(event.zones)


@frozen(kw_only=True, repr=False)
class SessionDone(Value):
    """
    A session was held.

    Args:
        on: The day it is recorded.
        done_on: The day it was held, not after ``on``; that day where it is not given.
        zones: Parts of the site that were needled in ways of their own, each once, at most 20, in
            any order; nothing where all was needled alike.
        needle_length: The length that was used, the longest where zones differ; that of the zones
            where it is not given. None where it is not known: then the longest healing time that
            the edition knows counts.
        end_point: The sign at which it stopped; None where that was not noted.
        passes: Passes over the skin, 1 to 100; None where they were not noted.
        materials: What was used, at most 50, in any order.
        note: A code that points to a note kept elsewhere; at most 64 characters.
        override: The safeguards that were overridden, if any.

    Raises:
        InputError: If a value is of another type or outside its bounds, the session lies
            after the day it is recorded, a zone is told twice, or the length is not the longest
            of the zones.

    >>> SessionDone(on=date(2026, 12, 1), needle_length=NeedleLength(1500)).done_on
    datetime.date(2026, 12, 1)
    >>> forehead = Zone(site=Site.FOREHEAD, needle_length=NeedleLength(800), passes=3)
    >>> nose = Zone(site=Site.NOSE, needle_length=NeedleLength(500), passes=3)
    >>> str(SessionDone(on=date(2026, 12, 1), zones=[forehead, nose]).needle_length)
    '0.8 mm'
    """

    on: date
    done_on: date = field(default=Factory(_its_day, takes_self=True))
    zones: Annotated[tuple[Zone, ...], _ONE_ZONE] = field(default=(), converter=_zones)
    needle_length: NeedleLength | None = field(default=Factory(_its_length, takes_self=True))
    end_point: EndPoint | None = None
    passes: _Passes | None = None
    materials: tuple[Material, ...] = field(default=(), converter=_materials)
    note: Annotated[str, NoteCode()] = ""
    override: Override | None = None

    def _agree(self) -> None:
        if self.done_on > self.on:
            checks.refuse(
                "in_the_future", "done_on", "record a session on its day or later, not before"
            )
        if len(self.zones) > _MOST_ZONES:
            checks.refuse("too_many", "zones", f"give at most {_MOST_ZONES} zones")
        if len(self.materials) > _MOST_MATERIALS:
            checks.refuse("too_many", "materials", f"give at most {_MOST_MATERIALS} materials")
        if self.zones and self.needle_length != longest_known(self.zones):
            message = "give the longest length of the zones, or leave it out"
            checks.refuse("contradiction", "needle_length", message)

    @property
    def lengths(self) -> tuple[NeedleLength | None, ...]:
        """Each length that was used; None stands for one that is not known."""
        told = [zone.needle_length for zone in self.zones] or [self.needle_length]
        return tuple(dict.fromkeys(told))
