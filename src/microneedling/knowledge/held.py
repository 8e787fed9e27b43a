"""An edition's tables: canonical bytes, and rows that are read when first asked for."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from microneedling._values import Value
from microneedling.errors import KnowledgeError
from microneedling.evidence import Source, Study
from microneedling.knowledge import reading_facts, reading_rules
from microneedling.knowledge.tables import Row, Tables, rows

if TYPE_CHECKING:
    from microneedling.courses import CareStep
    from microneedling.effects import Response, SideEffect
    from microneedling.knowledge import facts, lookups
    from microneedling.knowledge.rules import (
        Clearance,
        FindingRule,
        IndicationRule,
        LogicRule,
        Protocol,
        SettingRule,
        SiteRule,
    )

__all__ = ["TABLES", "HeldTables", "canonical_form"]

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


@frozen(slots=False, repr=False)
class HeldTables(Value):
    """
    The tables of an edition, as values.

    Args:
        canonical: The canonical form of the tables.

    Raises:
        KnowledgeError: When a table is first read of which a row is not of its form. The
            error names table, row and field.
    """

    canonical: bytes = field(repr=False)

    def __getstate__(self) -> bytes:
        # What was read of it or made of it is not part of it.
        return self.canonical

    def __setstate__(self, canonical: bytes) -> None:
        object.__setattr__(self, "canonical", canonical)

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

    def plain(self) -> Tables:
        """Give the tables as plain data, a fresh copy each time."""
        tables: Tables = json.loads(self.canonical)
        return tables

    def _read(self, table: str, reader: Callable[[Row], T]) -> tuple[T, ...]:
        return tuple(reader(row) for row in rows(self._tables, table, TABLES[table]))

    def _cited(
        self, table: str, reader: Callable[[Row, Mapping[str, Source]], T], **only: str
    ) -> tuple[T, ...]:
        sources = self._source_by_id
        found = rows(self._tables, table, TABLES[table], **only)
        return tuple(reader(row, sources) for row in found)

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
    def terms(self) -> "tuple[lookups.Term, ...]":
        """What the terms of the sources cover."""
        from microneedling.knowledge import reading_lookups

        return self._read("terms", reading_lookups.term)

    @cached_property
    def indications(self) -> "tuple[IndicationRule, ...]":
        """What sources say of each indication."""
        return self._cited("indications", reading_rules.indication)

    @cached_property
    def protocols(self) -> "tuple[Protocol, ...]":
        """Curated ways to treat."""
        return self._cited("protocols", reading_rules.protocol)

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

    # What a decision needs of the aspects, and no more.
    @cached_property
    def _numbing(self) -> "tuple[facts.AspectFact, ...]":
        return self._cited("aspects", reading_facts.aspect, aspect="numbing")

    @cached_property
    def _recovery(self) -> "tuple[facts.AspectFact, ...]":
        return self._cited("aspects", reading_facts.aspect, aspect="recovery")

    @cached_property
    def principles(self) -> "tuple[lookups.Principle, ...]":
        """General statements."""
        from microneedling.knowledge import reading_lookups

        return self._cited("principles", reading_lookups.principle)

    @cached_property
    def penetrations(self) -> "tuple[lookups.Penetration, ...]":
        """How far needles really went, as measured."""
        from microneedling.knowledge import reading_lookups

        return self._cited("penetrations", reading_lookups.penetration)

    @cached_property
    def thickness(self) -> "tuple[lookups.Thickness, ...]":
        """How thick skin is, as measured."""
        from microneedling.knowledge import reading_lookups

        return self._cited("thickness", reading_lookups.thickness)

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
        from microneedling.knowledge import reading_lookups

        return self._cited("responses", reading_lookups.response)

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
