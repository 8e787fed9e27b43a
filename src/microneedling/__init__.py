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
    from microneedling._foundation.errors import (
        InputError as InputError,
        KnowledgeError as KnowledgeError,
        MicroneedlingError as MicroneedlingError,
        Problem as Problem,
        UnknownEditionError as UnknownEditionError,
    )
    from microneedling.deciding.recommending import (
        questions as questions,
        recommend as recommend,
    )
    from microneedling.knowledge.comparison import (
        Comparison as Comparison,
        ComparisonRow as ComparisonRow,
        compare as compare,
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
    from microneedling.knowledge.model import (
        Knowledge as Knowledge,
    )
    from microneedling.knowledge.reference import (
        Penetration as Penetration,
        Principle as Principle,
        Term as Term,
        Thickness as Thickness,
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
        WaitingTime as WaitingTime,
    )
    from microneedling.treating.care import (
        CarePlan as CarePlan,
        DatedCare as DatedCare,
        care_plan as care_plan,
    )
    from microneedling.treating.ledger import (
        Progress as Progress,
        begin as begin,
        next_step as next_step,
    )
    from microneedling.treating.replaying import (
        replay as replay,
    )
    from microneedling.treating.responding import (
        respond as respond,
    )
    from microneedling.treating.scheduling import (
        reschedule as reschedule,
        schedule as schedule,
    )
    from microneedling.values.assessments import (
        Assessment as Assessment,
        Concern as Concern,
        Device as Device,
        Preferences as Preferences,
    )
    from microneedling.values.courses import (
        Boundary as Boundary,
        CareStep as CareStep,
        Course as Course,
        Downtime as Downtime,
        Interval as Interval,
        Note as Note,
        Passes as Passes,
        SessionCount as SessionCount,
        Strictness as Strictness,
    )
    from microneedling.values.effects import (
        Frequency as Frequency,
        HourWindow as HourWindow,
        SideEffect as SideEffect,
    )
    from microneedling.values.events import (
        CourseBegun as CourseBegun,
        CourseStopped as CourseStopped,
        EnteredInError as EnteredInError,
        Entry as Entry,
        Event as Event,
        FindingChanged as FindingChanged,
        Override as Override,
        Safeguard as Safeguard,
        SessionDone as SessionDone,
        SessionPostponed as SessionPostponed,
        SessionSkipped as SessionSkipped,
        SideEffectReported as SideEffectReported,
        SideEffectResolved as SideEffectResolved,
    )
    from microneedling.values.evidence import (
        Access as Access,
        Citation as Citation,
        Disagreement as Disagreement,
        Grade as Grade,
        Source as Source,
    )
    from microneedling.values.findings import (
        Exposure as Exposure,
        Screening as Screening,
    )
    from microneedling.values.lengths import (
        LengthRange as LengthRange,
        NeedleLength as NeedleLength,
        PenetrationDepth as PenetrationDepth,
    )
    from microneedling.values.next_steps import (
        Complete as Complete,
        Move as Move,
        NextStep as NextStep,
        Pause as Pause,
        Proceed as Proceed,
        Stop as Stop,
        Wait as Wait,
    )
    from microneedling.values.recommendations import (
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
    )
    from microneedling.values.responses import (
        Action as Action,
        Response as Response,
    )
    from microneedling.values.schedules import (
        PlannedSession as PlannedSession,
        Schedule as Schedule,
    )
    from microneedling.values.studies import (
        Spread as Spread,
        Study as Study,
    )
    from microneedling.values.vocabulary import (
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
        from_dict as from_dict,
        from_json as from_json,
        json_schema as json_schema,
        to_dict as to_dict,
        to_json as to_json,
    )

__version__ = "0.1.0"

_ROOMS = {
    "values.assessments": ("Assessment", "Concern", "Device", "Preferences"),
    "treating.care": ("CarePlan", "DatedCare", "care_plan"),
    "knowledge.comparison": ("Comparison", "ComparisonRow", "compare"),
    "values.courses": (
        "Boundary",
        "CareStep",
        "Course",
        "Downtime",
        "Interval",
        "Note",
        "Passes",
        "SessionCount",
        "Strictness",
    ),
    "values.effects": ("Frequency", "HourWindow", "SideEffect"),
    "_foundation.errors": (
        "InputError",
        "KnowledgeError",
        "MicroneedlingError",
        "Problem",
        "UnknownEditionError",
    ),
    "values.events": (
        "CourseBegun",
        "CourseStopped",
        "EnteredInError",
        "Entry",
        "Event",
        "FindingChanged",
        "Override",
        "Safeguard",
        "SessionDone",
        "SessionPostponed",
        "SessionSkipped",
        "SideEffectReported",
        "SideEffectResolved",
    ),
    "values.evidence": ("Access", "Citation", "Disagreement", "Grade", "Source"),
    "values.findings": ("Exposure", "Screening"),
    "knowledge.facts": ("Aspect", "AspectFact", "Edition", "Use"),
    "knowledge.loading": ("editions", "from_tables", "latest", "load"),
    "knowledge.reference": ("Penetration", "Principle", "Term", "Thickness"),
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
        "WaitingTime",
    ),
    "values.lengths": ("LengthRange", "NeedleLength", "PenetrationDepth"),
    "treating.ledger": ("Progress", "begin", "next_step"),
    "values.recommendations": (
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
    ),
    "deciding.recommending": ("questions", "recommend"),
    "treating.replaying": ("replay",),
    "treating.responding": ("respond",),
    "values.responses": ("Action", "Response"),
    "values.schedules": ("PlannedSession", "Schedule"),
    "treating.scheduling": ("reschedule", "schedule"),
    "values.next_steps": ("Complete", "Move", "NextStep", "Pause", "Proceed", "Stop", "Wait"),
    "values.studies": ("Spread", "Study"),
    "values.vocabulary": (
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
    "wire": ("from_dict", "from_json", "json_schema", "to_dict", "to_json"),
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
    "Boundary",
    "CarePlan",
    "CareStep",
    "Caution",
    "Ceiling",
    "Citation",
    "Clearance",
    "Comparison",
    "ComparisonRow",
    "Complete",
    "Concern",
    "Course",
    "CourseBegun",
    "CourseStopped",
    "DatedCare",
    "Decline",
    "Defer",
    "Device",
    "DeviceKind",
    "Disagreement",
    "Downtime",
    "Edition",
    "Effect",
    "EndPoint",
    "EnteredInError",
    "Entry",
    "Event",
    "Exposure",
    "Finding",
    "FindingChanged",
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
    "Move",
    "NeedleLength",
    "NextStep",
    "Note",
    "Offer",
    "Override",
    "Passes",
    "Pause",
    "Penetration",
    "PenetrationDepth",
    "PlannedSession",
    "Preferences",
    "Principle",
    "Problem",
    "Proceed",
    "Progress",
    "Protocol",
    "Provenance",
    "Reason",
    "Recommendation",
    "Refer",
    "Response",
    "Safeguard",
    "Schedule",
    "Screening",
    "SessionCount",
    "SessionDone",
    "SessionPostponed",
    "SessionSkipped",
    "Setting",
    "SettingRule",
    "Severity",
    "SideEffect",
    "SideEffectCode",
    "SideEffectReported",
    "SideEffectResolved",
    "Site",
    "SiteRule",
    "SkinType",
    "Source",
    "Spread",
    "Stage",
    "Step",
    "Stop",
    "Strictness",
    "Study",
    "Support",
    "Term",
    "Thickness",
    "UnknownEditionError",
    "Use",
    "Verdict",
    "Wait",
    "WaitingTime",
    "__version__",
    "begin",
    "care_plan",
    "compare",
    "editions",
    "from_dict",
    "from_json",
    "from_tables",
    "json_schema",
    "latest",
    "load",
    "next_step",
    "questions",
    "recommend",
    "replay",
    "reschedule",
    "respond",
    "schedule",
    "to_dict",
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
