"""
What plain, healthy patients are answered: ``python -m tests.plain``.

Adults of whom everything was asked and nothing found, at the sites where each indication is usually
treated, at every severity; and pairs of common concerns of one face. It prints shares, without a
target, and lists what is not offered, or offered without a count or an interval, to be read.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import microneedling as mn

FACE = ("forehead", "cheek", "chin", "face")
USUAL = {
    "acne_scar_unspecified": (*FACE, "temple", "nose", "perioral", "trunk"),
    "acne_scar_rolling": (*FACE, "temple", "nose", "perioral", "trunk"),
    "acne_scar_boxcar": (*FACE, "temple", "nose", "perioral", "trunk"),
    "fine_lines": (
        *("forehead", "glabella", "periorbital", "cheek"),
        *("perioral", "face", "neck", "decolletage"),
    ),
    "deep_wrinkles": (
        *("forehead", "glabella", "periorbital", "cheek"),
        *("perioral", "face", "neck", "decolletage"),
    ),
    "laxity": ("face", "cheek", "neck", "abdomen"),
    "ageing_skin": ("face", "cheek", "neck", "decolletage", "hand"),
    "prevention": ("face", "cheek", "neck", "decolletage", "hand"),
    "photodamage": ("face", "cheek", "neck", "decolletage", "hand", "limb"),
    "hyperpigmentation": (
        *("face", "cheek", "forehead", "periorbital"),
        *("neck", "decolletage", "hand", "trunk"),
    ),
    "post_inflammatory_hyperpigmentation": (*FACE, "trunk", "limb"),
    "melasma": ("face", "cheek", "forehead", "perioral", "nose"),
    "enlarged_pores": ("face", "nose", "cheek", "forehead"),
    "product_absorption": ("face", "scalp"),
    "surgical_scar": (
        *(*FACE, "nose", "perioral", "neck", "hand"),
        *("abdomen", "trunk", "limb", "scalp"),
    ),
    "traumatic_scar": (
        *(*FACE, "nose", "perioral", "neck", "hand"),
        *("abdomen", "trunk", "limb", "scalp"),
    ),
    "burn_scar": ("face", "neck", "hand", "trunk", "limb"),
    "striae": ("abdomen", "trunk", "limb"),
    "androgenetic_alopecia": ("scalp",),
}
COMMON = (
    *("fine_lines", "deep_wrinkles", "laxity", "ageing_skin", "photodamage", "hyperpigmentation"),
    *("post_inflammatory_hyperpigmentation", "melasma", "enlarged_pores"),
    *("acne_scar_rolling", "acne_scar_boxcar"),
)


def _assessment(site: str, severity: mn.Severity, *indications: str) -> mn.Assessment:
    return mn.Assessment(
        on=date(2026, 11, 22),
        site=mn.Site(site),
        setting=mn.Setting.CLINIC,
        concerns=[
            mn.Concern(indication=mn.Indication(code), severity=severity) for code in indications
        ],
        skin_type=mn.SkinType.III,
        age_years=35,
        screening=mn.Screening.complete(),
    )


def alone() -> Iterator[mn.Assessment]:
    """One concern each, where it is usually treated."""
    for indication, sites in USUAL.items():
        for site in sites:
            for severity in mn.Severity:
                yield _assessment(site, severity, indication)


def pairs() -> Iterator[mn.Assessment]:
    """Two common concerns of one face."""
    for both in combinations(COMMON, 2):
        yield _assessment("face", mn.Severity.MODERATE, *both)


def _missing(course: mn.Course) -> str:
    told = {"sessions": course.sessions, "interval": course.interval}
    return ", ".join(name for name, figure in told.items() if figure is None)


def counted(assessments: Iterator[mn.Assessment], knowledge: mn.Knowledge) -> Counter[str]:
    """Count the answers, and list those to be read."""
    counts: Counter[str] = Counter()
    listed: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for given in assessments:
        answer = mn.recommend(given, knowledge)
        counts[answer.verdict.value] += 1
        name = " + ".join(concern.indication.value for concern in given.concerns)
        grade = given.concerns[0].severity
        where = f"{given.site.value} {grade.value if grade else ''}"
        if not answer.options:
            why = ", ".join(dict.fromkeys(reason.rule for reason in answer.because))
            listed[name, answer.verdict.value, why].append(where)
            continue
        missing = _missing(answer.options[0])
        counts["incomplete" if missing else "complete"] += 1
        if missing:
            listed[name, "offer without", missing].append(where)
    for told, places in listed.items():
        print(f"  {': '.join(told)}: {'; '.join(places)}")
    return counts


def main() -> None:
    """Print shares and lists."""
    parser = argparse.ArgumentParser(prog="python -m tests.plain", description=__doc__)
    parser.parse_args()
    knowledge = mn.load("2026.1")
    for title, assessments in (("one concern", alone()), ("two concerns", pairs())):
        counts = counted(assessments, knowledge)
        shares = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        whole = sum(counts[verdict.value] for verdict in mn.Verdict)
        print(f"{title}: {whole} assessments: {shares}")


if __name__ == "__main__":
    main()
