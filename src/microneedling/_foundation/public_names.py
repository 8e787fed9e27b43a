"""
The public names, and the room in which each lives: what the face is made of.

One of the two ways upwards: whoever lies below what it needs gets it here by its public name, when
it is first needed. Importing the package runs this module, so it imports nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HOME", "PACKAGE", "ROOMS", "is_public", "load"]

PACKAGE: str = __name__.partition(".")[0]
ROOMS: "Mapping[str, tuple[str, ...]]" = {
    room: tuple(names.split())
    for room, names in {
        "values.applicability": "AppliesTo",
        "values.assessments": "Assessment Concern Device Preferences",
        "_foundation.cattrs_hooks": "teach_cattrs",
        "treating.care": "CarePlan DatedCare care_plan",
        "knowledge.comparison": "Comparison ComparisonRow compare",
        "display.handouts.consents": "consent",
        "display.handouts.leaflets": "leaflet",
        "values.courses": ("Course Downtime Interval Note Passes SessionCount"),
        "display.languages": "languages",
        "values.earlier": "EarlierSession",
        "values.effects": "Frequency HourWindow SideEffect",
        "_foundation.errors": (
            "InputError KnowledgeError MicroneedlingError Problem StoredDocumentError "
            "UnknownEditionError"
        ),
        "values.events": (
            "AssessmentUpdated CourseBegun CourseStopped EnteredInError Entry Event "
            "FindingChanged PlanChanged SessionPostponed SessionSkipped SideEffectReported "
            "SideEffectResolved"
        ),
        "values.sessions": "Material MaterialKind Override Safeguard SessionDone Zone",
        "values.evidence": "Access Citation Disagreement Grade Source",
        "values.finding_kinds": "Ending Nature QuestionGroup Role Scope Urgency",
        "values.findings": "Exposure MedicalClearance Screening",
        "knowledge.facts": "Aspect AspectFact Edition Use",
        "knowledge.loading": "editions from_tables latest load",
        "knowledge.reference": "Penetration Principle Term Thickness",
        "knowledge.knowledge": "Knowledge",
        "knowledge.finding_rules": "FindingRule Level WaitingTime",
        "knowledge.rules": (
            "Caution Ceiling Clearance IndicationRule LogicRule Protocol SettingRule SiteRule "
            "Support"
        ),
        "values.lengths": "LengthRange NeedleLength PenetrationDepth",
        "treating.ledger": "Progress begin next_step",
        "values.populations": (
            "Adjunct AdjunctTiming AdjunctUse Allocation Benefit HarmCount Population"
        ),
        "values.recommendations": (
            "Answer Ask Decline Defer Offer Provenance Recommendation Refer"
        ),
        "values.reasons": "Effect Question Reason Stage Step Verdict",
        "deciding.recommending": "questions recommend",
        "deciding.visiting": "recommend_visit",
        "treating.person": "facts_of_person with_facts_of_person",
        "values.person": "PersonFacts",
        "treating.replaying": "replay",
        "treating.responding": "respond",
        "values.responses": "Action Response",
        "values.schedules": "PlannedSession Schedule",
        "treating.scheduling": "reschedule schedule",
        "treating.beginning": "begin_treatment",
        "treating.merging": "merge",
        "treating.treatment": "Treatment",
        "treating.visiting": "begin_visit schedule_visit",
        "values.next_steps": "Complete Move NextStep Pause Proceed Stop Wait",
        "values.session_rows": ("Audience Boundary CareStep NeedAspect SessionNeed Strictness"),
        "values.standing": "Fit RankClass Standing",
        "values.studies": "Spread Study UnusedBecause",
        "values.visits": "Visit VisitAnswer",
        "values.vocabulary": (
            "Anaesthesia DeviceKind EndPoint Finding Indication Setting Severity Sex "
            "SideEffectCode Site SkinType"
        ),
        "wire": "from_dict from_json json_schema to_dict to_json",
    }.items()
}
HOME: "Mapping[str, str]" = {name: room for room, names in ROOMS.items() for name in names}


def load(name: str) -> "object":
    """
    Give what is public under a name; its room is imported if it was not before.

    Raises:
        KeyError: If nothing public is called so.
    """
    # Not by importlib, which to import takes longer than this module.
    return getattr(__import__(f"{PACKAGE}.{HOME[name]}", fromlist=[name]), name)


def is_public(kind: type) -> bool:
    """Tell whether a class is one of the public ones, not only called like one."""
    name = kind.__name__
    return name in HOME and kind.__module__ == f"{PACKAGE}.{HOME[name]}"
