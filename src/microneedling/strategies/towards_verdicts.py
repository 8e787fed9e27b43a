"""
Assessments drawn towards a verdict, by what an edition's own rows say.

So that next to none is thrown away, and no figure of an edition stands here.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from microneedling._foundation.checks import FIRST_DATE
from microneedling.deciding.intake import asked
from microneedling.knowledge.finding_rules import FindingRule, Level
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import latest
from microneedling.knowledge.rules import Protocol
from microneedling.strategies.assessments import devices
from microneedling.strategies.from_fields import Fields, drawn, of, pick, picks
from microneedling.strategies.quantities import needle_lengths
from microneedling.values.assessments import Concern, Device, Preferences
from microneedling.values.finding_kinds import Ending
from microneedling.values.findings import Exposure, Screening
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import DeviceKind, Setting, Severity, Site, SkinType

__all__ = [
    "Rows",
    "Steer",
    "as_offered",
    "chosen",
    "declined",
    "deferred",
    "left_open",
    "offered",
    "referred",
]

# Days since a finding that has a waiting time: as many again as the waiting time.
_AS_LONG_AGAIN = 2
_OLDEST = 130


class Rows:
    """An edition's rows, sorted by what they lead to."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        # The shortest needle and the fewest sessions first.
        offerable = (p for p in knowledge.protocols if self._may_be_offered(p))
        self.protocols: list[Protocol] = sorted(offerable, key=_mildness)
        grave = [rule for rule in knowledge.findings if rule.level > Level.LIMIT]
        self.youngest: int = max((rule.age_under_years or 0 for rule in grave), default=0)
        spoken_against = {skin_type for rule in grave for skin_type in rule.skin_types}
        self.skin_types: list[SkinType] = [t for t in SkinType if t not in spoken_against]
        self.refused: list[Site] = [row.site for row in knowledge.sites if row.refused_because]
        self.by_level: dict[Level, list[FindingRule]] = {
            level: [rule for rule in knowledge.findings if rule.level is level] for level in Level
        }

    def _may_be_offered(self, protocol: Protocol) -> bool:
        """Tell whether some patient may be offered a protocol; much of home is only told of."""
        rows = map(self._knowledge.indication, protocol.indications)
        at_home = protocol.interval is not None and not all(row.not_at_home for row in rows)
        return Setting.CLINIC in protocol.settings or at_home

    def sites(self, protocol: Protocol) -> list[Site]:
        """Give the sites at which a protocol may be offered."""
        ceilings = {site: self._knowledge.ruling(site).ceiling for site in Site}
        return [
            site
            for site, ceiling in ceilings.items()
            if ceiling is not None
            and ceiling.longest >= protocol.lengths.shortest
            and self._knowledge.covers_site(protocol.sites, site)
        ]

    def asked_for(self, level: Level, site: Site, concerns: Iterable[Concern]) -> list[FindingRule]:
        """Give the findings of a level that make sense for some concerns at a site."""
        indications = [concern.indication for concern in concerns]
        return [
            rule for rule in self.by_level[level] if asked(self._knowledge, rule, site, indications)
        ]


def _mildness(protocol: Protocol) -> tuple[int, int, str]:
    count = protocol.sessions.fewest if protocol.sessions else 0
    return protocol.lengths.shortest.um, count, protocol.id


Steer: TypeAlias = Callable[[st.DrawFn, Rows, Fields], Fields]


def chosen(knowledge: Knowledge | None) -> Knowledge:
    """Give the edition that is wanted; the latest, loaded only now, where none is."""
    return latest() if knowledge is None else knowledge


def offered(draw: st.DrawFn, rows: Rows, on: date) -> Fields:
    """Draw the fields of an assessment for which a protocol is offered, as a rule."""
    protocol = pick(draw, rows.protocols)
    severities = protocol.severities or tuple(Severity)
    held = {
        "on": on,
        "site": pick(draw, rows.sites(protocol)),
        "setting": pick(draw, [one for one in Setting if one in protocol.settings]),
        "concerns": [
            Concern(indication=indication, severity=pick(draw, severities))
            for indication in picks(draw, protocol.indications, least=1)
        ],
        "skin_type": pick(draw, rows.skin_types),
        "age_years": draw(st.integers(rows.youngest, _OLDEST)),
        "device": None,
        "preferences": draw(of(Preferences)),
    }
    if draw(st.booleans()):
        device = draw(devices(shortest=protocol.lengths.shortest))
        covered = device.kind is not DeviceKind.RADIOFREQUENCY
        held["device"] = device if covered else evolve(device, kind=DeviceKind.PEN)
    return held | {"screening": Screening.complete(present=_harmless(draw, rows, held))}


def _harmless(draw: st.DrawFn, rows: Rows, held: Fields) -> list[Exposure]:
    """Draw findings with which an offer stands, or whose waiting time is over."""
    on, where = held["on"], (held["site"], held["concerns"])
    over = [rule for rule in rows.asked_for(Level.DEFER, *where) if _waited(rule, on)]
    mild = [
        rule
        for level in (Level.CAUTION, Level.CHANGE_OF_PLAN, Level.LIMIT)
        for rule in rows.asked_for(level, *where)
        if not (rule.not_at_home and held["setting"] is Setting.HOME)
    ]
    return [
        Exposure(finding=rule.finding, last_on=_day_over(draw, rule, on))
        for rule in picks(draw, [*mild, *over])
    ]


def _waited(rule: FindingRule, on: date) -> bool:
    """Tell whether a waiting time may be over on a day, in the years that make sense."""
    return rule.wait is not None and rule.wait.days <= (on - FIRST_DATE).days


def _day_over(draw: st.DrawFn, rule: FindingRule, on: date) -> date | None:
    """Draw the last day of a finding whose waiting time is over; none where there is no waiting."""
    if rule.level < Level.DEFER or rule.wait is None:
        return None
    most = min(rule.wait.days * _AS_LONG_AGAIN, (on - FIRST_DATE).days)
    return on - timedelta(days=draw(st.integers(rule.wait.days, most)))


def _day_not_over(draw: st.DrawFn, rule: FindingRule, on: date) -> date | None:
    """Draw the last day of a finding whose waiting time is not over; none while it goes on."""
    goes_on = rule.ends is not Ending.DAY
    if rule.wait is None or (goes_on and not draw(st.booleans())):
        return None
    most = min(rule.wait.days - 1, (on - FIRST_DATE).days)
    return on - timedelta(days=draw(st.integers(0, most)))


def as_offered(_: st.DrawFn, __: Rows, held: Fields) -> Fields:
    """Leave it as it is."""
    return held


def left_open(draw: st.DrawFn, rows: Rows, held: Fields) -> Fields:
    """Leave something open that could change the verdict."""
    if rows.youngest and draw(st.booleans()):
        return held | {"age_years": None}
    known = {exposure.finding for exposure in held["screening"].present}
    harmless = [rule.finding for rule in rows.by_level[Level.CAUTION]]
    absent = set(picks(draw, harmless, most=len(harmless))) - known
    screening = Screening(present=held["screening"].present, absent=absent)
    return held | {"screening": screening}


def _with_finding(draw: st.DrawFn, rows: Rows, held: Fields, level: Level) -> Fields:
    """Add a finding of a level."""
    rule = pick(draw, rows.asked_for(level, held["site"], held["concerns"]))
    # What goes on does what its level says; what has ended may do less.
    deferring = level is Level.DEFER
    last_on = _day_not_over(draw, rule, held["on"]) if deferring else None
    exposure = Exposure(finding=rule.finding, last_on=last_on)
    screening = held["screening"]
    others = [one for one in screening.present if one.finding is not exposure.finding]
    return held | {"screening": Screening.complete(present=[*others, exposure])}


def deferred(draw: st.DrawFn, rows: Rows, held: Fields) -> Fields:
    """Add a finding that has to end first, or whose waiting time is not over."""
    return _with_finding(draw, rows, held, Level.DEFER)


def referred(draw: st.DrawFn, rows: Rows, held: Fields) -> Fields:
    """Add a finding that refers, or a label that is too short for every protocol."""
    shortest = rows.protocols[0].lengths.shortest.um
    if shortest <= NeedleLength.MIN.um or draw(st.booleans()):
        return _with_finding(draw, rows, held, Level.REFER)
    label = needle_lengths(longest=NeedleLength(shortest - 1))
    return held | {"device": draw(drawn(Device, label_maximum=label))}


def declined(draw: st.DrawFn, rows: Rows, held: Fields) -> Fields:
    """Add a finding that speaks against needling, or needle where that is refused."""
    if bool(rows.refused) and draw(st.booleans()):
        return held | {"site": pick(draw, rows.refused)}
    return _with_finding(draw, rows, held, Level.DECLINE)
