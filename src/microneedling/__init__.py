"""
Microneedling with solid needles, as typed values and one pure recommendation.

>>> import microneedling as mn
>>> mn.NeedleLength.parse("0.5 mm").um
500

Everything public is here; each name is loaded when it is first used, so that
importing this package costs next to nothing.
"""

# Not from typing: importing it would cost more than the rest of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from microneedling.assessments import (
        Assessment as Assessment,
    )
    from microneedling.assessments import (
        Concern as Concern,
    )
    from microneedling.assessments import (
        Device as Device,
    )
    from microneedling.assessments import (
        Preferences as Preferences,
    )
    from microneedling.comparing import (
        Comparison as Comparison,
    )
    from microneedling.comparing import (
        ComparisonRow as ComparisonRow,
    )
    from microneedling.comparing import (
        compare as compare,
    )
    from microneedling.courses import (
        CareStep as CareStep,
    )
    from microneedling.courses import (
        Course as Course,
    )
    from microneedling.courses import (
        Downtime as Downtime,
    )
    from microneedling.courses import (
        Interval as Interval,
    )
    from microneedling.courses import (
        Note as Note,
    )
    from microneedling.courses import (
        Passes as Passes,
    )
    from microneedling.courses import (
        SessionCount as SessionCount,
    )
    from microneedling.courses import (
        Strictness as Strictness,
    )
    from microneedling.effects import (
        Action as Action,
    )
    from microneedling.effects import (
        Frequency as Frequency,
    )
    from microneedling.effects import (
        HourWindow as HourWindow,
    )
    from microneedling.effects import (
        Response as Response,
    )
    from microneedling.effects import (
        SideEffect as SideEffect,
    )
    from microneedling.errors import (
        InputError as InputError,
    )
    from microneedling.errors import (
        KnowledgeError as KnowledgeError,
    )
    from microneedling.errors import (
        MicroneedlingError as MicroneedlingError,
    )
    from microneedling.errors import (
        Problem as Problem,
    )
    from microneedling.errors import (
        UnknownEditionError as UnknownEditionError,
    )
    from microneedling.evidence import (
        Access as Access,
    )
    from microneedling.evidence import (
        Citation as Citation,
    )
    from microneedling.evidence import (
        Disagreement as Disagreement,
    )
    from microneedling.evidence import (
        Grade as Grade,
    )
    from microneedling.evidence import (
        Source as Source,
    )
    from microneedling.evidence import (
        Spread as Spread,
    )
    from microneedling.evidence import (
        Study as Study,
    )
    from microneedling.findings import (
        Exposure as Exposure,
    )
    from microneedling.findings import (
        Screening as Screening,
    )
    from microneedling.knowledge.facts import (
        Aspect as Aspect,
    )
    from microneedling.knowledge.facts import (
        AspectFact as AspectFact,
    )
    from microneedling.knowledge.facts import (
        Edition as Edition,
    )
    from microneedling.knowledge.facts import (
        Penetration as Penetration,
    )
    from microneedling.knowledge.facts import (
        Principle as Principle,
    )
    from microneedling.knowledge.facts import (
        Term as Term,
    )
    from microneedling.knowledge.facts import (
        Thickness as Thickness,
    )
    from microneedling.knowledge.facts import (
        Use as Use,
    )
    from microneedling.knowledge.loading import (
        editions as editions,
    )
    from microneedling.knowledge.loading import (
        from_tables as from_tables,
    )
    from microneedling.knowledge.loading import (
        latest as latest,
    )
    from microneedling.knowledge.loading import (
        load as load,
    )
    from microneedling.knowledge.model import (
        Knowledge as Knowledge,
    )
    from microneedling.knowledge.rules import (
        Caution as Caution,
    )
    from microneedling.knowledge.rules import (
        Ceiling as Ceiling,
    )
    from microneedling.knowledge.rules import (
        Clearance as Clearance,
    )
    from microneedling.knowledge.rules import (
        FindingRule as FindingRule,
    )
    from microneedling.knowledge.rules import (
        IndicationRule as IndicationRule,
    )
    from microneedling.knowledge.rules import (
        Level as Level,
    )
    from microneedling.knowledge.rules import (
        LogicRule as LogicRule,
    )
    from microneedling.knowledge.rules import (
        Protocol as Protocol,
    )
    from microneedling.knowledge.rules import (
        SettingRule as SettingRule,
    )
    from microneedling.knowledge.rules import (
        SiteRule as SiteRule,
    )
    from microneedling.knowledge.rules import (
        Support as Support,
    )
    from microneedling.knowledge.rules import (
        Wait as Wait,
    )
    from microneedling.lengths import (
        LengthRange as LengthRange,
    )
    from microneedling.lengths import (
        NeedleLength as NeedleLength,
    )
    from microneedling.lengths import (
        PenetrationDepth as PenetrationDepth,
    )
    from microneedling.recommendations import (
        Answer as Answer,
    )
    from microneedling.recommendations import (
        Ask as Ask,
    )
    from microneedling.recommendations import (
        Decline as Decline,
    )
    from microneedling.recommendations import (
        Defer as Defer,
    )
    from microneedling.recommendations import (
        Effect as Effect,
    )
    from microneedling.recommendations import (
        Offer as Offer,
    )
    from microneedling.recommendations import (
        Provenance as Provenance,
    )
    from microneedling.recommendations import (
        Reason as Reason,
    )
    from microneedling.recommendations import (
        Recommendation as Recommendation,
    )
    from microneedling.recommendations import (
        Refer as Refer,
    )
    from microneedling.recommendations import (
        Stage as Stage,
    )
    from microneedling.recommendations import (
        Step as Step,
    )
    from microneedling.recommendations import (
        Verdict as Verdict,
    )
    from microneedling.recommendations import (
        replay as replay,
    )
    from microneedling.recommending import (
        questions as questions,
    )
    from microneedling.recommending import (
        recommend as recommend,
    )
    from microneedling.vocabulary import (
        Anaesthesia as Anaesthesia,
    )
    from microneedling.vocabulary import (
        DeviceKind as DeviceKind,
    )
    from microneedling.vocabulary import (
        EndPoint as EndPoint,
    )
    from microneedling.vocabulary import (
        Finding as Finding,
    )
    from microneedling.vocabulary import (
        Indication as Indication,
    )
    from microneedling.vocabulary import (
        Setting as Setting,
    )
    from microneedling.vocabulary import (
        Severity as Severity,
    )
    from microneedling.vocabulary import (
        SideEffectCode as SideEffectCode,
    )
    from microneedling.vocabulary import (
        Site as Site,
    )
    from microneedling.vocabulary import (
        SkinType as SkinType,
    )
    from microneedling.wire import (
        assessment_from_json as assessment_from_json,
    )
    from microneedling.wire import (
        to_json as to_json,
    )

__version__ = "0.1.0"

_ROOMS = {
    "assessments": ("Assessment", "Concern", "Device", "Preferences"),
    "comparing": ("Comparison", "ComparisonRow", "compare"),
    "courses": (
        "CareStep",
        "Course",
        "Downtime",
        "Interval",
        "Note",
        "Passes",
        "SessionCount",
        "Strictness",
    ),
    "effects": ("Action", "Frequency", "HourWindow", "Response", "SideEffect"),
    "errors": (
        "InputError",
        "KnowledgeError",
        "MicroneedlingError",
        "Problem",
        "UnknownEditionError",
    ),
    "evidence": ("Access", "Citation", "Disagreement", "Grade", "Source", "Spread", "Study"),
    "findings": ("Exposure", "Screening"),
    "knowledge.facts": (
        "Aspect",
        "AspectFact",
        "Edition",
        "Penetration",
        "Principle",
        "Term",
        "Thickness",
        "Use",
    ),
    "knowledge.loading": ("editions", "from_tables", "latest", "load"),
    "knowledge.model": ("Knowledge",),
    "knowledge.rules": (
        "Caution",
        "Ceiling",
        "Clearance",
        "FindingRule",
        "IndicationRule",
        "Level",
        "LogicRule",
        "Protocol",
        "SettingRule",
        "SiteRule",
        "Support",
        "Wait",
    ),
    "lengths": ("LengthRange", "NeedleLength", "PenetrationDepth"),
    "recommendations": (
        "Answer",
        "Ask",
        "Decline",
        "Defer",
        "Effect",
        "Offer",
        "Provenance",
        "Reason",
        "Recommendation",
        "Refer",
        "Stage",
        "Step",
        "Verdict",
        "replay",
    ),
    "recommending": ("questions", "recommend"),
    "vocabulary": (
        "Anaesthesia",
        "DeviceKind",
        "EndPoint",
        "Finding",
        "Indication",
        "Setting",
        "Severity",
        "SideEffectCode",
        "Site",
        "SkinType",
    ),
    "wire": ("assessment_from_json", "to_json"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Access",
    "Action",
    "Anaesthesia",
    "Answer",
    "Ask",
    "Aspect",
    "AspectFact",
    "Assessment",
    "CareStep",
    "Caution",
    "Ceiling",
    "Citation",
    "Clearance",
    "Comparison",
    "ComparisonRow",
    "Concern",
    "Course",
    "Decline",
    "Defer",
    "Device",
    "DeviceKind",
    "Disagreement",
    "Downtime",
    "Edition",
    "Effect",
    "EndPoint",
    "Exposure",
    "Finding",
    "FindingRule",
    "Frequency",
    "Grade",
    "HourWindow",
    "Indication",
    "IndicationRule",
    "InputError",
    "Interval",
    "Knowledge",
    "KnowledgeError",
    "LengthRange",
    "Level",
    "LogicRule",
    "MicroneedlingError",
    "NeedleLength",
    "Note",
    "Offer",
    "Passes",
    "Penetration",
    "PenetrationDepth",
    "Preferences",
    "Principle",
    "Problem",
    "Protocol",
    "Provenance",
    "Reason",
    "Recommendation",
    "Refer",
    "Response",
    "Screening",
    "SessionCount",
    "Setting",
    "SettingRule",
    "Severity",
    "SideEffect",
    "SideEffectCode",
    "Site",
    "SiteRule",
    "SkinType",
    "Source",
    "Spread",
    "Stage",
    "Step",
    "Strictness",
    "Study",
    "Support",
    "Term",
    "Thickness",
    "UnknownEditionError",
    "Use",
    "Verdict",
    "Wait",
    "__version__",
    "assessment_from_json",
    "compare",
    "editions",
    "from_tables",
    "latest",
    "load",
    "questions",
    "recommend",
    "replay",
    "to_json",
]


def __getattr__(name: str) -> object:
    """Load a public name from its room."""
    room = _HOME.get(name)
    if room is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    module = __import__(f"{__name__}.{room}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return __all__
