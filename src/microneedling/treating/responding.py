"""What to do about a side effect. Pure."""

from microneedling._foundation import checks
from microneedling._foundation.bounded_cache import Kept
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.episodes import Episode
from microneedling.values.responses import Response
from microneedling.values.vocabulary import Severity, SideEffectCode

__all__ = ["Worst", "respond"]


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


class Worst:
    """The weightiest response to what was seen of a side effect; kept, since the past stays."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._respond = knowledge.response
        self._kept: dict[object, Response] = Kept(4096)

    def of(self, episode: Episode) -> Response:
        """Give the response to how it was seen at its worst."""
        key = (episode.effect, frozenset(episode.seen.items()))
        found = self._kept.get(key)
        if found is None:
            # In one order, so that of two alike it is always the same.
            seen = sorted(episode.seen.items(), key=lambda pair: pair[0].rank)
            told = [self._respond(episode.effect, severity, day) for severity, day in seen]
            found = self._kept[key] = max(told, key=lambda response: response.action.rank)
        return found
