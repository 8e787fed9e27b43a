"""
What must hold of every document, right or wrong: the checks of the fuzzer.

A document is refused with `InputError`, which repeats nothing, or it is read; then the value is
what the document says, as told by a comparison that knows nothing of how documents are read.
"""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Never

import microneedling as mn
from microneedling.deciding.recommending import ENGINE
from microneedling.wire import document_kinds, parsing, reading
from tests.mutations import MARK

__all__ = ["Counts", "hold", "hold_plain", "quickly", "says", "thoroughly", "watch"]

LIMIT_SECONDS = 10.0


class HangError(BaseException):
    """It took too long. No `Exception`, so that nobody takes it for a refusal."""


@dataclass
class Counts:
    """What came of many documents."""

    documents: int = 0
    accepted: int = 0
    refused: int = 0
    by_code: Counter[str] = field(default_factory=Counter)
    by_type: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Counts") -> None:
        """Add what came of others."""
        self.documents += other.documents
        self.accepted += other.accepted
        self.refused += other.refused
        self.by_code += other.by_code
        self.by_type += other.by_type
        self.crashes += other.crashes
        self.hangs += other.hangs
        self.wrong += other.wrong

    @property
    def well(self) -> bool:
        """Whether all held of all documents."""
        return not (self.crashes or self.hangs or self.wrong)

    def __str__(self) -> str:
        codes = ", ".join(f"{code} {count}" for code, count in self.by_code.most_common())
        types = ", ".join(f"{name} {count}" for name, count in sorted(self.by_type.items()))
        faults = (
            f"crashes {len(self.crashes)}, hangs {len(self.hangs)}, "
            f"wrong acceptances {len(self.wrong)}"
        )
        lines = [
            f"documents {self.documents}: accepted {self.accepted}, refused {self.refused}",
            f"of {types}",
            f"refused by {codes}",
            faults,
        ]
        shown = [*self.crashes, *self.hangs, *self.wrong][:20]
        return "\n".join([*lines, *shown])


@contextmanager
def _limited() -> Iterator[None]:
    """Stop what takes too long, where `watch` was called."""
    watched = signal.getsignal(signal.SIGALRM) is _stop
    signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS if watched else 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(_number: int, _frame: object) -> Never:
    raise HangError


def watch() -> None:
    """Let what takes too long be stopped in this process."""
    signal.signal(signal.SIGALRM, _stop)


def hold(data: bytes | str, kind: Any, counts: Counts) -> None:  # noqa: ANN401 - a public class
    """Read a document, look at what came of it and count it."""
    _count(counts, kind, data, lambda: _held(data, kind, counts))


def hold_plain(data: Any, kind: Any, counts: Counts) -> None:  # noqa: ANN401 - plain data
    """Do the same with a document as plain data, which must come to the same as its text."""
    _count(counts, kind, data, lambda: _held_plain(data, kind, counts))


def _count(counts: Counts, kind: Any, data: Any, look: Any) -> None:  # noqa: ANN401
    name = getattr(kind, "__name__", "union")
    counts.documents += 1
    counts.by_type[name] += 1
    try:
        with _limited():
            fault = look()
    except HangError:
        counts.hangs.append(f"hang: {name} {data!r:.2000}")
    except RecursionError as error:
        counts.crashes.append(f"{error!r}: {name}")
    except Exception as error:  # noqa: BLE001 - that is the point
        counts.crashes.append(f"{error!r}: {name} {data!r:.2000}")
    else:
        if fault:
            counts.wrong.append(f"{fault}: {name} {data!r:.2000}")


def _held(data: bytes | str, kind: Any, counts: Counts) -> str:  # noqa: ANN401
    try:
        value = mn.from_json(data, kind)
    except mn.InputError as error:
        counts.refused += 1
        counts.by_code.update({problem.code for problem in error.problems})
        return _fault_of(error)
    counts.accepted += 1
    return _fault(value, data, kind)


def _held_plain(data: Any, kind: Any, counts: Counts) -> str:  # noqa: ANN401
    text = json.dumps(data)
    found: list[Any] = []
    reads: list[tuple[Any, Any]] = [(mn.from_dict, data), (mn.from_json, text)]
    for read, given in reads:
        try:
            found.append(read(given, kind))
        except mn.InputError as error:
            if fault := _fault_of(error):
                return fault
            found.append(sorted(problem[:2] for problem in error.problems))
    if type(found[0]) is list:
        counts.refused += 1
        counts.by_code.update({code for code, _ in found[0]})
        # A number of many digits is one in data, and none in text; caps count text.
        odd = {"not_an_integer", "out_of_range", "wrong_type", "too_large", "no_edition"}
        told = [[p for p in told if p[0] not in odd] for told in found if type(told) is list]
        return (
            "" if len(told) == 2 and told[0] == told[1] else "text and data are not refused alike"
        )
    counts.accepted += 1
    if type(found[1]) is list or found[0] != found[1]:
        return "text and data are read differently"
    return _fault(found[0], text, kind)


def _fault_of(error: mn.InputError) -> str:
    """Tell what is wrong with a refusal."""
    if error.__cause__ is not None or error.__context__ is not None:
        return "the refusal carries another error"
    if not error.problems or not all(p.code and p.message for p in error.problems):
        return "the refusal does not say why"
    return "the refusal repeats the document" if MARK in str(error) else ""


def _fault(value: Any, data: bytes | str, kind: Any) -> str:  # noqa: ANN401
    """Tell what is wrong with an acceptance."""
    text = data.decode() if isinstance(data, bytes) else data
    written = mn.to_json(value)
    again = mn.from_json(written, kind)
    if again != value or type(again) is not type(value) or mn.to_json(again) != written:
        return "written and read again it is another value"
    if not says(json.loads(text, object_pairs_hook=_no_key_twice), json.loads(written)):
        return "the value is not what the document says"
    if isinstance(value, mn.Recommendation) and value.provenance.engine == ENGINE:
        knowledge = mn.load(value.provenance.edition)
        if value != mn.recommend(value.assessment, knowledge):
            return "the edition does not recommend this"
    visited = isinstance(value, mn.VisitAnswer) and value.provenance.engine == ENGINE
    if visited and value != mn.recommend_visit(value.visit, mn.load(value.provenance.edition)):
        return "the edition does not recommend this visit"
    # Nothing of an edition is quick: its tables are looked at as a whole.
    ways = [thoroughly] if kind is mn.Knowledge else [quickly, thoroughly]
    try:
        values = [read(data, kind) for read in ways]
    except Exception:  # noqa: BLE001 - whatever it raises means no
        return "one way of reading refuses it"
    return "" if values == [value] * len(ways) else "two ways of reading it give two values"


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    assert len(fields) == len(pairs), "a key is given twice"
    return fields


# The two ways of reading, each by itself.


def _document(data: bytes | str, kind: Any) -> object:  # noqa: ANN401
    return parsing.parsed(parsing.text_of(data, *document_kinds.caps(kind)))


def quickly(data: bytes | str, kind: Any) -> Any:  # noqa: ANN401
    """Read a document the quick way only."""
    return reading._quickly(_document(data, kind), kind, ())  # noqa: SLF001


def thoroughly(data: bytes | str, kind: Any) -> Any:  # noqa: ANN401
    """Read a document the thorough way only."""
    problems: list[mn.Problem] = []
    known = reading._known_keys()  # noqa: SLF001
    document = _document(data, kind)
    return reading._told(  # noqa: SLF001
        lambda: parsing.plain(document, "$", known, problems), kind, (), problems
    )


# What a document says, compared without a word of ours on how it is read.

# Lists in which order and repetition make no difference; of what is shared, where it stands whole.
_SETS = {
    *("absent", "present", "unknown", "concerns", "safeguards"),
    *("zones", "materials", "closed", "ledgers", "clearances", "earlier_sessions"),
}
_SHARED = {"sources", "care", "side_effects"}
# The last two are codes of a study of which nothing was read.
_NOTHING: tuple[Any, ...] = (None, "", [], False, 0, "not_stated", "not_measured")


def says(given: Any, written: Any, key: str = "") -> bool:  # noqa: ANN401 - plain data
    """Tell whether what was written says the same as what was given."""
    if isinstance(given, dict) and isinstance(written, dict):
        return all(
            says(given[name], written[name], name)
            if name in given and name in written
            else name not in given and _is_default(name, given, written)
            for name in {*given, *written}
        )
    if isinstance(given, list) and isinstance(written, list):
        whole = all(isinstance(part, dict) for part in given)
        if key in _SETS or (key in _SHARED and whole):
            return all(any(says(g, w) for w in written) for g in given) and all(
                any(says(g, w) for g in given) for w in written
            )
        return len(given) == len(written) and all(
            says(g, w, key) for g, w in zip(given, written, strict=True)
        )
    if type(given) is not type(written):
        return False
    return bool(given == written) or (type(given) is str and _micrometres(given, written))


def _is_default(name: str, given: dict[str, Any], written: dict[str, Any]) -> bool:
    """Tell whether what was not given was written as what that means."""
    value = written[name]
    if name == "done_on":
        return bool(value == given.get("on"))
    if name == "needle_length":
        # That of its zones, of which the longest counts.
        return value is None or bool(given.get("zones"))
    if isinstance(value, dict):
        return all(part in _NOTHING for part in value.values())
    return any(value == nothing and type(value) is type(nothing) for nothing in _NOTHING)


def _micrometres(given: str, written: str) -> bool:
    """Tell whether two texts are one length or depth, by arithmetic of our own."""
    read = [_thousandths(text) for text in (given, written)]
    return None not in read and read[0] == read[1]


def _thousandths(text: str) -> tuple[str, int] | None:
    for unit, size in (("mm", 3), ("um", 0), ("\u00b5m", 0), ("\u03bcm", 0)):
        if text.endswith(unit):
            number = text.removesuffix(unit).removesuffix(" ")
            whole, _, fraction = number.partition(".")
            digits = fraction.ljust(6, "0")
            if not (whole + fraction).isascii() or not (whole + fraction).isdigit():
                return None
            # In billionths of a metre, as text and number: a depth's unit is finer.
            return "nm", int(whole + digits) * 10**size // 1000
    return None
