"""Members of the enumerations that have an order, from one to another."""

from hypothesis.strategies import SearchStrategy

from microneedling.knowledge.finding_rules import Level
from microneedling.strategies.from_fields import BETWEEN, codes, given
from microneedling.values.evidence import Grade
from microneedling.values.responses import Action
from microneedling.values.vocabulary import Anaesthesia, Severity, SkinType

__all__ = ["actions", "anaesthesias", "grades", "levels", "severities", "skin_types"]


@given(BETWEEN)
def severities(
    *, mildest: Severity = Severity.MILD, severest: Severity = Severity.SEVERE
) -> SearchStrategy[Severity]:
    """
    Draw how marked something is; the mildest first.

    >>> from hypothesis import find
    >>> find(severities(mildest=Severity.MODERATE), lambda severity: True).value
    'moderate'
    """
    return codes(Severity, mildest=mildest, severest=severest)


@given(BETWEEN)
def skin_types(
    *, lightest: SkinType = SkinType.I, darkest: SkinType = SkinType.VI
) -> SearchStrategy[SkinType]:
    """
    Draw Fitzpatrick skin types; the lightest first.

    >>> from hypothesis import find
    >>> find(skin_types(lightest=SkinType.IV), lambda skin_type: True).value
    'IV'
    """
    return codes(SkinType, lightest=lightest, darkest=darkest)


@given(BETWEEN)
def grades(
    *, strongest: Grade = Grade.SYSTEMATIC_REVIEW, weakest: Grade = Grade.EDITORIAL
) -> SearchStrategy[Grade]:
    """
    Draw kinds of evidence; the strongest first.

    >>> from hypothesis import find
    >>> find(grades(strongest=Grade.COHORT), lambda grade: True).value
    'cohort'
    """
    return codes(Grade, strongest=strongest, weakest=weakest)


@given(BETWEEN)
def anaesthesias(
    *, least: Anaesthesia = Anaesthesia.NONE, most: Anaesthesia = Anaesthesia.GENERAL
) -> SearchStrategy[Anaesthesia]:
    """
    Draw what is done against pain; the least first.

    >>> from hypothesis import find
    >>> find(anaesthesias(least=Anaesthesia.TOPICAL), lambda kind: True).value
    'topical'
    """
    return codes(Anaesthesia, least=least, most=most)


@given(BETWEEN)
def levels(
    *, mildest: Level = Level.CAUTION, strictest: Level = Level.DECLINE
) -> SearchStrategy[Level]:
    """
    Draw what a finding does while it is present; a caution first.

    >>> from hypothesis import find
    >>> find(levels(mildest=Level.DEFER), lambda level: True).value
    'defer'
    """
    return codes(Level, mildest=mildest, strictest=strictest)


@given(BETWEEN)
def actions(
    *, mildest: Action = Action.GO_ON, strictest: Action = Action.EMERGENCY
) -> SearchStrategy[Action]:
    """
    Draw what to do about a side effect; to go on first.

    >>> from hypothesis import find
    >>> find(actions(mildest=Action.PAUSE), lambda action: True).value
    'pause'
    """
    return codes(Action, mildest=mildest, strictest=strictest)
