"""What runs in a process of its own: ``python -m tests.benchmarks.tables.child WORK GIVEN``."""

import json
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from tests.benchmarks.table import DifferenceError

from .process import DIFFERENT, MISSING


def _main(work: str, given: Mapping[str, Any]) -> int:
    module, name = work.split(".")
    function = getattr(import_module(f"{__package__}.{module}"), name)
    try:
        made = function(**given)
    except DifferenceError as difference:
        print(str(difference).replace("\n", " "))
        return DIFFERENT
    except ImportError as missing:
        print(missing)
        return MISSING
    print(json.dumps(made))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], json.loads(sys.argv[2])))
