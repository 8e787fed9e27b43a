"""One edition, and what it can be asked."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from microneedling._foundation import checks
from microneedling.knowledge.pictures import DrawnTables
from microneedling.values.evidence import Source
from microneedling.values.vocabulary import (
    Anaesthesia,
    Finding,
    Indication,
    Setting,
    Severity,
    SideEffectCode,
    Site,
)

if TYPE_CHECKING:
    from microneedling.knowledge import facts, reference
    from microneedling.knowledge.finding_rules import FindingRule
    from microneedling.knowledge.rules import (
        IndicationRule,
        LogicRule,
        Protocol,
        SettingRule,
        SiteRule,
    )
    from microneedling.values.applicability import AppliesTo
    from microneedling.values.effects import SideEffect
    from microneedling.values.lengths import NeedleLength
    from microneedling.values.responses import Response
    from microneedling.values.studies import Study

__all__ = ["Knowledge"]

T = TypeVar("T")


class Knowledge(DrawnTables):
    """
    One edition of what is published, immutable.

    Made by `load` for a released edition and by `from_tables` for tables of
    one's own; both refuse what is no edition. An edition is its canonical bytes:
    equal editions have equal bytes and equal digests. Its tables are read
    when they are first asked for.

    Args:
        canonical: The canonical form of the tables.

    Raises:
        KnowledgeError: If a row is not of its table's form. The error names
            table, row and field.

    >>> import microneedling as mn
    >>> knowledge = mn.load("2026.1")
    >>> knowledge.id, len(knowledge.digest)
    ('2026.1', 64)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Knowledge(digest={self.digest!r})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: ANN401, FBT001 - IPython's
        printer.text(repr(self))

    @cached_property
    def _prepared(self) -> dict[object, Any]:
        return {}

    def prepared(self, make: "Callable[[Knowledge], T]") -> T:
        """
        Give what a function makes of this edition; it is made once and kept with it.

        Args:
            make: A pure function that lives as long as the edition, such as a class that
                sorts the tables for its own use; one made anew each time would be kept anew.

        >>> import microneedling as mn
        >>> class Count:
        ...     def __init__(self, knowledge):
        ...         self.protocols = len(knowledge.protocols)
        >>> knowledge = mn.load("2026.1")
        >>> knowledge.prepared(Count) is knowledge.prepared(Count)
        True
        """
        held: T | None = self._prepared.get(make)
        if held is None:
            held = self._prepared[make] = make(self)
        return held

    def source(self, key: str) -> Source:
        """
        Give a source by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._sources[key]

    def study(self, key: str) -> "Study":
        """
        Give a study by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._study_rows[key]

    def protocol(self, key: str) -> "Protocol":
        """
        Give a protocol by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._protocol_rows[key]

    def protocols_for(self, indication: Indication) -> "tuple[Protocol, ...]":
        """Give the protocols for an indication or the one it is a kind of, sorted by their ids."""
        found = {
            protocol.id: protocol
            for code in self.kinds(indication)
            for protocol in self._protocol_rows.naming("indications", code.value)
        }
        return tuple(found[key] for key in sorted(found))

    def finding(self, finding: Finding) -> "FindingRule":
        """Say what a finding means."""
        return self._finding_rows[finding]

    def site(self, site: Site) -> "SiteRule":
        """Say what holds at a site, as its own row has it."""
        return self._site_rows[site]

    def ruling(self, site: Site) -> "SiteRule":
        """
        Give the row whose ceiling, or refusal, holds at a site: its own, or the one it inherits.

        >>> import microneedling as mn
        >>> mn.load("2026.1").ruling(mn.Site.THIGH).site.value
        'limb'
        """
        return next(row for row in map(self.site, self.wholes(site)) if not row.inherits)

    def wholes(self, site: Site) -> tuple[Site, ...]:
        """
        Give a site and the larger ones it belongs to, from the smallest on.

        >>> import microneedling as mn
        >>> [site.value for site in mn.load("2026.1").wholes(mn.Site.UPPER_LIP_SKIN)]
        ['upper_lip_skin', 'perioral', 'face']
        """
        held = self._wholes.get(site)
        if held is None:
            held, part_of = (site,), self.site(site).part_of
            while part_of is not None and part_of not in held:
                held, part_of = (*held, part_of), self.site(part_of).part_of
            self._wholes[site] = held
        return held

    @cached_property
    def _wholes(self) -> dict[Site, tuple[Site, ...]]:
        return {}

    def setting(self, setting: Setting) -> "SettingRule":
        """Say what holds in a setting."""
        return self._setting_rows[setting]

    def indication(self, indication: Indication) -> "IndicationRule":
        """Say what the sources hold of an indication."""
        return self._indication_rows[indication]

    def kinds(self, indication: Indication) -> tuple[Indication, ...]:
        """
        Give an indication, and the general one that it is a kind of.

        >>> import microneedling as mn
        >>> [code.value for code in mn.load("2026.1").kinds(mn.Indication.STRIAE_RED)]
        ['striae_red', 'striae']
        """
        general = self._general.get(indication)
        return (indication,) if general is None else (indication, general)

    @cached_property
    def _general(self) -> "dict[Indication, Indication | None]":
        return {row.indication: row.kind_of for row in self._indication_rows.having("kind_of")}

    @cached_property
    def implied(self) -> "dict[Indication, Finding]":
        """What is present in whoever asks for an indication to be treated."""
        rows = self._indication_rows.having("finding")
        return {row.indication: row.finding for row in rows if row.finding is not None}

    def rule(self, code: str) -> "LogicRule":
        """
        Give a rule of the decision itself.

        Raises:
            KeyError: If there is none.
        """
        return self._rule_rows[code]

    def principle(self, code: str) -> "reference.Principle":
        """
        Give a general statement.

        Raises:
            KeyError: If there is none.
        """
        return self._principle_rows[code]

    def aspects_of(
        self, length: "NeedleLength", aspect: "facts.Aspect"
    ) -> "tuple[facts.AspectFact, ...]":
        """Give every source's statement on an aspect of a length, the followed one first."""
        found = [a for a in self.aspects if a.aspect is aspect and a.length == length]
        return tuple(sorted(found, key=lambda a: (not a.followed, a.id)))

    def effects_of(self, code: SideEffectCode) -> "tuple[SideEffect, ...]":
        """Give what each source says of a side effect."""
        return tuple(effect for effect in self.effects if effect.effect is code)

    def response(self, effect: SideEffectCode, severity: Severity, day: int) -> "Response":
        """
        Give the one response to a side effect.

        One that the edition does not know, since it is older than the code, refers.

        Args:
            effect: Which one.
            severity: How marked it is.
            day: Days after the session, from 0 to as many as lie between 1900 and 2199.

        Raises:
            InputError: If a value is of another type or the day outside its bounds.

        >>> import microneedling as mn
        >>> mn.load("2026.1").response(
        ...     mn.SideEffectCode.EYE_INJURY, mn.Severity.MILD, 0
        ... ).action.value
        'emergency'
        """
        checks.member(effect, "effect", SideEffectCode)
        checks.member(severity, "severity", Severity)
        checks.whole(day, "day", 0, checks.MOST_DAYS, "days")
        for response in self._responses_to.get(effect, ()):
            if response.covers(effect, severity, day):
                return response
        return self._no_response

    def worsens_on(self, effect: SideEffectCode, severity: Severity, day: int) -> int | None:
        """
        Give the next day on which the response to a side effect is a more cautious one.

        Args:
            effect: Which one.
            severity: How marked it is, and stays.
            day: Days after the session.

        >>> import microneedling as mn
        >>> mn.load("2026.1").worsens_on(mn.SideEffectCode.ERYTHEMA, mn.Severity.MILD, 4)
        8
        """
        action = self.response(effect, severity, day).action
        days = [
            response.from_day
            for response in self._responses_to.get(effect, ())
            if severity in response.severities and response.from_day > day
            if response.action > action
        ]
        return min(days, default=None)

    @cached_property
    def _responses_to(self) -> "dict[SideEffectCode, list[Response]]":
        found: dict[SideEffectCode, list[Response]] = {}
        for response in self.responses:
            for effect in response.effects:
                found.setdefault(effect, []).append(response)
        return found

    @cached_property
    def _no_response(self) -> "Response":
        from microneedling.values.responses import Action, Response

        rule = self.rule("effect_not_covered")
        return Response(
            id=rule.code,
            effects=tuple(SideEffectCode),
            severities=tuple(Severity),
            from_day=0,
            action=Action.REFER,
            red_flag=True,
            advice=rule.why,
            grade=rule.grade,
            citations=rule.citations,
        )

    def covers_site(self, wholes: tuple[Site, ...], site: Site) -> bool:
        """Tell whether a site is among some sites or part of one of them."""
        return any(whole in wholes for whole in self.wholes(site))

    def is_for(
        self, row: "AppliesTo", indications: Collection[Indication], site: Site, setting: Setting
    ) -> bool:
        """
        Tell whether a row is for what is treated, and where; the rest that it asks for is left.

        Args:
            row: What it is for.
            indications: What is treated, and what that is a kind of, as `kinds` gives them.
            site: Where.
            setting: Clinic or home.
        """
        return (
            (not row.indications or not set(row.indications).isdisjoint(indications))
            and (not row.sites or self.covers_site(row.sites, site))
            and (not row.settings or setting in row.settings)
        )

    def sites_meet(self, one: Site, other: Site) -> bool:
        """Tell whether two sites are one, or one is part of the other."""
        return self.covers_site((one,), other) or self.covers_site((other,), one)

    def anaesthesia_at(self, length: "NeedleLength") -> "facts.AspectFact | None":
        """
        Give the statement that says what is done against pain at a length.

        A longer needle never needs less than a shorter one, so the strongest followed
        statement at or below the length counts, and what is painless stays so below.
        Its ``length`` tells where it is from, its ``code`` is one of `Anaesthesia`.

        >>> import microneedling as mn
        >>> mn.load("2026.1").anaesthesia_at(mn.NeedleLength.parse("1.0 mm")).code
        'topical'
        """
        stated = [fact for fact in self._numbing if fact.followed]
        reach = [fact for fact in stated if fact.length.um <= length.um]
        if not reach:
            reach = [fact for fact in stated if fact.code == Anaesthesia.NONE.value]
        return max(
            reach, key=lambda fact: (Anaesthesia(fact.code).rank, -fact.length.um), default=None
        )

    def longest_without_anaesthetic(self) -> "facts.AspectFact | None":
        """
        Give the statement on the longest nominal length that needs no anaesthetic.

        Lengths between it and the shortest one that needs some are left out: what is
        only inferred there is not enough where an anaesthetic is ruled out.

        >>> import microneedling as mn
        >>> str(mn.load("2026.1").longest_without_anaesthetic().length)
        '0.5 mm'
        """
        stated = [fact for fact in self._numbing if fact.followed]
        needed = [f.length.um for f in stated if Anaesthesia(f.code) > Anaesthesia.OPTIONAL]
        free = [
            fact
            for fact in stated
            if Anaesthesia(fact.code) <= Anaesthesia.OPTIONAL
            and all(fact.length.um < um for um in needed)
        ]
        return max(free, key=lambda fact: fact.length.um, default=None)

    def downtime_at(self, length: "NeedleLength") -> "facts.AspectFact | None":
        """
        Give the statement that says how long recovery takes at a length.

        Taken from the nearest nominal length that is not shorter, so that it is never
        understated; of several figures there, the followed one, else the longest. Its
        ``length`` tells where it is from.

        >>> import microneedling as mn
        >>> str(mn.load("2026.1").downtime_at(mn.NeedleLength.parse("0.5 mm")).downtime)
        '1-2 days'
        """
        stated = [
            (fact.length.um, not fact.followed, -fact.downtime.longest_days, fact.id, fact)
            for fact in self._recovery
            if fact.downtime is not None and fact.length.um >= length.um
        ]
        return min(stated)[-1] if stated else None

    def longest_downtime(self) -> "facts.AspectFact | None":
        """
        Give the statement of the longest recovery at any length, for a length that is not known.

        >>> import microneedling as mn
        >>> mn.load("2026.1").longest_downtime().downtime.longest_days
        7
        """
        known = [(fact.downtime, fact) for fact in self._recovery if fact.downtime is not None]
        stated = [(days.longest_days, fact.length.um, fact.id, fact) for days, fact in known]
        return max(stated)[-1] if stated else None
