"""
freezegun and time-machine: days that are made while the clock is stopped are days.

freezegun puts a class of its own in the place of `datetime.date`, in every module that is there.
In processes of their own, so that what is imported when is what each case says.
"""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.integrations.recipes import recipe

STOPPED = {
    "freezegun": "from freezegun import freeze_time as stopped",
    "time_machine": "from time_machine import travel as stopped",
}
# As whoever tests an application would: all days come from the clock.
RUN = """
import datetime, pickle, sys
with stopped("2026-11-22"):
    import microneedling as mn
    today, day = datetime.date.today(), datetime.timedelta(1)
    assert today.isoformat() == "2026-11-22"
    knowledge = mn.load("2026.1")
    patient = mn.Assessment(
        on=today, site=mn.Site.ABDOMEN, setting=mn.Setting.CLINIC, skin_type=mn.SkinType.III,
        age_years=34, screening=mn.Screening.complete(),
        concerns=[mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD)],
    )
    answer = mn.recommend(patient, knowledge)
    course = answer.options[0]
    closed = {today + 9 * day}
    planned = mn.schedule(course, today + 9 * day, closed=closed, until=today + 900 * day)
    assert planned.sessions[0].day == today + 10 * day
    ledger = mn.begin(patient, course, knowledge).record(
        mn.SessionDone(on=today + 10 * day, needle_length=course.lengths.shortest)
    )
    step = mn.next_step(ledger, knowledge, today + 20 * day)
    care = mn.care_plan(planned)
    assert care.on(today + 10 * day) == care.on(planned.sessions[0].day)
    before = mn.EarlierSession.within_months(3, before=today, site=mn.Site.CHEEK)
    made = [patient, answer, planned, ledger, step, care, before]
    for value in made:
        assert mn.from_json(mn.to_json(value), type(value)) == value
    # A time of day is no day, stopped or not.
    for wrong in (datetime.datetime.now(), datetime.datetime.today()):
        for refused in (
            lambda: mn.SessionSkipped(on=wrong), lambda: mn.next_step(ledger, knowledge, wrong),
            lambda: mn.schedule(course, wrong),
        ):
            try:
                refused()
            except mn.InputError as error:
                assert error.code == "not_a_date"
            else:
                raise AssertionError(wrong)
data = b"".join(map(mn.to_json, made))
assert {type(patient.on), type(before.from_day), type(step.on)} == {datetime.date}
pickled = pickle.dumps(made)
assert b"freezegun" not in pickled and pickle.loads(pickled) == made
assert hash(patient) == hash(pickle.loads(pickled)[0])
sys.stdout.buffer.write(data)
"""


def _run(code: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def unstopped() -> bytes:
    """What the same days give by the clock as it is."""
    plain = RUN.replace("datetime.date.today()", "datetime.date(2026, 11, 22)")
    return _run(f"import contextlib\nstopped = contextlib.nullcontext{plain}")


@pytest.mark.parametrize("first", [True, False], ids=["imported before", "imported while stopped"])
@pytest.mark.parametrize("name", STOPPED)
def test_values_are_the_same(name: str, first: bool, unstopped: bytes) -> None:  # noqa: FBT001
    """Law: by a stopped clock all is made, found and written as by plain days."""
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    warm = (
        "import microneedling as mn\nfor name in mn.__all__: getattr(mn, name)\n" if first else ""
    )
    assert _run(f"{warm}{STOPPED[name]}{RUN}") == unstopped


def test_the_page() -> None:
    """As it stands."""
    pytest.importorskip("freezegun", reason="freezegun is not installed")
    assert recipe("freezegun and time-machine")
