"""
Strategies for Hypothesis: a function a public type, in the plural.

Whatever they draw is valid and shrinks towards the mildest: no findings, the mildest severity, the
shortest needle, the fewest sessions, what may be left out left out. Values that stand for
themselves are drawn field by field. What an edition has to back, such as answers, courses,
ledgers, schedules and next steps, is made by the library itself of what is drawn.

It imports all that it draws, and alone knows Hypothesis.
Needs the extra ``hypothesis``; with it, ``from_type`` knows every type by itself.

>>> from hypothesis import find, strategies as st
>>> import microneedling as mn
>>> find(st.from_type(mn.Assessment), lambda assessment: True).screening == mn.Screening()
True
"""

from importlib.util import find_spec

if find_spec("hypothesis") is None:
    _MESSAGE = (
        'the strategies need Hypothesis; install the extra: pip install "microneedling[hypothesis]"'
    )
    raise ModuleNotFoundError(_MESSAGE, name="hypothesis")

from microneedling.strategies.answers import (
    answers,
    asks,
    comparison_rows,
    comparisons,
    courses,
    declines,
    defers,
    offers,
    provenances,
    questions,
    reasons,
    recommendations,
    refers,
    steps,
)
from microneedling.strategies.assessments import (
    assessments,
    concerns,
    devices,
    earlier_sessions,
    exposures,
    medical_clearances,
    preferences,
    screenings,
)
from microneedling.strategies.codes import (
    actions,
    anaesthesias,
    grades,
    levels,
    severities,
    skin_types,
)
from microneedling.strategies.errors import (
    input_errors,
    knowledge_errors,
    microneedling_errors,
    problems,
    stored_document_errors,
    unknown_edition_errors,
)
from microneedling.strategies.events import (
    assessments_updated,
    courses_begun,
    courses_stopped,
    entries,
    entries_in_error,
    events,
    findings_changed,
    materials,
    overrides,
    plans_changed,
    sessions_done,
    sessions_postponed,
    sessions_skipped,
    side_effects_reported,
    side_effects_resolved,
    zones,
)
from microneedling.strategies.evidence import (
    adjunct_uses,
    citations,
    disagreements,
    populations,
    sources,
    standings,
    studies,
)
from microneedling.strategies.knowledge_rows import (
    applicabilities,
    aspect_facts,
    care_steps,
    cautions,
    ceilings,
    clearances,
    editions,
    finding_rules,
    frequencies,
    indication_rules,
    knowledges,
    logic_rules,
    notes,
    penetrations,
    principles,
    protocols,
    responses,
    session_needs,
    setting_rules,
    side_effects,
    site_rules,
    terms,
    thicknesses,
    uses,
    waiting_times,
)
from microneedling.strategies.ledgers import (
    completes,
    next_steps,
    pauses,
    proceeds,
    progresses,
    stops,
    waits,
)
from microneedling.strategies.quantities import (
    downtimes,
    hour_windows,
    intervals,
    length_ranges,
    needle_lengths,
    passes,
    penetration_depths,
    session_counts,
    spreads,
)
from microneedling.strategies.schedules import (
    care_plans,
    dated_cares,
    planned_sessions,
    schedules,
)
from microneedling.strategies.treatments import person_facts, treatments
from microneedling.strategies.visits import visit_answers, visits

__all__ = [
    "actions",
    "adjunct_uses",
    "anaesthesias",
    "answers",
    "applicabilities",
    "asks",
    "aspect_facts",
    "assessments",
    "assessments_updated",
    "care_plans",
    "care_steps",
    "cautions",
    "ceilings",
    "citations",
    "clearances",
    "comparison_rows",
    "comparisons",
    "completes",
    "concerns",
    "courses",
    "courses_begun",
    "courses_stopped",
    "dated_cares",
    "declines",
    "defers",
    "devices",
    "disagreements",
    "downtimes",
    "earlier_sessions",
    "editions",
    "entries",
    "entries_in_error",
    "events",
    "exposures",
    "finding_rules",
    "findings_changed",
    "frequencies",
    "grades",
    "hour_windows",
    "indication_rules",
    "input_errors",
    "intervals",
    "knowledge_errors",
    "knowledges",
    "length_ranges",
    "levels",
    "logic_rules",
    "materials",
    "medical_clearances",
    "microneedling_errors",
    "needle_lengths",
    "next_steps",
    "notes",
    "offers",
    "overrides",
    "passes",
    "pauses",
    "penetration_depths",
    "penetrations",
    "person_facts",
    "planned_sessions",
    "plans_changed",
    "populations",
    "preferences",
    "principles",
    "problems",
    "proceeds",
    "progresses",
    "protocols",
    "provenances",
    "questions",
    "reasons",
    "recommendations",
    "refers",
    "responses",
    "schedules",
    "screenings",
    "session_counts",
    "session_needs",
    "sessions_done",
    "sessions_postponed",
    "sessions_skipped",
    "setting_rules",
    "severities",
    "side_effects",
    "side_effects_reported",
    "side_effects_resolved",
    "site_rules",
    "skin_types",
    "sources",
    "spreads",
    "standings",
    "steps",
    "stops",
    "stored_document_errors",
    "studies",
    "terms",
    "thicknesses",
    "treatments",
    "unknown_edition_errors",
    "uses",
    "visit_answers",
    "visits",
    "waiting_times",
    "waits",
    "zones",
]


def __dir__() -> list[str]:
    return __all__
