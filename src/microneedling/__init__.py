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
        Concern as Concern,
        Device as Device,
        Preferences as Preferences,
    )
    from microneedling.comparing import (
        Comparison as Comparison,
        ComparisonRow as ComparisonRow,
        compare as compare,
    )
    from microneedling.courses import (
        CareStep as CareStep,
        Course as Course,
        Downtime as Downtime,
        Interval as Interval,
        Note as Note,
        Passes as Passes,
        SessionCount as SessionCount,
        Strictness as Strictness,
    )
    from microneedling.effects import (
        Frequency as Frequency,
        HourWindow as HourWindow,
        SideEffect as SideEffect,
    )
    from microneedling.errors import (
        InputError as InputError,
        KnowledgeError as KnowledgeError,
        MicroneedlingError as MicroneedlingError,
        Problem as Problem,
        UnknownEditionError as UnknownEditionError,
    )
    from microneedling.evidence import (
        Access as Access,
        Citation as Citation,
        Disagreement as Disagreement,
        Grade as Grade,
        Source as Source,
        Spread as Spread,
        Study as Study,
    )
    from microneedling.findings import (
        Exposure as Exposure,
        Screening as Screening,
    )
    from microneedling.knowledge.facts import (
        Aspect as Aspect,
        AspectFact as AspectFact,
        Edition as Edition,
        Use as Use,
    )
    from microneedling.knowledge.loading import (
        editions as editions,
        from_tables as from_tables,
        latest as latest,
        load as load,
    )
    from microneedling.knowledge.lookups import (
        Penetration as Penetration,
        Principle as Principle,
        Term as Term,
        Thickness as Thickness,
    )
    from microneedling.knowledge.model import (
        Knowledge as Knowledge,
    )
    from microneedling.knowledge.rules import (
        Caution as Caution,
        Ceiling as Ceiling,
        Clearance as Clearance,
        FindingRule as FindingRule,
        IndicationRule as IndicationRule,
        Level as Level,
        LogicRule as LogicRule,
        Protocol as Protocol,
        SettingRule as SettingRule,
        SiteRule as SiteRule,
        Support as Support,
        Wait as Wait,
    )
    from microneedling.lengths import (
        LengthRange as LengthRange,
        NeedleLength as NeedleLength,
        PenetrationDepth as PenetrationDepth,
    )
    from microneedling.recommendations import (
        Answer as Answer,
        Ask as Ask,
        Decline as Decline,
        Defer as Defer,
        Effect as Effect,
        Offer as Offer,
        Provenance as Provenance,
        Reason as Reason,
        Recommendation as Recommendation,
        Refer as Refer,
        Stage as Stage,
        Step as Step,
        Verdict as Verdict,
        replay as replay,
    )
    from microneedling.recommending import (
        questions as questions,
        recommend as recommend,
    )
    from microneedling.responses import (
        Action as Action,
        Response as Response,
    )
    from microneedling.vocabulary import (
        Anaesthesia as Anaesthesia,
        DeviceKind as DeviceKind,
        EndPoint as EndPoint,
        Finding as Finding,
        Indication as Indication,
        Setting as Setting,
        Severity as Severity,
        SideEffectCode as SideEffectCode,
        Site as Site,
        SkinType as SkinType,
    )
    from microneedling.wire import (
        assessment_from_json as assessment_from_json,
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
    "effects": ("Frequency", "HourWindow", "SideEffect"),
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
        "Use",
    ),
    "knowledge.lookups": ("Penetration", "Principle", "Term", "Thickness"),
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
    "responses": ("Action", "Response"),
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
