"""Many rows from Parquet to Parquet, in little memory."""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.benchmarks.table import Row, at_most, measured, paired

from .files import made
from .process import UndoneError, asked

__all__ = ["streaming"]

_TIMES: Final = 10
_MOST: Final = 2_048
_FORM: Final = "categories"
# By itself DuckDB takes most of the machine's memory, also to copy.
_TOLD: Final[Sequence[tuple[str, dict[str, str]]]] = (
    ("polars", {}),
    ("duckdb", {}),
    ("duckdb", {"memory_limit": "1500MB"}),
)


def _said(options: Mapping[str, str]) -> str:
    return ", ".join(" ".join(pair) for pair in options.items()) or "nothing set"


def streaming(rows: int, folder: str) -> list[Row]:
    """
    Decide a file read ten times over with the engines that stream.

    Raises:
        DifferenceError: If a row is decided otherwise than by the one function.
    """
    path, small = made(folder, rows // _TIMES, _FORM), made(folder, 2_000, _FORM)
    whole = rows // _TIMES * _TIMES
    found = [
        Row(f"Streaming, {whole:,} rows, codes as {_FORM}: a file of {rows // _TIMES:,}, ten times")
    ]
    for engine, options in _TOLD:
        try:
            held = asked(
                "files.measure",
                engine=engine,
                sources=[path] * _TIMES,
                small=small,
                rows=whole,
                folder=folder,
                rounds=1,
                options=options,
            )
        except UndoneError as undone:
            found.append(Row(f"  {engine}, {_said(options)}: left out, since {undone}"))
            continue
        copy, decide = held["copy"], held["decide"]
        found += [
            Row(f"  {engine} {held['version']}, {_said(options)}: one round"),
            measured("    copying the input", copy, "s"),
            measured("    deciding", decide, "s"),
            measured("    rows a second", [whole / 1e6 / one for one in decide], "M"),
            paired("    deciding / copying the input", decide, copy),
            paired("    deciding / copying the result", decide, held["again"]),
            Row("    peak memory, copying", held["copying"], "MiB"),
            Row(
                "    peak memory, copying and deciding",
                held["deciding"],
                "MiB",
                goal=at_most(_MOST),
            ),
        ]
    return found
