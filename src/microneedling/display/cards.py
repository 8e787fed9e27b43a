"""What is shown of an answer, of what comes next, of a course and of an edition, as documents."""

from typing import TYPE_CHECKING

from microneedling.display import answers, editions, next_steps, visits
from microneedling.display.brief import around, ending, left_out, shared
from microneedling.display.documents import (
    Block,
    Document,
    LinkedPage,
    Paragraph,
    Part,
    Sources,
    Table,
    fields,
    parts,
    tree,
)
from microneedling.display.headings import concern, heading
from microneedling.display.labels import label, labels, sentence, words
from microneedling.display.languages import say
from microneedling.display.options import (
    cells,
    column_names,
    figures,
    option_lines,
    remarks,
    served,
    session,
)
from microneedling.display.questions import question_rows
from microneedling.display.sessions import care, effects, needs, red_flags
from microneedling.display.stop_signs import stop_rows
from microneedling.display.table_texts import cell_text
from microneedling.display.text import NOT_PUBLISHED, about, made_by, row, section
from microneedling.values.reasons import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from microneedling.knowledge.comparison import Comparison
    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.knowledge.rules import Protocol
    from microneedling.values.assessments import Concern
    from microneedling.values.courses import Course
    from microneedling.values.evidence import Source
    from microneedling.values.next_steps import NextStep
    from microneedling.values.reasons import Reason
    from microneedling.values.recommendations import Answer, Provenance
    from microneedling.values.tables import Table as PlainTable
    from microneedling.values.visits import VisitAnswer

__all__ = [
    "answer",
    "comparison",
    "course",
    "knowledge",
    "next_step",
    "sources",
    "table",
    "visit",
]

# However many there are: a page is as long as it has to be.
_ROOM = 10**6


def sources(held: "Sequence[Source]") -> tuple[Block, ...]:
    """Give the sources, folded; nothing where there are none."""
    title = say("html.sources", "Sources")
    return (Part("sources", title, (Sources(tuple(held)),), folded=True),) if held else ()


def _decides(edition: str) -> Paragraph:
    told = say("html.decides", "Edition {edition}; the professional decides.", edition=edition)
    return Paragraph((told,))


def _end(page: LinkedPage, provenance: "Provenance") -> tuple[Block, ...]:
    """Say what it may be used for, what made it, and last the sources that were named."""
    made = tree(page, made_by(provenance))
    return (
        *parts(page, about(provenance), "about"),
        Part("edition", say("html.edition", "Edition"), made, folded=True),
        *sources(page.named()),
    )


def _options(held: "Sequence[Course]", concerns: "Sequence[Concern]") -> Table:
    asked = served(held, concerns)
    return Table(
        say("html.options", "Options"),
        (say("html.rank", "Rank"), *column_names()),
        tuple(
            ((str(course.standing.rank),), *((cell,) for cell in cells(course))) for course in held
        ),
        tuple(remarks(course, asked) for course in held),
    )


def _brief(answer: "Answer", told: "Collection[Reason]" = ()) -> tuple[str, tuple[Block, ...]]:
    """Give the verdict, and what the brief says of one answer alone."""
    above, below = around(answer, told)
    title, person, *others = above
    middle: tuple[Block, ...] = ()
    if answer.verdict is Verdict.ASK:
        middle = fields(question_rows(answer.because, _ROOM))
    elif answer.options:
        first = " ".join(left_out(answer, len(answer.options))).strip()
        middle = (_options(answer.options, answer.assessment.concerns),)
        middle += (Paragraph((first,)),) if first else ()
    return title, (Paragraph((person.strip(),)), *fields(others), *middle, *fields(below))


def _sections(answer: "Answer", page: LinkedPage, key: str = "") -> tuple[Block, ...]:
    """Give all sections of an answer, folded."""
    above = len(heading(answer))
    return tuple(
        part
        for named in answers.SECTIONS
        for part in parts(page, answers.body(answer, page, [named])[above:], f"{key}{named}")
    )


def answer(held: "Answer") -> Document:
    """Make the document of an answer."""
    page = LinkedPage()
    title, blocks = _brief(held)
    last = fields([*shared([held]), *ending([held])])
    return Document(
        title,
        (
            *blocks,
            *last,
            _decides(held.edition),
            *_sections(held, page),
            *_end(page, held.provenance),
        ),
    )


def visit(held: "VisitAnswer") -> Document:
    """Make the document of the answers for one visit."""
    page = LinkedPage()
    told, lines = visits.binding_rows(held)
    areas, more = [], []
    for number, one in enumerate(held.answers, 1):
        title, blocks = _brief(one, told)
        areas.append(Part(f"area-{number}", title, blocks))
        name = sentence(label(one.assessment.site))
        whole = say("html.in_full", "{area}, in full", area=name)
        blocks = _sections(one, page, f"area-{number}-")
        more.append(Part(f"area-{number}-in-full", whole, blocks, folded=True))
    last = fields([*shared(held.answers), *ending(held.answers)])
    every = Part("all-areas", say("html.all_areas", "All areas"), last)
    return Document(
        visits.headline(held),
        (
            *fields(lines),
            *areas,
            every,
            _decides(held.answers[0].edition),
            *parts(page, visits.binding(held, page), "binding"),
            *more,
            *_end(page, held.provenance),
        ),
    )


def next_step(step: "NextStep") -> Document:
    """Make the document of what comes next in a course."""
    page = LinkedPage()
    title, *when = next_steps.head(step)
    named = [name for name in next_steps.SECTIONS if name != "about"]
    return Document(
        title,
        (
            *tree(page, when),
            *fields(next_steps.open_rows(step)),
            _decides(step.edition),
            *(
                part
                for name in named
                for part in parts(page, next_steps.body(step, page, [name]), name)
            ),
            *_end(page, step.provenance),
        ),
    )


def course(held: "Course") -> Document:
    """Make the document of one option."""
    page = LinkedPage()
    named = " and ".join(map(concern, held.concerns))
    known = remarks(held, held.concerns)
    rows = [
        *row(say("html.heed", "Heed"), sentence(known)),
        *row(say("html.session", "Session"), session(held)),
        *stop_rows([held]),
    ]
    title = say("html.figures", "Figures, and what they rest on")
    folded = (
        ("options", section(title, option_lines(page, held, held.concerns))),
        ("session", needs(page, [held])),
        ("care", care(page, [held], None)),
        ("stop", red_flags(page, held, None)),
        ("effects", effects(page, held)),
    )
    return Document(
        sentence(f"{named}: {figures(held)}"),
        (
            *fields(rows),
            *(part for key, lines in folded for part in parts(page, lines, key)),
            *sources(page.named()),
        ),
    )


def comparison(found: "Comparison") -> Document:
    """Make the document of two needle lengths side by side."""
    page = LinkedPage()
    left, right = str(found.left), str(found.right)
    rows = tuple(
        (
            (sentence(label(told.aspect)),),
            (editions.followed(told.left),),
            (editions.followed(told.right),),
        )
        for told in found.rows
    )
    lines = []
    for told in found.rows:
        lines.append(f"- {sentence(label(told.aspect))}")
        for length, held in ((left, told.left), (right, told.right)):
            lines += [f"  - {editions.cell(page, fact, length)}" for fact in held]
            lines += [] if held else [f"  - {length}: {NOT_PUBLISHED}"]
    title = f"{left} and {right}"
    every = say("html.all_said", "All that sources say")
    table = Table(
        say("html.followed", "What the edition follows"),
        (say("html.aspect", "Aspect"), left, right),
        rows,
    )
    return Document(
        title,
        (
            table,
            Paragraph((editions.others_say(),)),
            _decides(found.edition),
            *parts(page, section(every, lines), "said"),
            *sources(page.named()),
        ),
    )


def knowledge(edition: "Knowledge") -> Document:
    """Make the document of what an edition holds."""
    page = LinkedPage()
    lines = editions.knowledge(edition).split("\n")
    counted = editions.counts(edition)
    until = lines.index("")
    first, *others = lines[: until - len(counted)]
    held = Table(
        say("html.holds", "What it holds"),
        (say("html.table", "Table"), say("html.rows", "Rows")),
        tuple(((sentence(name),), (str(count),)) for name, count in counted.items()),
    )
    said = parts(page, lines[until:], "about", folded=False)
    # The sources stand below with their links.
    above = (Paragraph((line,)) for line in others)
    return Document(
        first, (*above, held, *said[:-1], _protocols(edition), *sources(edition.sources))
    )


def table(held: "PlainTable") -> Document:
    """Make the document of a plain table, and of what its columns hold."""
    head = tuple(column.name for column in held.columns)
    rows = tuple(tuple((cell_text(cell),) for cell in row) for row in held.cells)
    told = Table(
        say("html.columns", "Columns"),
        (say("html.column", "Column"), say("html.about", "What it holds")),
        tuple(((column.name,), (column.about,)) for column in held.columns),
    )
    columns = Part("columns", say("html.columns", "Columns"), (told,), folded=True)
    title = sentence(words(held.name))
    return Document(title, (Table(title, head, rows), columns))


def _protocols(edition: "Knowledge") -> Part:
    """Give the documented ways to treat, as they stand before anything is known of a patient."""
    page = LinkedPage()
    head = (
        say("html.treated", "What is treated"),
        say("html.where", "Where"),
        *column_names(),
        say("html.named_by", "Sources"),
    )
    rows = tuple(
        (
            (_treated(way),),
            (f"{labels(way.sites)}; {labels(way.settings)}",),
            (str(way.lengths),),
            (str(way.sessions or NOT_PUBLISHED),),
            (str(way.interval or NOT_PUBLISHED),),
            (label(way.backing),),
            page.inline(page.ids(way.citations)),
        )
        for way in edition.protocols
    )
    told = say(
        "html.no_offer",
        "What holds for a patient is told by an answer alone: findings and limits change it.",
    )
    table = Table(say("html.before_limits", "Before any limit of a patient"), head, rows)
    title = say("html.protocols", "Documented ways to treat")
    return Part("protocols", title, (Paragraph((told,)), table), folded=True)


def _treated(way: "Protocol") -> str:
    """Name what a protocol treats, and at which severities where not at all."""
    marked = f" ({labels(way.severities)})" if way.severities else ""
    return f"{sentence(labels(way.indications))}{marked}"
