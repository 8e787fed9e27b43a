"""What follows from the longest needle alone: numbing and recovery."""

from attrs import evolve

from microneedling.knowledge.facts import AspectFact
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.courses import Downtime
from microneedling.values.evidence import Citation
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Anaesthesia

__all__ = ["AtLength"]


class AtLength:
    """What sources say of a needle length whatever is treated, each with its citations."""

    __slots__ = (
        "anaesthesia",
        "behind_anaesthesia",
        "behind_downtime",
        "borrowed",
        "downtime",
    )

    def __init__(self, knowledge: Knowledge, longest: NeedleLength) -> None:
        numbing, recovery = knowledge.anaesthesia_at(longest), knowledge.downtime_at(longest)
        self.anaesthesia: Anaesthesia | None = Anaesthesia(numbing.code) if numbing else None
        self.behind_anaesthesia: tuple[Citation, ...] = _behind(numbing, "anaesthesia")
        self.downtime: Downtime | None = recovery.downtime if recovery else None
        self.behind_downtime: tuple[Citation, ...] = _behind(recovery, "downtime")
        # What is stated of another length and taken over to this one.
        self.borrowed: set[str] = {
            name
            for name, fact in (("anaesthesia", numbing), ("downtime", recovery))
            if fact is not None and fact.length != longest
        }


def _behind(fact: AspectFact | None, figure: str) -> tuple[Citation, ...]:
    return tuple(evolve(c, supports=figure) for c in fact.citations) if fact else ()
