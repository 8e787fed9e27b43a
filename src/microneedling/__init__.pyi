from microneedling._foundation.cattrs_hooks import (
    teach_cattrs as teach_cattrs,
)
from microneedling._foundation.errors import (
    InputError as InputError,
    KnowledgeError as KnowledgeError,
    MicroneedlingError as MicroneedlingError,
    Problem as Problem,
    StoredDocumentError as StoredDocumentError,
    UnknownEditionError as UnknownEditionError,
)
from microneedling.deciding.recommending import (
    questions as questions,
    recommend as recommend,
)
from microneedling.deciding.visiting import (
    recommend_visit as recommend_visit,
)
from microneedling.display.handouts.consents import (
    consent as consent,
)
from microneedling.display.handouts.leaflets import (
    leaflet as leaflet,
)
from microneedling.display.languages import (
    languages as languages,
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
from microneedling.knowledge.finding_rules import (
    FindingRule as FindingRule,
    Level as Level,
    WaitingTime as WaitingTime,
)
from microneedling.knowledge.knowledge import (
    Knowledge as Knowledge,
)
from microneedling.knowledge.loading import (
    editions as editions,
    from_tables as from_tables,
    latest as latest,
    load as load,
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
    IndicationRule as IndicationRule,
    LogicRule as LogicRule,
    Protocol as Protocol,
    SettingRule as SettingRule,
    SiteRule as SiteRule,
    Support as Support,
)
from microneedling.treating.beginning import (
    begin_treatment as begin_treatment,
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
from microneedling.treating.merging import (
    merge as merge,
)
from microneedling.treating.person import (
    facts_of_person as facts_of_person,
    with_facts_of_person as with_facts_of_person,
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
from microneedling.treating.treatment import (
    Treatment as Treatment,
)
from microneedling.treating.visiting import (
    begin_visit as begin_visit,
    schedule_visit as schedule_visit,
)
from microneedling.values.applicability import (
    AppliesTo as AppliesTo,
)
from microneedling.values.assessments import (
    Assessment as Assessment,
    Concern as Concern,
    Device as Device,
    Preferences as Preferences,
)
from microneedling.values.courses import (
    Course as Course,
    Downtime as Downtime,
    Interval as Interval,
    Note as Note,
    Passes as Passes,
    SessionCount as SessionCount,
)
from microneedling.values.earlier import (
    EarlierSession as EarlierSession,
)
from microneedling.values.effects import (
    Frequency as Frequency,
    HourWindow as HourWindow,
    SideEffect as SideEffect,
)
from microneedling.values.events import (
    AssessmentUpdated as AssessmentUpdated,
    CourseBegun as CourseBegun,
    CourseStopped as CourseStopped,
    EnteredInError as EnteredInError,
    Entry as Entry,
    Event as Event,
    FindingChanged as FindingChanged,
    PlanChanged as PlanChanged,
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
from microneedling.values.finding_kinds import (
    Ending as Ending,
    Nature as Nature,
    QuestionGroup as QuestionGroup,
    Role as Role,
    Scope as Scope,
    Urgency as Urgency,
)
from microneedling.values.findings import (
    Exposure as Exposure,
    MedicalClearance as MedicalClearance,
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
from microneedling.values.person import (
    PersonFacts as PersonFacts,
)
from microneedling.values.populations import (
    Adjunct as Adjunct,
    AdjunctTiming as AdjunctTiming,
    AdjunctUse as AdjunctUse,
    Allocation as Allocation,
    Benefit as Benefit,
    HarmCount as HarmCount,
    Population as Population,
)
from microneedling.values.reasons import (
    Effect as Effect,
    Question as Question,
    Reason as Reason,
    Stage as Stage,
    Step as Step,
    Verdict as Verdict,
)
from microneedling.values.recommendations import (
    Answer as Answer,
    Ask as Ask,
    Decline as Decline,
    Defer as Defer,
    Offer as Offer,
    Provenance as Provenance,
    Recommendation as Recommendation,
    Refer as Refer,
)
from microneedling.values.responses import (
    Action as Action,
    Response as Response,
)
from microneedling.values.schedules import (
    PlannedSession as PlannedSession,
    Schedule as Schedule,
)
from microneedling.values.session_rows import (
    Audience as Audience,
    Boundary as Boundary,
    CareStep as CareStep,
    NeedAspect as NeedAspect,
    SessionNeed as SessionNeed,
    Strictness as Strictness,
)
from microneedling.values.sessions import (
    Material as Material,
    MaterialKind as MaterialKind,
    Override as Override,
    Safeguard as Safeguard,
    SessionDone as SessionDone,
    Zone as Zone,
)
from microneedling.values.standing import (
    Fit as Fit,
    RankClass as RankClass,
    Standing as Standing,
)
from microneedling.values.studies import (
    Spread as Spread,
    Study as Study,
    UnusedBecause as UnusedBecause,
)
from microneedling.values.visits import (
    Visit as Visit,
    VisitAnswer as VisitAnswer,
)
from microneedling.values.vocabulary import (
    Anaesthesia as Anaesthesia,
    DeviceKind as DeviceKind,
    EndPoint as EndPoint,
    Finding as Finding,
    Indication as Indication,
    Setting as Setting,
    Severity as Severity,
    Sex as Sex,
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

__version__: str

__all__ = [
    "Access",
    "Action",
    "Adjunct",
    "AdjunctTiming",
    "AdjunctUse",
    "Allocation",
    "Anaesthesia",
    "Answer",
    "AppliesTo",
    "Ask",
    "Aspect",
    "AspectFact",
    "Assessment",
    "AssessmentUpdated",
    "Audience",
    "Benefit",
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
    "EarlierSession",
    "Edition",
    "Effect",
    "EndPoint",
    "Ending",
    "EnteredInError",
    "Entry",
    "Event",
    "Exposure",
    "Finding",
    "FindingChanged",
    "FindingRule",
    "Fit",
    "Frequency",
    "Grade",
    "HarmCount",
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
    "Material",
    "MaterialKind",
    "MedicalClearance",
    "MicroneedlingError",
    "Move",
    "Nature",
    "NeedAspect",
    "NeedleLength",
    "NextStep",
    "Note",
    "Offer",
    "Override",
    "Passes",
    "Pause",
    "Penetration",
    "PenetrationDepth",
    "PersonFacts",
    "PlanChanged",
    "PlannedSession",
    "Population",
    "Preferences",
    "Principle",
    "Problem",
    "Proceed",
    "Progress",
    "Protocol",
    "Provenance",
    "Question",
    "QuestionGroup",
    "RankClass",
    "Reason",
    "Recommendation",
    "Refer",
    "Response",
    "Role",
    "Safeguard",
    "Schedule",
    "Scope",
    "Screening",
    "SessionCount",
    "SessionDone",
    "SessionNeed",
    "SessionPostponed",
    "SessionSkipped",
    "Setting",
    "SettingRule",
    "Severity",
    "Sex",
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
    "Standing",
    "Step",
    "Stop",
    "StoredDocumentError",
    "Strictness",
    "Study",
    "Support",
    "Term",
    "Thickness",
    "Treatment",
    "UnknownEditionError",
    "UnusedBecause",
    "Urgency",
    "Use",
    "Verdict",
    "Visit",
    "VisitAnswer",
    "Wait",
    "WaitingTime",
    "Zone",
    "__version__",
    "begin",
    "begin_treatment",
    "begin_visit",
    "care_plan",
    "compare",
    "consent",
    "editions",
    "facts_of_person",
    "from_dict",
    "from_json",
    "from_tables",
    "json_schema",
    "languages",
    "latest",
    "leaflet",
    "load",
    "merge",
    "next_step",
    "questions",
    "recommend",
    "recommend_visit",
    "replay",
    "reschedule",
    "respond",
    "schedule",
    "schedule_visit",
    "teach_cattrs",
    "to_dict",
    "to_json",
    "with_facts_of_person",
]
