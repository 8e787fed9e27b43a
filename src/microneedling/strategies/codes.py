"""Members of the enumerations that have an order, from one to another."""

from hypothesis.strategies import SearchStrategy

from microneedling.knowledge.rules import Level
from microneedling.strategies.from_fields import codes
from microneedling.values.evidence import Grade
from microneedling.values.responses import Action
from microneedling.values.vocabulary import Anaesthesia, Severity, SkinType

__all__ = ["actions", "anaesthesias", "grades", "levels", "severities", "skin_types"]


def severities(
    *, mildest: Severity = Severity.MILD, severest: Severity = Severity.SEVERE
) -> SearchStrategy[Severity]:
    """
    Draw how marked something is; the mildest first.

    Args:
        mildest: None milder.
        severest: None more severe.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(severities(mildest=Severity.MODERATE), lambda severity: True).value
    'moderate'
    """
    return codes(Severity, mildest=mildest, severest=severest)


def skin_types(
    *, lightest: SkinType = SkinType.I, darkest: SkinType = SkinType.VI
) -> SearchStrategy[SkinType]:
    """
    Draw Fitzpatrick skin types; the lightest first.

    Args:
        lightest: None lighter.
        darkest: None darker.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(skin_types(lightest=SkinType.IV), lambda skin_type: True).value
    'IV'
    """
    return codes(SkinType, lightest=lightest, darkest=darkest)


def grades(
    *, strongest: Grade = Grade.SYSTEMATIC_REVIEW, weakest: Grade = Grade.EDITORIAL
) -> SearchStrategy[Grade]:
    """
    Draw kinds of evidence; the strongest first.

    Args:
        strongest: None stronger.
        weakest: None weaker.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(grades(strongest=Grade.COHORT), lambda grade: True).value
    'cohort'
    """
    return codes(Grade, strongest=strongest, weakest=weakest)


def anaesthesias(
    *, least: Anaesthesia = Anaesthesia.NONE, most: Anaesthesia = Anaesthesia.GENERAL
) -> SearchStrategy[Anaesthesia]:
    """
    Draw what is done against pain; the least first.

    Args:
        least: Nothing less.
        most: Nothing more.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(anaesthesias(least=Anaesthesia.TOPICAL), lambda kind: True).value
    'topical'
    """
    return codes(Anaesthesia, least=least, most=most)


def levels(
    *, mildest: Level = Level.CAUTION, strictest: Level = Level.DECLINE
) -> SearchStrategy[Level]:
    """
    Draw what a finding does while it is present; a caution first.

    Args:
        mildest: None milder.
        strictest: None stricter.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(levels(mildest=Level.DEFER), lambda level: True).value
    'defer'
    """
    return codes(Level, mildest=mildest, strictest=strictest)


def actions(
    *, mildest: Action = Action.GO_ON, strictest: Action = Action.EMERGENCY
) -> SearchStrategy[Action]:
    """
    Draw what to do about a side effect; to go on first.

    Args:
        mildest: None milder.
        strictest: None stricter.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.

    >>> from hypothesis import find
    >>> find(actions(mildest=Action.PAUSE), lambda action: True).value
    'pause'
    """
    return codes(Action, mildest=mildest, strictest=strictest)
