"""Rows of an edition, and editions."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling.knowledge.edition_tables import canonical_form
from microneedling.knowledge.facts import AspectFact, Edition, Use
from microneedling.knowledge.finding_rules import FindingRule, Level, WaitingTime
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import editions as shipped, latest, load
from microneedling.knowledge.reference import Penetration, Principle, Term, Thickness
from microneedling.knowledge.rules import (
    Caution,
    Ceiling,
    Clearance,
    IndicationRule,
    LogicRule,
    Protocol,
    SettingRule,
    SiteRule,
)
from microneedling.strategies.codes import actions, levels
from microneedling.strategies.from_fields import (
    BETWEEN,
    Fields,
    drawn,
    draws,
    lines,
    named,
    rising,
    wholes,
)
from microneedling.strategies.quantities import length_ranges, needle_lengths
from microneedling.values.applicability import AppliesTo
from microneedling.values.courses import Note
from microneedling.values.effects import Frequency, SideEffect
from microneedling.values.lengths import NeedleLength
from microneedling.values.responses import Action, Response
from microneedling.values.session_rows import Boundary, CareStep, SessionNeed

__all__ = [
    "applicabilities",
    "aspect_facts",
    "care_steps",
    "cautions",
    "ceilings",
    "clearances",
    "editions",
    "finding_rules",
    "frequencies",
    "indication_rules",
    "knowledges",
    "logic_rules",
    "notes",
    "penetrations",
    "principles",
    "protocols",
    "responses",
    "session_needs",
    "setting_rules",
    "side_effects",
    "site_rules",
    "terms",
    "thicknesses",
    "uses",
    "waiting_times",
]


@draws(CareStep, BETWEEN)
def care_steps(
    *, first_day: int | None = None, last_day: int | None = None
) -> SearchStrategy[CareStep]:
    """
    Draw instructions before or after a session.

    >>> from hypothesis import find
    >>> found = find(care_steps(first_day=1), lambda step: True)
    >>> found.from_day, found.to_day, found.strictness.value
    (1, 1, 'may')
    """
    days = wholes(CareStep, "from_day", first_day=first_day, last_day=last_day)
    return drawn(CareStep, named("code", _care_agreed), from_day=days, to_day=days)


def _care_agreed(held: Fields) -> Fields:
    held = rising("from_day", "to_day")(held)
    held = rising("published_min_hours", "published_max_hours")(held)
    published = held["published_min_hours"], held["published_max_hours"]
    about = None if published == (None, None) else held["published_of"] or Boundary.START
    return held | {"published_of": about}


@draws(AppliesTo)
def applicabilities() -> SearchStrategy[AppliesTo]:
    """Draw what rows of an edition are for."""
    return drawn(AppliesTo)


@draws(SessionNeed)
def session_needs() -> SearchStrategy[SessionNeed]:
    """Draw what sessions need."""
    return drawn(SessionNeed, named("id"))


@draws(Frequency)
def frequencies() -> SearchStrategy[Frequency]:
    """Draw how often an effect was seen: a count out of a number, or a percentage."""
    no_counts: dict[str, SearchStrategy[Any]] = {"events": st.none(), "out_of": st.none()}
    counts = wholes(Frequency, "out_of", fewest=None, most=None)
    return st.one_of(
        drawn(
            Frequency,
            rising("events", "out_of"),
            events=st.just(0) | counts,
            out_of=counts,
            percent=st.none(),
            population=lines(),
        ),
        drawn(
            Frequency,
            **no_counts,
            percent=wholes(Frequency, "percent", lowest=None, highest=None),
            population=lines(),
        ),
    )


@draws(SideEffect)
def side_effects() -> SearchStrategy[SideEffect]:
    """Draw what sources say of a side effect."""
    return drawn(SideEffect, named("id"))


@draws(Response, BETWEEN)
def responses(
    *, mildest: Action = Action.GO_ON, strictest: Action = Action.EMERGENCY
) -> SearchStrategy[Response]:
    """Draw what to do about side effects; to go on first."""
    todo = actions(mildest=mildest, strictest=strictest)
    agreed = named("id", rising("from_day", "to_day"))
    return drawn(Response, agreed, action=todo)


@draws(WaitingTime, BETWEEN)
def waiting_times(
    *, shortest_days: int | None = None, longest_days: int | None = None
) -> SearchStrategy[WaitingTime]:
    """Draw the days to wait after a finding has ended."""
    days = wholes(WaitingTime, "days", shortest_days=shortest_days, longest_days=longest_days)
    return drawn(WaitingTime, days=days)


@draws(FindingRule, BETWEEN)
def finding_rules(
    *, mildest: Level = Level.CAUTION, strictest: Level = Level.DECLINE
) -> SearchStrategy[FindingRule]:
    """
    Draw what a finding means; a caution first.

    >>> from hypothesis import find
    >>> found = find(finding_rules(mildest=Level.DEFER), lambda rule: True)
    >>> found.level.value, found.wait
    ('defer', None)
    """
    return drawn(FindingRule, level=levels(mildest=mildest, strictest=strictest))


@draws(Ceiling, BETWEEN)
def ceilings(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[Ceiling]:
    """Draw the longest needle length that is ever offered somewhere."""
    return drawn(Ceiling, longest=needle_lengths(shortest=shortest, longest=longest))


@draws(Protocol, BETWEEN)
def protocols(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[Protocol]:
    """Draw curated ways to treat, which no edition need hold."""
    return drawn(Protocol, lengths=length_ranges(shortest=shortest, longest=longest))


@draws(Penetration)
def penetrations() -> SearchStrategy[Penetration]:
    """Draw how far needles of a length went, as measured."""
    return drawn(Penetration, rising("shallowest", "deepest"))


@draws(Thickness)
def thicknesses() -> SearchStrategy[Thickness]:
    """Draw how thick skin is, as measured."""
    return drawn(Thickness, rising("min_nm", "max_nm"))


# What its fields declare is all that these have to hold to.
@draws(Note)
def notes() -> SearchStrategy[Note]:
    """Draw what else to know about a course."""
    return drawn(Note)


@draws(Caution)
def cautions() -> SearchStrategy[Caution]:
    """Draw what is to be heeded at a site or in a setting."""
    return drawn(Caution)


@draws(SiteRule)
def site_rules() -> SearchStrategy[SiteRule]:
    """Draw what holds at a site."""
    return drawn(SiteRule)


@draws(SettingRule)
def setting_rules() -> SearchStrategy[SettingRule]:
    """Draw what holds in a setting."""
    return drawn(SettingRule)


@draws(IndicationRule)
def indication_rules() -> SearchStrategy[IndicationRule]:
    """Draw what the sources say of an indication."""
    return drawn(IndicationRule)


@draws(Clearance)
def clearances() -> SearchStrategy[Clearance]:
    """Draw United States clearances."""
    return drawn(Clearance)


@draws(LogicRule)
def logic_rules() -> SearchStrategy[LogicRule]:
    """Draw rules of the decision itself."""
    return drawn(LogicRule)


@draws(Use)
def uses() -> SearchStrategy[Use]:
    """Draw what a needle length is used for."""
    return drawn(Use)


@draws(AspectFact)
def aspect_facts() -> SearchStrategy[AspectFact]:
    """Draw what a source says of one aspect of a needle length."""
    return drawn(AspectFact)


@draws(Principle)
def principles() -> SearchStrategy[Principle]:
    """Draw general statements."""
    return drawn(Principle)


@draws(Term)
def terms() -> SearchStrategy[Term]:
    """Draw terms in which sources report."""
    return drawn(Term)


@draws(Edition)
def editions() -> SearchStrategy[Edition]:
    """Draw what an edition says of itself."""
    return drawn(Edition)


@draws(Knowledge)
def knowledges() -> SearchStrategy[Knowledge]:
    """
    Draw editions: those that ship, the latest first, and like ones under another name.

    The latter hold the same rows, so that they advise the same, but have a digest of their own.

    >>> from hypothesis import find
    >>> find(knowledges(), lambda knowledge: True) == latest()
    True
    """
    return _shipped() | _renamed()


@st.composite
def _shipped(draw: st.DrawFn) -> Knowledge:
    return load(draw(st.sampled_from(shipped()[::-1])))


@st.composite
def _renamed(draw: st.DrawFn) -> Knowledge:
    tables: Any = latest().plain()
    tables["edition"]["id"] = draw(lines(20))
    tables["edition"]["authors"] = draw(lines())
    # Without the audit, which takes longer than all else: its rows are those that were audited.
    return Knowledge(canonical_form(tables))
