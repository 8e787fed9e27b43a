"""
The same documents in pydantic and in msgspec, for `on_the_wire`.

An assessment's models give the same values as ours and refuse what ours refuse: other types,
unknown keys and codes, days in another spelling or outside the years that make sense, figures
out of bounds, no concern, one indication with two severities, one finding with two days or both
present and absent, an exposure after the assessment. One thing they cannot do: of a key given
twice they take the last without a word. `once` is what it takes besides. Neither looks at the
size of a document, and what they say of what is wrong is not compared.

The models of an answer are made of the answer's own document: text is text in them where ours
holds codes, days and lengths, and what ours gathers from the reasons is there already. Both are
to the peers' advantage.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from json import JSONDecoder
from typing import Annotated, Any, Final, Self, TypeAlias

import msgspec
import pydantic
from msgspec import Meta, Struct
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import CoreSchema
from pydantic_core.core_schema import chain_schema, date_schema, str_schema

from microneedling import DeviceKind, Finding, Indication, Setting, Severity, Site, SkinType

__all__ = ["READERS", "WRITERS", "Read", "Write", "once"]

Read: TypeAlias = Callable[[bytes], Any]
Write: TypeAlias = Callable[[object], bytes]

_WRONG: Final = "not as the rules say"
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2199, 12, 31)
_LENGTH: Final = re.compile(
    r"(?:([0-9]{1,2})(?:\.([0-9]{1,3}))? ?mm|([0-9]{1,5}) ?(?:um|\u00b5m|\u03bcm))"
)


def _micrometres(text: object) -> int:
    match = _LENGTH.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(_WRONG)
    if match[3] is not None:
        return int(match[3])
    return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))


def _rank(concern: Any) -> tuple[str, int]:  # noqa: ANN401 - of either peer
    severity = concern.severity
    return concern.indication, -1 if severity is None else severity.rank


def _concerns(concerns: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put each once and in one order; refuse one indication with two severities."""
    held = set(concerns)
    if len({concern.indication for concern in held}) < len(held):
        raise ValueError(_WRONG)
    return tuple(sorted(held, key=_rank))


def _agree(screening: Any) -> None:  # noqa: ANN401 - of either peer
    """Refuse a finding that is given both ways, or with two days."""
    days: dict[Finding, date | None] = {}
    for exposure in screening.present:
        finding, day = exposure.finding, exposure.last_on
        if finding in screening.absent or days.setdefault(finding, day) != day:
            raise ValueError(_WRONG)


def _before(assessment: Any) -> None:  # noqa: ANN401 - of either peer
    """Refuse an exposure after the assessment."""
    for exposure in assessment.screening.present:
        if exposure.last_on is not None and exposure.last_on > assessment.on:
            raise ValueError(_WRONG)


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Day:
    """A day in its one spelling; pydantic by itself takes ``"1795305600"`` for one, too."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> CoreSchema:
        spelling = str_schema(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        return chain_schema([spelling, date_schema(strict=False, ge=_FIRST, le=_LAST)])


_Length: TypeAlias = Annotated[int, Field(ge=50, le=3500), BeforeValidator(_micrometres)]


class _ConcernModel(_Model):
    indication: Indication
    severity: Severity | None = None


class _ExposureModel(_Model):
    finding: Finding
    last_on: Annotated[date, _Day] | None = None


class _ScreeningModel(_Model):
    present: tuple[_ExposureModel, ...] = ()
    absent: frozenset[Finding] = frozenset()
    complete: bool = False

    @model_validator(mode="after")
    def _rules(self) -> Self:
        _agree(self)
        return self


class _DeviceModel(_Model):
    kind: DeviceKind
    label_maximum: _Length | None = None


class _PreferencesModel(_Model):
    longest_downtime_days: Annotated[int, Field(ge=0, le=60)] | None = None
    numbing: bool | None = None
    most_visits: Annotated[int, Field(ge=1, le=100)] | None = None


class _AssessmentModel(_Model):
    # Under its own name it would hide a method; as a literal it would take true and 1.0.
    schema_: Annotated[int, Field(alias="schema", ge=1, le=1)]
    on: Annotated[date, _Day]
    site: Site
    setting: Setting
    concerns: Annotated[tuple[_ConcernModel, ...], Field(min_length=1), AfterValidator(_concerns)]
    skin_type: SkinType | None = None
    age_years: Annotated[int, Field(ge=0, le=130)] | None = None
    screening: _ScreeningModel = _ScreeningModel()
    device: _DeviceModel | None = None
    preferences: _PreferencesModel = _PreferencesModel()

    @model_validator(mode="after")
    def _rules(self) -> Self:
        _before(self)
        return self


class _Struct(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class _Micrometres(int):
    """A type that msgspec does not know, so that it asks how to read it."""

    __slots__ = ()


def _read_length(_: type, text: object) -> _Micrometres:
    length = _Micrometres(_micrometres(text))
    if not 50 <= length <= 3500:
        raise ValueError(_WRONG)
    return length


def _look_at(day: date | None) -> None:
    if day is not None and not _FIRST <= day <= _LAST:
        raise ValueError(_WRONG)


class _ConcernStruct(_Struct, frozen=True):
    indication: Indication
    severity: Severity | None = None


class _ExposureStruct(_Struct, frozen=True):
    finding: Finding
    last_on: date | None = None

    def __post_init__(self) -> None:
        _look_at(self.last_on)


class _ScreeningStruct(_Struct, frozen=True):
    present: tuple[_ExposureStruct, ...] = ()
    absent: frozenset[Finding] = frozenset()
    complete: bool = False

    def __post_init__(self) -> None:
        _agree(self)


class _DeviceStruct(_Struct, frozen=True):
    kind: DeviceKind
    label_maximum: _Micrometres | None = None


class _PreferencesStruct(_Struct, frozen=True):
    longest_downtime_days: Annotated[int, Meta(ge=0, le=60)] | None = None
    numbing: bool | None = None
    most_visits: Annotated[int, Meta(ge=1, le=100)] | None = None


class _AssessmentStruct(_Struct, frozen=True):
    schema: Annotated[int, Meta(ge=1, le=1)]
    on: date
    site: Site
    setting: Setting
    concerns: Annotated[tuple[_ConcernStruct, ...], Meta(min_length=1)]
    skin_type: SkinType | None = None
    age_years: Annotated[int, Meta(ge=0, le=130)] | None = None
    screening: _ScreeningStruct = _ScreeningStruct()
    device: _DeviceStruct | None = None
    preferences: _PreferencesStruct = _PreferencesStruct()

    def __post_init__(self) -> None:
        _look_at(self.on)
        msgspec.structs.force_setattr(self, "concerns", _concerns(self.concerns))
        _before(self)


READERS: Final[Mapping[str, Read]] = {
    "pydantic": _AssessmentModel.model_validate_json,
    "msgspec": msgspec.json.Decoder(_AssessmentStruct, dec_hook=_read_length).decode,
}


def _once(pairs: list[tuple[str, object]]) -> None:
    if len(dict(pairs)) < len(pairs):
        raise ValueError(_WRONG)


_ONCE: Final = JSONDecoder(object_pairs_hook=_once)


def once(read: Read) -> Read:
    """Let a peer refuse keys given twice, too: by another pass, which keeps nothing."""

    def both(data: bytes) -> object:
        _ONCE.decode(data.decode())
        return read(data)

    return both


Fields: TypeAlias = Mapping[str, Any]


def _model(fields: Fields) -> type:
    # By their aliases: a key may be the name of a method.
    made: dict[str, Any] = {
        f"{key}_": (kind, Field(alias=key, serialization_alias=key)) for key, kind in fields.items()
    }
    return pydantic.create_model("Made", __base__=_Model, **made)


def _struct(fields: Fields) -> type:
    return msgspec.defstruct("Made", list(fields.items()), bases=(_Struct,), frozen=True)


def _shape(samples: Sequence[Any], made: Callable[[Fields], type]) -> Any:  # noqa: ANN401
    """Give the type of what stands at one place of a document, by all that stands there."""
    known = [sample for sample in samples if sample is not None]
    if not known:
        # What is null everywhere, or what an empty list would hold.
        return str if not samples else None
    first = known[0]
    if isinstance(first, dict):
        keys = first.keys()
        parts = [part for sample in known for part in sample.values()]
        if any(sample.keys() != keys for sample in known) or _is_table(first):
            kind: Any = dict[str, _shape(parts, made)]  # type: ignore[misc]
        else:
            kind = made({key: _shape([each[key] for each in known], made) for key in keys})
    elif isinstance(first, list):
        inside = _shape([part for sample in known for part in sample], made)
        kind = tuple[inside, ...]  # type: ignore[valid-type]
    else:
        kind = type(first)
    return kind | None if len(known) < len(samples) else kind


def _is_table(sample: Mapping[str, Any]) -> bool:
    """Tell whether an object holds rows by their ids: all are objects with the same keys."""
    keys = [tuple(row) if isinstance(row, dict) else None for row in sample.values()]
    return len(keys) > 1 and len(set(keys)) == 1 and keys[0] is not None


def _pydantic_writer(document: dict[str, Any]) -> Write:
    kind = _shape([document], _model)
    held = kind.model_validate_json(json.dumps(document))
    return lambda _: held.model_dump_json(by_alias=True).encode()


def _msgspec_writer(document: dict[str, Any]) -> Write:
    held = msgspec.json.decode(json.dumps(document), type=_shape([document], _struct))
    encode = msgspec.json.Encoder().encode
    return lambda _: encode(held)


WRITERS: Final[Mapping[str, Callable[[dict[str, Any]], Write]]] = {
    "pydantic": _pydantic_writer,
    "msgspec": _msgspec_writer,
}
