"""The command ``table``: whole files, and how they are written."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import InputError, MicroneedlingError, Problem
from microneedling.cli import documents, showing
from microneedling.cli.command_lines import Commands, edition_option, examples
from microneedling.cli.words import named

__all__ = ["add_to"]

# What the library calls them, and what they are called here.
_ARGUMENTS = {"source": "IN", "target": "OUT"}
# What `--columns` says of a column.
_TAKEN = {
    "read": "read as {}",
    "kept": "passes untouched, as was said",
    "near": "stops the table: it may mean {}",
    "passed": "passes untouched",
}
# The status of a table of which some rows are no assessment; the others are decided all the same.
_INVALID_ROWS = 3


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    table = commands.add_parser(
        "table",
        parents=[edition_option()],
        help="decide every row of a Parquet or CSV file; needs the extra `table`",
        description="Decide every row of a Parquet or CSV file, streaming.",
        epilog=examples(
            "table visits.parquet decided.parquet",
            "table visits.csv --columns",
            "table visits.csv decided.csv --column indication=diagnosis \\\n"
            '      --delimiter ";" --dates DD.MM.YYYY --assume-absent',
        )
        + "\n\nexit status: 0 where all rows are decided, 3 where some are no assessment",
    )
    table.add_argument("source", metavar="IN", help="a file that ends in .parquet or .csv")
    table.add_argument(
        "target", metavar="OUT", nargs="?", help="written anew when all rows are decided"
    )
    table.add_argument(
        "--column",
        metavar="OURS=THEIRS",
        action="append",
        default=[],
        help="the file's own name of a column that is read or made; may be given again",
    )
    table.add_argument(
        "--columns", action="store_true", help="only say what each column is taken for"
    )
    table.add_argument(
        "--keep",
        metavar="COLUMN",
        action="append",
        default=[],
        help="let a column pass though it is called nearly like one that is read; may be repeated",
    )
    table.add_argument(
        "--strict", action="store_true", help="refuse columns that are neither read nor kept"
    )
    table.add_argument(
        "--asked",
        metavar="FINDING",
        action="append",
        default=[],
        help="a finding that was asked about, too, though it has no column; may be repeated",
    )
    table.add_argument(
        "--assume-absent",
        action="store_true",
        help="take every finding without a column for asked about; each such row says so",
    )
    table.add_argument("--delimiter", metavar="SIGN", default=",", help="of CSV; tab for a tab")
    table.add_argument("--encoding", metavar="NAME", default="utf-8", help="of CSV")
    table.add_argument(
        "--dates", metavar="FORM", default="YYYY-MM-DD", help="of CSV, such as DD.MM.YYYY"
    )
    table.add_argument("--yes", metavar="TEXTS", default="", help="of CSV, such as yes,x,1")
    table.add_argument("--no", metavar="TEXTS", default="", help="of CSV, such as no,0")
    table.add_argument("--decimal", metavar="SIGN", default="", help="of CSV, such as a comma")
    table.add_argument("--quiet", action="store_true", help="no progress bar")
    table.add_argument("--json", action="store_true", help="what was done, or the columns, as JSON")
    table.set_defaults(run=_table)


def _table(options: argparse.Namespace) -> int:
    """Decide the rows of a file, or say what its columns are taken for; give the exit status."""
    knowledge = documents.edition(options)
    columns: dict[str, str] = {}
    for pair in options.column:
        ours, equals, theirs = pair.partition("=")
        if not equals or ours in columns:
            refuse("wrong_text", "--column", "give each of our names once, as OURS=THEIRS")
        columns[ours] = theirs
    try:
        from microneedling.frames.column_choices import Choices
        from microneedling.frames.csv_files import CsvForm
        from microneedling.frames.file_streaming import columns_of, counted, recommend_file
    except ImportError:
        message = "Tables need polars, narwhals, rapidfuzz and tqdm: install the extra `table`."
        raise MicroneedlingError(message) from None
    choices = Choices.of(
        columns,
        options.keep,
        options.asked,
        assume_absent=options.assume_absent,
        strict=options.strict,
    )
    form = CsvForm(
        delimiter="\t" if options.delimiter == "tab" else options.delimiter,
        encoding=options.encoding,
        dates=options.dates,
        yes=frozenset(filter(None, options.yes.split(","))),
        no=frozenset(filter(None, options.no.split(","))),
        decimal=options.decimal,
    )
    if options.columns:
        with _telling(options):
            uses = columns_of(options.source, choices, form)
        if options.json:
            showing.plain(columns=[use._asdict() for use in uses])
        else:
            told = [f"{use.column}: {_TAKEN[use.taken].format(use.means)}" for use in uses]
            print("\n".join(told))
        return 0
    if options.target is None:
        refuse("missing_key", "OUT", "say where to write, or give --columns to only look")
    # A bar is for who watches.
    bar = not options.quiet and sys.stderr.isatty()
    with _telling(options):
        rows = recommend_file(
            options.source, options.target, knowledge, choices, form=form, progress=bar
        )
    counts = dict(counted(options.target, columns))
    if options.json:
        showing.plain(edition=knowledge.id, digest=knowledge.digest, rows=rows, verdicts=counts)
    else:
        told = [f"{count} {verdict}" for verdict, count in counts.items()]
        print(f"{rows} rows by edition {knowledge.id}: {', '.join(told) or 'none'}")
    return _INVALID_ROWS if "invalid" in counts else 0


@contextmanager
def _telling(options: argparse.Namespace) -> Iterator[None]:
    """Name the file that cannot be read, and the argument that names no table."""
    try:
        yield
    except InputError as error:
        told: MicroneedlingError = InputError(
            *[Problem(p.code, _ARGUMENTS.get(p.path, p.path), p.message) for p in error.problems]
        )
    except MicroneedlingError as error:
        told = MicroneedlingError(f"{named(options.source)}: {error}")
    else:
        return
    raise told
