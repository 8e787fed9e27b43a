"""
The strategies: every public type, always valid, towards the mildest, at no cost to others.

That a drawn value is valid is checked by making it anew: a copy and a pickle go through its
constructor, as everything does.
"""
# ruff: noqa: ANN401, S301 - values of any type are drawn, and pickles are our own

import copy
import inspect
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import Enum
from operator import attrgetter
from random import Random
from typing import Annotated, Any, NewType, get_args

import attrs
import pytest
from hypothesis import find, given, settings, strategies as st
from hypothesis.strategies import SearchStrategy
from hypothesis.vendor.pretty import pretty

import microneedling as mn
from microneedling import strategies
from microneedling.knowledge.edition_tables import canonical_form
from microneedling.strategies import from_fields
from tests.conftest import LAWS, PHASES, share

CLASSES = {name: kind for name in mn.__all__ if inspect.isclass(kind := getattr(mn, name))}
KINDS = {name: kind for name, kind in CLASSES.items() if not issubclass(kind, Enum)}
CODES = {name: kind for name, kind in CLASSES.items() if issubclass(kind, Enum)}
UNIONS: dict[str, Any] = {
    "answers": mn.Answer,
    "events": mn.Event,
    "next_steps": mn.NextStep,
}
# Made anew they read a whole edition, or weigh every entry again.
SLOW = {"Knowledge", "Progress"}
# A value of them is one of a class below them.
ROOTS = {"Recommendation", "MicroneedlingError"}
NEWER = mn.NeedleLength(1500)


def drawn(strategy: SearchStrategy[Any], examples: int = 50) -> list[Any]:
    """Draw some values, with the settings and the checks of health of Hypothesis itself."""
    found: list[Any] = []

    @settings(
        settings.get_profile("default"),
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=PHASES,
        suppress_health_check=[],
    )
    @given(strategy)
    def collect(value: object) -> None:
        found.append(value)

    collect()
    return found


def mildest(strategy: SearchStrategy[Any], wanted: Callable[[Any], bool] = lambda _: True) -> Any:
    """Find the value that a failure would be told with."""
    # Of one seed: how far a search shrinks is a matter of luck with any.
    seed = Random(1)  # noqa: S311 - repeatable, and guards nothing
    return find(strategy, wanted, settings=settings(database=None, max_examples=LAWS), random=seed)


def run(code: str, env: Mapping[str, str] | None = None) -> str:
    """Run code in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
    )
    return done.stdout.strip()


class TestEveryType:
    """A function a public type, and `from_type` finds it."""

    def test_every_public_class_has_a_strategy(self) -> None:
        assert set(from_fields.STRATEGIES) == set(KINDS.values())

    def test_what_is_exported(self) -> None:
        assert sorted(strategies.__all__) == strategies.__all__
        exported = {getattr(strategies, name) for name in strategies.__all__}
        assert all(map(inspect.isfunction, exported)), "no room of the name of a strategy"
        assert set(from_fields.STRATEGIES.values()) < exported

    @pytest.mark.parametrize("name", strategies.__all__)
    def test_plural_keyword_only_and_documented(self, name: str) -> None:
        """Each says what it draws, names its bounds and what it refuses."""
        strategy = getattr(strategies, name)
        text = inspect.getdoc(strategy) or ""
        parameters = inspect.signature(strategy).parameters.values()

        assert any(part.endswith("s") for part in name.split("_"))
        assert text.startswith("Draw ")
        for parameter in parameters:
            assert parameter.kind is parameter.KEYWORD_ONLY
            assert f"    {parameter.name}: " in text
        assert ("Raises:" in text) is bool(parameters)

    @pytest.mark.parametrize("name", KINDS)
    def test_drawn_values_are_valid(self, name: str) -> None:
        """Of the very type, and equal to what is made anew of the same fields, hash and all."""
        kind = KINDS[name]
        for value in drawn(st.from_type(kind), share(10 if name in SLOW else 50).max_examples):
            assert isinstance(value, kind) if name in ROOTS else type(value) is kind
            copies = (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value))
            for again in copies:
                assert type(again) is type(value)
                if isinstance(value, Exception):
                    assert again.args == value.args
                    assert str(again) == str(value) != ""
                else:
                    assert again == value
                    assert hash(again) == hash(value)

    @pytest.mark.heavy
    @pytest.mark.parametrize("name", KINDS)
    def test_they_differ(self, name: str) -> None:
        """No strategy draws one and the same value."""
        values = drawn(st.from_type(KINDS[name]), 10 if name in SLOW else 50)

        assert len({repr(value) for value in values}) >= (2 if name in SLOW else 5)

    @pytest.mark.parametrize("name", UNIONS)
    def test_unions(self, name: str) -> None:
        """Every member of a union is drawn, by its type and by its function."""
        for strategy in (st.from_type(UNIONS[name]), getattr(strategies, name)()):
            assert set(map(type, drawn(strategy, 150))) == set(get_args(get_args(UNIONS[name])[0]))

    def test_roots(self) -> None:
        """All that stands below a root is drawn."""
        errors = {
            mn.InputError,
            mn.StoredDocumentError,
            mn.KnowledgeError,
            mn.UnknownEditionError,
        }
        assert set(map(type, drawn(st.from_type(mn.MicroneedlingError), 100))) == errors
        answers = drawn(st.from_type(mn.Recommendation), 100)
        assert set(map(type, answers)) == set(get_args(get_args(mn.Answer)[0]))

    def test_inside_other_types(self) -> None:
        """Collections, unions, annotations and new names of our types are drawn, too."""
        Mine = NewType("Mine", mn.Interval)
        for asked, kind in (
            (list[mn.Source] | None, (list, type(None))),
            (Annotated[mn.Concern, "mine"], mn.Concern),
            (Mine, mn.Interval),
            (dict[mn.Site, mn.NeedleLength], dict),
        ):
            strategy: SearchStrategy[Any] = st.from_type(asked)  # type: ignore[arg-type]
            assert all(isinstance(value, kind) for value in drawn(strategy, 10))

    def test_any_text(self) -> None:
        """Text is mostly plain, but may be any that can be written."""
        titles = {source.title for source in drawn(strategies.sources(), 200)}
        assert "" in titles
        assert any(not title.isascii() for title in titles)
        assert any(title.isascii() and " " in title for title in titles)

    def test_reports_can_be_read(self) -> None:
        """What Hypothesis and IPython show of an offer fits on a page; its text has it all."""
        for strategy in (strategies.offers(), strategies.progresses(), strategies.knowledges()):
            value = mildest(strategy)
            assert len(pretty(value)) < 6_000
        offer = mildest(strategies.offers())
        assert pretty(offer).startswith("Offer(assessment=Assessment(on=")
        assert "reasons=..." in pretty(offer)
        assert pretty(mn.NeedleLength(500)) == "NeedleLength(um=500)"
        assert pretty(mn.load("2026.1")) == repr(mn.load("2026.1"))


class TestTheMildest:
    """Whatever fails is told with the mildest value that does."""

    @pytest.mark.parametrize("name", CODES)
    def test_codes(self, name: str) -> None:
        assert mildest(st.from_type(CODES[name])) is next(iter(CODES[name]))

    @pytest.mark.parametrize(
        ("strategy", "value"),
        [
            (strategies.needle_lengths(), mn.NeedleLength.MIN),
            (strategies.penetration_depths(), mn.PenetrationDepth(0)),
            (strategies.length_ranges(), mn.LengthRange.of(50, 50)),
            (strategies.session_counts(), mn.SessionCount(1, 1)),
            (strategies.passes(), mn.Passes(1, 1)),
            (strategies.downtimes(), mn.Downtime(0, 0)),
            (
                strategies.intervals(),
                mn.Interval(minimum_days=1, preferred_days=1, maximum_days=1),
            ),
            (strategies.hour_windows(), mn.HourWindow(0, None)),
            (strategies.spreads(), mn.Spread(0, None)),
            (strategies.concerns(), mn.Concern(indication=mn.Indication.FINE_LINES)),
            (strategies.devices(), mn.Device(kind=mn.DeviceKind.PEN)),
            (strategies.preferences(), mn.Preferences()),
            (strategies.exposures(), mn.Exposure(finding=mn.Finding.ACTIVE_INFECTION)),
            (strategies.screenings(), mn.Screening()),
            (
                strategies.assessments(),
                mn.Assessment(
                    on=date(2000, 1, 1),
                    site=mn.Site.FOREHEAD,
                    setting=mn.Setting.CLINIC,
                    concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
                ),
            ),
        ],
        ids=lambda given: type(given).__name__,
    )
    def test_values(self, strategy: SearchStrategy[Any], value: object) -> None:
        assert mildest(strategy) == value

    def test_sources(self) -> None:
        found = mildest(strategies.sources())
        assert attrs.evolve(found, id="a") == mn.Source(
            id="a", title="", grade=mn.Grade.SYSTEMATIC_REVIEW, read=mn.Access.FULL
        )
        # What has another content has another id, so that no two parts of a value share one.
        other = mildest(strategies.sources(), lambda source: source.note)
        assert other.id != found.id

    def test_no_more_than_is_asked_for(self) -> None:
        """A value with one thing in it has the mildest of it, and nothing else."""
        found = mildest(
            strategies.assessments(), lambda a: any(c.severity is not None for c in a.concerns)
        )
        assert [concern.severity for concern in found.concerns] == [mn.Severity.MILD]
        assert found.screening == mn.Screening()
        found = mildest(strategies.assessments(), lambda a: bool(a.screening.present))
        assert [exposure.last_on for exposure in found.screening.present] == [None]
        assert found.screening.absent == frozenset()
        found = mildest(strategies.finding_rules(), attrgetter("disagreements"))
        assert (found.level, len(found.disagreements), len(found.citations)) == (
            mn.Level.CAUTION,
            1,
            1,
        )

    def test_offers(self) -> None:
        """The shortest needle that is documented, at a clinic, with no finding."""
        offer = mildest(strategies.offers())
        shortest = min(protocol.lengths.shortest for protocol in mn.latest().protocols)
        first = offer.options[0]

        assert any(option.lengths.shortest == shortest for option in offer.options)
        assert offer.assessment.setting is mn.Setting.CLINIC
        assert offer.assessment.screening == mn.Screening.complete()
        assert (offer.assessment.device, offer.assessment.preferences.numbing) == (None, None)
        assert len(offer.assessment.concerns) == 1
        assert mildest(strategies.courses()) in offer.options
        assert first.unmet == ()

    def test_answers(self) -> None:
        assert type(mildest(strategies.answers())) is mn.Offer
        defer = mildest(strategies.defers())
        assert (len(defer.because), defer.until) == (1, None)
        assert len(mildest(strategies.declines()).because) == 1

    def test_ledgers(self) -> None:
        """A course that is only begun, and where a session is wanted, no more than that."""
        begun = mildest(strategies.progresses())
        assert [type(event) for event in begun.events] == [mn.CourseBegun]
        assert begun.assessment.on == begun.events[0].on
        held = mildest(strategies.progresses(most_events=2), attrgetter("held"))
        assert [type(event) for event in held.events] == [mn.CourseBegun, mn.SessionDone]
        (_, session) = held.events
        assert (session.override, session.note, session.done_on) == (None, "", session.on)
        assert session.needle_length == held.course.lengths.shortest
        seen = mildest(
            strategies.progresses(fewest_events=2, most_events=3),
            lambda p: any(isinstance(event, mn.SideEffectReported) for event in p.events),
        )
        reported = seen.events[-1]
        assert (len(seen.events), reported.severity, reported.day) == (3, mn.Severity.MILD, 0)

    def test_next_steps(self) -> None:
        assert type(mildest(strategies.next_steps())) is mn.Proceed
        assert mildest(strategies.proceeds()).number == 1
        for strategy in (strategies.waits(), strategies.pauses(), strategies.stops()):
            step = mildest(strategy)
            assert (len(step.why), step.responses) == (1, ())

    def test_schedules(self) -> None:
        dated = mildest(strategies.schedules())
        assert (len(dated.sessions), dated.revision) == (1, 0)
        again = mildest(strategies.schedules(), attrgetter("revision"))
        assert again.revision == 1


D1, D2 = date(2026, 3, 1), date(2026, 3, 9)
BOUNDED: list[tuple[SearchStrategy[Any], Callable[[Any], bool]]] = [
    (
        strategies.needle_lengths(shortest=mn.NeedleLength(500), longest=NEWER),
        lambda length: 500 <= length.um <= 1500,
    ),
    (
        strategies.length_ranges(shortest=mn.NeedleLength(500), longest=NEWER),
        lambda band: 500 <= band.shortest.um <= band.longest.um <= 1500,
    ),
    (
        strategies.penetration_depths(shallowest_nm=3, deepest_nm=5),
        lambda depth: 3 <= depth.nm <= 5,
    ),
    (
        strategies.intervals(shortest_days=14, longest_days=30),
        lambda gap: gap.minimum_days >= 14 and gap.maximum_days <= 30,
    ),
    (
        strategies.session_counts(fewest=3, most=5),
        lambda count: 3 <= count.fewest <= count.most <= 5,
    ),
    (strategies.passes(fewest=3, most=5), lambda count: 3 <= count.fewest <= count.most <= 5),
    (
        strategies.downtimes(shortest_days=1, longest_days=2),
        lambda days: 1 <= days.shortest_days <= days.longest_days <= 2,
    ),
    (
        strategies.hour_windows(earliest_hours=3, latest_hours=72),
        lambda hours: all(h is None or 3 <= h <= 72 for h in (hours.min_hours, hours.max_hours)),
    ),
    (
        strategies.spreads(lowest=7, highest=56),
        lambda spread: all(f is None or 7 <= f <= 56 for f in (spread.lowest, spread.highest)),
    ),
    (
        strategies.waiting_times(shortest_days=14, longest_days=30),
        lambda wait: 14 <= wait.days <= 30,
    ),
    (
        strategies.care_steps(first_day=-14, last_day=-1),
        lambda step: -14 <= step.from_day <= step.to_day <= -1,
    ),
    (
        strategies.severities(mildest=mn.Severity.MODERATE),
        lambda severity: severity >= mn.Severity.MODERATE,
    ),
    (
        strategies.skin_types(lightest=mn.SkinType.IV, darkest=mn.SkinType.V),
        lambda skin_type: skin_type in {mn.SkinType.IV, mn.SkinType.V},
    ),
    (
        strategies.anaesthesias(most=mn.Anaesthesia.TOPICAL),
        lambda kind: kind <= mn.Anaesthesia.TOPICAL,
    ),
    (
        strategies.concerns(severest=mn.Severity.MODERATE),
        lambda concern: concern.severity is not mn.Severity.SEVERE,
    ),
    (
        strategies.devices(shortest=NEWER),
        lambda device: device.label_maximum is None or device.label_maximum >= NEWER,
    ),
    (
        strategies.exposures(earliest=D1, latest=D2),
        lambda exposure: exposure.last_on is None or D1 <= exposure.last_on <= D2,
    ),
    (
        strategies.screenings(earliest=D1, latest=D2),
        lambda known: all(e.last_on is None or D1 <= e.last_on <= D2 for e in known.present),
    ),
    (
        strategies.sources(
            strongest=mn.Grade.RCT, weakest=mn.Grade.COHORT, first_year=2015, last_year=2020
        ),
        lambda source: (
            mn.Grade.RCT <= source.grade <= mn.Grade.COHORT
            and (source.year is None or 2015 <= source.year <= 2020)
        ),
    ),
    (
        strategies.citations(strongest=mn.Grade.BLOG),
        lambda citation: citation.source.grade >= mn.Grade.BLOG,
    ),
    (
        strategies.disagreements(weakest=mn.Grade.RCT),
        lambda other: other.source.grade <= mn.Grade.RCT,
    ),
    (
        strategies.responses(mildest=mn.Action.REFER),
        lambda response: response.action >= mn.Action.REFER,
    ),
    (
        strategies.finding_rules(mildest=mn.Level.DEFER, strictest=mn.Level.REFER),
        lambda rule: mn.Level.DEFER <= rule.level <= mn.Level.REFER,
    ),
    (strategies.ceilings(longest=NEWER), lambda ceiling: ceiling.longest <= NEWER),
    (strategies.protocols(longest=NEWER), lambda protocol: protocol.lengths.longest <= NEWER),
    (
        strategies.comparisons(longest=NEWER),
        lambda found: max(found.left, found.right) <= NEWER,
    ),
    (
        strategies.sessions_done(earliest=D1, latest=D2, longest=NEWER),
        lambda event: D1 <= event.done_on <= event.on <= D2 and event.needle_length <= NEWER,
    ),
    (
        strategies.side_effects_reported(earliest=D1, latest=D2, severest=mn.Severity.MILD),
        lambda event: D1 <= event.on <= D2 and event.severity is mn.Severity.MILD,
    ),
    (
        strategies.planned_sessions(earliest=D1, latest=D2),
        lambda session: D1 <= session.earliest <= session.preferred <= D2,
    ),
    (
        strategies.dated_cares(earliest=D1, latest=D2),
        lambda care: D1 <= care.first <= care.last <= D2,
    ),
    (
        strategies.progresses(earliest=D1, latest=D2, fewest_events=2, most_events=4),
        lambda p: D1 <= p.assessment.on <= D2 and 3 <= len(p.entries) <= 5,
    ),
    (
        strategies.schedules(earliest=D1, latest=D1),
        lambda dated: D1 <= dated.start <= D1 + timedelta(days=60),
    ),
    (
        strategies.input_errors(most_problems=1),
        lambda error: len(error.problems) == 1,
    ),
    *(
        (kind(earliest=D1, latest=D2), lambda event: D1 <= event.on <= D2)
        for kind in (
            strategies.events,
            strategies.assessments,
            strategies.sessions_skipped,
            strategies.sessions_postponed,
            strategies.findings_changed,
        )
    ),
    *(
        (kind(earliest=D1, latest=D2), lambda answer: D1 <= answer.assessment.on <= D2)
        for kind in (
            strategies.answers,
            strategies.offers,
            strategies.asks,
            strategies.defers,
            strategies.refers,
            strategies.declines,
        )
    ),
]
LONGER, SHORTER = mn.NeedleLength(2000), mn.NeedleLength(1000)
IMPOSSIBLE: dict[str, Callable[[], object]] = {
    "longest": lambda: strategies.needle_lengths(shortest=LONGER, longest=SHORTER),
    "longest of a range": lambda: strategies.length_ranges(shortest=LONGER, longest=SHORTER),
    "deepest_nm": lambda: strategies.penetration_depths(shallowest_nm=2, deepest_nm=1),
    "longest_days": lambda: strategies.intervals(shortest_days=30, longest_days=14),
    "shortest_days": lambda: strategies.intervals(shortest_days=0),
    "most": lambda: strategies.session_counts(fewest=101 - 1, most=1),
    "fewest": lambda: strategies.passes(fewest=1.5),  # type: ignore[arg-type]
    "severest": lambda: strategies.concerns(mildest=mn.Severity.SEVERE, severest=mn.Severity.MILD),
    "mildest": lambda: strategies.severities(mildest="mild"),  # type: ignore[arg-type]
    "weakest": lambda: strategies.sources(strongest=mn.Grade.BLOG, weakest=mn.Grade.RCT),
    "last_year": lambda: strategies.sources(first_year=2020, last_year=2015),
    "latest": lambda: strategies.assessments(earliest=D2, latest=D1),
    "latest of offers": lambda: strategies.offers(earliest=D2, latest=D1),
    "latest of steps": lambda: strategies.next_steps(earliest=D2, latest=D1),
    "latest of schedules": lambda: strategies.schedules(earliest=D2, latest=D1),
    "latest of put off": lambda: strategies.sessions_postponed(
        earliest=date(2199, 12, 31), latest=date(2199, 12, 31)
    ),
    "earliest": lambda: strategies.exposures(earliest="2026-03-01"),  # type: ignore[arg-type]
    "knowledge": lambda: strategies.courses(knowledge="2026.1"),  # type: ignore[arg-type]
    "knowledge of steps": lambda: strategies.waits(knowledge=1),  # type: ignore[arg-type]
    "most_events": lambda: strategies.progresses(fewest_events=3, most_events=2),
    "fewest_events": lambda: strategies.progresses(fewest_events=-1),
    "most_problems": lambda: strategies.input_errors(most_problems=0),
}


class TestBounds:
    """Bounds are kept, and impossible ones are refused at once."""

    @pytest.mark.parametrize("place", range(len(BOUNDED)))
    def test_kept(self, place: int) -> None:
        strategy, within = BOUNDED[place]
        assert all(map(within, drawn(strategy, share(40).max_examples)))

    @pytest.mark.parametrize("name", IMPOSSIBLE)
    def test_refused(self, name: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            IMPOSSIBLE[name]()
        assert caught.value.path == name.split(maxsplit=1)[0]

    def test_both_ends_are_drawn(self) -> None:
        counts = drawn(strategies.session_counts(fewest=3, most=4), 100)
        assert {(count.fewest, count.most) for count in counts} == {(3, 3), (3, 4), (4, 4)}

    def test_an_edition_of_ones_own(self) -> None:
        """Answers, ledgers and steps are those of the edition that is given."""
        tables: Any = mn.load("2026.1").plain()
        tables["edition"]["id"] = "mine"
        tables["protocols"] = [row for row in tables["protocols"] if row["id"] == "ageing-home"]
        mine = mn.Knowledge(canonical_form(tables))
        offered = drawn(strategies.offers(knowledge=mine), 20)
        assert {option.protocols for offer in offered for option in offer.options} == {
            ("ageing-home",)
        }
        for strategy in (
            strategies.refers(knowledge=mine),
            strategies.waits(knowledge=mine),
            strategies.comparisons(knowledge=mine),
        ):
            assert {value.edition for value in drawn(strategy, 10)} == {"mine"}
        for progress in drawn(strategies.progresses(knowledge=mine), 10):
            assert progress.editions == (mine,)


class TestWhatIsMade:
    """What the library makes of what is drawn is varied enough to find something."""

    def test_answers_are_those_of_the_edition(self) -> None:
        for answer in drawn(strategies.answers(), 100):
            assert mn.recommend(answer.assessment, mn.latest()) == answer

    def test_every_protocol_but_doubles_is_offered(self) -> None:
        offers = drawn(strategies.offers(), 400)
        offered = {name for o in offers for option in o.options for name in option.protocols}
        assert len(offered) > len(mn.latest().protocols) * 0.8
        assert any(offer.lifted for offer in offers)
        assert any(len(offer.assessment.concerns) > 1 for offer in offers)

    @pytest.mark.heavy
    def test_ledgers_hold_every_event(self) -> None:
        ledgers = drawn(strategies.progresses(most_events=10), 500)
        events = [event for ledger in ledgers for event in ledger.events]
        assert set(map(type, events)) == set(get_args(get_args(mn.Event)[0]))
        overridden = [event.override for event in events if isinstance(event, mn.SessionDone)]
        named = [override.safeguards for override in overridden if override is not None]
        assert set().union(*named) == set(mn.Safeguard)
        assert None in overridden

    def test_schedules_are_dated_anew(self) -> None:
        dated = drawn(strategies.schedules(), 200)
        assert {schedule.revision for schedule in dated} == {0, 1}
        assert any(schedule.sessions[0].held_on for schedule in dated)
        assert any(session.cancelled for schedule in dated for session in schedule.sessions)
        assert any(session.days_beyond for schedule in dated for session in schedule.sessions)

    def test_editions(self) -> None:
        """Shipped ones and like ones, all of which can be asked."""
        held = drawn(strategies.knowledges(), 10)
        assert mn.latest() in held
        for knowledge in held:
            assert knowledge.protocols == mn.latest().protocols
            mn.from_tables(knowledge.plain())


PLUGIN = "import hypothesis, sys\nfrom hypothesis import strategies as st\n"
TYPES = (
    "from typing import get_args\n"
    "for name in mn.__all__:\n"
    "    kind = getattr(mn, name)\n"
    "    if isinstance(kind, type) or name in ('Answer', 'Event', 'NextStep'):\n"
    "        found = find(st.from_type(kind), lambda _: True, settings=quick)\n"
    "        kinds = kind if isinstance(kind, type) else get_args(kind)[0]\n"
    "        assert isinstance(found, kinds), name\n"
    "        count += 1\n"
    "print(count)"
)
QUICK = (
    "from hypothesis import find, settings, Phase\n"
    "quick = settings(max_examples=3, database=None, phases=[Phase.generate])\ncount = 0\n"
)


class TestThePlugin:
    """Hypothesis finds our types by itself, in any order of imports, and pays next to nothing."""

    @pytest.mark.parametrize(
        "imports",
        [
            "import hypothesis\nimport microneedling as mn\n",
            pytest.param(
                "import microneedling as mn\nimport hypothesis\n", marks=pytest.mark.heavy
            ),
            pytest.param(
                "import microneedling as mn\nmn.Assessment, mn.Offer, mn.Problem\n"
                "import hypothesis\n",
                marks=pytest.mark.heavy,
            ),
            "import microneedling as mn\n[getattr(mn, n) for n in mn.__all__]\nimport hypothesis\n",
        ],
    )
    def test_every_type_in_a_fresh_process(self, imports: str) -> None:
        code = f"{imports}from hypothesis import strategies as st\n{QUICK}{TYPES}"
        assert run(code) == str(len(CLASSES) + len(UNIONS))

    def test_what_the_import_of_hypothesis_loads(self) -> None:
        """Three rooms of ours that import nothing; neither attrs nor more of Hypothesis itself."""
        listed = (
            f"{PLUGIN}print([m for m in sorted(sys.modules) if "
            "m.startswith(('attr', 'microneedling')) or m.endswith('_internal.types')])"
        )
        alone = run(listed, {"HYPOTHESIS_NO_PLUGINS": "1"})

        assert alone == "[]"
        assert run(listed) == str(
            [
                "microneedling",
                "microneedling._foundation",
                "microneedling._foundation.hypothesis_hook",
                "microneedling._foundation.public_names",
                "microneedling._hypothesis_plugin",
            ]
        )

    def test_registering_loads_no_strategy(self) -> None:
        """Nor does asking for what is above our types: that gives what it gave."""
        code = (
            f"{PLUGIN}import microneedling as mn\nmn.Assessment, mn.InputError\n"
            "st.from_type(Exception).validate()\nst.from_type(ValueError).validate()\n"
            "st.from_type(mn.Severity).validate()\n"
            "assert 'InputError' not in repr(st.from_type(ValueError))\n"
            "print(any(m.startswith('microneedling.strategies') for m in sys.modules))"
        )
        assert run(code) == "False"

    def test_only_what_is_public_is_registered(self) -> None:
        """Neither what is private, nor what attrs made first, nor a class of somebody else's."""
        code = (
            f"{PLUGIN}import attrs\nimport microneedling as mn\n"
            "from hypothesis.strategies._internal import types\n"
            "for name in mn.__all__: getattr(mn, name)\n"
            "@attrs.frozen\nclass Assessment(mn.Assessment):\n    pass\n"
            "@attrs.frozen\nclass Own(mn.Source):\n    pass\n"
            "ours = [k for k in types._global_type_lookup if "
            "getattr(k, '__module__', '').startswith('microneedling')]\n"
            "assert not {Assessment, Own} & set(types._global_type_lookup)\n"
            "assert all(getattr(mn, k.__name__) is k for k in ours)\n"
            "print(len(ours))"
        )
        assert run(code) == str(len(KINDS))

    def test_plugins_switched_off(self) -> None:
        """The strategies work all the same, when they are imported."""
        code = (
            "from microneedling import strategies as mns\n"
            "from hypothesis import find\n"
            "print(find(mns.assessments(), lambda _: True).setting.value)"
        )
        assert run(code, {"HYPOTHESIS_NO_PLUGINS": "1"}) == "clinic"

    def test_without_hypothesis(self) -> None:
        """All else works, and the strategies say what to install."""
        code = (
            "import sys\nsys.modules['hypothesis'] = None\n"
            "import microneedling as mn\nfor name in mn.__all__: getattr(mn, name)\n"
            "try:\n    import microneedling.strategies\n"
            "except ModuleNotFoundError as error:\n    print(error.name, '|', error)"
        )
        assert run(code) == (
            "hypothesis | the strategies need Hypothesis; install the extra: "
            'pip install "microneedling[hypothesis]"'
        )
