"""
Documents by the million: no crash, no hang, no wrong acceptance.

    python -m tests.fuzz [--documents N] [--seed S]
    python -m tests.fuzz --exhaustive

Half of the documents are golden ones with bytes changed, half with changes of what they say, a
part of these read as plain data as well. With ``--exhaustive``, every truncation and every change
of one byte of ten golden documents. What must hold of each is in ``tests/holding.py``.
"""

import argparse
import faulthandler
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from random import Random
from time import perf_counter
from typing import Any

import microneedling as mn
from tests import goldens, mutations
from tests.holding import Counts, hold, hold_plain, watch

CHUNK = 2_000
# Of documents up to so many bytes; what is longer is seldom taken, since it takes long.
SIZES = ((1_200, 0.92), (3_000, 0.06), (9_000, 0.015), (10**9, 0.005))
# An edition is two hundred times as long as most, and audited as a whole.
EDITIONS = 0.0003
# Every bit of it is changed, not every byte to every other; and of the longest, now and then one.
LONG = "decline"
LONGEST = "offer"
EVERY = 97


@cache
def _documents() -> tuple[list[list[tuple[Any, bytes, Any]]], list[float]]:
    """Give all golden documents, with their kinds and as plain data, by their size."""
    groups: list[list[tuple[Any, bytes, Any]]] = [[] for _ in SIZES]
    for name in goldens.names():
        data, kind = goldens.document(name), goldens.kind_of(name)
        place = next(place for place, (most, _) in enumerate(SIZES) if len(data) <= most)
        kinds = {kind}
        for union in (mn.Answer, mn.NextStep, mn.Event):
            if kind in union.__args__:
                kinds.add(union)
        # What decides about people is tried most.
        often = 4 if name in goldens.MEANINGS else 1
        groups[place] += [(one, data, json.loads(data)) for one in kinds for _ in range(often)]
    return groups, [weight for _, weight in SIZES]


@cache
def _edition() -> tuple[Any, bytes, Any]:
    data = mn.to_json(mn.load("2026.1"))
    return mn.Knowledge, data, json.loads(data)


def chunk(seed: int, number: int, count: int) -> Counts:
    """Try some documents; the same for the same seed and number."""
    # No secret is made with it.
    random = Random(f"{seed} {number}")  # noqa: S311
    counts = Counts()
    groups, weights = _documents()
    everything = [document for group in groups[:-1] for document in group]
    for _ in range(count):
        kind, data, plain = random.choice(random.choices(groups, weights)[0])
        if random.random() < EDITIONS:
            kind, data, plain = _edition()
        _, other, others = random.choice(everything)
        what = random.random()
        if what < 0.45:
            hold(mutations.of_bytes(data, random, other), kind, counts)
            continue
        changed = mutations.of_data(plain, random, others)
        if what < 0.9:
            hold(json.dumps(changed), kind, counts)
        elif what < 0.95:
            hold(mutations.twice(json.dumps(changed), random), kind, counts)
        else:
            hold_plain(changed, kind, counts)
    return counts


def truncations(name: str) -> Iterator[bytes]:
    """Give every truncation of a golden document but that of its last line feed."""
    data = goldens.document(name)
    yield from (data[:end] for end in range(len(data) - 1))


def changes(name: str) -> Iterator[bytes]:
    """Give a golden document with one byte changed: every byte, to every other."""
    data = goldens.document(name)
    for place in range(len(data)):
        others: Any = range(256)
        if name == LONG:
            others = [data[place] ^ 1 << bit for bit in range(8)]
        elif name == LONGEST:
            others = [data[place] ^ 1] if place % EVERY == 0 else []
        for other in others:
            if other != data[place]:
                yield data[:place] + bytes([other]) + data[place + 1 :]


def exhaustive(name: str, part: int, parts: int) -> tuple[str, Counts]:
    """Try a share of the changes of a golden document, and with the first its truncations."""
    counts = Counts()
    kind = goldens.kind_of(name)
    if part == 0:
        for data in truncations(name):
            hold(data, kind, counts)
        if counts.accepted:
            counts.wrong.append(f"a truncation of {name} is accepted")
    for number, data in enumerate(changes(name)):
        if number % parts == part:
            hold(data, kind, counts)
    return name, counts


def _run(documents: int, seed: int, workers: int) -> Counts:
    total = Counts()
    shares = [min(CHUNK, documents - start) for start in range(0, documents, CHUNK)]
    with ProcessPoolExecutor(workers, initializer=_begin) as pool:
        jobs = [pool.submit(chunk, seed, number, count) for number, count in enumerate(shares)]
        for job in jobs:
            total.add(job.result())
    return total


def _run_exhaustive(workers: int) -> Counts:
    total = Counts()
    names = [*goldens.MEANINGS, LONGEST]
    parts = 2 * workers
    with ProcessPoolExecutor(workers, initializer=_begin) as pool:
        jobs = [pool.submit(exhaustive, n, part, parts) for n in names for part in range(parts)]
        each: dict[str, Counts] = {name: Counts() for name in names}
        for job in jobs:
            name, counts = job.result()
            each[name].add(counts)
    for name, counts in each.items():
        print(
            f"{name}, {len(goldens.document(name))} bytes: {counts.documents} documents, "
            f"accepted {counts.accepted}, refused {counts.refused}"
        )
        total.add(counts)
    return total


def _begin() -> None:
    watch()
    # For what not even a signal stops.
    faulthandler.enable()


def main() -> int:
    """Run the fuzzer; 0 if all held."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--exhaustive", action="store_true")
    given = parser.parse_args()
    start = perf_counter()
    if given.exhaustive:
        total = _run_exhaustive(given.workers)
    else:
        total = _run(given.documents, given.seed, given.workers)
    print(total)
    print(f"seed {given.seed}, {perf_counter() - start:.0f} s")
    return 0 if total.well else 1


if __name__ == "__main__":
    sys.exit(main())
