"""What can be said of a finding: what it touches, how it ends, who clears it, when it is asked."""

from enum import unique

from microneedling.values.codes import Code, OrderedCode

__all__ = ["Ending", "Nature", "QuestionGroup", "Role", "Scope", "Urgency"]


@unique
class Role(Code):
    """
    Who clears a finding, or to whom is referred: a role, never a person.

    >>> Role("haematologist")
    <Role.HAEMATOLOGIST: 'haematologist'>
    """

    PRESCRIBER = "prescriber"
    DERMATOLOGIST = "dermatologist"
    HAEMATOLOGIST = "haematologist"
    ONCOLOGIST = "oncologist"
    TREATING_PHYSICIAN = "treating_physician"
    MENTAL_HEALTH_PROFESSIONAL = "mental_health_professional"


@unique
class Urgency(OrderedCode):
    """
    How soon somebody is to be seen to whom is referred.

    >>> Urgency.ROUTINE < Urgency.SAME_DAY
    True
    """

    ROUTINE = "routine"
    SAME_DAY = "same_day"


@unique
class QuestionGroup(OrderedCode):
    """
    The parts of an intake, in the order in which they are asked.

    >>> QuestionGroup.ALWAYS < QuestionGroup.PLAN
    True
    """

    ALWAYS = "always"
    SKIN = "skin"
    MEDICINES = "medicines"
    HISTORY = "history"
    PLAN = "plan"


@unique
class Scope(OrderedCode):
    """
    How far a finding reaches: the part it lies in, the region around, or the whole person.

    >>> Scope.AREA < Scope.PERSON
    True
    """

    AREA = "area"
    REGION = "region"
    PERSON = "person"


@unique
class Ending(Code):
    """
    How a finding ends.

    ``day`` is a past event and a wait, ``healed`` what has to heal or to be controlled,
    ``state_ends`` a state or a treatment that goes on, ``cleared`` what a person clears.

    >>> Ending("healed")
    <Ending.HEALED: 'healed'>
    """

    DAY = "day"
    HEALED = "healed"
    STATE_ENDS = "state_ends"
    CLEARED = "cleared"


@unique
class Nature(Code):
    """
    Whether somebody prescribed it, or the patient uses it by choice.

    >>> Nature("prescribed")
    <Nature.PRESCRIBED: 'prescribed'>
    """

    PRESCRIBED = "prescribed"
    BY_CHOICE = "by_choice"
