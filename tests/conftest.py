"""What all tests share."""

from collections import Counter
from importlib.util import find_spec

import pytest
from hypothesis import Phase, settings

import microneedling as mn

# Doctests import every module; without their groups these cannot be.
_NEED = {"benchmarks/peers.py": ("pydantic", "msgspec"), "house/catalogues.py": ("babel",)}
collect_ignore = [path for path, needs in _NEED.items() if not all(map(find_spec, needs))]

# To explain a failure takes longer than to find it, and the examples that are tested find many.
PHASES = [phase for phase in Phase if phase is not Phase.explain]

# The first as a rule, half the laws in CI, where coverage makes each example slow; `nox -s full`
# runs the laws whole, and what is thorough.
QUICK, CI, LAWS, MEASURED = 100, 150, 300, 30
settings.register_profile(
    "quick", deadline=None, derandomize=True, max_examples=QUICK, phases=PHASES
)
settings.register_profile("ci", settings.get_profile("quick"), max_examples=CI)
# Where coverage is measured: each law holds in a run of its own, and lines are soon reached.
settings.register_profile("measured", settings.get_profile("quick"), max_examples=MEASURED)
settings.register_profile("laws", settings.get_profile("quick"), max_examples=LAWS)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=5000)
settings.load_profile("quick")


def share(examples: int) -> settings:
    """Give settings with as many examples in CI, and with its share of them where it is quick."""
    return settings(max_examples=max(1, examples * min(settings().max_examples, LAWS) // LAWS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests were left out: each reason once. With ``-rs`` it is said where, too."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        told = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        reasons[str(told).removeprefix("Skipped: ")] += 1
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} left out: {reason}")


@pytest.fixture(scope="session")
def knowledge() -> mn.Knowledge:
    """The first edition."""
    return mn.load("2026.1")
