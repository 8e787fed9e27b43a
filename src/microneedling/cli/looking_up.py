"""The commands that look something up: ``compare``, ``questions``, ``knowledge``, ``schema``."""

import argparse

from microneedling._foundation.checks import refuse
from microneedling.cli import documents, showing, words
from microneedling.cli.command_lines import (
    Commands,
    edition_option,
    examples,
    in_english_alone,
    language_option,
    meant,
    pager_option,
)

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the commands to a command line."""
    _add_compare(commands)
    _add_questions(commands)
    _add_knowledge(commands)
    _add_schema(commands)


def _add_compare(commands: Commands) -> None:
    compare = commands.add_parser(
        "compare",
        parents=[edition_option(), pager_option()],
        help="two needle lengths side by side",
        description="Set two needle lengths side by side, aspect by aspect.",
        epilog=examples("compare 0.5mm 1.0mm", 'compare --json "500 um" "1 mm"'),
    )
    compare.add_argument("left", metavar="LEFT", help="a length with its unit, such as 0.5mm")
    compare.add_argument("right", metavar="RIGHT", help="the other one, such as 1.0mm")
    form = compare.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the comparison as JSON")
    form.add_argument("--full", action="store_true", help="all that sources say, with them")
    compare.set_defaults(run=_compare)


def _add_questions(commands: Commands) -> None:
    ask = commands.add_parser(
        "questions",
        parents=[edition_option(), language_option(), pager_option()],
        help="the screening questions that matter",
        description="List what is to be asked before anything is recommended, in the order of a "
        "careful intake.",
        epilog=examples(
            "questions --indication melasma --site cheek --json",
            "questions --indication melasma --indication striae --site trunk",
            "codes indications",
        ),
    )
    ask.add_argument(
        "--indication",
        required=True,
        action="append",
        metavar="CODE",
        help="what is to be treated, as `microneedling codes indications` lists it; may be given "
        "again",
    )
    ask.add_argument(
        "--site",
        required=True,
        metavar="CODE",
        help="where, as `microneedling codes sites` lists it",
    )
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="all questions as JSON, with their why")
    form.add_argument("--full", action="store_true", help="every question spelled out")
    ask.set_defaults(run=_questions)


def _add_knowledge(commands: Commands) -> None:
    knowledge = commands.add_parser(
        "knowledge",
        parents=[edition_option(), pager_option()],
        help="edition, digest, counts and sources",
        description="Say what an edition is and holds.",
        epilog=examples("knowledge", "knowledge --json", "knowledge --tables >edition.json"),
    )
    form = knowledge.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the same as JSON")
    form.add_argument(
        "--tables", action="store_true", help="the whole edition as the JSON that can be read again"
    )
    knowledge.set_defaults(run=_knowledge)


def _add_schema(commands: Commands) -> None:
    schema = commands.add_parser(
        "schema",
        parents=[pager_option()],
        help="the JSON Schema of a kind of document; without a name, the names",
        description="Print the JSON Schema of a kind of document, or the names of the kinds.",
        epilog=examples("schema", "schema assessment", "schema --json"),
    )
    schema.add_argument(
        "kind", metavar="KIND", nargs="?", help="such as assessment or Assessment; else all names"
    )
    schema.add_argument("--json", action="store_true", help="the names as JSON; a schema is JSON")
    schema.set_defaults(run=_schema)


def _compare(options: argparse.Namespace) -> int:
    from microneedling.knowledge.comparison import compare

    knowledge = documents.edition(options)
    left, right = words.length(options.left, "LEFT"), words.length(options.right, "RIGHT")
    found = compare(left, right, knowledge)
    if options.json:
        showing.document(found)
    else:
        showing.text(found.explain if options.full else found.brief, options)
    return 0


def _questions(options: argparse.Namespace) -> int:
    from microneedling.deciding.recommending import questions
    from microneedling.display import in_language, question_list
    from microneedling.values.vocabulary import Indication, Site

    knowledge = documents.edition(options)
    found = questions(
        knowledge,
        indications=[words.code(text, Indication, "--indication") for text in options.indication],
        site=words.code(options.site, Site, "--site"),
    )
    if options.json:
        asked = [showing.bare(question) for question in found]
        showing.plain(edition=knowledge.id, digest=knowledge.digest, questions=asked)
        return 0
    if not options.full:

        def listed() -> str:
            with in_language(options.language or "en"):
                return question_list(found)

        showing.text(listed, options)
        return 0
    in_english_alone(options, "the whole list")
    lines = [
        f"{one.finding.value} ({knowledge.finding(one.finding).level.value}): {one.text}"
        for one in found
        if one.finding is not None
    ]
    showing.text(lambda: "\n".join(lines), options)
    return 0


def _knowledge(options: argparse.Namespace) -> int:
    from microneedling.display import editions

    knowledge = documents.edition(options)
    if options.tables:
        showing.document(knowledge)
    elif options.json:
        showing.plain(
            digest=knowledge.digest,
            edition=showing.bare(knowledge.edition),
            counts={n.replace(" ", "_"): count for n, count in editions.counts(knowledge).items()},
            sources=[showing.bare(source) for source in knowledge.sources],
        )
    else:
        showing.text(lambda: editions.knowledge(knowledge), options)
    return 0


def _schema(options: argparse.Namespace) -> int:
    from microneedling.wire import schema_files
    from microneedling.wire.schema import documents as kinds

    known = kinds()
    if options.kind is None:
        if options.json:
            showing.plain(kinds=[*known])
        else:
            showing.text(lambda: "\n".join(known), options)
        return 0
    named = {name.replace("_", ""): name for name in known}
    asked = options.kind.replace("_", "").lower()
    if asked not in named:
        near = meant(options.kind.lower(), known)
        refuse("unknown_code", "KIND", f"give one of the names that `schema` alone prints{near}")
    print(schema_files.text(named[asked]), end="")
    return 0
