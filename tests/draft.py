"""
Writes anew what hangs on an edition that is a draft: ``python -m tests.draft``.

Golden documents, example ledgers and hostile lines name the digest of the edition, and answers
are what it says. While an edition is not released they follow it; afterwards never: this command
refuses then. What a document is about stays: the assessment, the events, the verdict, the move.
The lists of codes and of signatures are written with them.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import microneedling as mn
from microneedling.deciding.recommending import ENGINE
from microneedling.wire import document_kinds, verifying
from tests import corpus, goldens, test_public

EDITION = "2026.1"
_DIGEST = re.compile(r'(?<="digest":")[0-9a-f]{64}(?=")|(?<="digest": ")[0-9a-f]{64}(?=")')
_TESTS = Path(__file__).parent
_LEDGERS = _TESTS.parent / "docs" / "examples" / "ledgers"
_LONGEST_COURSE = 400


def _ledgers() -> Iterator[mn.Progress]:
    held = goldens.progress()
    yield held
    yield held.record(mn.CourseStopped(on=held.events[-1].on))
    for path in sorted(_LEDGERS.glob("*.json")):
        yield mn.from_json(path.read_bytes(), mn.Progress)


def _steps() -> Iterator[mn.NextStep]:
    """Give every next step that the examples lead to, day by day."""
    for whole in _ledgers():
        for count in range(1, len(whole.events) + 1):
            held = mn.begin(
                whole.assessment, whole.course, whole.knowledge, sessions=whole.sessions
            )
            for event in whole.events[1:count]:
                held = held.record(event)
            first: date = held.events[-1].on
            for days in range(_LONGEST_COURSE):
                yield mn.next_step(held, held.knowledge, first + timedelta(days=days))


def _told(step: dict[str, Any]) -> tuple[object, ...]:
    """Say what a next step is about, in which it stays the same."""
    return step["move"], step["on"], [(reason["rule"], reason["facts"]) for reason in step["why"]]


def _assessed(plain: dict[str, Any]) -> mn.Assessment:
    stated = {**plain["assessment"], "schema": goldens.SCHEMA}
    return mn.from_dict(stated, mn.Assessment)


def _answer(name: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    answer = mn.recommend(_assessed(plain), knowledge)
    if answer.verdict.value != plain["verdict"]:
        sys.exit(f"{name}: the verdict is {answer.verdict.value} now; look at it")
    return answer


def _visit(_: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    visited = mn.Visit(assessments=[_assessed(answer) for answer in plain["answers"]])
    return mn.recommend_visit(visited, knowledge)


def _step(name: str, plain: dict[str, Any], _: mn.Knowledge) -> object:
    for step in _steps():
        if _told(mn.to_dict(step)) == _told(plain):
            return step
    sys.exit(f"{name}: no example leads to this step now; look at it")


def _comparison(_: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    left, right = (mn.NeedleLength.parse(plain[side]) for side in ("left", "right"))
    return mn.compare(left, right, knowledge)


def _care_step(_: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    return next(step for step in knowledge.care if step.code == plain["code"])


def _dated(_: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    step = next(step for step in knowledge.care if step.code == plain["step"])
    held = {**plain, "step": None, "shared": mn.to_dict(step)["shared"]}
    held["shared"]["care"] = [{k: v for k, v in mn.to_dict(step).items() if k not in _APART}]
    return mn.from_dict({**held, "step": step.code}, mn.DatedCare)


def _response(_: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    return next(
        response
        for response in knowledge.responses
        if response.from_day == plain["from_day"]
        if [severity.value for severity in response.severities] == plain["severities"]
        if [effect.value for effect in response.effects] == plain["effects"]
    )


_APART = ("schema", "shared")
# What each kind of document is about, by a field that it alone has.
_ABOUT: dict[str, Callable[[str, dict[str, Any], mn.Knowledge], object]] = {
    "verdict": _answer,
    "answers": _visit,
    "move": _step,
    "left": _comparison,
    "intended_use": lambda *_: goldens.decline().provenance,
    "instruction": _care_step,
    "step": _dated,
    "items": lambda *_: mn.care_plan(goldens.schedule()),
    "schools": lambda *_: goldens.schedule().course,
    "red_flag": _response,
}


def _renewed(name: str, plain: dict[str, Any], knowledge: mn.Knowledge) -> object:
    """Give the value that a document is about, as the edition has it now."""
    kind = goldens.kind_of(name)
    if name in goldens.MEANINGS:
        return goldens.MEANINGS[name]()
    if isinstance(kind, type) and issubclass(kind, Enum | mn.ComparisonRow | mn.Edition):
        return mn.from_dict(plain, kind)
    for field, renewed in _ABOUT.items():
        if field in plain:
            return renewed(name, plain, knowledge)
    if names := document_kinds.shared_by(kind):
        # What a kind came to share since.
        plain["shared"] = {name: [] for name in names} | plain["shared"]
    return mn.from_dict(plain, kind)


def _hostile() -> Iterator[str]:
    """Count the places in hostile lines anew; a line that has other problems is named."""
    # As if there had been a version of the logic before this one.
    vars(verifying)["ENGINES"] = ("0", ENGINE)
    for path in sorted(corpus.HOME.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, line in enumerate(lines):
            told = json.loads(line)
            if not told.get("problems"):
                continue
            case = corpus.case(f"{path.stem}: {told['name']}")
            try:
                mn.from_json(case.data, case.type)
                found = []
            except mn.InputError as error:
                found = sorted((problem.code, problem.path) for problem in error.problems)
            if found != case.problems and "objects" not in told:
                if {_numberless(p) for p in found} != {_numberless(p) for p in case.problems}:
                    yield f"{case.name}: has other problems now; look at it"
                told["problems"] = [list(problem) for problem in found]
                lines[place] = json.dumps(told)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _numberless(problem: tuple[str, str]) -> tuple[str, str]:
    return problem[0], re.sub(r"\d+", "", problem[1])


def main() -> None:
    """Write the documents anew, and say which changed."""
    knowledge = mn.load(EDITION)
    draft = any("draft" in limitation for limitation in knowledge.edition.limitations)
    if not draft:
        sys.exit(f"{EDITION} is released: its documents are never changed")
    whole = [
        *_TESTS.glob("hostile/*.jsonl"),
        *_LEDGERS.glob("*.json"),
        *goldens.HOME.glob("*.json"),
    ]
    for path in sorted(whole):
        old = path.read_text(encoding="utf-8")
        path.write_text(_DIGEST.sub(knowledge.digest, old), encoding="utf-8")
    goldens.document.cache_clear()
    for name in goldens.names():
        held = goldens.document(name)
        new = mn.to_json(_renewed(name, json.loads(held), knowledge))
        if new != held:
            (goldens.HOME / f"{name}.json").write_bytes(new)
            print(f"written: {name}")
    goldens.document.cache_clear()
    for line in _hostile():
        print(line)
    for path, told in (
        (test_public.CODES, test_public.codes()),
        (test_public.SIGNATURES, test_public.signatures()),
    ):
        path.write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
