"""What belongs to every session: all that it needs, for such a patient, and never too little."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.deciding.for_sessions import Circumstances, ForSessions
from tests.ledgers import assessment

LATEST = mn.latest()
ROWS = ForSessions(LATEST)
ABOUT_SESSIONS: list[mn.SessionNeed | mn.CareStep | mn.SideEffect | mn.Response] = [
    *LATEST.needs,
    *LATEST.care,
    *LATEST.effects,
    *LATEST.responses,
]
NAMED = sorted({finding for row in ABOUT_SESSIONS for finding in row.applies_to.findings})
ANTIVIRAL = "start_antiviral_if_cold_sores"


def ids(
    indication: mn.Indication, um: int, devices: tuple[mn.DeviceKind, ...], at: Circumstances
) -> set[str]:
    """Name every row about the sessions of a course."""
    length = mn.NeedleLength(um)
    lengths = mn.LengthRange(shortest=length, longest=length)
    rows = ROWS.rows((indication,), lengths, devices, at)
    return {
        *(f"need {need.id}" for need in rows.needs),
        *(f"care {step.code}" for step in rows.care),
        *(f"effect {effect.id}" for effect in rows.side_effects),
        *(f"response {flag.id}" for flag in rows.red_flags),
    }


circumstances = st.builds(
    Circumstances,
    site=st.sampled_from(mn.Site),
    setting=st.sampled_from(mn.Setting),
    device=st.none() | st.sampled_from(mn.DeviceKind),
    skin_type=st.none() | st.sampled_from(mn.SkinType),
    heeded=st.frozensets(st.sampled_from(NAMED)),
)
asked = {
    "indication": st.sampled_from(mn.Indication),
    "um": st.integers(mn.NeedleLength.MIN.um, mn.NeedleLength.MAX.um),
    "devices": st.sampled_from([(), (mn.DeviceKind.ROLLER,), (mn.DeviceKind.PEN,)]),
}


class TestUnknown:
    """What is not known of a patient takes no row away."""

    @given(at=circumstances, **asked)
    def test_each_answer_brings_a_part_of_what_no_answer_brings(
        self,
        indication: mn.Indication,
        um: int,
        devices: tuple[mn.DeviceKind, ...],
        at: Circumstances,
    ) -> None:
        """Law: rows for an unknown device, skin type or finding hold those of every answer."""
        open_ = at._replace(device=None, skin_type=None, heeded=frozenset(NAMED))
        if at.device is not None and devices and at.device not in devices:
            # A device that the course is not documented with is another course's.
            devices = (at.device,)
        assert ids(indication, um, devices, at) <= ids(indication, um, devices, open_)

    def test_a_finding_that_is_ruled_out_takes_its_rows_away(self) -> None:
        """Law: the antiviral stands where a history of herpes is known or unknown, at the mouth."""

        def told(**screened: object) -> bool:
            screening = mn.Screening(**screened)  # type: ignore[arg-type]
            at = ROWS.circumstances(assessment(screening=screening))
            return f"care {ANTIVIRAL}" in ids(mn.Indication.ACNE_SCAR_ROLLING, 1500, (), at)

        herpes = mn.Finding.HERPES_HISTORY
        assert told()
        assert told(present=[mn.Exposure(finding=herpes)])
        assert not told(absent=[herpes])


def _offers() -> Iterator[mn.Recommendation]:
    for indication, site, setting in product(mn.Indication, mn.Site, mn.Setting):
        held = assessment(indication, site=site, setting=setting)
        answer = mn.recommend(held, LATEST)
        if answer.options:
            yield answer


@pytest.fixture(scope="module")
def courses() -> list[tuple[mn.Assessment, mn.Course]]:
    """Give every course that is offered to somebody of whom everything is known."""
    found = [(one.assessment, course) for one in _offers() for course in one.options]
    assert len({held.concerns[0].indication for held, _ in found}) > 15
    return found


class TestEveryCourse:
    """Every indication, at every site, in clinic and at home, wherever there is an offer."""

    def test_answers_every_aspect(self, courses: list[tuple[mn.Assessment, mn.Course]]) -> None:
        """Law: what a session needs is said of every aspect, if only that nothing is published."""
        for held, course in courses:
            answered = {need.aspect for need in course.needs}
            assert answered == set(mn.NeedAspect), (held, course.protocols)

    def test_says_when_to_stop(self, courses: list[tuple[mn.Assessment, mn.Course]]) -> None:
        """Law: each course carries the emergencies, and all its flags are red, worst first."""
        for _, course in courses:
            actions = [flag.action for flag in course.red_flags]
            assert mn.Action.EMERGENCY in actions
            assert all(flag.red_flag for flag in course.red_flags)
            assert [action.rank for action in actions] == sorted(
                (action.rank for action in actions), reverse=True
            )

    def test_home_is_no_clinic(self, courses: list[tuple[mn.Assessment, mn.Course]]) -> None:
        """Law: at home nobody is told what staff of a clinic numb, and the patient has advice."""
        for held, course in courses:
            codes = {step.code for step in course.care}
            assert any(step.audience is mn.Audience.PATIENT for step in course.care)
            if held.setting is mn.Setting.HOME:
                assert not codes & {"apply_numbing_cream", "remove_numbing_cream"}
                assert "no_actives_at_home" in codes

    def test_the_scalp_is_no_face(self, courses: list[tuple[mn.Assessment, mn.Course]]) -> None:
        """Law: nobody is told to keep make-up off the scalp."""
        told = {
            site: {
                step.code for held, course in courses if held.site is site for step in course.care
            }
            for site in (mn.Site.SCALP, mn.Site.CHEEK)
        }
        assert "no_make_up" in told[mn.Site.CHEEK]
        assert "no_make_up" not in told[mn.Site.SCALP]
