"""The rows a decision is made from."""

from datetime import date
from enum import unique
from typing import Annotated

from attrs import frozen

from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Row, Value
from microneedling.values.codes import OrderedCode
from microneedling.values.courses import Interval, Note, Passes, SessionCount
from microneedling.values.evidence import Citation, Cited, Disagreement, Grade
from microneedling.values.finding_kinds import (
    QuestionGroup,
    Role,
)
from microneedling.values.lengths import LengthRange, NeedleLength
from microneedling.values.reasons import Effect, Reason
from microneedling.values.vocabulary import (
    Anaesthesia,
    DeviceKind,
    EndPoint,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
    SkinType,
)

__all__ = [
    "Caution",
    "Ceiling",
    "Clearance",
    "IndicationRule",
    "LogicRule",
    "Protocol",
    "SettingRule",
    "SiteRule",
    "Support",
]


@unique
class Support(OrderedCode):
    """
    How well sources support needling for an indication.

    >>> Support.NONE < Support.STRONG
    True
    """

    NONE = "none"
    THIN = "thin"
    MODERATE = "moderate"
    STRONG = "strong"


@frozen(kw_only=True, repr=False, eq=False)
class Ceiling(Row):
    """
    The longest needle length that is ever offered somewhere.

    Args:
        longest: The length.
        why: Which source is followed and why.
        grade: What the figure rests on.
        citations: At least one.
        disagreements: The other figures, each with its source.
    """

    longest: NeedleLength
    why: str
    grade: Grade
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()


@frozen(kw_only=True, repr=False, eq=False)
class Caution(Row):
    """
    Something to be heeded at a site or in a setting.

    Args:
        code: Stable within its row.
        text: In plain words.
        short: The same in at most 15 words.
        citations: At least one.
    """

    code: str
    text: str
    short: str = ""
    citations: Cited

    @property
    def grade(self) -> Grade:
        """The weakest of its sources."""
        return max(citation.source.grade for citation in self.citations)


@frozen(kw_only=True, repr=False, eq=False)
class SiteRule(Row):
    """
    What holds at a site.

    Args:
        site: Which one.
        label: In plain words.
        part_of: The larger site it belongs to.
        ceiling: None where the site is refused, or inherits that of the larger one.
        refused_because: Why nothing is ever offered here; empty elsewhere.
        refused_short: The same in at most 15 words.
        refused_citations: The sources of the refusal.
        cautions: To be heeded here, besides those that are inherited.
        not_at_home: True where nothing is ever offered at home.
    """

    site: Site
    label: str
    part_of: Site | None = None
    ceiling: Ceiling | None = None
    refused_because: str = ""
    refused_short: str = ""
    refused_citations: tuple[Citation, ...] = ()
    cautions: tuple[Caution, ...] = ()
    not_at_home: bool = False

    @property
    def inherits(self) -> bool:
        """Whether ceiling and cautions are those of the larger site."""
        return self.ceiling is None and not self.refused_because


@frozen(kw_only=True, repr=False, eq=False)
class SettingRule(Row):
    """
    What holds in a setting.

    Args:
        setting: Which one.
        label: In plain words.
        ceiling: None where the setting sets no limit of its own.
        cautions: To be heeded there.
    """

    setting: Setting
    label: str
    ceiling: Ceiling | None = None
    cautions: tuple[Caution, ...] = ()


@frozen(kw_only=True, repr=False, eq=False)
class IndicationRule(Row):
    """
    What the sources say of an indication as a whole.

    Args:
        indication: Which one.
        label: In plain words.
        support: How well needling is supported; with ``none``, nothing is offered.
        statement: In our words.
        short: The same in at most 15 words.
        citations: At least one.
        disagreements: Sources that say otherwise.
        not_at_home: True where nothing is ever offered for it at home.
        kind_of: The general indication whose protocols count for this one, too.
        apart: Whether it is treated by itself, never in one course with another concern.
        never_offered: Whether it is only asked about: what is documented is told, and referred.
        finding: What is present in whoever asks for this: the more cautious of the two holds.
        role: To whom is referred where nothing is offered.
    """

    indication: Indication
    label: str
    support: Support
    statement: str
    short: str = ""
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()
    not_at_home: bool = False
    kind_of: Indication | None = None
    apart: bool = False
    never_offered: bool = False
    finding: Finding | None = None
    role: Role | None = None

    @property
    def documented(self) -> bool:
        """Whether a protocol may name it."""
        return self.support is not Support.NONE and not self.never_offered


@frozen(kw_only=True, repr=False)
class Protocol(Value):
    """
    A curated way to treat; every figure lies within what its studies report.

    Args:
        id: Stable, never reused.
        school: Protocols of one school differ by severity or arm only.
        indications: What it treats.
        severities: At which severities; empty for all.
        sites: Where, parts included.
        settings: Where it is documented.
        lengths: Needle lengths.
        sessions: None where no source gives a count.
        interval: None where no source gives one.
        anaesthesia: As its sources state it; None where they do not.
        end_point: As its sources state it.
        passes: As its sources state it.
        devices: The devices it is documented with; empty for any.
        notes: What else to know.
        citations: The sources, each with what it supports.
        grade: The weakest of the sources that fix lengths, sessions or interval.
        backing: The best source of the least supported of these figures.
        assembled: True where no single source stands behind all of them.
    """

    id: str
    school: str
    indications: tuple[Indication, ...]
    severities: tuple[Severity, ...] = ()
    sites: tuple[Site, ...]
    settings: tuple[Setting, ...]
    lengths: LengthRange
    sessions: SessionCount | None = None
    interval: Interval | None = None
    anaesthesia: Anaesthesia | None = None
    end_point: EndPoint | None = None
    passes: Passes | None = None
    devices: tuple[DeviceKind, ...] = ()
    notes: tuple[Note, ...] = ()
    citations: Cited
    grade: Grade
    backing: Grade
    assembled: bool


@frozen(kw_only=True, repr=False, eq=False)
class Clearance(Row):
    """
    A United States clearance: the scope a device may be labelled for there.

    One of which the scope was not seen covers nothing here.

    Args:
        id: The regulator's number.
        device: Its name.
        decided_on: The day of the decision; None where not seen.
        indications: What it covers; empty where not seen.
        sites: Where, parts included; empty where not seen.
        skin_types: In whom; empty where not seen.
        youngest_years: From which age; None where not seen.
        device_kind: What kind of device it is; None where not seen.
        bars: The findings that its label bars; with one of them it covers nothing.
        longest: The longest length covered; None where none was seen.
        note: In our words.
        citations: At least one.
    """

    id: str
    device: str
    decided_on: date | None = None
    indications: tuple[Indication, ...] = ()
    sites: tuple[Site, ...] = ()
    skin_types: tuple[SkinType, ...] = ()
    youngest_years: Annotated[int, Whole(0, 130, "years")] | None = None
    device_kind: DeviceKind | None = None
    bars: tuple[Finding, ...] = ()
    longest: NeedleLength | None = None
    note: str
    citations: Cited


@frozen(kw_only=True, repr=False, eq=False)
class LogicRule(Row):
    """
    A rule of the decision itself that no other table holds.

    Args:
        code: Stable.
        why: In plain words.
        short: The same in at most 15 words.
        grade: What it rests on.
        citations: At least one.
        question: What to ask, for a rule that asks.
        days: How long, for a rule that is about a time.
    """

    code: str
    why: str
    short: str = ""
    grade: Grade
    citations: Cited
    question: str = ""
    days: Annotated[int, Whole(1, 3650, "days")] | None = None

    def reason(  # noqa: PLR0913 - each is a field of a reason
        self,
        effect: Effect,
        *facts: str,
        why: str = "",
        short: str = "",
        question: str = "",
        citations: tuple[Citation, ...] = (),
        grade: Grade | None = None,
        disagreements: tuple[Disagreement, ...] = (),
        finding: Finding | None = None,
        protocol: str = "",
        limit: NeedleLength | None = None,
        until: date | None = None,
        must: str = "",
        role: Role | None = None,
        group: QuestionGroup | None = None,
    ) -> Reason:
        """
        Make the reason that this rule gives.

        Args:
            effect: What it does.
            facts: The inputs that satisfied it.
            why: Instead of the rule's own.
            short: Instead of the rule's own.
            question: What to ask, where it asks.
            citations: Instead of the rule's own.
            grade: Instead of the rule's own.
            disagreements: Sources that say otherwise.
            finding: The finding it is about.
            protocol: The protocol it is about.
            limit: The longest needle length it allows.
            until: The first day on which it no longer holds.
            must: What has to be done or left besides.
            role: To whom is referred.
            group: The part of the intake that its question belongs to.
        """
        return Reason(
            rule=f"rules.{self.code}",
            effect=effect,
            facts=facts,
            why=why or self.why,
            short=short or self.short,
            grade=grade or self.grade,
            citations=citations or self.citations,
            disagreements=disagreements,
            finding=finding,
            until=until,
            question=question,
            must=must,
            role=role,
            group=group,
            protocol=protocol,
            limit=limit,
        )
