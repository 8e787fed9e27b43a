"""How the rows are read that say what findings mean."""

from microneedling.knowledge.finding_rules import FindingRule, Level, WaitingTime
from microneedling.knowledge.reading.citations import Sources, citations, disagreements
from microneedling.knowledge.reading.rows import Row
from microneedling.values.evidence import Grade
from microneedling.values.finding_kinds import (
    Ending,
    Nature,
    QuestionGroup,
    Role,
    Scope,
    Urgency,
)
from microneedling.values.vocabulary import Finding, Indication, SideEffectCode, Site, SkinType

__all__ = ["finding"]

# Longer ones are typing errors, and would run past the calendar.
_LONGEST_WAIT = 3650


# With these an offer stands where somebody watches, and so not at home.
_WATCHED = (Level.CHANGE_OF_PLAN, Level.LIMIT, Level.CLEAR_FIRST)


def _wait(row: Row, level: Level, sources: Sources) -> WaitingTime | None:
    if not row.has("wait"):
        return None
    with row.part("wait") as part:
        days = part.whole("days")
        if not 1 <= days <= _LONGEST_WAIT:
            part.refuse("days", f"write 1 to {_LONGEST_WAIT} days")
        return WaitingTime(
            days=days,
            level=part.code_or_none("level", Level) or level,
            grade=part.code("grade", Grade),
            citations=citations(part, sources, "wait"),
            note=part.text_or_empty("note"),
        )


def _is_whole(row: Row, level: Level, ends: Ending | None, nature: Nature | None) -> None:
    """Refuse a finding that does not say all that its level and its ending need."""
    cleared = level is Level.CLEAR_FIRST
    if cleared is not row.has("clearance_days") or (cleared and not row.has("role")):
        row.refuse("clearance_days", "name role and days for what is cleared first, and only then")
    if level in {Level.CHANGE_OF_PLAN, Level.LIMIT} and not row.has("must"):
        row.refuse("must", "say what is changed or left out")
    if row.flag("first_screen") and not row.flag("not_at_home"):
        row.refuse("first_screen", "rule out home use, too: no source says that it is safe there")
    if (level is Level.REFER) is not row.has("urgency"):
        row.refuse("urgency", "give it for what is referred, and only then")
    if level is Level.DEFER and ends is None:
        row.refuse("ends", "say how a deferral ends")
    if ends is Ending.DAY and not row.has("wait"):
        row.refuse("wait", "give the days to wait after what ends by a day")
    if row.has("age_under_years") + row.has("skin_types") + row.has("wait") > 1:
        row.refuse("wait", "a finding follows from age, skin type or a day; keep one of them")
    if row.has("wait") is not row.has("day_question"):
        row.refuse("day_question", "ask for the day of what has a wait, and of nothing else")
    if row.has("may_pause") and (nature is not Nature.BY_CHOICE or not row.has("wait")):
        row.refuse("may_pause", "only what is used by choice, and has a wait, may be paused")


def _with_days(row: Row, field: str, wait: WaitingTime | None) -> str:
    """Read a text that may name the waiting time, which is said in one place alone."""
    text = row.text(field)
    if "{days}" not in text:
        return text
    if wait is None:
        row.refuse(field, "name no days where there is no wait")
    return text.replace("{days}", str(wait.days))


def finding(row: Row, sources: Sources) -> FindingRule:
    """Read what a finding means."""
    with row:
        level = row.code("level", Level)
        ends = row.code_or_none("ends", Ending)
        nature = row.code_or_none("nature", Nature)
        _is_whole(row, level, ends, nature)
        wait = _wait(row, level, sources)
        return FindingRule(
            finding=row.code("code", Finding),
            label=_with_days(row, "label", wait),
            level=level,
            scope=row.code("scope", Scope),
            ends=ends,
            wait=wait,
            nature=nature,
            may_pause=citations(row, sources, "pause", "may_pause") if row.has("may_pause") else (),
            must=row.text_or_empty("must"),
            role=row.code_or_none("role", Role),
            urgency=row.code_or_none("urgency", Urgency),
            clearance_days=row.whole_or_none("clearance_days"),
            not_at_home=row.flag("not_at_home") or level in _WATCHED,
            first_screen=row.flag("first_screen"),
            group=row.code("group", QuestionGroup),
            question=_with_days(row, "question", wait),
            day_question=_with_days(row, "day_question", wait) if wait is not None else "",
            why=row.text("why"),
            short=row.short("why"),
            grade=row.code("grade", Grade),
            citations=citations(row, sources, "level"),
            disagreements=disagreements(row, sources),
            asked_at=row.codes_or_none("sites", Site),
            asked_for=row.codes_or_none("indications", Indication),
            age_under_years=row.whole_or_none("age_under_years"),
            skin_types=row.codes_or_none("skin_types", SkinType),
            after_effects=row.codes_or_none("after_effects", SideEffectCode),
            asked_after=row.codes_or_none("asked_after", SideEffectCode),
        )
