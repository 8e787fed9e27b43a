"""How long documents take in and out, beside libraries that do the same and the bare parser."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import microneedling as mn

from .deciding import assessments
from .table import EDITION, DifferenceError, Row, at_most, each, measured, paired

if TYPE_CHECKING:
    from .peers import Read

__all__ = ["on_the_wire"]

_EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
_COUNT = 200
_TIMES = 20
_GONE = object()

Json: TypeAlias = dict[str, Any]
Calls: TypeAlias = Mapping[str, Callable[[Any], object]]


def _ours(data: bytes) -> mn.Assessment:
    return mn.from_json(data, mn.Assessment)


def _document(assessment: mn.Assessment, *, whole: bool) -> bytes:
    """Write an assessment by hand, with or without what is null in it."""
    device, screening = assessment.device, assessment.screening
    label = device.label_maximum if device else None
    preferences = {
        field: getattr(assessment.preferences, field)
        for field in ("longest_downtime_days", "numbing", "most_visits")
    }
    document: Json = {
        "schema": 1,
        "on": assessment.on.isoformat(),
        "site": assessment.site,
        "setting": assessment.setting,
        "concerns": [
            {"indication": concern.indication, "severity": concern.severity}
            for concern in assessment.concerns
        ],
        "skin_type": assessment.skin_type,
        "age_years": assessment.age_years,
        "screening": {
            "complete": screening.everything_asked,
            "present": [
                {"finding": e.finding, "last_on": e.last_on and e.last_on.isoformat()}
                for e in screening.present
            ],
            "absent": sorted(screening.absent),
        },
        "device": device and {"kind": device.kind, "label_maximum": label and str(label)},
        "preferences": preferences,
    }
    return json.dumps(document if whole else _known(document)).encode()


def _known(part: Any) -> Any:  # noqa: ANN401 - any part of a document
    if isinstance(part, dict):
        return {key: _known(value) for key, value in part.items() if value is not None}
    return [_known(value) for value in part] if isinstance(part, list) else part


def _documents(seed: int) -> list[bytes]:
    """Give the examples, and documents that no round before has seen."""
    drawn = assessments(seed, _COUNT)
    made = [_document(one, whole=bool(number % 2)) for number, one in enumerate(drawn)]
    return [path.read_bytes() for path in sorted(_EXAMPLES.glob("*.json"))] + made


_PLAIN: Json = {
    "schema": 1,
    "on": "2026-11-22",
    "site": "cheek",
    "setting": "clinic",
    "concerns": [{"indication": "striae", "severity": "mild"}, {"indication": "melasma"}],
    "skin_type": "IV",
    "age_years": 34,
    "screening": {
        "complete": True,
        "present": [{"finding": "tattoo", "last_on": "2026-08-01"}, {"finding": "rosacea"}],
        "absent": ["dermal_filler"],
    },
    "device": {"kind": "pen", "label_maximum": "1.5 mm"},
    "preferences": {"longest_downtime_days": 3, "numbing": True, "most_visits": 4},
}
# What stands where in other documents, right ones and wrong ones; what is wrong, we say.
_DAYS: tuple[object, ...] = (
    *("1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "2026-11-23", "2026-02-29"),
    *("20261122", "2026-W47-7", "2026-326", "2026-11-22T00:00:00", "1795305600", "2026-11-22 "),
    *("", "\uff12\uff10\uff12\uff16-11-22", None, 20261122, True, ["2026-11-22"], _GONE),
)
_CODES: tuple[object, ...] = (
    "Cheek",
    "cheek ",
    "",
    "striae",
    "VI",
    "severe",
    "home",
    "roller",
    1,
    None,
    [],
    _GONE,
)
_WHOLE: tuple[object, ...] = (
    0,
    1,
    -1,
    60,
    61,
    100,
    101,
    130,
    131,
    10**30,
    3.0,
    0.5,
    True,
    "3",
    None,
    [3],
    _GONE,
)
_TRUTH: tuple[object, ...] = (True, False, None, 0, 1, "true", [], _GONE)
_LENGTHS: tuple[object, ...] = (
    *("50 um", "49 um", "3.5 mm", "3.501 mm", "0.0505 mm", "500um", "500 \u00b5m", "500 \u03bcm"),
    *("0.5", "0,5 mm", ".5 mm", "0.5 MM", " 0.5 mm", "0.5 mm\n", "\uff10.5 mm", "1e3 um", ""),
    *(500, 0.5, True, None, ["0.5 mm"], {"um": 500}, _GONE),
)
_PARTS: tuple[object, ...] = (
    None,
    [],
    {},
    "tattoo",
    [{}],
    ["tattoo"],
    [["finding", "tattoo"]],
    {"x": 1},
    True,
    _GONE,
)
_FINDINGS = (
    [{"finding": "tattoo"}, {"finding": "tattoo", "last_on": "2026-08-01"}],
    [{"finding": "tattoo"}, {"finding": "tattoo"}],
    [{"finding": "dermal_filler"}],
    [{"finding": "rosacea", "since": "2026-08-01"}],
)
_CONCERNS = (
    [{"indication": "striae"}, {"indication": "striae"}],
    [{"indication": "striae"}, {"indication": "striae", "severity": "mild"}],
    [{"indication": "striae", "grade": "mild"}],
)
_OTHERS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("on", _DAYS),
    ("screening.present.0.last_on", _DAYS),
    *((place, _CODES) for place in ("site", "setting", "skin_type", "device.kind")),
    *((f"concerns.0.{name}", _CODES) for name in ("indication", "severity")),
    ("screening.present.1.finding", _CODES),
    ("screening.absent.0", (*_CODES, "tattoo", "dermal_filler")),
    *((place, _WHOLE) for place in ("schema", "age_years")),
    *((f"preferences.{name}", _WHOLE) for name in ("longest_downtime_days", "most_visits")),
    *((place, _TRUTH) for place in ("screening.complete", "preferences.numbing")),
    ("device.label_maximum", _LENGTHS),
    *((place, _PARTS) for place in ("concerns", "screening", "device", "preferences")),
    ("screening.present", (*_PARTS, *_FINDINGS)),
    ("screening.absent", (*_PARTS, ["tattoo"], ["rosacea", "rosacea"], ["melasma", "melasma"])),
    ("concerns", _CONCERNS),
    *((f"{place}x", (1, None)) for place in ("", "concerns.0.", "screening.", "device.")),
    ("screening.everything_asked", (True,)),
    ("preferences.x", (None,)),
)
_NO_DOCUMENT = (b"", b"null", b"[]", b"{}", b"{", b'"x"', b"\xef\xbb\xbf{}", b"\xff", b"NaN", b"1")


def _changed(place: str, value: object) -> bytes:
    document = deepcopy(_PLAIN)
    *path, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    part: Any = document
    for step in path:
        part = part[step]
    if value is _GONE:
        del part[last]
    else:
        part[last] = value
    return json.dumps(document).encode()


def _others() -> list[bytes]:
    changed = [_changed(place, value) for place, values in _OTHERS for value in values]
    plain = json.dumps(_PLAIN).encode()
    turned = json.dumps(dict(reversed(_PLAIN.items()))).encode()
    return [*_NO_DOCUMENT, plain, turned, plain + b"x", plain + plain, *changed]


def _facts(read: "Read", data: bytes) -> tuple[object, ...] | None:
    """Give what a document says as one of the readers has it; None where it is refused."""
    try:
        held = read(data)
    except ValueError:
        return None
    screening, device, wishes = held.screening, held.device, held.preferences
    asked = "everything_asked" if isinstance(screening, mn.Screening) else "complete"
    label = device.label_maximum if device else None
    return (
        *(held.on, held.site, held.setting, held.skin_type, held.age_years),
        [(concern.indication, concern.severity) for concern in held.concerns],
        [(exposure.finding, exposure.last_on) for exposure in screening.present],
        *(screening.absent, getattr(screening, asked)),
        *(device and device.kind, getattr(label, "um", label)),
        *(wishes.longest_downtime_days, wishes.numbing, wishes.most_visits),
    )


def _compare(readers: Mapping[str, "Read"], documents: Iterable[bytes]) -> None:
    """Refuse to time what does not read alike."""
    for data in documents:
        ours = _facts(_ours, data)
        for name, read in readers.items():
            if _facts(read, data) != ours:
                message = f"{name} reads otherwise than we do: {data.decode(errors='replace')}"
                raise DifferenceError(message)


def _raced(calls: Calls, rounds: int, inputs: Callable[[int], list[Any]]) -> dict[str, list[float]]:
    """Time each once a round on the same inputs, each round beginning with another."""
    names = list(calls)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        held = inputs(number)
        first = number % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(each(calls[name], held))
    return taken


def _offer() -> tuple[mn.Answer, Json]:
    """Give the offer among the examples as a value, and as its document."""
    assessment = _ours((_EXAMPLES / "offer.json").read_bytes())
    answer = mn.recommend(assessment, mn.load(EDITION))
    return answer, json.loads(mn.to_json(answer))


def _dumps(document: Json) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _reading(rounds: int) -> list[Row]:
    from .peers import READERS, once

    others, twice = _others(), json.dumps(_PLAIN)[:-1].encode() + b', "age_years": 34}'
    careful = once(READERS["pydantic"])
    _compare({**READERS, "careful": careful}, [*others, *_documents(3)])
    _compare({"careful": careful}, [twice])
    calls: Calls = {"ours": _ours, "careful": careful, **READERS, "json": json.loads}
    taken = _raced(calls, rounds, lambda number: _documents(4 + number))
    sizes = [len(data) for data in _documents(4)]
    ours = taken["ours"]
    return [
        Row(
            f"On the wire, in: {rounds} interleaved rounds of {len(sizes)} assessments, new in"
            f" each,\n  of {sum(sizes) // len(sizes)} bytes; {len(others) + len(sizes)} others"
            " found read or refused alike"
        ),
        measured("  json.loads", taken["json"], "us"),
        measured(f"  msgspec {version('msgspec')}", taken["msgspec"], "us"),
        measured(f"  pydantic {version('pydantic')}", taken["pydantic"], "us"),
        measured("  pydantic, refusing keys given twice", taken["careful"], "us"),
        measured("  from_json", ours, "us"),
        paired("  from_json / json.loads", ours, taken["json"]),
        paired("  from_json / msgspec", ours, taken["msgspec"]),
        paired("  from_json / pydantic", ours, taken["pydantic"], at_most(1)),
        paired("  from_json / pydantic, refusing keys given twice", ours, taken["careful"]),
        Row(
            "  (strict, frozen models with the same rules; by themselves both peers take the last"
            " of a key\n  given twice, which we refuse: pydantic does, too, after a pass of json)"
        ),
    ]


def _writing(rounds: int) -> list[Row]:
    from .peers import WRITERS

    answer, document = _offer()
    writers = {name: make(document) for name, make in WRITERS.items()}
    for name, write in writers.items():
        if json.loads(write(None)) != document:
            message = f"{name} writes another document than we do"
            raise DifferenceError(message)
    calls: Calls = {
        "ours": lambda _: mn.to_json(answer),
        "json": lambda _: _dumps(document),
        **writers,
    }
    taken = _raced(calls, rounds, lambda _: [None] * _TIMES)
    ours = taken["ours"]
    return [
        Row(
            f"On the wire, out: {rounds} interleaved rounds of one recommendation,"
            f" {len(mn.to_json(answer))} bytes, {_TIMES} times each"
        ),
        measured("  json.dumps of the same dict", taken["json"], "us"),
        measured("  msgspec", taken["msgspec"], "us"),
        measured("  pydantic", taken["pydantic"], "us"),
        measured("  to_json", ours, "us"),
        paired("  to_json / json.dumps", ours, taken["json"], at_most(3)),
        paired("  to_json / msgspec", ours, taken["msgspec"]),
        paired("  to_json / pydantic", ours, taken["pydantic"]),
        Row(
            "  (the peers hold the finished document in frozen models, codes and days as text;"
            " ours is\n  read off the answer's reasons, sources and courses)"
        ),
    ]


def on_the_wire(rounds: int) -> list[Row]:
    """
    Read assessments and write a recommendation, in turns with the peers.

    Raises:
        DifferenceError: If a peer reads or writes otherwise than we do.
    """
    try:
        import msgspec  # noqa: F401 - whether it is there
        import pydantic  # noqa: F401
    except ImportError as missing:
        return [Row(f"On the wire: left out, since a peer cannot be imported ({missing})")]
    return [*_reading(rounds), *_writing(rounds)]
