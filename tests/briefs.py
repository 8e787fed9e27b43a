"""
What ten common requests are answered, each on one screen: ``python -m tests.briefs``.

To be read as a clinician would: may I, with what, what about this patient, what must I not do,
what is not known, where do I read more. With the laws that hold for every answer's brief.
"""

import argparse
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache

import microneedling as mn
from microneedling.display.labels import label
from microneedling.display.stop_signs import EXPECTED
from microneedling.values.codes import Code

ON = date(2026, 11, 22)
WIDTH, MOST = 80, 25
# What is of this patient, or stops what is done: no row of these is left out for want of room.
OWN = {"Must", "Limit", "Change", "Heed", "Unserved", "Care", "Because", "Besides", "When", "Do"}
OF_ALL = {"Emergency", "Refer", "Cleared", "Not known"}
_STOPS = {mn.Action.EMERGENCY: "Emergency", mn.Action.REFER: "Refer"}
_SHOWN: tuple[type[Code], ...] = (
    *(mn.Indication, mn.Site, mn.Setting, mn.DeviceKind, mn.Anaesthesia, mn.EndPoint, mn.Finding),
    *(mn.Adjunct, mn.Grade, mn.SideEffectCode, mn.Role),
)


def _request(
    site: str, *indications: str, severity: str = "moderate", skin: str = "III", **known: object
) -> mn.Assessment:
    return mn.Assessment(
        on=ON,
        site=mn.Site(site),
        setting=mn.Setting.CLINIC,
        concerns=[
            mn.Concern(indication=mn.Indication(code), severity=mn.Severity(severity))
            for code in indications
        ],
        skin_type=mn.SkinType(skin),
        age_years=34,
        screening=mn.Screening.complete(**known),  # type: ignore[arg-type]  # what is present
    )


REQUESTS = {
    "rolling scars, moderate, cheek": _request("cheek", "acne_scar_rolling"),
    "fine lines, forehead": _request("forehead", "fine_lines", severity="mild"),
    "melasma": _request("face", "melasma"),
    "marks after inflammation, skin type V": _request(
        "cheek", "post_inflammatory_hyperpigmentation", skin="V"
    ),
    "striae, abdomen": _request("abdomen", "striae"),
    "hair loss": _request("scalp", "androgenetic_alopecia"),
    "pores": _request("face", "enlarged_pores"),
    "ageing face": _request("face", "ageing_skin"),
    "icepick and rolling scars": _request("cheek", "acne_scar_icepick", "acne_scar_rolling"),
    "isotretinoin last month": _request(
        "cheek",
        "acne_scar_rolling",
        present=[mn.Exposure(finding=mn.Finding.ISOTRETINOIN, last_on=date(2026, 10, 22))],
    ),
}


def plain(text: str) -> str:
    """Take a text without its line breaks."""
    return " ".join(text.split())


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Read a brief back: the lines that stand beside each title; none for what has no title."""
    title, held = "", list[str]()
    for line in text.splitlines():
        begun = re.match(r"^ ([A-Z][A-Za-z0-9 ]{1,9}) +\S", line)
        if begun or not line.startswith(" " * 11):
            if held:
                yield title, held
            title, held = begun[1].strip() if begun else "", []
        held.append(line)
    yield title, held


def row(text: str, title: str) -> str:
    """Give all that stands beside one title."""
    return plain(" ".join(line for name, lines in blocks(text) if name == title for line in lines))


@cache
def _jargon() -> frozenset[str]:
    """Give the codes that are not what people call it."""
    return frozenset(
        code.value for kind in _SHOWN for code in kind if code.value not in label(code).lower()
    )


def holds_no_code(text: str, said: Collection[str]) -> None:
    """Besides what the edition says in sentences, and labels, no code stands in it."""
    assert "_" not in text, text
    left = plain(text).lower()
    named = (label(code) for kind in _SHOWN for code in kind)
    for sentence in sorted({*said, *named}, key=len, reverse=True):
        left = left.replace(plain(sentence).lower(), " ") if sentence else left
    found = {*re.findall(r"[a-z]+", left)} & _jargon()
    assert not found, (found, text)


def holds_form(text: str) -> None:
    """Lines of 80 columns, ASCII alone."""
    assert max(map(len, text.splitlines())) <= WIDTH, text
    assert text.isascii(), text


def holds_all(answers: Iterable[mn.Answer], text: str) -> None:
    """What may not be left out is there, spelled out."""
    told = plain(text)
    for answer in answers:
        for reason in answer.reasons:
            for title, needed in _needed(answer, reason):
                assert needed in row(text, title), (reason.rule, title, text)
        holds_stops(answer.options, text)
        for course in answer.options:
            rows: tuple[mn.CareStep | mn.SessionNeed, ...] = (*course.care, *course.needs)
            for held in rows:
                is_own = held.applies_to.findings or held.applies_to.skin_types
                if is_own and getattr(held, "aspect", None) is not mn.NeedAspect.DARK_MARKS:
                    # At the beginning of a sentence, or in one.
                    assert held.short[1:].rstrip(".") in told, (held.short, text)


def _needed(answer: mn.Answer, reason: mn.Reason) -> Iterator[tuple[str, str]]:
    """Say what of a reason has to stand beside which title."""
    if reason.must:
        yield "Must", reason.must
    if reason.limit is not None:
        yield "Limit", f"{reason.limit}: "
        yield "Limit", reason.short
    elif reason.effect in {mn.Effect.LIMIT, mn.Effect.CHANGE} and not reason.must:
        yield "Change", reason.short
    if reason.effect is mn.Effect.CAUTION:
        yield "Heed", reason.short
        if reason.finding:
            yield "Heed", label(reason.finding)[1:]
    if reason.effect is mn.Effect.UNSERVED:
        yield "Unserved", reason.short
    carries = reason.weight and reason.effect not in {mn.Effect.OFFER, mn.Effect.ASK}
    if carries and answer.verdict is not mn.Verdict.ASK:
        yield "Because", reason.short
        if reason.role:
            yield "Because", label(reason.role)


def holds_stops(options: Collection[mn.Course], text: str) -> None:
    """Each stop sign stands where it says what to do."""
    expected = {e.effect for course in options for e in course.side_effects if e.expected}
    for response in {response for course in options for response in course.red_flags}:
        beside = row(text, _STOPS[response.action])
        slight = mn.Severity.MILD in response.severities and response.from_day == 0
        for effect in response.effects:
            if effect in expected and not slight and EXPECTED in beside:
                continue
            _, _, either = row(text, "Emergency").partition("severe, else refer: ")
            assert label(effect) in beside or (slight and label(effect) in either), (
                response.id,
                text,
            )


def own(text: str) -> int:
    """Count the lines that are of this patient alone."""
    return sum(len(lines) for title, lines in blocks(text) if title in OWN)


def said(answers: Iterable[mn.Answer]) -> set[str]:
    """Give the sentences of the edition that an answer may show."""
    found = set[str]()
    for answer in answers:
        for reason in answer.reasons:
            found |= {reason.short, reason.must, reason.question}
        found |= {*answer.provenance.limitations}
        for course in answer.options:
            for need in course.needs:
                found |= {need.short.rstrip("."), need.short[:1].lower() + need.short[1:-1]}
            for step in course.care:
                found |= {step.short, step.patient_text, step.instruction}
            found |= {response.patient_text for response in course.red_flags}
    return found


def holds(answer: mn.Answer, text: str | None = None) -> str:
    """Every law of one answer's brief; gives it."""
    text = answer.brief() if text is None else text
    assert text.startswith(answer.verdict.value.upper()), text
    holds_form(text)
    holds_no_code(text, said([answer]))
    holds_all([answer], text)
    titles = [title for title, _ in blocks(text) if title]
    of_all = [place for place, title in enumerate(titles) if title in OF_ALL]
    assert not any(title in OWN for title in titles[min(of_all, default=0) :] if of_all), text
    lines = len(text.splitlines())
    # What is true of every patient leaves room: options shrink to one, then it grows.
    if lines > MOST:
        assert lines - own(text) <= MOST, text
        assert len(re.findall(r"^  \d+\. ", text, re.MULTILINE)) <= 1, text
    return text


def main() -> None:
    """Print the briefs with their lines."""
    parser = argparse.ArgumentParser(prog="python -m tests.briefs", description=__doc__)
    parser.parse_args()
    knowledge = mn.load("2026.1")
    for name, request in REQUESTS.items():
        text = holds(mn.recommend(request, knowledge))
        lines = len(text.splitlines())
        print(f"\n=== {name}: {lines} lines, {own(text)} of this patient alone\n{text}")


if __name__ == "__main__":
    main()
