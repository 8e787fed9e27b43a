"""
Every kind of frame on its way through the decision and back.

Frames whose engine the plan speaks get more columns, lazily where they are lazy. Dask and Spark
are carried partition by partition, in order, each partition as a frame in memory.
"""

import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from inspect import currentframe
from typing import Any, Final, NamedTuple, Protocol
from uuid import uuid4

import narwhals.stable.v2 as nw

from microneedling._foundation.checks import instance, refuse
from microneedling._foundation.errors import InputError, Problem
from microneedling.frames.column_choices import Choices, made_names
from microneedling.frames.column_names import INPUTS, KEYED, LISTS
from microneedling.frames.decision_tables import NotFactoredError, Tables
from microneedling.frames.engines import engine_of
from microneedling.frames.input_columns import Frame, Inputs, named_apart, read, what_was_read
from microneedling.frames.numbered_tables import numbers_of
from microneedling.frames.progress_bar import Progress, passing, told_by
from microneedling.frames.row_by_row import Keyed
from microneedling.frames.table_plan import Plan
from microneedling.knowledge.knowledge import Knowledge

__all__ = ["SlowTableWarning", "answered", "names_of"]

# Rows that are decided at once of what is in memory: more of them make columns that no cache
# holds, fewer make a plan for too few.
_ROWS: Final = 1_000_000
# And of the small batches in which Spark sends rows: its workers are given little memory.
_SENT: Final = 500_000
# What a table that is passed on says of itself, under this name.
_TOLD: Final = "microneedling"


class SlowTableWarning(UserWarning):
    """A table is decided in a slow way, or is held in memory as a whole; it says why."""


def _warn(message: str) -> None:
    """Warn of the line outside the library that called it, however deep that lies."""
    package, level, caller = __name__.partition(".")[0], 1, currentframe()
    while caller is not None and caller.f_globals["__name__"].partition(".")[0] == package:
        level, caller = level + 1, caller.f_back
    warnings.warn(message, SlowTableWarning, stacklevel=level)


class Answerer(Protocol):
    """Adds the answers' columns to a frame of one library."""

    def applied(self, native: Any) -> Any:
        """Give the frame with the answers' columns."""


class _Asked(NamedTuple):
    """What is asked of a frame."""

    knowledge: Knowledge
    choices: Choices
    progress: Progress

    def answerer(self, held: Frame, library: str) -> Answerer:
        """Choose the way: by the tables, or row by row where they do not hold what is asked."""
        engine = engine_of(library)
        inputs = read(held, self.choices, engine)
        why = self._why_keyed(inputs)
        if why is None:
            numbers = numbers_of(self.knowledge.prepared(Tables), inputs.named, engine.most)
            return Plan(numbers, inputs, engine)
        message = f"Each distinct row is decided by itself, since {why}; that takes long."
        _warn(message)
        return Keyed(self.knowledge, inputs, engine)

    def _why_keyed(self, inputs: Inputs) -> str | None:
        keyed = [name for name in KEYED if inputs.named.has(name)]
        if keyed:
            return f"the tables of the decision do not hold {', '.join(keyed)}"
        try:
            self.knowledge.prepared(Tables)
        except NotFactoredError as error:
            return str(error)
        return None

    def told(self, schema: Iterable[object]) -> dict[str, object]:
        """Say which of a table's columns were read as what."""
        return what_was_read(schema, self.choices, self.knowledge.id)

    def runs_alone(self) -> None:
        """Refuse to tell the progress of what somebody else runs later."""
        if self.progress is not False:
            message = "what an engine runs by itself shows its progress there; leave this out"
            refuse("unsupported", "progress", message)


def answered(
    frame: Any,
    knowledge: Knowledge,
    choices: Choices,
    progress: Progress,
) -> Any:
    """
    Add the answers' columns to any frame that is known.

    Raises:
        InputError: For what is no frame, and with all that its columns lack.
    """
    instance(knowledge, "knowledge", Knowledge)
    native = nw.to_native(frame, pass_through=True)
    if native is frame and nw.dependencies.is_dask_dataframe(frame):
        return _dask(frame, _Asked(knowledge, choices, progress))
    try:
        held = nw.from_native(frame, pass_through=True)
    except nw.exceptions.DuplicateError:
        refuse("name_taken", "frame", "two of its columns have one name; rename one of them")
    carrier = None
    if isinstance(held, (nw.DataFrame, nw.LazyFrame)):
        carrier = _CARRIERS.get(held.implementation.name.lower())
    if carrier is None:
        refuse("wrong_type", "frame", f"give a frame of dask, {', '.join(_CARRIERS)}")
    made = carrier(held, _Asked(knowledge, choices, progress))
    # Who gives a frame of narwhals' own gets one.
    return nw.from_native(made) if held is frame else made


def names_of(frame: Any) -> list[str]:
    """
    Name the columns of any frame that is known.

    Raises:
        InputError: For what is no frame.
    """
    held = nw.from_native(frame, pass_through=True)
    if not isinstance(held, (nw.DataFrame, nw.LazyFrame)):
        refuse("wrong_type", "frame", f"give a frame of dask, {', '.join(_CARRIERS)}")
    return [str(name) for name in held.collect_schema().names()]


def _polars(held: Frame, asked: _Asked) -> Any:
    answerer = asked.answerer(held, "polars")
    native = held.lazy().to_native()
    total = len(held) if isinstance(held, nw.DataFrame) else None
    tell, done = told_by(asked.progress, total)
    if isinstance(answerer, Plan):
        made = answerer.applied(native)
    else:
        schema = answerer.applied(native.head(0).collect()).schema
        made = native.map_batches(answerer.applied, schema=schema, streamable=True)
    if tell is not None:
        made = made.map_batches(passing(tell), streamable=True)
    if total is None:
        return made
    made = made.collect(engine="streaming" if tell else "auto")
    done()
    return made


def _pandas(held: Frame, asked: _Asked) -> Any:
    from microneedling.frames.pandas_types import beside, tidied

    native = given = held.to_native()
    if not len(given):
        # Of nothing pandas makes floats.
        given = given.astype(dict.fromkeys(given.select_dtypes("float").columns, object))
    typed = nw.from_native(tidied(given, asked.choices.columns), eager_only=True)
    made = _in_pieces(typed, asked, asked.answerer(typed, "pandas"))
    decided = beside(native, made.to_native())
    decided.attrs[_TOLD] = asked.told(native.columns)
    return decided


def _checked(choices: Choices, texts: frozenset[str], native: Any) -> None:
    """Refuse a part that is otherwise than the sample that the plan was made for."""
    found = read(nw.from_native(native, eager_only=True), choices, engine_of("pandas"))
    problems = [
        Problem(
            "wrong_type",
            choices.columns.get(name, name),
            "some parts hold texts, and others do not",
        )
        for name in sorted(found.texts ^ texts)
    ]
    if problems:
        raise InputError(*problems)


def _pyarrow(held: Frame, asked: _Asked) -> Any:
    table = nw.from_native(held.to_native(), eager_only=True)
    made = _in_pieces(table, asked, asked.answerer(table, "pyarrow"))
    decided = nw.concat([table, made], how="horizontal").to_native()
    told = json.dumps(asked.told(table.columns)).encode("ascii")
    before = held.to_native().schema.metadata or {}
    return decided.replace_schema_metadata({**before, _TOLD.encode("ascii"): told})


def _in_pieces(held: nw.DataFrame[Any], asked: _Asked, answerer: Answerer) -> nw.DataFrame[Any]:
    """Make the answers' columns of a frame in memory, piece by piece."""
    tell, done = told_by(asked.progress, len(held))
    names = made_names(asked.choices.columns)
    parts = []
    # One piece at least, for its columns.
    for start in range(0, len(held) or 1, _ROWS):
        part = held[start : start + _ROWS]
        made = nw.from_native(answerer.applied(part.to_native()), eager_only=True)
        parts.append(made.select(*names))
        if tell:
            tell(len(part))
    done()
    return nw.concat(parts)


def _duckdb(held: Frame, asked: _Asked, connection: Any = None) -> Any:
    """Decide a relation; rows that were brought into memory go back to a connection."""
    asked.runs_alone()
    answerer = asked.answerer(held, "duckdb")
    if isinstance(answerer, Plan):
        return answerer.applied(held.to_native())
    from microneedling.frames.engines.duckdb_engine import brought_back

    _warn("DuckDB runs none of our code on its rows, so they are all brought into memory.")
    table = held.lazy().collect(backend="pyarrow")
    engine = engine_of("pyarrow")
    keyed = Keyed(asked.knowledge, read(table, asked.choices, engine), engine)
    return brought_back(keyed.applied(table.to_native()), connection)


def _ibis(held: Frame, asked: _Asked) -> Any:
    """Decide what ibis holds in DuckDB as a relation: narwhals' plan over ibis grows too large."""
    import ibis

    native = held.to_native()
    try:
        backend = native.get_backend()
    except ibis.IbisError:
        refuse("unsupported", "frame", "the table stands in no database yet; bind it first")
    if backend.name != "duckdb":
        message = "of ibis, tables of DuckDB are taken; of others give what `to_pyarrow` gives"
        refuse("unsupported", "frame", message)
    # What is held in memory is known to DuckDB only once something was asked of it.
    native.limit(0).to_pyarrow()
    relation = backend.con.sql(str(backend.compile(native)))
    made = _duckdb(nw.from_native(relation), asked, backend.con)
    view = f"microneedling_{uuid4().hex}"
    # A temporary one, which goes with the connection and may be made where nothing may be written.
    backend.con.sql(f"create temporary view {view} as {made.sql_query()}")
    return backend.table(view)


def _dask(native: Any, asked: _Asked) -> Any:
    from microneedling.frames.pandas_types import Tidied, tidied

    asked.runs_alone()
    # Empty, with the types of the partitions.
    sample = native._meta  # noqa: SLF001 - as Dask's own documentation has it
    names = asked.choices.columns
    named_apart(sample, engine_of("pandas"))
    # What objects are is known only where they are; lists must not be taken for nulls.
    unknown = [
        Problem("wrong_type", column, "the column has to hold Arrow's lists of texts")
        for column in (names.get(name, name) for name in LISTS)
        if column in sample and sample[column].dtype == object
    ]
    if unknown:
        raise InputError(*unknown)
    typed = nw.from_native(tidied(sample, names), eager_only=True)
    texts = read(typed, asked.choices, engine_of("pandas")).texts
    answerer = Tidied(
        asked.answerer(typed, "pandas"), names, partial(_checked, asked.choices, texts)
    )
    return native.map_partitions(answerer.applied, meta=answerer.applied(sample))


def _pyspark(held: Frame, asked: _Asked) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructField, StructType

    asked.runs_alone()
    native = held.to_native()
    sample = _sample_of_spark(native.schema, asked.choices.columns)
    named_apart(sample, engine_of("plain_pyarrow"))
    typed: Frame = nw.from_native(sample)
    answerer = asked.answerer(typed, "plain_pyarrow")
    made = answerer.applied(sample)
    names = made.column_names
    more = from_arrow_schema(made.select(names[len(sample.schema) :]).schema)
    # By numbers, for Spark takes a name with dots for a path.
    numbered = [f"c{number}" for number in range(len(names))]
    plain = native.toDF(*numbered[: len(sample.schema)])
    schema = StructType(
        [
            StructField(number, field.dataType, field.nullable, field.metadata)
            for number, field in zip(numbered, [*plain.schema, *more], strict=True)
        ]
    )
    decided = plain.mapInArrow(_by_batches(answerer, sample.column_names, numbered), schema)
    return decided.toDF(*names)


def _sample_of_spark(schema: Any, names: Mapping[str, str]) -> Any:
    """Make an Arrow table without rows, with the types of what is read; others have none."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import to_arrow_type
    from pyspark.sql.types import TimestampType

    read_here = {names.get(name, name) for name in INPUTS}
    fields = []
    for field in schema.fields:
        kind: Any = pa.null()
        if field.name in read_here:
            # Spark's have a zone, whatever it is; those are refused.
            zoned = isinstance(field.dataType, TimestampType)
            kind = pa.timestamp("us", "UTC") if zoned else to_arrow_type(field.dataType)
        fields.append(pa.field(field.name, kind))
    return pa.schema(fields).empty_table()


def _by_batches(
    answerer: Answerer, names: Sequence[str], numbered: Sequence[str]
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Decide Arrow's batches, many at once: Spark's are small."""

    def answered_together(waiting: list[Any]) -> Any:
        import pyarrow as pa

        table = pa.Table.from_batches(waiting).rename_columns(list(names))
        return answerer.applied(table).rename_columns(list(numbered)).to_batches()

    def decided(batches: Iterable[Any]) -> Iterator[Any]:
        waiting: list[Any] = []
        for batch in batches:
            waiting.append(batch)
            if sum(map(len, waiting)) >= _SENT:
                yield from answered_together(waiting)
                waiting = []
        if waiting:
            yield from answered_together(waiting)

    return decided


_CARRIERS: Final[Mapping[str, Callable[[Frame, _Asked], Any]]] = {
    "polars": _polars,
    "pandas": _pandas,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
    "ibis": _ibis,
    "pyspark": _pyspark,
}
