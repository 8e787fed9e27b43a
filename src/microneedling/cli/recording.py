"""The command ``record``: an event more in a ledger, so that ``next`` has something new to read."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import InputError, Problem
from microneedling.cli import documents, files, showing, words
from microneedling.cli.command_lines import Commands, Parser, edition_option, examples
from microneedling.cli.ledgers import Kept, area, ledger_of, opened

if TYPE_CHECKING:
    from microneedling.values.events import Event

__all__ = ["EVENTS", "add_to"]

# What an event is called here, its kind in documents, and the options that say more of it.
EVENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    name: (kind, tuple(options.split()))
    for name, kind, options in (
        (
            "session",
            "session_done",
            "done_on needle_length end_point passes note override author reason",
        ),
        ("skipped", "session_skipped", "missed_on note"),
        ("postponed", "session_postponed", "to note"),
        ("side-effect", "side_effect_reported", "effect severity day session note"),
        ("resolved", "side_effect_resolved", "effect day session note"),
        ("finding", "finding_changed", "finding present last_on"),
        ("plan", "plan_changed", "sessions note override author reason"),
        ("updated", "assessment_updated", "skin_type reviewed note"),
        ("stopped", "course_stopped", "note"),
        ("in-error", "entered_in_error", "entry author reason"),
    )
}
# What is said by an option of another name.
_MADE_OF = {"safeguards": "override", "site": "area"}
_PRESENT = {"yes": True, "no": False, "unknown": None}
_REFUSED = 30


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    record = commands.add_parser(
        "record",
        parents=[edition_option("in force from here on; that of the ledger if not given")],
        usage="%(prog)s LEDGER EVENT --on DAY [--out OUT | --in-place] ...\n"
        "       %(prog)s LEDGER --event FILE [--out OUT | --in-place]",
        help="record an event in the ledger of a course, for next to read",
        description="Record an event in the ledger of a course, or in a treatment, whose plan is "
        "dated anew. What is given stays as it is: the longer one is printed, or written to "
        "--out, or, with --in-place alone, put in its place. What has parts of its own, such as "
        "zones, materials or a device, is said by --event.",
        epilog=_epilog(),
    )
    record.add_argument(
        "file", metavar="LEDGER", help="a ledger or a treatment as JSON; - for standard input"
    )
    record.add_argument(
        "kind", metavar="EVENT", nargs="?", choices=[*EVENTS], help="what happened, as listed below"
    )
    record.add_argument(
        "--event", metavar="FILE", help="an event as JSON instead; - for standard input"
    )
    target = record.add_mutually_exclusive_group()
    target.add_argument("--out", metavar="OUT", help="a new file for the longer ledger")
    target.add_argument(
        "--in-place", action="store_true", help="put the longer ledger in the place of LEDGER"
    )
    record.add_argument(
        "--json", action="store_true", help="print the longer ledger as JSON in any case"
    )
    record.add_argument("--by", metavar="WHO", default="", help="who records it, as a staff code")
    record.add_argument(
        "--area", metavar="SITE", help="of a treatment of several areas, that which it is about"
    )
    record.add_argument("--on", metavar="DAY", help="the day it is recorded, YYYY-MM-DD")
    _add_details(record)
    record.set_defaults(run=_record, wrong=record.refuse)


def _add_details(record: Parser) -> None:
    said = record.add_argument_group("what is to be said of an event")
    codes = "as `microneedling codes {}` lists it"
    for name, metavar, about in (
        ("done-on", "DAY", "the day the session was held, where it is another one"),
        ("missed-on", "DAY", "the day that was let pass, where it is another one"),
        ("needle-length", "LENGTH", 'that was used, such as "1.5 mm", or unknown'),
        ("end-point", "CODE", f"at which it stopped, {codes.format('end_points')}"),
        ("note", "CODE", "points to a note kept elsewhere"),
        ("to", "DAY", "the first day on which the session that was put off may be held"),
        ("effect", "CODE", f"the side effect, {codes.format('side_effects')}"),
        ("severity", "CODE", f"how marked it was, {codes.format('severities')}"),
        ("finding", "CODE", f"of which more is known, {codes.format('findings')}"),
        ("last-on", "DAY", "the last day of a finding that is present"),
        ("skin-type", "I-VI", "the skin type as it was found now"),
        ("author", "WHO", "who overrode or struck out: a role or a staff code"),
        ("reason", "WHY", "why, in one line"),
    ):
        said.add_argument(f"--{name}", metavar=metavar, help=about)
    for name, about in (
        ("passes", "over the skin"),
        ("day", "days after the session on which the effect was so, or was gone"),
        ("session", "which session the effect follows, from 1; else the last"),
        ("entry", "the number of the entry that is struck out"),
        ("sessions", "how many are planned in all"),
    ):
        said.add_argument(f"--{name}", metavar="N", type=int, help=about)
    said.add_argument(
        "--present", choices=[*_PRESENT], metavar="yes|no|unknown", help="whether the finding is"
    )
    said.add_argument(
        "--reviewed",
        action="store_const",
        const=True,
        help="the whole assessment was gone through again",
    )
    said.add_argument(
        "--override",
        metavar="SAFEGUARD",
        action="append",
        help=f"a safeguard that was overridden, {codes.format('safeguards')}; may be given again",
    )


def _epilog() -> str:
    lines = ["events, each with --on:"]
    for name, (_, options) in EVENTS.items():
        listed = ", ".join(f"--{option.replace('_', '-')}" for option in options)
        lines.append(f"  {name}: {listed}".replace(", --override", ",\n      --override"))
    return "\n".join(
        [
            *lines,
            "",
            examples(
                "record course.json session --on 2026-12-01 \\\n"
                '      --needle-length "1.5 mm" --out course2.json',
                "record course2.json side-effect --on 2026-12-12 \\\n"
                "      --effect erythema --severity mild --day 8 --in-place",
                "record course.json --event event.json >course2.json",
            ),
            "",
            "exit status: 0 recorded, 30 where a safeguard speaks against the session",
        ]
    )


def _record(options: argparse.Namespace) -> int:
    _check(options)
    newer = None if options.edition is None else documents.edition(options)
    found = documents.given(options.file)
    kept = opened(found)
    kept = kept if newer is None else kept.under(newer)
    longer = _longer(kept, _event(options), options)
    if longer is None:
        return _REFUSED
    _put(options, found, longer)
    if options.json or not (options.in_place or options.out is not None):
        showing.document(longer)
    else:
        where = options.file if options.in_place else options.out
        ledger = ledger_of(longer, area(options.area))
        place = len(ledger.entries) - 1
        print(f"Entry {place} recorded in {words.named(where)}, by edition {ledger.knowledge.id}.")
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse a command line that does not say one event, or says more than it takes."""
    wrong: Callable[[str], NoReturn] = options.wrong
    given = [name for name in _every_option() if getattr(options, name) is not None]
    if options.in_place and options.file == "-":
        wrong("--in-place needs a file; what comes from standard input has no place")
    if options.event is None:
        if options.kind is None:
            wrong(f"missing: EVENT, one of {', '.join(EVENTS)}, or --event FILE")
        taken = {*EVENTS[options.kind][1], "on"}
        name = next((name for name in given if name not in taken), None)
        if name is not None:
            wrong(f"{_option(name)} says nothing of the event {options.kind}")
        if options.on is None:
            wrong("missing: --on")
        return
    if options.kind is not None or given:
        wrong(f"give --event or {_option(given[0]) if given else 'EVENT'}, not both")
    if options.event == options.file == "-":
        wrong("LEDGER and --event cannot both come from standard input")


def _every_option() -> tuple[str, ...]:
    every = (name for _, names in EVENTS.values() for name in names)
    return tuple(dict.fromkeys(["on", *every]))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _event(options: argparse.Namespace) -> "Event":
    """Read the event that a command line says, or the file that it names."""
    from microneedling.values.events import Event

    if options.event is not None:
        event: Event = documents.value(documents.given(options.event), Event)
        return event
    from microneedling.wire import SCHEMA, from_dict

    kind, names = EVENTS[options.kind]
    fields: dict[str, Any] = {"on": options.on}
    fields |= {n: getattr(options, n) for n in names if getattr(options, n) is not None}
    if kind == "session_done" and options.needle_length is None:
        refuse("missing_key", "--needle-length", "it is missing; give it, or unknown")
    if options.needle_length is not None:
        told = options.needle_length
        known = None if told == "unknown" else str(words.length(told, "--needle-length"))
        fields["needle_length"] = known
    if options.present is not None:
        fields["present"] = _PRESENT[options.present]
    if "override" in names:
        parts: dict[str, Any] = {
            n: fields.pop(n) for n in ("override", "author", "reason") if n in fields
        }
        if parts:
            parts["safeguards"] = parts.pop("override", [])
            fields["override"] = parts
    try:
        return from_dict({"schema": SCHEMA, "kind": kind, **fields}, Event)
    except InputError as error:
        problems = error.problems
    raise InputError(*[_said(problem) for problem in problems])


def _said(problem: Problem) -> Problem:
    """Tell a problem of a document by the option that made it."""
    field = problem.path.rpartition(".")[2].partition("[")[0]
    place = "EVENT" if field in {"", "$"} else _option(_MADE_OF.get(field, field))
    message = "it is missing; give it" if problem.code == "missing_key" else problem.message
    return Problem(problem.code, place, message)


def _longer(kept: Kept, event: "Event", options: argparse.Namespace) -> "Kept | None":
    """Record an event; None where safeguards speak against it, which is told."""
    from microneedling.treating.ledger import Progress
    from microneedling.values.sessions import Safeguard

    try:
        if isinstance(kept, Progress):
            return kept.record(event, by=options.by)
        return kept.record(event, site=area(options.area), by=options.by)
    except InputError as error:
        problems = error.problems
    if options.event is None:
        problems = tuple(_said(problem) for problem in problems)
    against = [p.code for p in problems if p.code in Safeguard._value2member_map_]
    if not against:
        raise InputError(*problems)
    named = " ".join(f"--override {code}" for code in against)
    print(f"Safeguards speak against this event: {', '.join(against)}.", file=sys.stderr)
    print(InputError(*problems), file=sys.stderr)
    print(f"To record it all the same: {named} --author WHO --reason WHY", file=sys.stderr)
    return None


def _put(options: argparse.Namespace, found: documents.Given, value: object) -> None:
    """Write the longer ledger where it is to be."""
    from microneedling.wire import to_json

    if options.in_place:
        files.replace(options.file, found.data, to_json(value))
    elif options.out is not None:
        if options.out == options.file:
            refuse("contradiction", "--out", "give another file, or --in-place")
        files.write([files.Output("ledger", options.out, to_json(value), new=True)])
