"""An edition's tables: canonical bytes, and rows that are read when first asked for."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import field, frozen

from microneedling._foundation import rendering
from microneedling._foundation.errors import KnowledgeError
from microneedling._foundation.value_class import Value
from microneedling.knowledge.reading import (
    facts as read_facts,
    findings as read_findings,
    rules as read_rules,
    session_rows as read_session_rows,
)
from microneedling.knowledge.reading.rows import Keyed, Row, Tables, rows
from microneedling.values.evidence import Source

if TYPE_CHECKING:
    from microneedling.knowledge import facts, reference
    from microneedling.knowledge.finding_rules import FindingRule
    from microneedling.knowledge.rules import (
        Clearance,
        IndicationRule,
        LogicRule,
        Protocol,
        SettingRule,
        SiteRule,
    )
    from microneedling.values.effects import SideEffect
    from microneedling.values.responses import Response
    from microneedling.values.session_rows import CareStep, SessionNeed
    from microneedling.values.studies import Study
    from microneedling.values.tables import Column, Table

__all__ = ["TABLES", "HeldTables", "canonical_form"]

T = TypeVar("T")

# Each table and the field that names its rows.
TABLES: Mapping[str, str] = {
    "aspects": "id",
    "care": "code",
    "clearances": "id",
    "effects": "id",
    "findings": "code",
    "indications": "indication",
    "needs": "id",
    "penetrations": "id",
    "principles": "code",
    "protocols": "id",
    "responses": "id",
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
    try:
        text = json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    except (TypeError, ValueError) as error:
        message = "write lists, objects, text, whole numbers, true and false only; dates as text"
        raise KnowledgeError("edition", "", "", message) from error
    return f"{text}\n".encode("ascii")


def _rows_by_key(
    table: str, reader: Callable[[Row, Mapping[str, Source]], T]
) -> "cached_property[Keyed[T]]":
    return cached_property(lambda self: self._keyed(table, reader))


@frozen(slots=False, repr=False)
class HeldTables(rendering.Shown, Value):
    """
    The tables of an edition, as values.

    Args:
        canonical: The canonical form of the tables.

    Raises:
        KnowledgeError: When a table is first read of which a row is not of its form. The
            error names table, row and field.
    """

    _card: ClassVar[str] = "knowledge"

    canonical: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hexadecimal digits."""
        from hashlib import sha256

        return sha256(self.canonical).hexdigest()

    @cached_property
    def _tables(self) -> Tables:
        try:
            tables = json.loads(self.canonical)
        except (TypeError, ValueError):
            tables = None
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

    def _keyed(
        self, table: str, reader: Callable[[Row, Mapping[str, Source]], T], **only: str
    ) -> Keyed[T]:
        sources = self._sources
        return Keyed(self._tables, table, TABLES[table], lambda row: reader(row, sources), **only)

    def _rows(self, table: str, reader: Callable[[Row, Mapping[str, Source]], T]) -> tuple[T, ...]:
        found = rows(self._tables, table, TABLES[table])
        return tuple([reader(row, self._sources) for row in found])

    @cached_property
    def _edition(self) -> "facts.Edition":
        return read_facts.edition(Row("edition", "", self._tables.get("edition", {})))

    @property
    def id(self) -> str:
        """The edition's id, such as ``2026.1``."""
        return self._edition.id

    @property
    def edition(self) -> "facts.Edition":
        """The edition's dates, authors, intended use and limitations."""
        return self._edition

    @cached_property
    def _sources(self) -> Keyed[Source]:
        return Keyed(self._tables, "sources", TABLES["sources"], read_facts.source)

    # The rows by their keys, each read when it is first asked for.
    _aspect_rows = _rows_by_key("aspects", read_facts.aspect)
    _clearance_rows = _rows_by_key("clearances", read_rules.clearance)
    _effect_rows = _rows_by_key("effects", read_facts.effect)
    _finding_rows = _rows_by_key("findings", read_findings.finding)
    _indication_rows = _rows_by_key("indications", read_rules.indication)
    _protocol_rows = _rows_by_key("protocols", read_rules.protocol)
    _rule_rows = _rows_by_key("rules", read_rules.logic)
    _setting_rows = _rows_by_key("settings", read_rules.setting)
    _site_rows = _rows_by_key("sites", read_rules.site)

    @cached_property
    def _study_rows(self) -> "Keyed[Study]":
        from microneedling.knowledge.reading import reference as read_reference

        return self._keyed("studies", read_reference.study)

    @cached_property
    def _principle_rows(self) -> "Keyed[reference.Principle]":
        from microneedling.knowledge.reading import reference as read_reference

        return self._keyed("principles", read_reference.principle)

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """Every source."""
        return tuple(self._sources.values())

    @cached_property
    def studies(self) -> "tuple[Study, ...]":
        """Published protocols exactly as their sources report them."""
        return tuple(self._study_rows.values())

    @cached_property
    def indications(self) -> "tuple[IndicationRule, ...]":
        """What sources say of each indication."""
        return tuple(self._indication_rows.values())

    @cached_property
    def protocols(self) -> "tuple[Protocol, ...]":
        """Curated ways to treat."""
        return tuple(self._protocol_rows.values())

    @cached_property
    def clearances(self) -> "tuple[Clearance, ...]":
        """United States clearances."""
        return tuple(self._clearance_rows.values())

    @cached_property
    def findings(self) -> "tuple[FindingRule, ...]":
        """What each finding means."""
        return tuple(self._finding_rows.values())

    @cached_property
    def sites(self) -> "tuple[SiteRule, ...]":
        """What holds at each site."""
        return tuple(self._site_rows.values())

    @cached_property
    def settings(self) -> "tuple[SettingRule, ...]":
        """What holds in each setting."""
        return tuple(self._setting_rows.values())

    @cached_property
    def rules(self) -> "tuple[LogicRule, ...]":
        """The rules of the decision itself."""
        return tuple(self._rule_rows.values())

    @cached_property
    def aspects(self) -> "tuple[facts.AspectFact, ...]":
        """What each nominal length means, source by source."""
        return tuple(self._aspect_rows.values())

    @cached_property
    def principles(self) -> "tuple[reference.Principle, ...]":
        """General statements."""
        return tuple(self._principle_rows.values())

    @cached_property
    def effects(self) -> "tuple[SideEffect, ...]":
        """Side effects, source by source."""
        return tuple(self._effect_rows.values())

    # What a decision needs of the aspects, and no more.
    @cached_property
    def _numbing(self) -> "tuple[facts.AspectFact, ...]":
        return tuple(self._keyed("aspects", read_facts.aspect, aspect="numbing").values())

    @cached_property
    def _recovery(self) -> "tuple[facts.AspectFact, ...]":
        return tuple(self._keyed("aspects", read_facts.aspect, aspect="recovery").values())

    @cached_property
    def care(self) -> "tuple[CareStep, ...]":
        """Instructions before and after a session, in order of their days."""
        steps = tuple(self._keyed("care", read_session_rows.care).values())
        return tuple(sorted(steps, key=lambda step: (step.from_day, step.to_day, step.code)))

    @cached_property
    def needs(self) -> "tuple[SessionNeed, ...]":
        """What a session needs, in the order in which it comes up."""
        needs = tuple(self._keyed("needs", read_session_rows.need).values())
        return tuple(sorted(needs, key=lambda need: (need.aspect, need.id)))

    @cached_property
    def terms(self) -> "tuple[reference.Term, ...]":
        """What the terms of the sources cover."""
        from microneedling.knowledge.reading import reference as read_reference

        return tuple(Keyed(self._tables, "terms", TABLES["terms"], read_reference.term).values())

    @cached_property
    def penetrations(self) -> "tuple[reference.Penetration, ...]":
        """How far needles really went, as measured."""
        from microneedling.knowledge.reading import reference as read_reference

        return tuple(self._keyed("penetrations", read_reference.penetration).values())

    @cached_property
    def thickness(self) -> "tuple[reference.Thickness, ...]":
        """How thick skin is, as measured."""
        from microneedling.knowledge.reading import reference as read_reference

        return self._rows("thickness", read_reference.thickness)

    @cached_property
    def responses(self) -> "tuple[Response, ...]":
        """What to do about side effects."""
        from microneedling.knowledge.reading import reference as read_reference

        return tuple(self._keyed("responses", read_reference.response).values())

    def table(self, name: str) -> "Table":
        """
        Give a table of the edition as plain rows, flat: a column for every field down to the last.

        Args:
            name: ``"options"`` (every documented way to treat with its figures and the keys of
                its sources), ``"edition"``, or a table: ``"studies"``, ``"sources"``, ...

        Raises:
            InputError: If there is no such table.

        >>> import microneedling as mn
        >>> mn.load("2026.1").table("sources")
        Table('sources', 12 columns, 214 rows)
        """
        made: Table = rendering.table("edition_table", self, name=name)
        return made

    def columns(self, name: str) -> "tuple[Column, ...]":
        """
        Give the columns of a flat table, each with what it holds.

        Args:
            name: As for `table`.

        Raises:
            InputError: If there is no such table.

        >>> import microneedling as mn
        >>> mn.load("2026.1").columns("penetrations")[1]
        Column(name='needle_um', kind='whole', about='The nominal length. Micrometres, 50 to 3500.')
        """
        return self.table(name).columns

    def to_frame(self, name: str, engine: object = None) -> Any:  # noqa: ANN401 - of any library
        """
        Give a table of the edition as a frame of a dataframe library; needs the extra `frames`.

        Args:
            name: As for `table`.
            engine: ``"polars"``, ``"pandas"``, ``"pyarrow"``, ``"duckdb"``, ``"ibis"``,
                ``"dask"`` or ``"pyspark"``, or the imported library itself. None takes the first
                of the first three that the program has imported, else the first that is there.

        Raises:
            InputError: If there is no such table or engine.
            MicroneedlingError: If the library or narwhals is not installed.
        """
        return self.table(name).to_frame(engine)

    def cite(self, style: str = "plain") -> str:
        """
        Write all sources of the edition for a list of references, sorted by their ids.

        Args:
            style: ``plain`` (a line each), ``bibtex``, ``ris`` or ``csl-json``.

        Raises:
            InputError: If there is no such style.

        >>> import microneedling as mn
        >>> mn.load("2026.1").cite("bibtex").count("@")
        214
        """
        return rendering.text("cite_all", self.sources, style=style)
