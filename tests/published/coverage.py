"""
How much of what others publish the edition holds: ``python -m tests.published.coverage``.

Lists of contraindications, of care and of side effects, and protocols and charts of needle
lengths, as they were read; README.md says how they are counted. ``--quarters`` counts some of the
lists, ``--laxer`` lists each item that a list says more strictly than the edition.
"""

import argparse
import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import microneedling as mn

Row = dict[str, str]

HERE = Path(__file__).parent
# Each group of kinds, the file of its items and the kind of list that holds them.
GROUPS = {
    "contraindication": ("contraindications", "contraindications"),
    "care": ("aftercare", "aftercare"),
    "side_effect": ("side_effects", "side_effects"),
}
# The kind of list that each file of items is of.
KIND_OF = {**dict(GROUPS.values()), "protocols": "protocols", "charts": "charts"}
VERDICTS = ("same", "stricter", "laxer")
NOT_ADOPTED, AS_CARE, UNHELD = "not adopted", "as care or consent", "not represented"
TALLIED = (*VERDICTS, NOT_ADOPTED, AS_CARE, UNHELD)
# Besides what the edition marks as prescribed: a disease is its finding, a drug is what is told.
PRESCRIBED = {"autoimmune_therapy"}
DAY = date(2026, 11, 29)
# Where an indication is treated when a list names no site.
WHERE = {
    "surgical_scar": "abdomen",
    "burn_scar": "limb",
    "striae": "abdomen",
    "striae_red": "abdomen",
    "striae_white": "abdomen",
    "hypertrophic_scar": "abdomen",
    "keloid_scar": "trunk",
    "androgenetic_alopecia": "scalp",
    "alopecia_areata": "scalp",
    "periorbital_pigmentation": "periorbital",
    "lip_scar": "upper_lip_skin",
    "vitiligo": "limb",
    "warts": "hand",
}
ELSEWHERE = "face"


def read(path: Path) -> list[Row]:
    """Read a table; a file that is not there holds no rows."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    """Split what is joined in one cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


LISTS = {(row["kind"], row["id"]): row for row in read(HERE / "lists.csv")}
COMPATIBLE = {(row["says"], row["level"]): row["verdict"] for row in read(HERE / "compatible.csv")}
SAYS = {said for said, _ in COMPATIBLE}
KINDS = {(row["group"], row["kind"]): row for row in read(HERE / "kinds.csv")}


def wording(kind: str, name: str) -> str:
    """Give the first list of the same wording, or the source of the edition that it repeats."""
    while (kind, name) in LISTS and (first := LISTS[kind, name]["shares_wording_with"]):
        name = first
    return name


class Lists(NamedTuple):
    """The lists that are counted: of every quarter, or of some."""

    quarters: frozenset[str] = frozenset("1234")

    def items(self, name: str) -> list[Row]:
        """Read the items of these lists."""
        kind = KIND_OF[name]
        rows = read(HERE / f"{name}.csv")
        return [row for row in rows if LISTS[kind, row["list"]]["quarter"] in self.quarters]

    def known(self, kind: str) -> set[str]:
        """Give the wordings that earlier quarters have."""
        earlier = (
            key
            for key, row in LISTS.items()
            if key[0] == kind and row["quarter"] < min(self.quarters)
        )
        return {wording(*key) for key in earlier}

    def independent(self, kind: str, names: Iterable[str]) -> set[str]:
        """Give each wording once, and none that an earlier quarter has."""
        return {wording(kind, name) for name in names} - self.known(kind)


class Told(NamedTuple):
    """An item of a list of contraindications, beside the edition."""

    item: Row
    verdict: str
    edition: str
    level: str = ""


class Edition:
    """What can be looked up in the newest edition."""

    def __init__(self) -> None:
        self.knowledge = mn.latest()
        self.codes = {
            "finding": {row.finding.value for row in self.knowledge.findings},
            "care": {row.code for row in self.knowledge.care},
            "side_effect": {row.effect.value for row in self.knowledge.effects},
            "need": {row.aspect.value for row in self.knowledge.needs},
        }
        # The day before a session on which a step begins.
        self.begins = {row.code: -row.from_day for row in self.knowledge.care if row.from_day < 0}

    def named(self, row: Row) -> list[tuple[str, str]]:
        """Give the codes of a kind with their tables."""
        own = {"contraindication": "finding"}.get(row["group"], row["group"])
        pairs = [code.rpartition(":") for code in split(row["code"])]
        return [(table or own, code) for table, _, code in pairs]

    def represents(self, row: Row | None) -> bool:
        """Tell whether the edition has every code of a kind, and there is one."""
        named = self.named(row) if row else []
        return bool(named) and all(code in self.codes[table] for table, code in named)

    def judged(self, item: Row, row: Row | None) -> Told:
        """Set an item beside the edition: of several findings the laxest counts."""
        if row is None or not self.represents(row) or item["says"] not in SAYS:
            return Told(item, UNHELD, "nothing")
        codes = {"finding": list[str](), "care": list[str](), "need": list[str]()}
        for table, code in self.named(row):
            codes[table].append(code)
        if not codes["finding"]:
            return Told(item, AS_CARE, "; ".join(code for _, code in self.named(row)))
        rules = [self.knowledge.finding(mn.Finding(code)) for code in codes["finding"]]
        prescribed = any(rule.nature is mn.Nature.PRESCRIBED for rule in rules)
        if item["says"] == "stop_drug" and (prescribed or item["kind"] in PRESCRIBED):
            return Told(item, NOT_ADOPTED, "; ".join(rule.level.value for rule in rules))
        care = max((self.begins.get(code, 0) for code in codes["care"]), default=0)
        each = [self._beside(item, rule, care) for rule in rules]
        return min(each, key=lambda told: ("laxer", "same", "stricter").index(told.verdict))

    @staticmethod
    def _beside(item: Row, rule: mn.FindingRule, care_days: int) -> Told:
        """Set an item beside one finding: its level, and where both print days the days."""
        dated = item["says"] in {"wait", "stop_drug", "caution"} and bool(item["wait_days"])
        # What a list waits for counts from the end of it, as the wait of the edition does.
        after = rule.wait if dated else None
        level = rule.level if after is None else after.level
        verdict = COMPATIBLE[item["says"], level.value]
        days = after.days if after is not None else care_days
        told = f"{rule.finding.value}: {level.value}{f', {days} days' if days else ''}"
        open_ended = after is None and level >= mn.Level.CLEAR_FIRST and level != mn.Level.DEFER
        if dated and verdict == "same" and not open_ended and item["says"] != "caution":
            asked = float(item["wait_days"])
            verdict = "laxer" if days < asked else "stricter" if days > asked else "same"
        return Told(item, verdict, told, level.value)


def share(part: int, whole: int) -> str:
    """Write a count and its per cent."""
    return f"{part} of {whole} ({100 * part / whole:.1f}%)" if whole else "0 of 0"


def told(edition: Edition, lists: Lists) -> list[Told]:
    """Set every item of the lists of contraindications beside the edition."""
    items = lists.items("contraindications")
    return [edition.judged(item, KINDS.get(("contraindication", item["kind"]))) for item in items]


def witnesses(lists: Lists, group: str) -> dict[str, set[str]]:
    """Give the independent wordings that name each kind."""
    file, kind = GROUPS[group]
    naming: dict[str, set[str]] = {}
    for item in lists.items(file):
        naming.setdefault(item["kind"], set()).add(item["list"])
    return {key: lists.independent(kind, names) for key, names in naming.items()}


def group_lines(edition: Edition, lists: Lists, group: str) -> Iterator[str]:
    """Count one group of lists."""
    file, kind = GROUPS[group]
    items = lists.items(file)
    if not items:
        return
    names = {item["list"] for item in items}
    independent = lists.independent(kind, names)
    repeats = sum(wording(kind, name) in lists.known(kind) for name in names)
    of_edition = sum(name.startswith("edition:") for name in independent)
    naming = witnesses(lists, group)
    held = {key for key in naming if edition.represents(KINDS.get((group, key)))}
    twice = {key for key, wordings in naming.items() if len(wordings) > 1}
    against = {key for key in held & twice if KINDS[group, key]["how"].startswith("contradicted")}
    yield f"{group}:"
    yield f"  lists {len(names)}, independent {len(independent)}"
    if of_edition:
        yield f"    of these repeat a source of the edition: {of_edition}"
    if repeats:
        yield f"    lists that repeat the wording of another quarter, left out there: {repeats}"
    yield f"  items {len(items)}"
    yield f"  kinds named {len(naming)}, by two or more independent lists {len(twice)}"
    yield f"  of these represented {share(len(held & twice), len(twice))}"
    if against:
        yield f"    of these contradicted: {', '.join(sorted(against))}"
    if twice - held:
        yield f"    not represented: {', '.join(sorted(twice - held))}"
    yield f"  all kinds represented {share(len(held), len(naming))}"
    within = sum(item["kind"] in held for item in items)
    yield f"  items represented {share(within, len(items))}"
    unknown = sorted(key for key in naming if (group, key) not in KINDS)
    if unknown:
        yield f"  kinds that kinds.csv does not have, not represented: {', '.join(unknown)}"


def strictness_lines(edition: Edition, lists: Lists) -> Iterator[str]:
    """Count, by list and in all, what is as strict as the lists, stricter or laxer."""
    beside = told(edition, lists)
    if not beside:
        return
    by_list: dict[str, Counter[str]] = {}
    for one in beside:
        by_list.setdefault(one.item["list"], Counter())[one.verdict] += 1
    yield "contraindications by list (in a clinic, an adult who is healthy otherwise):"
    for name, counts in sorted(by_list.items()):
        yield f"  {name}: {', '.join(f'{key} {counts[key]}' for key in TALLIED if counts[key])}"
    total = sum(by_list.values(), Counter[str]())
    yield "  in all: " + ", ".join(f"{key} {total[key]}" for key in TALLIED)
    levelled = sum(total[key] for key in VERDICTS)
    as_strict = total["same"] + total["stricter"]
    yield f"  as strict or stricter, of those with a level: {share(as_strict, levelled)}"
    levels = Counter(one.level for one in beside if one.verdict == "laxer")
    yield "  laxer, by what the edition does: " + _told(levels, (level.value for level in mn.Level))


class Span(NamedTuple):
    """From a least to a most; what is not printed is open."""

    low: float
    high: float

    @classmethod
    def of(cls, row: Row, low: str, high: str) -> "Span | None":
        """Read two cells; None where neither is printed."""
        if not row[low] and not row[high]:
            return None
        return cls(float(row[low] or 0), float(row[high] or math.inf))

    def meets(self, low: float, high: float) -> bool:
        """Tell whether it shares a figure with another."""
        return self.low <= high and low <= self.high


def known(asked: tuple[str, str, str]) -> bool:
    """Tell whether site, setting and indication are codes of the edition."""
    kinds = (mn.Site, mn.Setting, mn.Indication)
    return all(
        code in {member.value for member in kind} for code, kind in zip(asked, kinds, strict=True)
    )


@cache
def options(site: str, setting: str, indication: str) -> tuple[mn.Course, ...]:
    """Give what is offered to an adult of 35, type III, of moderate degree, with no finding."""
    if not known((site, setting, indication)):
        return ()
    asked = mn.Assessment(
        on=DAY,
        site=mn.Site(site),
        setting=mn.Setting(setting),
        concerns=[mn.Concern(indication=mn.Indication(indication), severity=mn.Severity.MODERATE)],
        skin_type=mn.SkinType.III,
        age_years=35,
        screening=mn.Screening.complete(),
    )
    return mn.recommend(asked, mn.latest()).options


def agrees(row: Row, course: mn.Course) -> bool:
    """Tell whether an option shares each figure that a list prints."""
    lengths = Span.of(row, "shortest_um", "longest_um")
    sessions = Span.of(row, "fewest_sessions", "most_sessions")
    days = Span.of(row, "minimum_days", "maximum_days")
    count, gap, offered = course.sessions, course.interval, course.lengths
    if lengths and not lengths.meets(offered.shortest.um, offered.longest.um):
        return False
    if sessions and not (count and sessions.meets(count.fewest, count.most)):
        return False
    return not days or bool(gap and days.meets(gap.minimum_days, gap.maximum_days))


def asked_of(row: Row, site: str) -> Iterator[tuple[str, str, str]]:
    """Give site, setting and indication of each question that a row puts."""
    for indication in split(row["indication"]):
        for place in split(row[site]) or [WHERE.get(indication, ELSEWHERE)]:
            yield place, row["setting"] or "clinic", indication


def protocol_verdict(row: Row, asked: tuple[str, str, str]) -> str:
    """Tell whether an option agrees, only others are offered, or none is."""
    offered = options(*asked)
    if not offered:
        return "none"
    return "same" if any(agrees(row, course) for course in offered) else "other"


def protocol_lines(lists: Lists) -> Iterator[str]:
    """Count protocols: each indication and site of a row by itself, and each row by its best."""
    rows = lists.items("protocols")
    if not rows:
        return
    each, best, without = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        verdicts = {asked: protocol_verdict(row, asked) for asked in asked_of(row, "site")}
        each.update(verdicts.values())
        best[min(verdicts.values(), key=("same", "other", "none").index)] += 1
        without.update(key[2] for key, verdict in verdicts.items() if verdict == "none")
    tally = ("same", "other", "none")
    yield f"protocols: {len(rows)} rows, by the best of each: " + _told(best, tally)
    yield f"  {each.total()} questions of site and indication: " + _told(each, tally)
    if without:
        yield f"  not offered: {', '.join(f'{k} {n}' for k, n in sorted(without.items()))}"


def chart_verdict(row: Row, asked: tuple[str, str, str]) -> str:
    """Set the longest length that is offered beside the top of a chart."""
    if not row["longest_um"]:
        return "no top printed"
    longest = max((course.lengths.longest.um for course in options(*asked)), default=None)
    if longest is None:
        return "none"
    top = float(row["longest_um"])
    return "above" if longest > top else "at" if longest == top else "below"


def chart_lines(lists: Lists) -> Iterator[str]:
    """Count charts: a length at or above their top is laxer, one below stricter."""
    rows = lists.items("charts")
    if not rows:
        return
    counts, without, unasked = Counter[str](), Counter[str](), 0
    for row in rows:
        keyed = {**row, "site": row["area"]}
        questions = list(asked_of(keyed, "site"))
        unasked += not questions
        for asked in questions:
            verdict = chart_verdict(row, asked)
            counts[verdict] += 1
            without[asked[2]] += verdict == "none"
    laxer = counts["at"] + counts["above"]
    yield f"charts: {len(rows)} rows, {counts.total()} questions of site and indication:"
    yield (
        f"  laxer {laxer} (at the chart's top {counts['at']}, above {counts['above']}), "
        f"stricter {counts['below']}, none {counts['none']}"
    )
    yield f"  not compared: no top printed {counts['no top printed']}, no indication {unasked} rows"
    if counts["none"]:
        named = ", ".join(f"{key} {count}" for key, count in sorted(without.items()) if count)
        yield f"  not offered: {named}"


def _told(counts: Counter[str], keys: Iterable[str]) -> str:
    return ", ".join(f"{key} {counts[key]}" for key in keys)


def report(lists: Lists) -> Iterator[str]:
    """Give every tally, line by line."""
    edition = Edition()
    yield f"edition {edition.knowledge.id}, lists of quarters {', '.join(sorted(lists.quarters))}"
    for group in GROUPS:
        yield from group_lines(edition, lists, group)
    yield from strictness_lines(edition, lists)
    yield from protocol_lines(lists)
    yield from chart_lines(lists)


def laxer_lines(lists: Lists) -> Iterator[str]:
    """List each item that a list says more strictly: list, item, list says, edition says."""
    for one in told(Edition(), lists):
        item = one.item
        if one.verdict == "laxer":
            days = f", {item['wait_days']} days" if item["wait_days"] else ""
            yield " | ".join((item["list"], item["item"], f"{item['says']}{days}", one.edition))


def main() -> None:
    """Print the tallies, or each laxer item."""
    parser = argparse.ArgumentParser(prog="python -m tests.published.coverage", description=__doc__)
    parser.add_argument("--quarters", default="1234", help="such as 123, or 4 alone")
    parser.add_argument("--laxer", action="store_true")
    given = parser.parse_args()
    lists = Lists(frozenset(given.quarters))
    for line in laxer_lines(lists) if given.laxer else report(lists):
        print(line)


if __name__ == "__main__":
    main()
