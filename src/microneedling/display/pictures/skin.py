"""Needles to scale beside the skin of a site, as it was measured, with who measured it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from microneedling.display.labels import label
from microneedling.display.languages import say
from microneedling.display.pictures.canvas import (
    BLUE,
    FAINT,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    Look,
    Number,
    Scale,
)
from microneedling.display.pictures.sheet import RIGHT, Mark, Sheet, millimetres, ticks
from microneedling.display.pictures.widths import lines_of
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.reference import Penetration, Thickness
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Site

__all__ = ["skin"]

_NM = 1000
_DEEP = 330
_STEPS = (100, 200, 500, 1000, 2000)
_MOST_TICKS = 9
_GAP = 14
_SMALL = 11
# Room for the figures of the scale.
_AXIS = 62

_EPIDERMIS = Look(fill=ORANGE, stroke=INK)
_DERMIS = Look(fill=PURPLE, stroke=INK, pattern="dots")
_TOTAL = Look(fill=SKY, stroke=INK, pattern="bars")
_UP_TO = Look(fill="#FFFFFF", stroke=INK, dash="3 2")
_NEEDLE = Look(fill=GREY, stroke=INK)
_REACH = Look(stroke=BLUE, width=3)
_LOOKS = {"epidermis": _EPIDERMIS, "dermis": _DERMIS, "total": _TOTAL}


class _Measured(NamedTuple):
    """What one source measured of one kind of people, in one way, at one place."""

    site: Site
    sex: str
    method: str
    landmark: str
    source: str


def _layer(name: str) -> str:
    return {
        "epidermis": say("picture.epidermis", "epidermis"),
        "dermis": say("picture.dermis", "dermis"),
        "total": say("picture.total", "epidermis and dermis together"),
    }.get(name, name)


def _sex(name: str) -> str:
    return {
        "male": say("picture.men", "men"),
        "female": say("picture.women", "women"),
        "any": say("picture.any_sex", "sex not told apart"),
    }.get(name, name)


def skin(knowledge: Knowledge, site: Site, lengths: Iterable[NeedleLength] = ()) -> str:
    """Draw the skin of a site, and needles beside it."""
    needles = sorted(set(lengths), key=lambda length: length.um)
    at, columns = _columns(knowledge, site)
    title = say("picture.skin", "Skin and needles to scale: {site}", site=label(site))
    sheet = Sheet(title)
    if at is not None and at is not site:
        _said(
            sheet,
            say(
                "picture.skin_of_whole",
                "No thickness of this site itself was read; drawn is the larger one, {site}.",
                site=label(at),
            ),
        )
    reached = [p for p in knowledge.penetrations if p.needle in needles]
    _drawn(sheet, columns, needles, reached)
    if not columns:
        _said(
            sheet,
            say(
                "picture.no_skin", "How thick the skin is here was not published in what was read."
            ),
            kind="unknown",
        )
    if needles:
        _said(
            sheet,
            say(
                "picture.nominal",
                "A needle is drawn as long as it is named. How far such needles really went is "
                "another matter; it is drawn where it was measured.",
            ),
        )
    _said(
        sheet,
        say(
            "picture.methods",
            "Each column is what one source measured in one way; none is an average.",
        ),
    )
    sheet.legend(_legend(columns, needles, reached))
    sources = [t.source for rows in columns.values() for t in rows]
    sheet.foot(knowledge.id, [*sources, *(p.source for p in reached)], by=True)
    return sheet.finished()


def _said(sheet: Sheet, text: str, kind: str = "") -> None:
    sheet.tell(text)
    sheet.note(text, kind=kind)


def _columns(
    knowledge: Knowledge, site: Site
) -> "tuple[Site | None, dict[_Measured, list[Thickness]]]":
    """Give what was measured at a site, or else at the smallest larger one that was."""
    for at in knowledge.wholes(site):
        found: dict[_Measured, list[Thickness]] = {}
        for row in knowledge.thickness:
            if row.site is at:
                key = _Measured(at, row.sex, row.method, row.landmark, row.source.id)
                found.setdefault(key, []).append(row)
        if found:
            return at, found
    return None, {}


def _thick(row: Thickness) -> str:
    """Write a thickness as it was published."""
    low, high = (_um(nm) for nm in (row.min_nm, row.max_nm))
    return f"{low} \u00b5m" if low == high else f"{low}-{high} \u00b5m"


def _um(nm: int) -> str:
    whole, rest = divmod(nm, _NM)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def _drawn(
    sheet: Sheet,
    columns: "dict[_Measured, list[Thickness]]",
    needles: Sequence[NeedleLength],
    reached: Sequence[Penetration],
) -> None:
    deepest = [sum(r.max_nm for r in rows if r.layer != "total") for rows in columns.values()]
    deepest += [row.max_nm for rows in columns.values() for row in rows]
    deepest += [needle.um * _NM for needle in needles]
    last = max(deepest, default=_NM * _NM)
    sheet.down += 24
    scale = Scale.over(0, -(-last // _NM), sheet.down, _DEEP)
    foot = scale.at(-(-last // _NM))
    for um in ticks(0, -(-last // _NM), _STEPS, _MOST_TICKS):
        y = scale.at(um)
        sheet.path([(_AXIS, y), (RIGHT, y)], Look(stroke=FAINT))
        name = millimetres(um)
        sheet.text(_AXIS - 6, y + 4, name, size=_SMALL, anchor="end", colour=GREY)
    surface = say("picture.surface", "surface")
    sheet.text(_AXIS, sheet.down - 6, surface, size=_SMALL, colour=GREY)
    count = max(len(columns), 1) + len(needles)
    room = Fraction((RIGHT - _AXIS - _GAP) // count)
    x: Number = _AXIS + _GAP
    lowest: Number = foot
    for measured, rows in columns.items():
        _column(sheet, scale, x, room - _GAP, rows)
        lowest = max(lowest, _under(sheet, x, foot, room - _GAP, _who(measured, rows)))
        x += room
    if not columns:
        middle = Fraction(sheet.down + foot) / 2
        told = say(
            "picture.no_skin", "How thick the skin is here was not published in what was read."
        )
        sheet.unknown(x, middle, x + room - _GAP, told)
        x += room
    for needle in needles:
        found = [p for p in reached if p.needle == needle]
        _needle(sheet, scale, x + (room - _GAP) / 2, needle, found)
        lowest = max(lowest, _under(sheet, x, foot, room - _GAP, _how_far(needle, found)))
        x += room
    sheet.down = lowest + 8


def _under(sheet: Sheet, x: Number, y: Number, room: Number, texts: Iterable[str]) -> Number:
    y += 6
    for text in texts:
        sheet.tell(text)
        for line in lines_of(text, Fraction(room), _SMALL):
            y += _SMALL + 4
            sheet.text(x, y, line, size=_SMALL)
    return y


def _who(measured: _Measured, rows: Sequence[Thickness]) -> list[str]:
    told = [
        say(
            "picture.measured",
            "{sex}, {method}, {landmark} [{source}]",
            sex=_sex(measured.sex),
            method=measured.method,
            landmark=measured.landmark,
            source=measured.source,
        )
    ]
    told += [f"{_layer(row.layer)} {_thick(row)}" for row in _in_order(rows)]
    layers = {row.layer for row in rows}
    if layers == {"dermis"}:
        told.append(
            say("picture.no_epidermis", "epidermis not measured: the dermis is drawn from the top")
        )
    if layers == {"epidermis"}:
        told.append(say("picture.no_dermis", "dermis not measured"))
    return told


def _in_order(rows: Iterable[Thickness]) -> list[Thickness]:
    order = [*_LOOKS]
    return sorted(rows, key=lambda row: (order.index(row.layer), row.min_nm, row.max_nm))


def _column(sheet: Sheet, scale: Scale, x: Number, room: Number, rows: Sequence[Thickness]) -> None:
    """Draw layer under layer; where a range is published, what may be missing is dashed."""
    top = Fraction(0)
    both = {row.layer for row in rows}
    wide = Fraction(room) / 2 if "total" in both and len(both) > 1 else room
    for row in _in_order(rows):
        least, most = Fraction(row.min_nm, _NM), Fraction(row.max_nm, _NM)
        beside = row.layer == "total"
        left = x + wide if beside and wide != room else x
        begins = Fraction(0) if beside else top
        told = f"{_layer(row.layer)} {_thick(row)} [{row.source.id}]"
        if most > least:
            sheet.rect(
                left, scale.at(begins), wide, scale.room(most), _UP_TO, kind="up-to", told=told
            )
        sheet.rect(
            left,
            scale.at(begins),
            wide,
            scale.room(least),
            _LOOKS[row.layer],
            kind=row.layer,
            told=told,
        )
        if not beside:
            top += most
    if both == {"epidermis"}:
        y = scale.at(top) + 30
        sheet.unknown(x, y, x + room, say("picture.no_dermis", "dermis not measured"))


def _needle(
    sheet: Sheet, scale: Scale, x: Number, needle: NeedleLength, reached: Sequence[Penetration]
) -> None:
    top, tip = scale.at(0), scale.at(needle.um)
    sheet.path([(_AXIS, tip), (RIGHT, tip)], Look(stroke=BLUE, dash="6 3"))
    points = [(x - 7, top), (x + 7, top), (x, tip)]
    sheet.path(points, _NEEDLE, kind="needle", told=str(needle))
    sheet.text(x + 12, top + 14, str(needle), bold=True)
    for found in reached:
        deep = scale.at(Fraction(found.deepest.nm, _NM))
        told = _depth(found)
        sheet.path([(x - 16, deep), (x + 16, deep)], _REACH, kind="reached", told=told)


def _depth(found: Penetration) -> str:
    low, high = _um(found.shallowest.nm), _um(found.deepest.nm)
    return say(
        "picture.reached",
        "reached {deep} \u00b5m in {model} [{source}]",
        deep=low if low == high else f"{low}-{high}",
        model=found.model,
        source=found.source.id,
    )


def _how_far(needle: NeedleLength, reached: Sequence[Penetration]) -> list[str]:
    name = say("picture.needle", "needle of {length}", length=needle)
    if reached:
        return [name, *map(_depth, reached)]
    return [name, say("picture.not_reached", "how deep it really went: no measurement read")]


def _legend(
    columns: "dict[_Measured, list[Thickness]]",
    needles: Sequence[NeedleLength],
    reached: Sequence[Penetration],
) -> Iterable[Mark]:
    rows = [row for held in columns.values() for row in held]
    for name, look in _LOOKS.items():
        if any(row.layer == name for row in rows):
            yield Mark.of(look, _layer(name))
    if any(row.max_nm > row.min_nm for row in rows):
        yield Mark.of(_UP_TO, say("picture.up_to", "up to the greatest measured"))
    if needles:
        yield Mark(
            lambda on, x, y: on.path([(x, y - 5), (x, y + 5), (x + 20, y)], _NEEDLE),
            say("picture.needle_of", "needle, as long as it is named"),
        )
    if reached:
        yield Mark(
            lambda on, x, y: on.path([(x, y), (x + 20, y)], _REACH),
            say("picture.depth_of", "how deep such a needle was seen to go"),
        )
