"""Documents in: from bytes or plain data to a value, or to all that is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from microneedling._foundation.checks import collected, refuse
from microneedling._foundation.errors import (
    InputError,
    KnowledgeError,
    Problem,
    StoredDocumentError,
)
from microneedling._foundation.public_names import HOME, load
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.recommendations import (
    Answer,
    Ask,
    Decline,
    Defer,
    Offer,
    Recommendation,
    Refer,
)
from microneedling.wire.document_kinds import (
    FAMILIES,
    FORM,
    NAMED,
    SCHEMA,
    SHARED,
    VALUE,
    caps,
    is_public,
    key,
    shared_by,
)
from microneedling.wire.ledgers import Editions, LedgerDocument, NamedEdition, TreatmentDocument
from microneedling.wire.parsing import is_plain, parsed, plain, text_of
from microneedling.wire.problems import NO_ROOM, missing, unknown_keys
from microneedling.wire.reading_modes import Fields, Kind, Quick, Thorough, Way
from microneedling.wire.structuring import Parts, is_object, naming, quick_document
from microneedling.wire.whole_values import (
    AnswerDocument,
    ReferenceDocument,
    VisitDocument,
    is_all_fields,
    is_reference,
    referred,
    whole,
)

if TYPE_CHECKING:
    from typing_extensions import TypeForm

__all__ = ["from_dict", "from_json"]

T = TypeVar("T")
A = TypeVar("A", Offer, Ask, Defer, Refer, Decline)
_MOST_TOLD = 1_000
# By class and id.
Places: TypeAlias = dict[tuple[type, str | None], str]


# Of the class that all answers share any answer is read; of any other, values of that class; of
# one that is known only when the program runs, type checkers cannot tell.
@overload
def from_json(data: bytes | str, kind: type[A], *editions: Knowledge, stored: bool = ...) -> A: ...
@overload
def from_json(
    data: bytes | str, kind: type[Recommendation], *editions: Knowledge, stored: bool = ...
) -> Answer: ...
@overload
def from_json(
    data: bytes | str, kind: "TypeForm[T]", *editions: Knowledge, stored: bool = ...
) -> T: ...
@overload
def from_json(
    data: bytes | str, kind: type | UnionType, *editions: Knowledge, stored: bool = ...
) -> Any: ...  # noqa: ANN401 - of that kind
def from_json(data: bytes | str, kind: Kind, *editions: Knowledge, stored: bool = False) -> Any:
    """
    Read a document, strictly.

    Nothing is coerced, left out or guessed, and the value goes through its constructor. An
    answer must be what its edition gives, a ledger what can have happened under its own.

    Args:
        data: What `to_json` wrote, or the like: UTF-8, at most 1,000,000 bytes, 50,000 keys
            and items and 32 levels; a ledger or an edition 32,000,000 bytes and 100,000 items.
        kind: The class of the value, such as `Assessment`; `Recommendation` for any answer, and
            the unions `Answer`, `NextStep` and `Event`.
        editions: Editions of one's own that the document names. Those that ship are found by
            their id and digest.
        stored: Whether it was read from where it is kept, and no caller gave it.

    Raises:
        InputError: With every problem found, each with a code and a path; never what was given.
        StoredDocumentError: Where ``stored``, in its place and with the same problems.

    >>> import microneedling as mn
    >>> mn.from_json(b'{"schema": 1, "value": "500 um"}', mn.NeedleLength)
    NeedleLength(um=500)
    >>> mn.from_json('{"schema": 1, "age_years": 34.0}', mn.Assessment)
    Traceback (most recent call last):
    microneedling._foundation.errors.InputError: $.on: this key is missing; give it [missing_key]
    $.site: this key is missing; give it [missing_key]
    $.setting: this key is missing; give it [missing_key]
    $.concerns: this key is missing; give it [missing_key]
    $.age_years: give a whole number of years as a plain int; floats, booleans, text and other \
libraries' integers are not taken, convert them with int() where that is exact [not_an_integer]
    """
    if stored:
        return _as_stored(lambda: from_json(data, kind, *editions))
    known = _checked(kind, editions)
    document = parsed(text_of(data, *caps(kind)))
    try:
        return _quickly(document, kind, known)
    except Exception:  # noqa: BLE001, S110 - the other way finds what is wrong
        pass
    problems: list[Problem] = []
    # A key that is given twice is told together with everything else.
    return _told(lambda: plain(document, "$", _known_keys(), problems), kind, known, problems)


@overload
def from_dict(
    document: Mapping[str, Any], kind: type[A], *editions: Knowledge, stored: bool = ...
) -> A: ...
@overload
def from_dict(
    document: Mapping[str, Any],
    kind: type[Recommendation],
    *editions: Knowledge,
    stored: bool = ...,
) -> Answer: ...
@overload
def from_dict(
    document: Mapping[str, Any], kind: "TypeForm[T]", *editions: Knowledge, stored: bool = ...
) -> T: ...
@overload
def from_dict(
    document: Mapping[str, Any], kind: type | UnionType, *editions: Knowledge, stored: bool = ...
) -> Any: ...  # noqa: ANN401 - of that kind
def from_dict(
    document: Mapping[str, Any], kind: Kind, *editions: Knowledge, stored: bool = False
) -> Any:
    """
    Read a document that was parsed already.

    As `from_json`, but for keys that are given twice, which most parsers hide.

    Args:
        document: What `to_dict` gave, or the like: plain dictionaries, lists, text, whole
            numbers, booleans and None.
        kind: The class of the value.
        editions: Editions of one's own that the document names.
        stored: Whether it was read from where it is kept, and no caller gave it.

    Raises:
        InputError: With every problem found, each with a code and a path; never what was given.
        StoredDocumentError: Where ``stored``, in its place and with the same problems.

    >>> import microneedling as mn
    >>> mn.from_dict({"schema": 1, "fewest": 3, "most": 6}, mn.SessionCount)
    SessionCount(fewest=3, most=6)
    """
    if stored:
        return _as_stored(lambda: from_dict(document, kind, *editions))
    known = _checked(kind, editions)
    if is_plain(document, *caps(kind)):
        try:
            return _quickly(document, kind, known)
        except Exception:  # noqa: BLE001, S110 - the other way finds what is wrong
            pass
    return _told(lambda: document, kind, known, [])


def _as_stored(read: Callable[[], T]) -> T:
    """Read what was kept: what is wrong with it is no caller's mistake."""
    try:
        return read()
    except InputError as error:
        problems = error.problems
    # Outside the block: what was caught there may carry the document.
    raise StoredDocumentError(*problems)


def _quickly(document: object, kind: Kind, editions: Editions) -> Any:  # noqa: ANN401 - of that kind
    """Read what is right, or raise something."""
    if is_all_fields(kind):
        return quick_document(kind)(document)
    return _read(Quick(), document, kind, editions)


def _checked(kind: Kind, editions: Iterable[Knowledge]) -> Editions:
    if not is_public(kind):
        refuse("wrong_type", "kind", "give a public class of values, such as Assessment")
    return collected(editions, "editions", Knowledge)


@cache
def _known_keys() -> frozenset[str]:
    """Give every key there is, so that a path repeats none of a stranger's."""
    kinds = [
        AnswerDocument,
        LedgerDocument,
        TreatmentDocument,
        NamedEdition,
        ReferenceDocument,
        VisitDocument,
        *map(load, HOME),
    ]
    fields = [f.name for kind in kinds for f in getattr(kind, "__attrs_attrs__", ())]
    tags = [family.tag for family in FAMILIES]
    apart = ("schema", "shared", "tables", VALUE, FORM)
    return frozenset({*map(key, fields), *tags, *SHARED, *apart})


def _told(
    document: Callable[[], object], kind: Kind, editions: Editions, problems: list[Problem]
) -> Any:  # noqa: ANN401 - of that kind
    """Read the thorough way: a value, or one error with all that is wrong."""
    way, value = Thorough(problems), None
    try:
        value = _read(way, document(), kind, editions)
    except InputError as error:
        way.wrong(*error.problems)
    except RecursionError:
        way.wrong(NO_ROOM)
    except (KnowledgeError, KeyError):
        if not editions:
            raise
        message = "one that is given is no sound edition; `from_tables` tells what is wrong with it"
        way.wrong(Problem("no_edition", "editions", message))
    # Outside the block: what was caught there may carry the document.
    if way.problems:
        raise InputError(*_bounded(way.problems))
    return value


def _bounded(problems: list[Problem]) -> list[Problem]:
    """Leave out what nobody reads, so that no small document makes a vast error."""
    left = len(problems) - _MOST_TOLD
    if left <= 0:
        return problems
    more = Problem("more", "", f"{left} problems more; correct these first")
    return [*problems[:_MOST_TOLD], more]


def _read(way: Way, document: object, kind: Kind, editions: Editions) -> Any:  # noqa: ANN401 - of that kind
    fields = way.fields(document, "$")
    schema = fields.pop("schema", None)
    if type(schema) is not int or schema != SCHEMA:
        refuse("unknown_schema", "$.schema", f"give the schema number {SCHEMA}")
    if is_reference(fields, kind):
        return referred(way, fields, kind, editions)
    names = shared_by(kind)
    if not names:
        return whole(way, fields, kind, editions)
    parts = Parts()
    with naming(parts):
        places = _shared(way, fields, names, parts)
        value = whole(way, fields, kind, editions)
    _check_named(way, places, parts)
    return value


def _shared(way: Way, fields: Fields, names: Iterable[str], parts: Parts) -> Places:
    """Read what stands once, and give the place of each."""
    places: Places = {}
    lists = _lists(way, fields, names)
    for name, kind in [(name, SHARED[name]) for name in names]:
        rows = lists.pop(name, None)
        if type(rows) is not list:
            # Told already.
            parts.unread.add((kind, None))
            continue
        for number, row in enumerate(rows):
            path = f"$.shared.{name}[{number}]"
            part = way.part(kind, row, path)
            ident = _id_of(kind, row if part is None else part)
            if (kind, ident) in places:
                way.wrong(Problem("id_twice", path, "another one has this id; keep one of them"))
            if part is None:
                parts.unread.add((kind, ident))
            else:
                parts.held[kind][str(ident)] = part
            if ident is not None:
                places[kind, ident] = path
    if lists:
        way.wrong(unknown_keys(len(lists), names, "$.shared"))
    return places


def _lists(way: Way, fields: Fields, names: Iterable[str]) -> Fields:
    """Take the lists of what stands once; what is wrong with them is told, and the rest read."""
    if "shared" not in fields:
        way.wrong(missing("$.shared"))
        return {}
    try:
        lists = way.fields(fields.pop("shared"), "$.shared")
    except InputError as error:
        way.wrong(*error.problems)
        return {}
    for name in names:
        if name not in lists:
            way.wrong(missing(f"$.shared.{name}"))
        elif type(lists[name]) is not list:
            way.wrong(Problem("wrong_type", f"$.shared.{name}", "give a list"))
    return lists


def _id_of(kind: type, part: Any) -> str | None:  # noqa: ANN401 - one of three classes
    """Give the id of a part, or of what could not be read, if that can."""
    name = NAMED[kind]
    if type(part) is kind:
        ident = getattr(part, name)
    else:
        ident = part.get(name) if is_object(part) else None
    return ident if type(ident) is str else None


def _check_named(way: Way, places: Places, parts: Parts) -> None:
    """Tell of what stands there and is named nowhere: it would be lost."""
    if not way.broken:
        unused = sorted(path for named, path in places.items() if named not in parts.named)
        message = "it is named nowhere in the document; remove it"
        way.wrong(*[Problem("unused", path, message) for path in unused])
