"""Which findings are of the person, wherever they are told. Pure."""

from microneedling.deciding.intake import asked
from microneedling.knowledge.finding_rules import FindingRule
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment
from microneedling.values.finding_kinds import Scope
from microneedling.values.vocabulary import Finding

__all__ = ["OfPerson"]


class OfPerson:
    """Which findings of an edition are of the person, and of which of them silence says no."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        # A code that is younger than the edition is none of these: it may be of the person.
        self._local = {r.finding for r in knowledge.findings if r.scope is not Scope.PERSON}
        # What follows from age and skin type is known only where these are, however much was asked.
        self._asked: list[FindingRule] = [
            rule for rule in knowledge.findings if rule.scope is Scope.PERSON and not rule.follows
        ]

    def __contains__(self, finding: Finding) -> bool:
        return finding not in self._local

    def denied(self, area: Assessment) -> frozenset[Finding]:
        """
        Give what an area says the person does not have.

        A complete screening says so of every finding that it does not name and whose question
        makes sense there. No intake puts the others there, so its silence on them says nothing
        of the person.
        """
        screening = area.screening
        named = frozenset(finding for finding in screening.absent if finding in self)
        if not screening.everything_asked:
            return named
        present = {exposure.finding for exposure in screening.present}
        indications = [concern.indication for concern in area.concerns]
        return named.union(
            rule.finding
            for rule in self._asked
            if rule.finding not in present and asked(self._knowledge, rule, area.site, indications)
        )
