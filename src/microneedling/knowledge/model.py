"""An edition held in memory: its canonical bytes, and its rows as values."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import field, frozen

from microneedling.errors import KnowledgeError
from microneedling.evidence import Source, Study
from microneedling.knowledge import reading_facts, reading_rules
from microneedling.knowledge.tables import Row, Tables, rows
from microneedling.vocabulary import (
    Anaesthesia,
    Finding,
    Indication,
    Setting,
    Severity,
    SideEffectCode,
    Site,
)

if TYPE_CHECKING:
    from microneedling.courses import CareStep, Downtime
    from microneedling.effects import Response, SideEffect
    from microneedling.evidence import Citation
    from microneedling.knowledge import facts
    from microneedling.knowledge.rules import (
        Clearance,
        FindingRule,
        IndicationRule,
        LogicRule,
        Protocol,
        SettingRule,
        SiteRule,
    )
    from microneedling.lengths import NeedleLength

__all__ = ["TABLES", "Knowledge", "canonical_form"]

T = TypeVar("T")
K = TypeVar("K")

# Each table and the field that names its rows.
TABLES: Mapping[str, str] = {
    "aspects": "id",
    "care": "code",
    "clearances": "id",
    "effects": "id",
    "findings": "code",
    "indications": "indication",
    "penetrations": "id",
    "principles": "code",
    "protocols": "id",
    "responses": "",
    "rules": "code",
    "settings": "setting",
    "sites": "site",
    "sources": "id",
    "studies": "id",
    "terms": "term",
    "thickness": "",
}


def canonical_form(tables: Tables) -> bytes:
    """Write tables as the one sequence of bytes that stands for them."""
    text = json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{text}\n".encode("ascii")


@frozen
class Knowledge:
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

    canonical: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hexadecimal digits."""
        return sha256(self.canonical).hexdigest()

    @cached_property
    def _tables(self) -> Tables:
        tables = json.loads(self.canonical)
        if not isinstance(tables, dict):
            raise KnowledgeError("edition", "", "", "write the tables as one object")
        for name in tables:
            if name not in TABLES and name != "edition":
                raise KnowledgeError(name, "", "", "no such table is known; correct or remove it")
        return tables

    @cached_property
    def _prepared(self) -> dict[object, object]:
        return {}

    def prepared(self, make: "Callable[[Knowledge], T]") -> T:
        """
        Give what a function makes of this edition; it is made once and kept with it.

        Args:
            make: A pure function, such as a class that sorts the tables for its own use.

        >>> import microneedling as mn
        >>> knowledge = mn.load("2026.1")
        >>> knowledge.prepared(lambda held: len(held.protocols)) == len(knowledge.protocols)
        True
        """
        held = self._prepared.get(make)
        if held is None:
            held = self._prepared[make] = make(self)
        return cast("T", held)

    def plain(self) -> Tables:
        """Give the tables as plain data, a fresh copy each time."""
        tables: Tables = json.loads(self.canonical)
        return tables

    def _read(self, table: str, reader: Callable[[Row], T]) -> tuple[T, ...]:
        return tuple(reader(row) for row in rows(self._tables, table, TABLES[table]))

    def _cited(self, table: str, reader: Callable[[Row, Mapping[str, Source]], T]) -> tuple[T, ...]:
        sources = self._source_by_id
        return self._read(table, lambda row: reader(row, sources))

    @cached_property
    def _edition(self) -> "facts.Edition":
        return reading_facts.edition(Row("edition", "", self._tables.get("edition", {})))

    @property
    def id(self) -> str:
        """The edition's id, such as ``2026.1``."""
        return self._edition.id

    @property
    def edition(self) -> "facts.Edition":
        """The edition's dates, authors, intended use and limitations."""
        return self._edition

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """Every source."""
        return self._read("sources", reading_facts.source)

    @cached_property
    def studies(self) -> "tuple[Study, ...]":
        """Published protocols exactly as their sources report them."""
        return self._cited("studies", reading_facts.study)

    @cached_property
    def terms(self) -> "tuple[facts.Term, ...]":
        """What the terms of the sources cover."""
        return self._read("terms", reading_facts.term)

    @cached_property
    def indications(self) -> "tuple[IndicationRule, ...]":
        """What sources say of each indication."""
        return self._cited("indications", reading_rules.indication)

    @cached_property
    def protocols(self) -> "tuple[Protocol, ...]":
        """Curated ways to treat."""
        sources, studies = self._source_by_id, self._study_by_id
        return self._read("protocols", lambda row: reading_rules.protocol(row, sources, studies))

    @cached_property
    def clearances(self) -> "tuple[Clearance, ...]":
        """United States clearances."""
        return self._cited("clearances", reading_rules.clearance)

    @cached_property
    def findings(self) -> "tuple[FindingRule, ...]":
        """What each finding means."""
        return self._cited("findings", reading_rules.finding)

    @cached_property
    def sites(self) -> "tuple[SiteRule, ...]":
        """What holds at each site."""
        return self._cited("sites", reading_rules.site)

    @cached_property
    def settings(self) -> "tuple[SettingRule, ...]":
        """What holds in each setting."""
        return self._cited("settings", reading_rules.setting)

    @cached_property
    def rules(self) -> "tuple[LogicRule, ...]":
        """The rules of the decision itself."""
        return self._cited("rules", reading_rules.logic)

    @cached_property
    def aspects(self) -> "tuple[facts.AspectFact, ...]":
        """What each nominal length means, source by source."""
        return self._cited("aspects", reading_facts.aspect)

    @cached_property
    def principles(self) -> "tuple[facts.Principle, ...]":
        """General statements."""
        return self._cited("principles", reading_facts.principle)

    @cached_property
    def penetrations(self) -> "tuple[facts.Penetration, ...]":
        """How far needles really went, as measured."""
        return self._cited("penetrations", reading_facts.penetration)

    @cached_property
    def thickness(self) -> "tuple[facts.Thickness, ...]":
        """How thick skin is, as measured."""
        return self._cited("thickness", reading_facts.thickness)

    @cached_property
    def effects(self) -> "tuple[SideEffect, ...]":
        """Side effects, source by source."""
        return self._cited("effects", reading_facts.effect)

    @cached_property
    def care(self) -> "tuple[CareStep, ...]":
        """Instructions before and after a session, in order of their days."""
        steps = self._cited("care", reading_facts.care)
        return tuple(sorted(steps, key=lambda step: (step.from_day, step.to_day, step.code)))

    @cached_property
    def responses(self) -> "tuple[Response, ...]":
        """What to do about side effects."""
        return self._cited("responses", reading_facts.response)

    @cached_property
    def _source_by_id(self) -> Mapping[str, Source]:
        return self._by("sources", self.sources, lambda row: row.id)

    @cached_property
    def _study_by_id(self) -> Mapping[str, Study]:
        return self._by("studies", self.studies, lambda row: row.id)

    @staticmethod
    def _by(table: str, held: tuple[T, ...], key: Callable[[T], K]) -> Mapping[K, T]:
        found: dict[K, T] = {}
        for row in held:
            if found.setdefault(key(row), row) is not row:
                raise KnowledgeError(table, str(key(row)), "", "two rows have this key; keep one")
        return found

    def source(self, key: str) -> Source:
        """
        Give a source by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._source_by_id[key]

    def study(self, key: str) -> Study:
        """
        Give a study by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._study_by_id[key]

    @cached_property
    def _protocol_by_id(self) -> "Mapping[str, Protocol]":
        return self._by("protocols", self.protocols, lambda row: row.id)

    def protocol(self, key: str) -> "Protocol":
        """
        Give a protocol by its id.

        Raises:
            KeyError: If there is none.
        """
        return self._protocol_by_id[key]

    @cached_property
    def _finding_by_code(self) -> "Mapping[Finding, FindingRule]":
        return self._by("findings", self.findings, lambda row: row.finding)

    def finding(self, finding: Finding) -> "FindingRule":
        """Say what a finding means."""
        return self._finding_by_code[finding]

    @cached_property
    def _site_by_code(self) -> "Mapping[Site, SiteRule]":
        return self._by("sites", self.sites, lambda row: row.site)

    def site(self, site: Site) -> "SiteRule":
        """Say what holds at a site."""
        return self._site_by_code[site]

    @cached_property
    def _setting_by_code(self) -> "Mapping[Setting, SettingRule]":
        return self._by("settings", self.settings, lambda row: row.setting)

    def setting(self, setting: Setting) -> "SettingRule":
        """Say what holds in a setting."""
        return self._setting_by_code[setting]

    @cached_property
    def _indication_by_code(self) -> "Mapping[Indication, IndicationRule]":
        return self._by("indications", self.indications, lambda row: row.indication)

    def indication(self, indication: Indication) -> "IndicationRule":
        """Say what the sources hold of an indication."""
        return self._indication_by_code[indication]

    @cached_property
    def _rule_by_code(self) -> "Mapping[str, LogicRule]":
        return self._by("rules", self.rules, lambda row: row.code)

    def rule(self, code: str) -> "LogicRule":
        """
        Give a rule of the decision itself.

        Raises:
            KeyError: If there is none.
        """
        return self._rule_by_code[code]

    @cached_property
    def _principle_by_code(self) -> "Mapping[str, facts.Principle]":
        return self._by("principles", self.principles, lambda row: row.code)

    def principle(self, code: str) -> "facts.Principle":
        """
        Give a general statement.

        Raises:
            KeyError: If there is none.
        """
        return self._principle_by_code[code]

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

        Args:
            effect: Which one.
            severity: How marked it is.
            day: Days after the session, from 0.

        >>> import microneedling as mn
        >>> mn.load("2026.1").response(
        ...     mn.SideEffectCode.EYE_INJURY, mn.Severity.MILD, 0
        ... ).action.value
        'emergency'
        """
        return next(r for r in self.responses if r.covers(effect, severity, day))

    def covers_site(self, wholes: tuple[Site, ...], site: Site) -> bool:
        """Tell whether a site is among some sites or part of one of them."""
        return site in wholes or self.site(site).part_of in wholes

    def anaesthesia_at(
        self, length: "NeedleLength"
    ) -> "tuple[Anaesthesia | None, tuple[Citation, ...]]":
        """
        Give what is done against pain at a length, and the sources behind it.

        A longer needle never needs less than a shorter one, so the strongest followed
        statement at or below the length counts, and what is painless stays so below.
        """
        from microneedling.knowledge.facts import Aspect

        stated = [fact for fact in self.aspects if fact.aspect is Aspect.NUMBING and fact.followed]
        reach = [fact for fact in stated if fact.length.um <= length.um]
        if not reach:
            reach = [fact for fact in stated if fact.code == Anaesthesia.NONE.value]
        if not reach:
            return None, ()
        found = max(reach, key=lambda fact: (Anaesthesia(fact.code).rank, -fact.length.um))
        return Anaesthesia(found.code), found.citations

    def downtime_at(self, length: "NeedleLength") -> "tuple[Downtime | None, tuple[Citation, ...]]":
        """
        Give the recovery at a length, and the sources behind it.

        Taken from the nearest nominal length that is not shorter, so that it is never
        understated; of several figures there, the followed one, else the longest.
        """
        from microneedling.knowledge.facts import Aspect

        stated = [
            (fact.length.um, not fact.followed, -fact.downtime.longest_days, fact.id, fact)
            for fact in self.aspects
            if fact.aspect is Aspect.RECOVERY
            and fact.downtime is not None
            and fact.length.um >= length.um
        ]
        if not stated:
            return None, ()
        found = min(stated)[-1]
        return found.downtime, found.citations
