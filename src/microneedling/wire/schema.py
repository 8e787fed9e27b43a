"""JSON Schema, draft 2020-12, of every kind of document, made of what the classes declare."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from enum import Enum
from functools import cache
from inspect import getdoc
from typing import Any, TypeAlias, get_args

from attrs import NOTHING

from microneedling._foundation.checks import NOTE_TEXT, refuse
from microneedling._foundation.errors import Problem
from microneedling._foundation.field_bounds import (
    AtLeastOne,
    Line,
    NoteCode,
    Reckoned,
    Rule,
    Shape,
    Whole,
    shape,
)
from microneedling._foundation.public_names import HOME, load
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import Progress
from microneedling.treating.treatment import Treatment
from microneedling.values.lengths import DEPTH_TEXT, NEEDLE_TEXT, NeedleLength, PenetrationDepth
from microneedling.values.recommendations import Recommendation
from microneedling.values.visits import VisitAnswer
from microneedling.wire.document_kinds import (
    ANSWER_FAMILY,
    FORM,
    NAMED,
    REFERENCE,
    SCHEMA,
    SHARED,
    TEXTS,
    VALUE,
    WHOLE,
    Family,
    bare,
    family_of,
    is_public,
    key,
    name_of,
    shared_by,
)
from microneedling.wire.ledgers import LedgerDocument, TreatmentDocument
from microneedling.wire.whole_values import (
    AnswerDocument,
    ProblemDocument,
    ReferenceDocument,
    VisitDocument,
)
from microneedling.wire.writing import Form

__all__ = ["BEYOND", "documents", "json_schema"]

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# What is refused though a schema accepts it: by its code, why no schema says so.
BEYOND = {
    "after_assessment": "a schema compares no two fields",
    "begun_twice": "a ledger is run, entry by entry",
    "complete": "a ledger is run, entry by entry",
    "contradiction": "a schema compares no two fields, and knows no edition",
    "duplicate_key": "most parsers keep the last of two keys and hide the other",
    "edition_missing": "a schema knows no editions",
    "edition_twice": "a schema compares no two items",
    "empty": "a schema compares no two fields",
    "finding": "a ledger is run, entry by entry",
    "finding_twice": "a schema compares no two items by one of their keys",
    "id_twice": "a schema compares no two items by one of their keys",
    "in_the_future": "a schema compares no two fields",
    "indication_twice": "a schema compares no two items by one of their keys",
    "minimum_interval": "a ledger is run, entry by entry",
    "needle_length": "a ledger is run, entry by entry",
    "no_edition": "an edition is audited as a whole",
    "no_entry": "a ledger is run, entry by entry",
    "no_session": "a ledger is run, entry by entry",
    "not_a_date": "a pattern does not count the days of a month",
    "not_an_integer": "to a schema 1.0 and 1e0 are integers, and -0 is 0",
    "not_begun": "a ledger is run, entry by entry",
    "not_offered": "a schema knows no edition",
    "nothing_open": "a ledger is run, entry by entry",
    "other_concern": "a ledger is run, entry by entry",
    "other_ledger": "a schema compares no two fields",
    "other_site": "a ledger is run, entry by entry",
    "out_of_calendar": "a ledger is run, entry by entry",
    "out_of_order": "a schema compares no two items",
    "out_of_range": "a pattern does not compare lengths, nor one number with another",
    "override_not_needed": "a ledger is run, entry by entry",
    "recovery": "a ledger is run, entry by entry",
    "same_day": "a ledger is run, entry by entry",
    "session_count": "a ledger is run, entry by entry",
    "side_effect": "a ledger is run, entry by entry",
    "site_twice": "a schema compares no two items by one of their keys",
    "stopped": "a ledger is run, entry by entry",
    "too_deep": "a schema does not look at a whole document",
    "too_large": "a schema does not look at a whole document",
    "too_many": "a schema does not look at a whole document",
    "unknown_engine": "a schema knows no versions of the logic",
    "unknown_id": "a schema follows no ids",
    "unknown_schema": "to a schema 1.0 is 1",
    "unused": "a schema follows no ids",
    "wrong_order": "a schema compares no two fields",
    "wrong_text": "a pattern does not know every sign that breaks a line",
}

# Up to the very end: `$` would let a line feed follow.
_END = r"(?![\s\S])"
_DOCUMENTS: dict[Any, type] = {
    Problem: ProblemDocument,
    Progress: LedgerDocument,
    Treatment: TreatmentDocument,
    VisitAnswer: VisitDocument,
}
_TEXTS = {NeedleLength: NEEDLE_TEXT, PenetrationDepth: DEPTH_TEXT}
_ANY_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + _END
_DAY = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + _END
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}" + _END}
_PLAIN: dict[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    shape(date).kind: {"type": "string", "format": "date", "pattern": _DAY},
}


def json_schema(
    kind: Any,  # noqa: ANN401 - a class or union
    *,
    inlined: bool = False,
    named: bool = False,
    form: Form = "whole",
) -> Schema:
    """
    Give the JSON Schema of the documents of a class, draft 2020-12.

    What `to_json` writes is valid by it. It cannot say all that `from_json` demands: see
    the page "Storing and sending".

    Args:
        kind: The class of the value; `Recommendation` for any answer, and the unions `Answer`,
            `NextStep` and `Event`.
        inlined: Whether it is to stand inside another schema: without an id, and with every
            definition in the place of its reference.
        named: Whether it is to share its definitions with others, as in the description of a web
            API: without an id, and the document itself under ``$defs`` like all its parts. One
            name stands for the same in the schema of every kind. A whole document has the name
            of its class, and ``Document`` behind it where the class is a part of others, too.
        form: ``"reference"`` for the documents of answers that `to_json` writes in that form.

    Raises:
        InputError: If documents of it are not read and written, or not in that form, or if
            definitions are asked for both in their places and by their names.

    >>> import microneedling as mn
    >>> mn.json_schema(mn.Interval)["properties"]["minimum_days"]
    {'type': 'integer', 'minimum': 1, 'maximum': 3650}
    """
    if not is_public(kind):
        refuse("wrong_type", "kind", "give a public class of values, such as Assessment")
    if form not in {WHOLE, REFERENCE}:
        refuse("unknown_code", "form", f"give {WHOLE} or {REFERENCE}")
    if form != WHOLE and family_of(kind) is not ANSWER_FAMILY:
        refuse("wrong_type", "kind", "give a class of answers; nothing else is referred to")
    if inlined and named:
        refuse("contradiction", "named", "ask for definitions in their places or by their names")
    if named:
        return deepcopy(_named(kind, form))
    whole = deepcopy(_schema(kind, form))
    if not inlined:
        return whole
    parts: Schema = whole.get("$defs", {})
    placed: Schema = _inlined(whole, parts)
    return placed


# Said of a whole file; inside another schema they would be taken for its own.
_OF_A_FILE = frozenset({"$defs", "$id", "$schema"})


def _inlined(part: Any, parts: Schema) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(part, list):
        return [_inlined(item, parts) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(parts[part["$ref"].removeprefix("#/$defs/")], parts)
    return {name: _inlined(item, parts) for name, item in part.items() if name not in _OF_A_FILE}


@cache
def documents() -> dict[str, Any]:
    """Give every kind of document by its name, such as ``assessment``."""
    kinds = {name: load(name) for name in sorted(HOME)}
    return {name_of(name): kind for name, kind in kinds.items() if is_public(kind)}


@cache
def _schema(kind: Any, form: str = WHOLE) -> Schema:  # noqa: ANN401 - a class, or a union of them
    name = _name(kind) + (f".{form}" if form != WHOLE else "")
    made = _Made()
    held: Schema = made.document(kind) if form == WHOLE else made.reference(kind)
    return {
        "$schema": DRAFT,
        "$id": f"urn:microneedling:schema:{SCHEMA}:{name}",
        "title": _title(name),
        **_about(kind),
        **held,
        **({"$defs": dict(sorted(made.parts.items()))} if made.parts else {}),
    }


@cache
def _named(kind: Any, form: str) -> Schema:  # noqa: ANN401 - a class, or a union of them
    made = _Made()
    return {**made.whole(kind, form), "$defs": dict(sorted(made.parts.items()))}


def _name(kind: Any) -> str:  # noqa: ANN401 - a class, or a union of them
    return next(name for name, one in documents().items() if bare(one) == bare(kind))


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[._]", name))


def _about(kind: Any) -> Schema:  # noqa: ANN401 - a class, or a union of them
    # Unions have no words of their own.
    if get_args(kind):
        return {}
    about = (getdoc(kind) or "").strip().partition("\n\n")[0].replace("\n", " ")
    return {"description": about}


class _Made:
    """One schema as it is made: its definitions, by their names."""

    def __init__(self) -> None:
        self.parts: dict[str, Schema] = {}

    def document(self, kind: Any) -> Schema:  # noqa: ANN401 - a class, or a union of them
        """Describe a whole document."""
        head: Schema = {"schema": {"const": SCHEMA}}
        names = shared_by(kind)
        if names:
            head["shared"] = self._shared(names)
        family = family_of(kind)
        if family is None:
            return self._closed(*self._body(kind), head)
        members = [self._member(family, member, head) for member in _members(kind)]
        return members[0] if len(members) == 1 else {"oneOf": members}

    def reference(self, kind: Any) -> Schema:  # noqa: ANN401 - a class of answers, or all of them
        """Describe a document that only refers to an answer."""
        fields, required = self._fields(ReferenceDocument, "verdict")
        tags = [ANSWER_FAMILY.tags[member] for member in _members(kind)]
        fields |= {"verdict": {"enum": tags}, **dict.fromkeys(("digest", "sha256"), _SHA256)}
        head: Schema = {"schema": {"const": SCHEMA}, FORM: {"const": REFERENCE}}
        return self._closed(fields, ["verdict", *required], head)

    def whole(self, kind: Any, form: str = WHOLE) -> Schema:  # noqa: ANN401 - a class, or a union of them
        """Describe a whole document as a definition of its own, and refer to it."""
        members = _members(kind)
        title = _title(_name(kind))
        if form == REFERENCE:
            return self._named(f"{title}Reference", lambda: self.reference(kind))
        name = f"{title}Document" if title in _parts() else title
        if len(members) > 1:
            return self._named(name, lambda: {"oneOf": [*map(self.whole, members)]})
        return self._named(name, lambda: {**_about(kind), **self.document(kind)})

    def _body(self, kind: Any) -> tuple[Schema, list[str]]:  # noqa: ANN401 - any public class
        if kind in TEXTS or issubclass(kind, Enum):
            return {VALUE: self._part(shape(kind))}, [VALUE]
        if kind is Knowledge:
            return {"tables": {"type": "object"}}, ["tables"]
        return self._fields(_DOCUMENTS.get(kind, kind))

    def _member(self, family: Family, kind: Any, head: Schema) -> Schema:  # noqa: ANN401 - any class of ours
        answer = issubclass(kind, Recommendation)
        fields, required = self._fields(AnswerDocument if answer else kind, family.tag)
        tag = {family.tag: {"const": family.tags[kind]}}
        return self._closed({**tag, **fields}, [family.tag, *required], head)

    def _closed(self, fields: Schema, required: list[str], head: Schema) -> Schema:
        return {
            "type": "object",
            "properties": {**head, **fields},
            "required": [*head, *required],
            "additionalProperties": False,
        }

    def _shared(self, names: tuple[str, ...]) -> Schema:
        lists = {name: {"type": "array", "items": self._row(SHARED[name])} for name in names}
        return self._closed(lists, [*lists], {})

    def _fields(self, kind: Any, tag: str = "") -> tuple[Schema, list[str]]:  # noqa: ANN401 - any class of ours
        held = [field for field in kind.__attrs_attrs__ if field.init and field.name != tag]
        properties = {key(field.name): self._part(shape(field.type)) for field in held}
        return properties, [key(field.name) for field in held if field.default is NOTHING]

    def _row(self, kind: Any) -> Schema:  # noqa: ANN401 - any class of ours
        return self._named(kind.__name__, lambda: self._closed(*self._fields(kind), {}))

    def _named(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.parts:
            # Before it is made, so that it may name itself.
            self.parts[name] = {}
            self.parts[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _part(self, held: Shape) -> Schema:
        part = self._of(held)
        for rule in held.rules:
            part.update(_rule(rule))
        if not held.optional:
            return part
        if set(part) <= {"type", "minimum", "maximum"}:
            return {**part, "type": [part["type"], "null"]}
        return {"anyOf": [part, {"type": "null"}]}

    def _of(self, held: Shape) -> Schema:
        kind: Any = held.kind
        family = family_of(kind)
        if held.parts:
            return self._list(held)
        if family is not None:
            return {"oneOf": [self._tagged(family, member) for member in family.tags]}
        if kind in NAMED:
            return {"type": "string", "description": f"The id of a {kind.__name__} under shared."}
        if kind in _PLAIN:
            return {**_PLAIN[kind]}
        if kind in _TEXTS or issubclass(kind, Enum):
            return self._named(kind.__name__, lambda: _text(kind))
        return self._row(kind)

    def _tagged(self, family: Family, kind: Any) -> Schema:  # noqa: ANN401 - any class of ours
        return self._named(kind.__name__, lambda: self._member(family, kind, {}))

    def _list(self, held: Shape) -> Schema:
        items = [self._part(part) for part in held.parts]
        if not held.fixed:
            return {"type": "array", "items": items[0]}
        count = len(items)
        return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}


@cache
def _parts() -> frozenset[str]:
    """Give the name of every class that stands as a part in some document."""
    return frozenset(
        name for kind in documents().values() for name in _schema(kind).get("$defs", ())
    )


def _members(kind: Any) -> list[type]:  # noqa: ANN401 - a class, or a union of them
    """Give the classes of a family that documents of a kind may be of; none outside families."""
    family = family_of(kind)
    members: Iterable[type] = family.tags if family else ()
    return [one for one in members if not isinstance(kind, type) or issubclass(one, kind)]


def _text(kind: Any) -> Schema:  # noqa: ANN401 - a class that is written as one text
    if kind in _TEXTS:
        return {"type": "string", "pattern": f"^(?:{_TEXTS[kind]}){_END}"}
    return {"enum": [code.value for code in kind]}


def _rule(rule: Rule) -> Schema:
    """Say of a rule what a schema can say."""
    match rule:
        case Whole(low=low, high=high):
            return {"minimum": low, "maximum": high}
        case Line(most=most):
            return {"minLength": 1, "maxLength": most, "pattern": r"\S"}
        case NoteCode():
            return {"pattern": f"^{NOTE_TEXT}{_END}"}
        case Reckoned():
            return {"pattern": _ANY_DAY}
        case AtLeastOne():
            return {"minItems": 1}
        case _:
            return {}
