"""What an assessment can say, a table's columns say: one by one, against assessments by hand."""

import warnings
from datetime import date
from typing import Any

import attrs
import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds
from tests.frames.kinds import Kind
from tests.frames.rows import ANSWERS, Row

KNOWLEDGE = mn.load("2026.1")
COLUMNS = (*kinds.BASE, "everything_asked")
ON = drawing.ON
UNREMARKABLE = mn.Assessment(
    on=ON,
    site=mn.Site.ABDOMEN,
    setting=mn.Setting.CLINIC,
    concerns=[mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD)],
    skin_type=mn.SkinType.II,
    age_years=34,
    screening=mn.Screening.complete(),
    earlier_sessions=(),
)
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 10)
pytestmark = pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")


def found(*present: mn.Exposure | mn.Finding, **more: Any) -> dict[str, Any]:
    return {"screening": mn.Screening.complete(present=present), **more}


def ongoing(finding: mn.Finding, told: bool | None) -> mn.Exposure:  # noqa: FBT001
    return mn.Exposure(finding=finding, ongoing=told)


def cleared(by: mn.Role, on: date) -> list[mn.MedicalClearance]:
    return [mn.MedicalClearance(finding=mn.Finding.BLEEDING_DISORDER, by=by, on=on)]


def session(first: date, last: date | None = None, **more: Any) -> dict[str, Any]:
    held = {"site": mn.Site.ABDOMEN, **more}
    return {"earlier_sessions": [mn.EarlierSession(from_day=first, to_day=last or first, **held)]}


# What a row says besides, and what the same is in an assessment.
SAID: list[tuple[Row, dict[str, Any]]] = [
    *(
        (
            {finding.value: told, f"{finding.value}_ongoing": goes_on},
            found(ongoing(finding, goes_on)),
        )
        for finding in (mn.Finding.ROSACEA, mn.Finding.ISOTRETINOIN, mn.Finding.DERMAL_FILLER)
        for told in (True, None)
        for goes_on in (True, False)
    ),
    ({"rosacea": False, "rosacea_ongoing": False}, {}),
    ({"rosacea": False, "rosacea_ongoing": None}, {}),
    ({"rosacea_ongoing": None}, {}),
    (
        {"isotretinoin_ongoing": False, "isotretinoin_last_on": OCTOBER},
        found(mn.Exposure(finding=mn.Finding.ISOTRETINOIN, last_on=OCTOBER, ongoing=False)),
    ),
    *(
        (
            {
                "bleeding_disorder": True,
                "bleeding_disorder_cleared_on": day,
                "bleeding_disorder_cleared_by": by.value,
            },
            found(mn.Finding.BLEEDING_DISORDER, clearances=cleared(by, day)),
        )
        for day in (OCTOBER, ON, date(2025, 1, 1))
        for by in (mn.Role.HAEMATOLOGIST, mn.Role.DERMATOLOGIST)
    ),
    *(({"earlier_session_on": day}, session(day)) for day in (SEPTEMBER, NOVEMBER, ON)),
    ({"earlier_session_on": None, "earlier_session_site": None}, {}),
    (
        {"earlier_session_from": SEPTEMBER, "earlier_session_to": NOVEMBER},
        session(SEPTEMBER, NOVEMBER),
    ),
    (
        {f"earlier_session_{name}": NOVEMBER for name in ("on", "from", "to")},
        session(NOVEMBER),
    ),
    (
        {
            "earlier_session_on": NOVEMBER,
            "earlier_session_site": "cheek",
            "earlier_session_length_um": 500,
            "earlier_session_setting": "home",
            "earlier_session_device": "roller",
        },
        session(
            NOVEMBER,
            site=mn.Site.CHEEK,
            needle_length=mn.NeedleLength(500),
            setting=mn.Setting.HOME,
            device=mn.DeviceKind.ROLLER,
        ),
    ),
    *(({"device_kind": kind.value}, {"device": mn.Device(kind=kind)}) for kind in mn.DeviceKind),
    (
        {"device_kind": "stamp", "label_maximum_um": 500},
        {"device": mn.Device(kind=mn.DeviceKind.STAMP, label_maximum=mn.NeedleLength(500))},
    ),
    ({"device_kind": None, "label_maximum_um": None}, {}),
]
# A row that is none, its code, and the column that is told.
WRONG: list[tuple[Row, str, str]] = [
    ({"rosacea": False, "rosacea_ongoing": True}, "contradiction", "rosacea_ongoing"),
    ({"absent": ["rosacea"], "rosacea_ongoing": True}, "contradiction", "rosacea_ongoing"),
    ({"rosacea_last_on": OCTOBER, "rosacea_ongoing": True}, "contradiction", "rosacea_ongoing"),
    ({"tattoo_cleared_on": OCTOBER, "tattoo_cleared_by": None}, "missing", "tattoo_cleared_by"),
    (
        {"tattoo_cleared_on": None, "tattoo_cleared_by": "dermatologist"},
        "missing",
        "tattoo_cleared_on",
    ),
    ({"tattoo_cleared_on": OCTOBER, "tattoo_cleared_by": "x"}, "unknown_code", "tattoo_cleared_by"),
    (
        {"tattoo_cleared_on": date(2026, 11, 23), "tattoo_cleared_by": "dermatologist"},
        "after_assessment",
        "tattoo_cleared_on",
    ),
    ({"earlier_session_on": date(2026, 11, 23)}, "after_assessment", "earlier_session_on"),
    ({"earlier_session_on": date(1899, 12, 31)}, "out_of_range", "earlier_session_on"),
    (
        {"earlier_session_from": OCTOBER, "earlier_session_to": None},
        "missing",
        "earlier_session_to",
    ),
    (
        {"earlier_session_from": None, "earlier_session_to": OCTOBER},
        "missing",
        "earlier_session_from",
    ),
    (
        {"earlier_session_from": NOVEMBER, "earlier_session_to": OCTOBER},
        "wrong_order",
        "earlier_session_to",
    ),
    *(
        (
            {"earlier_session_on": OCTOBER, "earlier_session_from": OCTOBER}
            | {"earlier_session_to": OCTOBER, f"earlier_session_{other}": SEPTEMBER},
            "contradiction",
            f"earlier_session_{other}",
        )
        for other in ("from", "to")
    ),
    # What says how somebody needled says that somebody did.
    (
        {"earlier_session_on": None, "earlier_session_site": "cheek"},
        "missing",
        "earlier_session_on",
    ),
    (
        {"earlier_session_on": OCTOBER, "earlier_session_length_um": 49},
        "out_of_range",
        "earlier_session_length_um",
    ),
    (
        {"earlier_session_on": OCTOBER, "earlier_session_device": "pencil"},
        "unknown_code",
        "earlier_session_device",
    ),
    ({"device_kind": "laser"}, "unknown_code", "device_kind"),
]


def by_columns(rows: list[Row]) -> dict[tuple[str, ...], list[int]]:
    """Put rows together that tell the same columns: their places."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(tuple(row), []).append(place)
    return found


FEW = (kinds.POLARS[0], kinds.PANDAS, kinds.ARROW, kinds.DUCKDB)


@kinds.each(*FEW)
def test_what_columns_say_is_what_an_assessment_says(kind: Kind) -> None:
    """Each new column gives the answer to the assessment that somebody would make by hand."""
    rows = [drawing.usual(COLUMNS) | more for more, _ in SAID]
    differing = set()
    for places in by_columns(rows).values():
        table = kinds.table([rows[place] for place in places], rows[places[0]])
        made = frames.recommend(kind.given(table), KNOWLEDGE, assume_absent=True)
        made = kind.read(made, ANSWERS)
        for place, told in zip(places, made, strict=True):
            answer = mn.recommend(attrs.evolve(UNREMARKABLE, **SAID[place][1]), KNOWLEDGE)
            until = answer.until if isinstance(answer, mn.Defer) else None
            deciding = [reason.finding.value for reason in answer.because if reason.finding]
            assert told["verdict"] == answer.verdict.value, (SAID[place][0], told)
            assert (told["until"], told["error"]) == (until, None), SAID[place][0]
            assert told["deciding_findings"] == (" ".join(deciding) or None), SAID[place][0]
            differing.add(answer.verdict.value)
    assert differing >= {"offer", "ask", "defer", "refer"}


@pytest.mark.parametrize("keyed", [False, True], ids=["tables", "row by row"])
@kinds.each(*FEW)
def test_rows_that_are_none(kind: Kind, *, keyed: bool) -> None:
    """What a value class refuses makes an invalid row, told by its column; others are decided."""
    some = [wrong for wrong in WRONG if keyed or not {*kinds.KEYED} & {*wrong[0]}]
    columns = dict.fromkeys([*COLUMNS, *(name for more, _, _ in some for name in more)])
    names = {name: f"their {name}" for name in columns if name.endswith(("_by", "_to", "_ongoing"))}
    usual = drawing.usual(COLUMNS)
    rows = [usual, *(usual | more for more, _, _ in some), usual]
    made = kind.read(
        frames.recommend(kind.given(kinds.table(rows, columns).rename(names)), KNOWLEDGE, names),
        ANSWERS,
    )
    for told, (more, code, column) in zip(made[1:-1], some, strict=True):
        assert (told["verdict"], told["error"]) == ("invalid", code), more
        assert told["error_column"] == names.get(column, column), more
    assert made[0]["error"] is made[-1]["error"] is None


@pytest.mark.parametrize(
    ("has", "needs"),
    [
        ("tattoo_cleared_on", "tattoo_cleared_by"),
        ("tattoo_cleared_by", "tattoo_cleared_on"),
        ("earlier_session_from", "earlier_session_to"),
        ("earlier_session_site", "earlier_session_on"),
    ],
)
@kinds.each(*FEW)
def test_columns_that_say_nothing_alone(kind: Kind, has: str, needs: str) -> None:
    """A table that lacks the other column is refused; where that has no type, rows lack it."""
    said = drawing.usual(COLUMNS) | {has: OCTOBER if kinds.is_day(has) else None}
    codes = {"tattoo_cleared_by": "dermatologist", "earlier_session_site": "cheek"}
    said[has] = codes.get(has, said[has])
    table = kinds.table([said, said | {has: None}], said)
    with kinds.refused(("missing_column", needs)):
        frames.recommend(kind.given(table), KNOWLEDGE)
    if kind.name != "duckdb":  # It has no columns without types.
        untyped = kind.given(table.with_columns(pl.lit(None).alias(needs)))
        made = kind.read(frames.recommend(untyped, KNOWLEDGE), ANSWERS)
        assert [row["error"] for row in made] == ["missing", None]
        assert made[0]["error_column"] == needs


@pytest.mark.parametrize("name", ["Device-Kind", "tattoo Ongoing", "Earlier session on"])
def test_misspelt(name: str) -> None:
    table = kinds.table([drawing.usual(COLUMNS)], COLUMNS)
    with kinds.refused(("misspelt", name)):
        frames.recommend(table.with_columns(pl.lit(None).alias(name)), KNOWLEDGE)


def test_what_goes_on_is_decided_by_the_tables() -> None:
    """Quickly, as findings are: nobody is warned."""
    columns = (*COLUMNS, *kinds.ONGOING)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frames.recommend(kinds.table([drawing.usual(columns)], columns), KNOWLEDGE)
