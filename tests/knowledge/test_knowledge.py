"""An edition: what ships is what was written, and what is no edition does not load."""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

import microneedling as mn
from microneedling.knowledge import authoring, loading
from microneedling.knowledge.edition_tables import TABLES, canonical_form

Tables = dict[str, list[dict[str, object]]]
HOME = Path(authoring.__file__).parent / "editions"


@pytest.fixture
def tables(knowledge: mn.Knowledge) -> Tables:
    """The edition's tables, to be spoilt."""
    fresh: Tables = json.loads(knowledge.canonical)
    return fresh


def row(tables: Tables, table: str, name: str) -> dict[str, object]:
    """One row by its key."""
    key = TABLES[table]
    return next(held for held in tables[table] if held[key] == name)


class TestShipped:
    """Released editions are never edited; their digest is their identity."""

    @pytest.mark.parametrize("edition", mn.editions())
    def test_digest(self, edition: str) -> None:
        """The file's digest is the listed one and the one the edition tells."""
        content = (HOME / f"{edition}.json").read_bytes()

        assert sha256(content).hexdigest() == loading.releases()[edition]["sha256"]
        assert (
            mn.load(edition).digest == mn.Knowledge(content).digest == sha256(content).hexdigest()
        )

    @pytest.mark.parametrize("edition", mn.editions())
    def test_it_passes_its_own_audit(self, edition: str) -> None:
        """The tables of a shipped edition make the same edition again."""
        knowledge = mn.load(edition)

        assert mn.from_tables(knowledge.plain()) == knowledge

    @pytest.mark.skipif(
        not (HOME / "2026.1").is_dir(), reason="a wheel holds the canonical form, not the TOML"
    )
    def test_the_toml_gives_what_ships(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One command makes the canonical form, and its check agrees."""
        assert authoring.main(["--check"]) == 0
        assert "as shipped" in capsys.readouterr().out

    def test_load_is_shared_and_latest_is_the_newest(self) -> None:
        """Loading twice gives the same value; the latest is one of the editions."""
        assert mn.load("2026.1") is mn.load("2026.1")
        assert mn.latest().id == mn.editions()[-1]

    def test_an_edition_that_does_not_ship(self) -> None:
        """The error says which ones do."""
        with pytest.raises(mn.UnknownEditionError, match=r"2026\.1"):
            mn.load("2019.1")

    def test_a_file_that_was_changed(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """One byte more and it does not load."""
        content = (HOME / "2026.1.json").read_bytes()
        (tmp_path / "2026.1.json").write_bytes(content + b" ")
        (tmp_path / "releases.json").write_bytes((HOME / "releases.json").read_bytes())
        monkeypatch.setattr(loading, "_HOME", str(tmp_path))

        with pytest.raises(mn.KnowledgeError, match="not the one that was released"):
            loading._loaded.__wrapped__("2026.1")  # noqa: SLF001 - past the cache

    def test_equal_editions_have_equal_bytes(self, knowledge: mn.Knowledge) -> None:
        """Equality, hash and digest agree, whatever the order of keys."""
        shuffled = {name: knowledge.plain()[name] for name in reversed(list(knowledge.plain()))}
        again = mn.from_tables(shuffled)

        assert again == knowledge
        assert hash(again) == hash(knowledge)
        assert again.digest == knowledge.digest

    def test_intended_use_and_limits(self, knowledge: mn.Knowledge) -> None:
        """It says that it is no device and that no clinician reviewed it."""
        assert "no medical device" in knowledge.edition.intended_use
        assert any("No clinician" in text for text in knowledge.edition.limitations)


def _numbers(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Find the paths of all tables inside a row that hold a number."""
    found = []
    if isinstance(value, Mapping):
        if any(type(part) is int for part in value.values()):
            found.append(path)
        for key, part in value.items():
            found += _numbers(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            found += _numbers(part, (*path, number))
    return found


def _at(value: object, path: tuple[object, ...]) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


class TestNothingUnsourced:
    """Every number names its sources, or the edition does not load."""

    @pytest.mark.parametrize("table", sorted(set(TABLES) - {"sources", "terms"}))
    def test_a_number_without_a_source(self, table: str, tables: Tables) -> None:
        """Taking the sources away from any row with a number is refused, naming the row."""
        tried = 0
        for place, held in enumerate(tables[table]):
            for path in _numbers(held):
                for end in range(len(path), -1, -1):
                    part = _at(held, path[:end])
                    names = {"source", "sources", "studies"}
                    if isinstance(part, dict) and names & set(part):
                        break
                else:
                    pytest.fail(f"{table} row {place} has a number and no source at {path}")
                kept = {name: part.pop(name) for name in names & set(part)}
                with pytest.raises(mn.KnowledgeError) as error:
                    mn.from_tables(tables)
                assert error.value.table == table
                part.update(kept)
                tried += 1
                if tried >= 6:
                    return

    def test_every_source_is_described(self, knowledge: mn.Knowledge) -> None:
        """Title, grade, what was read, and a way to find it, for each source."""
        for source in knowledge.sources:
            assert source.title
            found = source.doi or source.identifier or source.url or source.note
            assert found or source.id in {"article", "editorial"}, source.id
            assert not source.doi.startswith("http"), source.id
            assert source.id in source.reference


Spoil = Callable[[Tables], None]


def _unknown_key(tables: Tables) -> None:
    tables["protocols"][0]["colour"] = "blue"


def _unknown_table(tables: Tables) -> None:
    tables["rumours"] = []


def _unknown_key_inside(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"]["maximum"] = 1  # type: ignore[index]


def _missing_field(tables: Tables) -> None:
    del row(tables, "findings", "rosacea")["question"]


def _dangling_source(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["sources"] = ["nobody-1999"]


def _dangling_study(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"]["studies"] = ["nobody"]  # type: ignore[index]


def _unused_source(tables: Tables) -> None:
    tables["sources"].append(dict(tables["sources"][0], id="idle-2020"))


def _double_key(tables: Tables) -> None:
    tables["sources"].append(dict(tables["sources"][0]))


def _double_finding(tables: Tables) -> None:
    tables["findings"].append(dict(row(tables, "findings", "rosacea"), level="decline"))


def _missing_finding(tables: Tables) -> None:
    tables["findings"].remove(row(tables, "findings", "rosacea"))


def _float(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["wait"]["days"] = 180.0  # type: ignore[index]


def _truth_for_number(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["wait"]["days"] = True  # type: ignore[index]


def _day_without_wait(tables: Tables) -> None:
    del row(tables, "findings", "dermal_filler")["wait"]


def _cleared_by_nobody(tables: Tables) -> None:
    del row(tables, "findings", "bleeding_disorder")["role"]


def _clearance_of_a_deferral(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["clearance_days"] = 30


def _change_of_nothing(tables: Tables) -> None:
    del row(tables, "findings", "metal_allergy")["must"]


def _limit_of_nothing(tables: Tables) -> None:
    del row(tables, "findings", "tattoo")["must"]


def _referral_without_urgency(tables: Tables) -> None:
    del row(tables, "findings", "infection_spreading")["urgency"]


def _deferral_without_end(tables: Tables) -> None:
    del row(tables, "findings", "rosacea")["ends"]


def _day_that_is_not_asked(tables: Tables) -> None:
    del row(tables, "findings", "dermal_filler")["day_question"]


def _prescribed_that_is_paused(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["may_pause"] = ["clinics"]


def _extrapolated_length(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"]["max_um"] = 1600  # type: ignore[index]


def _extrapolated_sessions(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["sessions"]["max"] = 6  # type: ignore[index]


def _extrapolated_interval(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["interval"]["min_days"] = 21  # type: ignore[index]


def _borrowed_indication(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["indications"] = ["striae"]


def _icepick_protocol(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["indications"] = ["acne_scar_icepick"]


def _home_in_a_clinic(tables: Tables) -> None:
    row(tables, "protocols", "ageing-home")["settings"] = ["home", "clinic"]


def _protocol_on_the_lips(tables: Tables) -> None:
    row(tables, "protocols", "ageing-home")["sites"] = ["vermilion"]


def _school_at_odds(tables: Tables) -> None:
    twin = dict(row(tables, "protocols", "acne-scar-4-weekly"), id="twin")
    twin["sessions"] = {"min": 3, "max": 3, "studies": ["harris-2015"]}
    tables["protocols"].append(twin)


def _worse_gets_less(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-by-severity-severe")["severities"] = ["mild"]
    row(tables, "protocols", "acne-scar-by-severity-lesser")["severities"] = ["severe"]


def _two_followed(tables: Tables) -> None:
    for fact in tables["aspects"]:
        fact["follows"] = True


def _response_gap(tables: Tables) -> None:
    held = next(r for r in tables["responses"] if "to_day" in r)
    held["to_day"] = held["from_day"]
    held["from_day"] = 0


def _milder_for_worse(tables: Tables) -> None:
    for held in tables["responses"]:
        if held["severity"] == ["severe"]:
            held["action"] = "go_on"
            held["red_flag"] = False


def _refused_with_ceiling(tables: Tables) -> None:
    row(tables, "sites", "mucosa")["ceiling"] = row(tables, "sites", "nose")["ceiling"]


def _no_logic(tables: Tables) -> None:
    tables["rules"].pop()


def _unknown_term(tables: Tables) -> None:
    row(tables, "studies", "harris-2015")["reported"] = "spots"


def _study_of_another_name(tables: Tables) -> None:
    row(tables, "studies", "harris-2015")["id"] = "harris"


def _dangling_number_of_a_study(tables: Tables) -> None:
    # The source is there, but this study of it is not.
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"]["studies"].append("harris-2015.9")  # type: ignore[index]


def _idle_term(tables: Tables) -> None:
    tables["terms"].append({"term": "spots", "outside": True})


def _study_without_the_figure(tables: Tables) -> None:
    # Added to the others, so that none of them is left without use.
    row(tables, "protocols", "acne-scar-4-weekly")["sessions"]["studies"].append("english-2022")  # type: ignore[index]


def _unknown_statement(tables: Tables) -> None:
    fact = next(fact for fact in tables["aspects"] if fact["aspect"] == "numbing")
    fact["code"] = "laughing gas"


def _red_flag_that_waits(tables: Tables) -> None:
    held = next(r for r in tables["responses"] if r["action"] == "watch")
    held["red_flag"] = True


def _seen_first_and_left_alone(tables: Tables) -> None:
    del row(tables, "findings", "smoking")["not_at_home"]


def _text_for_number(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["wait"]["days"] = "180"  # type: ignore[index]


def _number_for_text(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["question"] = 1


def _number_for_truth(tables: Tables) -> None:
    row(tables, "sites", "nose")["refused"] = 0


def _empty_list(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["sources"] = []


def _source_twice(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["sources"] = ["editorial", "editorial"]


def _part_that_is_no_table(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"] = 1


def _list_that_is_none(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["disagree"] = "nobody"


def _code_that_is_none(tables: Tables) -> None:
    row(tables, "findings", "rosacea")["level"] = "forbid"


def _table_that_is_none(tables: Tables) -> None:
    tables["care"] = {}  # type: ignore[assignment]


def _no_such_day(tables: Tables) -> None:
    tables["edition"]["released_on"] = "2026-02-30"  # type: ignore[call-overload]


def _length_out_of_bounds(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["lengths"]["max_um"] = 9000  # type: ignore[index]


def _by_radio_waves(tables: Tables) -> None:
    row(tables, "protocols", "ageing-home")["devices"] = ["radiofrequency"]


def _told_of_nobody(tables: Tables) -> None:
    for study in ("article.6", "pajak-2022.1"):
        row(tables, "studies", study)["population"] = {"benefit": "not_measured"}


def _rct_by_its_title(tables: Tables) -> None:
    del row(tables, "studies", "afra-2018")["population"]["allocation"]  # type: ignore[attr-defined]


def _alone_with_a_cream(tables: Tables) -> None:
    row(tables, "studies", "lima-2017-melasma")["population"]["alone"] = True  # type: ignore[index]


def _hours_backwards(tables: Tables) -> None:
    held = next(e for e in tables["effects"] if "min_hours" in e.get("duration", {}))  # type: ignore[operator]
    held["duration"] = {"min_hours": 2, "max_hours": 1}


def _wait_of_years(tables: Tables) -> None:
    row(tables, "findings", "isotretinoin")["wait"]["days"] = 3651  # type: ignore[index]


def _lips_opened(tables: Tables) -> None:
    site = row(tables, "sites", "vermilion")
    site["refused"] = False
    del site["refused_because"], site["sources"]
    site["ceiling"] = row(tables, "sites", "cheek")["ceiling"]


def _part_of_itself(tables: Tables) -> None:
    row(tables, "sites", "face")["part_of"] = "upper_lip_skin"


def _nothing_to_inherit(tables: Tables) -> None:
    del row(tables, "sites", "face")["ceiling"]
    row(tables, "sites", "face")["part_of"] = "mucosa"
    row(tables, "sites", "mucosa")["part_of"] = "vermilion"


def _neither_ceiling_nor_whole(tables: Tables) -> None:
    del row(tables, "sites", "thigh")["part_of"]


def _protocol_at_the_ear(tables: Tables) -> None:
    row(tables, "protocols", "ageing-home")["sites"] = ["ear_lobe"]


def _protocol_for_keloids(tables: Tables) -> None:
    row(tables, "protocols", "acne-scar-4-weekly")["indications"] = ["keloid_scar"]


def _kind_of_a_kind(tables: Tables) -> None:
    row(tables, "indications", "striae_red")["kind_of"] = "striae_white"


def _kind_that_is_only_asked_about(tables: Tables) -> None:
    row(tables, "indications", "keloid_scar")["kind_of"] = "surgical_scar"


def _referred_to_nobody(tables: Tables) -> None:
    del row(tables, "indications", "vitiligo")["role"]


def _finding_of_what_is_offered(tables: Tables) -> None:
    row(tables, "indications", "melasma")["finding"] = "melasma_not_treated"


def _clinic_below_home(tables: Tables) -> None:
    ceiling = row(tables, "settings", "home")["ceiling"]
    assert isinstance(ceiling, dict)
    row(tables, "settings", "clinic")["ceiling"] = {**ceiling, "um": 200}


def _age_that_waits(tables: Tables) -> None:
    finding = row(tables, "findings", "age_under_18")
    finding["wait"] = row(tables, "findings", "isotretinoin")["wait"]


def _care_backwards(tables: Tables) -> None:
    tables["care"][0]["from_day"], tables["care"][0]["to_day"] = 2, 1


@pytest.mark.parametrize(
    ("spoil", "table", "name", "field"),
    [
        (_unknown_key, "protocols", "acne-scar-4-weekly", "colour"),
        (_unknown_table, "rumours", "", ""),
        (_unknown_key_inside, "protocols", "acne-scar-4-weekly", "lengths.maximum"),
        (_missing_field, "findings", "rosacea", "question"),
        (_dangling_source, "findings", "rosacea", "sources"),
        (_dangling_study, "protocols", "acne-scar-4-weekly", "lengths.studies"),
        (_unused_source, "sources", "idle-2020", "id"),
        (_double_key, "sources", None, None),
        (_double_finding, "findings", "rosacea", "code"),
        (_missing_finding, "findings", "rosacea", "code"),
        (_float, "findings", "isotretinoin", "wait.days"),
        (_truth_for_number, "findings", "isotretinoin", "wait.days"),
        (_day_without_wait, "findings", "dermal_filler", "wait"),
        (_cleared_by_nobody, "findings", "bleeding_disorder", "clearance_days"),
        (_clearance_of_a_deferral, "findings", "rosacea", "clearance_days"),
        (_change_of_nothing, "findings", "metal_allergy", "must"),
        (_limit_of_nothing, "findings", "tattoo", "must"),
        (_referral_without_urgency, "findings", "infection_spreading", "urgency"),
        (_deferral_without_end, "findings", "rosacea", "ends"),
        (_day_that_is_not_asked, "findings", "dermal_filler", "day_question"),
        (_prescribed_that_is_paused, "findings", "isotretinoin", "may_pause"),
        (_extrapolated_length, "protocols", "acne-scar-4-weekly", "lengths"),
        (_extrapolated_sessions, "protocols", "acne-scar-4-weekly", "sessions"),
        (_extrapolated_interval, "protocols", "acne-scar-4-weekly", "interval"),
        (_borrowed_indication, "protocols", "acne-scar-4-weekly", "lengths"),
        (_icepick_protocol, "protocols", "acne-scar-4-weekly", "indications"),
        (_home_in_a_clinic, "protocols", "ageing-home", "settings"),
        (_protocol_on_the_lips, "protocols", "ageing-home", "sites"),
        (_school_at_odds, "protocols", None, "school"),
        (_worse_gets_less, "protocols", None, None),
        (_two_followed, "aspects", None, "follows"),
        (_response_gap, "responses", None, None),
        (_milder_for_worse, "responses", None, "action"),
        (_refused_with_ceiling, "sites", "mucosa", "ceiling"),
        (_no_logic, "rules", None, "code"),
        (_unknown_term, "studies", "harris-2015", "reported"),
        (_study_of_another_name, "studies", "harris", "id"),
        (_dangling_number_of_a_study, "protocols", "acne-scar-4-weekly", "lengths.studies"),
        (_idle_term, "terms", "spots", "term"),
        (_study_without_the_figure, "protocols", "acne-scar-4-weekly", "sessions"),
        (_unknown_statement, "aspects", None, "code"),
        (_red_flag_that_waits, "responses", None, "action"),
        (_seen_first_and_left_alone, "findings", "smoking", "first_screen"),
        (_text_for_number, "findings", "isotretinoin", "wait.days"),
        (_number_for_text, "findings", "rosacea", "question"),
        (_number_for_truth, "sites", "nose", "refused"),
        (_empty_list, "findings", "rosacea", "sources"),
        (_source_twice, "findings", "rosacea", "sources"),
        (_part_that_is_no_table, "protocols", "acne-scar-4-weekly", "lengths"),
        (_list_that_is_none, "findings", "isotretinoin", "disagree"),
        (_code_that_is_none, "findings", "rosacea", "level"),
        (_table_that_is_none, "care", "", ""),
        (_no_such_day, "edition", None, "released_on"),
        (_length_out_of_bounds, "protocols", "acne-scar-4-weekly", "lengths.um"),
        (_by_radio_waves, "protocols", "ageing-home", "devices"),
        (_told_of_nobody, "protocols", "prevention-0.5mm", "lengths"),
        (_rct_by_its_title, "studies", "afra-2018", "population.allocation"),
        (_alone_with_a_cream, "studies", "lima-2017-melasma", "population.alone"),
        (_hours_backwards, "effects", None, "duration.max_hours"),
        (_wait_of_years, "findings", "isotretinoin", "wait.days"),
        (_care_backwards, "care", None, "to_day"),
        (_lips_opened, "sites", "vermilion", "refused"),
        (_part_of_itself, "sites", None, "part_of"),
        (_nothing_to_inherit, "sites", "face", "ceiling"),
        (_neither_ceiling_nor_whole, "sites", "thigh", "ceiling"),
        (_protocol_at_the_ear, "protocols", "ageing-home", "sites"),
        (_protocol_for_keloids, "protocols", "acne-scar-4-weekly", "indications"),
        (_kind_of_a_kind, "indications", "striae_red", "kind_of"),
        (_kind_that_is_only_asked_about, "indications", "keloid_scar", "kind_of"),
        (_referred_to_nobody, "indications", "vitiligo", "role"),
        (_finding_of_what_is_offered, "indications", "melasma", "finding"),
        (_clinic_below_home, "settings", "home", "ceiling"),
        (_age_that_waits, "findings", "age_under_18", "wait"),
    ],
)
def test_what_is_no_edition(
    spoil: Spoil, table: str, name: str | None, field: str | None, tables: Tables
) -> None:
    """It does not load, and the error names table, row and field."""
    spoil(tables)

    with pytest.raises(mn.KnowledgeError) as error:
        mn.from_tables(tables)

    assert error.value.table == table
    if name is not None:
        assert error.value.row == name
    if field is not None:
        assert error.value.field == field
    assert str(error.value).startswith(table)


def test_row_order_decides_nothing(knowledge: mn.Knowledge, tables: Tables) -> None:
    """The rows of every table in reverse give the same advice."""
    backwards = {name: tables[name][::-1] for name in TABLES}
    turned = mn.Knowledge(canonical_form({**tables, **backwards}))
    from tests import space

    for indication in mn.Indication:
        for cell in list(space.cells(indication))[::37]:
            for held in (space.screening(), mn.Screening()):
                asked = space.assessment(cell, held)
                one, other = mn.recommend(asked, knowledge), mn.recommend(asked, turned)
                assert one.reasons == other.reasons, cell


def test_adding_a_study_and_a_protocol_needs_no_code(tables: Tables) -> None:
    """A new source, study and protocol are rows; the new option is offered."""
    tables["sources"].append(
        {
            "id": "new-2027",
            "title": "A trial yet to come",
            "grade": "rct",
            "read": "abstract",
            "doi": "10.0/0",
        }
    )
    tables["studies"].append(
        {
            "id": "new-2027",
            "source": "new-2027",
            "reported": "melasma",
            "lengths_um": {"min": 300, "max": 300},
            "sessions": {"min": 5, "max": 5},
            "interval_days": {"min": 21, "max": 21},
            "population": {
                "skin_types": ["III"],
                "allocation": "randomised",
                "benefit": "shown",
                "harm": "none_found",
            },
        }
    )
    tables["protocols"].append(
        {
            "id": "melasma-new",
            "school": "melasma-new",
            "indications": ["melasma"],
            "sites": ["face"],
            "settings": ["clinic"],
            "lengths": {"min_um": 300, "max_um": 300, "studies": ["new-2027"]},
            "sessions": {"min": 5, "max": 5, "studies": ["new-2027"]},
            "interval": {
                "min_days": 21,
                "preferred_days": 21,
                "max_days": 21,
                "studies": ["new-2027"],
            },
        }
    )
    from tests.deciding.test_recommending import case

    tables["edition"]["id"] = "own-1"  # type: ignore[call-overload]
    answer = mn.recommend(case(mn.Indication.MELASMA), mn.from_tables(tables))

    new = next(course for course in answer.options if course.protocols == ("melasma-new",))
    assert not new.assembled
    assert new.grade is mn.Grade.RCT
    assert new.standing.rank == 1
    assert new.standing.documented == ("skin_type",)


def test_no_other_edition_has_the_id_of_one_that_ships(tables: Tables) -> None:
    """Law: whoever reads an id in an answer knows whose advice it is."""
    row(tables, "findings", "botulinum_toxin")["wait"]["days"] = 15  # type: ignore[index]
    with pytest.raises(mn.KnowledgeError, match="an id of your own") as error:
        mn.from_tables(tables)
    assert (error.value.table, error.value.field) == ("edition", "id")
    tables["edition"]["id"] = "house-1"  # type: ignore[call-overload]
    own = mn.from_tables(tables)
    assert own.id == "house-1"


def test_what_is_asked_names_the_wait_as_it_is(tables: Tables) -> None:
    """Law: a question that names days names those of the row's own wait."""
    row(tables, "findings", "botulinum_toxin")["wait"]["days"] = 15  # type: ignore[index]
    tables["edition"]["id"] = "house-1"  # type: ignore[call-overload]
    own = mn.from_tables(tables).finding(mn.Finding.BOTULINUM_TOXIN)
    assert "15 days" in own.question
    for rule in mn.load("2026.1").findings:
        named = {int(days) for days in re.findall(r"(\d+) days", rule.question + rule.label)}
        assert named <= {rule.wait.days if rule.wait else 0}, rule.finding
