"""What to do about a side effect. Pure."""

from microneedling._foundation import checks
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.responses import Response
from microneedling.values.vocabulary import Severity, SideEffectCode

__all__ = ["respond"]


def respond(effect: SideEffectCode, severity: Severity, day: int, knowledge: Knowledge) -> Response:
    """
    Say what to do about a side effect.

    Total: every effect, severity and day has its one response. A worse effect or a later
    day never gets a milder one, and every red flag refers at least.

    Args:
        effect: Which one.
        severity: How marked it is.
        day: Days after the session, whose own day is 0; at most as many as lie between 1900
            and 2199.
        knowledge: The edition; there is no default.

    Returns:
        The action, the advice in words, what it rests on and its sources.

    Raises:
        InputError: If a value is of another type or the day outside its bounds.

    >>> import microneedling as mn
    >>> found = respond(
    ...     mn.SideEffectCode.ERYTHEMA, mn.Severity.MILD, 8, mn.load("2026.1")
    ... )
    >>> found.action.value, found.grade.value, [c.source.id for c in found.citations]
    ('pause', 'editorial', ['chu21'])
    """
    checks.instance(knowledge, "knowledge", Knowledge)
    return knowledge.response(effect, severity, day)
