"""The laws over a part of the space of single findings, and that these laws can fail."""

import json
from collections.abc import Callable

import pytest

import microneedling as mn
from microneedling.deciding import finding_reasons, screening
from microneedling.knowledge.edition_tables import canonical_form
from tests import space
from tests.deciding import test_recommending as answers
from tests.knowledge import test_evidence as evidence

Tables = dict[str, list[dict[str, object]]]
Spoil = Callable[[Tables], None]
Law = Callable[[mn.Knowledge], object]


# All of them take minutes: `python -m tests.space` runs them, and CI runs that.
SOME = [*space.INDICATIONS][::4]


@pytest.mark.heavy
@pytest.mark.parametrize("indication", SOME)
def test_single_findings(indication: mn.Indication) -> None:
    """Every law holds for every cell with every finding present, absent and unknown."""
    counts = space.single(indication)

    assert counts.total() > 100_000


@pytest.mark.parametrize(
    "indication", [one for one in mn.Indication if one not in space.INDICATIONS]
)
def test_what_is_like_another_keeps_the_laws(indication: mn.Indication) -> None:
    """The same laws over a slice: a kind of another indication, or what is only asked about."""
    assert space.single(indication).total() > 1_000


@pytest.mark.heavy
@pytest.mark.parametrize("indication", SOME)
def test_several_concerns(indication: mn.Indication) -> None:
    """Concerns together get no more than each alone, whatever is ruled out or unknown."""
    assert space.several(indication).total() > 0 or indication is space.INDICATIONS[-1]


def _row(tables: Tables, table: str, key: str, name: str) -> dict[str, object]:
    return next(row for row in tables[table] if row[key] == name)


def _milder_decline(tables: Tables) -> None:
    _row(tables, "findings", "code", "skin_cancer")["level"] = "caution"


def _long_needles_at_home(tables: Tables) -> None:
    _row(tables, "protocols", "id", "wrinkles-monthly")["settings"] = ["home"]
    ceiling = _row(tables, "settings", "setting", "home")["ceiling"]
    assert isinstance(ceiling, dict)
    ceiling["um"] = 1500


def _shorter_for_worse(tables: Tables) -> None:
    protocol = _row(tables, "protocols", "id", "striae-monthly-marked")
    lengths = protocol["lengths"]
    assert isinstance(lengths, dict)
    protocol["lengths"] = {**lengths, "min_um": 500, "max_um": 600}


def _needled_lips(tables: Tables) -> None:
    site = _row(tables, "sites", "site", "vermilion")
    site["refused"] = False
    del site["refused_because"], site["sources"]
    site["ceiling"] = _row(tables, "sites", "site", "cheek")["ceiling"]


@pytest.mark.parametrize(
    ("sabotage", "indication"),
    [
        (_long_needles_at_home, mn.Indication.AGEING_SKIN),
        pytest.param(_shorter_for_worse, mn.Indication.STRIAE, marks=pytest.mark.heavy),
        (_needled_lips, mn.Indication.MELASMA),
    ],
)
def test_the_laws_bite(
    sabotage: Callable[[Tables], None],
    indication: mn.Indication,
    knowledge: mn.Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An edition that breaks a law is caught by it."""
    tables: Tables = json.loads(knowledge.canonical)
    sabotage(tables)
    spoilt = mn.Knowledge(canonical_form(tables))
    monkeypatch.setattr(mn, "load", lambda _: spoilt)

    with pytest.raises(AssertionError):
        space.single(indication)


def _lower(code: str, level: str) -> Spoil:
    def spoil(tables: Tables) -> None:
        _row(tables, "findings", "code", code)["level"] = level

    return spoil


def _bought_over_the_counter(tables: Tables) -> None:
    del _row(tables, "findings", "code", "isotretinoin")["nature"]


def _not_over_the_herpes(tables: Tables) -> None:
    _row(tables, "findings", "code", "active_herpes")["scope"] = "area"


def _filler_forgotten(tables: Tables) -> None:
    wait = _row(tables, "findings", "code", "dermal_filler")["wait"]
    assert isinstance(wait, dict)
    wait["days"] = 90


def _stopped_today(tables: Tables) -> None:
    _row(tables, "findings", "code", "anticoagulant")["must"] = "Stop it for a week."


def _level(finding: mn.Finding) -> Law:
    rows = [row for row in evidence.EXPECTATIONS if row["finding"] == finding.value]
    return lambda spoilt: [evidence.TestFindings().test_level(spoilt, row) for row in rows]


def _never_worked_round(spoilt: mn.Knowledge) -> None:
    answers.TestEnding().test_some_things_are_never_worked_round(mn.Finding.ACTIVE_HERPES, spoilt)


def _wait(spoilt: mn.Knowledge) -> None:
    (row,) = [r for r in evidence.CONTRAINDICATIONS if r["finding"] == "dermal filler at site"]
    evidence.TestFindings().test_wait(spoilt, row)


def _nothing_stopped(spoilt: mn.Knowledge) -> None:
    answers.TestPrescribed().test_nothing_is_stopped("present", spoilt)


@pytest.mark.parametrize(
    ("law", "spoil"),
    [
        (_level(mn.Finding.NSAID_BY_CHOICE), _lower("nsaid_by_choice", "caution")),
        (_level(mn.Finding.FEW_PIMPLES), _lower("few_pimples", "change_of_plan")),
        (_level(mn.Finding.ACTIVE_ACNE), _lower("active_acne", "caution")),
        (_level(mn.Finding.SKIN_CANCER), _milder_decline),
        (_never_worked_round, _not_over_the_herpes),
        (_wait, _filler_forgotten),
        (_nothing_stopped, _bought_over_the_counter),
        (_nothing_stopped, _stopped_today),
    ],
)
def test_laws_of_findings_bite(law: Law, spoil: Spoil, knowledge: mn.Knowledge) -> None:
    """An edition that breaks what labels and careful readers say is caught, and only then."""
    law(knowledge)
    tables: Tables = json.loads(knowledge.canonical)
    spoil(tables)

    with pytest.raises(AssertionError):
        law(mn.Knowledge(canonical_form(tables)))


OFFERED: space.Cell = (
    mn.Indication.ACNE_SCAR_ROLLING,
    mn.Severity.MODERATE,
    mn.Site.CHEEK,
    mn.SkinType.II,
    mn.Setting.CLINIC,
)


@pytest.mark.parametrize("level", mn.Level)
def test_no_level_can_be_taken_away(
    level: mn.Level, knowledge: mn.Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a level does what another does, or nothing, a law fails that says so."""
    other = mn.Effect.LIFTED if level is mn.Level.CAUTION else mn.Effect.CAUTION
    monkeypatch.setitem(finding_reasons.EFFECTS, level, other)
    laws = space.Laws(mn.Knowledge(knowledge.canonical))
    base = laws.decide(OFFERED, space.screening())
    found = [r for r in knowledge.findings if r.level is level and r.ends is not mn.Ending.DAY]
    bitten = 0
    for rule in found:
        if rule.finding not in space.DERIVED:
            with pytest.raises(AssertionError):
                laws.finding(OFFERED, base, rule.finding)
            bitten += 1
    assert bitten >= 3


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        # Any clearance counts; none does; what is not for home is no matter there.
        ("_counts", staticmethod(lambda *_: True)),
        ("_counts", staticmethod(lambda *_: False)),
        ("_at_home", lambda _, reason: reason),
        # A clearance that does not count is not told.
        ("_unused", lambda *_: ()),
    ],
)
def test_no_part_of_the_screening_can_be_taken_away(
    name: str, instead: object, knowledge: mn.Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The laws of clearances and of what is not for home bite, too."""
    monkeypatch.setattr(screening.Screener, name, instead)
    laws = space.Laws(mn.Knowledge(knowledge.canonical))
    home = (mn.Indication.AGEING_SKIN, mn.Severity.MILD, mn.Site.FACE, None, mn.Setting.HOME)

    def looked_at() -> None:
        for cell in (OFFERED, home):
            base = laws.decide(cell, space.screening())
            for rule in knowledge.findings:
                if rule.not_at_home or rule.level is mn.Level.CLEAR_FIRST:
                    laws.finding(cell, base, rule.finding)

    with pytest.raises(AssertionError):
        looked_at()


def test_a_decline_that_was_weakened_is_caught(knowledge: mn.Knowledge) -> None:
    """The levels that published labels set are held against the edition, not read from it."""
    tables: Tables = json.loads(knowledge.canonical)
    _milder_decline(tables)
    spoilt = mn.Knowledge(canonical_form(tables))
    cell = (
        mn.Indication.MELASMA,
        mn.Severity.MILD,
        mn.Site.CHEEK,
        mn.SkinType.II,
        mn.Setting.CLINIC,
    )
    held = space.screening(frozenset({mn.Finding.SKIN_CANCER}))

    assert mn.recommend(space.assessment(cell, held), knowledge).verdict is mn.Verdict.DECLINE
    assert mn.recommend(space.assessment(cell, held), spoilt).verdict is not mn.Verdict.DECLINE
