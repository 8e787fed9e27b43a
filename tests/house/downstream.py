"""A program of a user, as type checkers read it: no cast, no comment that silences one."""

from datetime import date
from typing import assert_never, assert_type

import microneedling as mn

AnyAnswer = mn.Offer | mn.Ask | mn.Defer | mn.Refer | mn.Decline


def told(answer: mn.Answer) -> str:
    """Every verdict, and no other."""
    match answer:
        case mn.Offer(options=options):
            assert_type(options, tuple[mn.Course, ...])
            return answer.brief()
        case mn.Ask():
            return "; ".join(question.text for question in answer.questions)
        case mn.Defer():
            assert_type(answer.until, date | None)
            return str(answer.until)
        case mn.Refer() | mn.Decline():
            return answer.because[0].why
        case _:
            assert_never(answer)


def by_verdict(answer: mn.Answer) -> str:
    """The verdict tells the class."""
    if answer.verdict is mn.Verdict.OFFER:
        assert_type(answer, mn.Offer)
        return answer.brief()
    if answer.verdict is mn.Verdict.ASK:
        return answer.questions[0].text
    assert_type(answer, mn.Defer | mn.Refer | mn.Decline)
    return answer.explain()


def by_class(kept: object) -> str:
    """What may be anything, held against the class that all answers share."""
    return kept.explain() if isinstance(kept, mn.Recommendation) else ""


def next_day(step: mn.NextStep) -> date | None:
    """Every move, and no other."""
    match step:
        case mn.Wait() | mn.Pause():
            return step.until
        case mn.Proceed() | mn.Stop() | mn.Complete():
            return None
        case _:
            assert_never(step)


def read(data: bytes, document: dict[str, object]) -> None:
    """What comes of a document is known by what was asked for."""
    assert_type(mn.from_json(data, mn.Assessment), mn.Assessment)
    assert_type(mn.from_json(data, mn.Offer), mn.Offer)
    assert_type(mn.from_json(data, mn.Recommendation), AnyAnswer)
    assert_type(mn.from_json(data, mn.Answer), AnyAnswer)
    assert_type(mn.from_dict(document, mn.Recommendation), AnyAnswer)
    assert_type(mn.from_dict(document, mn.Answer), AnyAnswer)
    for answer in (mn.from_json(data, mn.Answer), mn.from_json(data, mn.Recommendation)):
        told(answer)
    next_day(mn.from_json(data, mn.NextStep))
    event: mn.Event = mn.from_json(data, mn.Event)
    mn.Entry(event=event, edition="", digest="", engine="")


def decided(assessment: mn.Assessment) -> mn.Answer:
    """What is decided, replayed and read again is of one type."""
    answer = mn.recommend(assessment, mn.latest())
    assert_type(answer, AnyAnswer)
    assert_type(mn.replay(answer), AnyAnswer)
    return mn.from_json(mn.to_json(answer), mn.Answer)
