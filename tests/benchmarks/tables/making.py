"""The rows of the benchmarks: drawn at random, the same for one seed."""

from datetime import date
from typing import Any, Final

import microneedling as mn

__all__ = ["FINDINGS", "FORMS", "make"]

# How codes stand in a table: as an Enum of polars, which Parquet keeps as a dictionary, or as text.
FORMS: Final = ("categories", "texts")
_USUAL: Final = (
    mn.Finding.DERMAL_FILLER,
    mn.Finding.PREGNANCY,
    mn.Finding.ACTIVE_ACNE,
    mn.Finding.KELOID_TENDENCY,
    mn.Finding.ROSACEA,
    mn.Finding.DERMAL_FILLER,
    mn.Finding.TATTOO,
    mn.Finding.HERPES_HISTORY,
    mn.Finding.TOPICAL_ANAESTHETIC_BARRED,
    mn.Finding.ACTIVE_HERPES,
)
_DERIVED: Final = (
    mn.Finding.AGE_UNDER_18,
    mn.Finding.AGE_UNDER_22,
    mn.Finding.SKIN_TYPE_IV_TO_VI,
)
# The usual ten, then all others that a table may tell of.
FINDINGS: Final = (*_USUAL, *(f for f in mn.Finding if f not in _USUAL and f not in _DERIVED))
_CODED: Final = {
    "indication": mn.Indication,
    "severity": mn.Severity,
    "site": mn.Site,
    "setting": mn.Setting,
    "skin_type": mn.SkinType,
}
_START: Final = date(2026, 1, 1)
_EPOCH: Final = date(1970, 1, 1)
# Rows of one row group: what engines give to a core at once.
_GROUP: Final = 500_000
_PRESENT, _UNKNOWN = 0.03, 0.01


def _drawn(rows: int, findings: int, seed: int) -> Any:  # noqa: ANN401 - a frame of polars
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(seed)
    made = {}
    for name, kind in _CODED.items():
        codes = [code.value for code in kind]
        numbers = pl.Series(rng.integers(0, len(codes), rows, dtype="u1"))
        made[name] = pl.select(
            pl.lit(pl.Series(codes, dtype=pl.Enum(codes))).gather(numbers)
        ).to_series()
    made["age_years"] = pl.Series(rng.integers(16, 80, rows, dtype="i8")).cast(pl.Int64)
    days = rng.integers(0, 365, rows, dtype="i4") + (_START - _EPOCH).days
    made["on"] = pl.Series(days).cast(pl.Date)
    for finding in FINDINGS[:findings]:
        chance = rng.random(rows, dtype="f4")
        held = pl.select(
            pl.when(pl.lit(pl.Series(chance)) >= _UNKNOWN).then(
                pl.lit(pl.Series(chance < _UNKNOWN + _PRESENT))
            )
        )
        made[finding.value] = held.to_series()
    first = FINDINGS[0].value
    ago = pl.lit(pl.Series(rng.integers(0, 600, rows, dtype="i4")))
    return pl.DataFrame(made).with_columns(
        pl.when(pl.col(first))
        .then((pl.col("on").cast(pl.Int32) - ago).cast(pl.Date))
        .alias(f"{first}_last_on"),
        everything_asked=pl.lit(value=True),
    )


def make(path: str, rows: int, form: str, findings: int = 10, seed: int = 1) -> None:
    """Write a Parquet file of rows with all inputs, some findings, and one last day."""
    import polars as pl

    drawn = _drawn(rows, findings, seed)
    if form == "texts":
        drawn = drawn.with_columns(pl.col(pl.Enum).cast(pl.String))
    drawn.write_parquet(path, row_group_size=_GROUP)
