"""That the report on plain patients covers what it says, and that what it counts adds up."""

import microneedling as mn
from tests import plain


def test_the_report_covers_what_is_usual(knowledge: mn.Knowledge) -> None:
    """Every indication that may be offered anything is there, where it is usually treated."""
    one, two = list(plain.alone()), list(plain.pairs())
    assert (len(one), len(two)) == (354, 55)
    named = {given.concerns[0].indication for given in one}
    documented = {i for protocol in knowledge.protocols for i in protocol.indications}
    assert documented - named == {mn.Indication.VARICELLA_SCAR}


def test_what_is_counted_adds_up(knowledge: mn.Knowledge) -> None:
    """An offer is complete or not, and whatever is neither is listed with its reason."""
    counts = plain.counted(plain.pairs(), knowledge)
    assert counts["complete"] + counts["incomplete"] == counts["offer"]
    assert sum(counts[verdict.value] for verdict in mn.Verdict) == 55
