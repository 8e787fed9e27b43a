"""
The plan: the same few steps on every engine, lazily where the frame is lazy.

Rows become numbers, numbers are looked up in what `decision_tables` and `finding_groups` made of
the edition, and the most cautious of what is found is the verdict. No rule is stated here.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, Final

import narwhals.stable.v2 as nw

from microneedling.frames.answer_columns import VERDICTS, course_columns
from microneedling.frames.column_names import CODED, ERRORS, FLAGS, HOLDS, LISTS, Holds
from microneedling.frames.days import Days, day_texts, each_day
from microneedling.frames.decision_tables import (
    AGES,
    ASK,
    DEFER,
    OFFER,
    SETTINGS,
    SITES,
)
from microneedling.frames.engines import Column, Engine, Kind, Text
from microneedling.frames.finding_columns import Part
from microneedling.frames.finding_groups import (
    ACTIVE,
    ASKED,
    CONTEXT,
    DAY,
    FUTURE,
    LISTED,
    ONGOING,
    OUTSIDE,
    OVER,
    PERSON,
    RULED_OUT,
    TIMED,
    Digit,
    Group,
    Said,
)
from microneedling.frames.input_columns import OURS, Inputs
from microneedling.frames.numbered_tables import CODES, TREATED, Numbers
from microneedling.values.reasons import Verdict
from microneedling.values.vocabulary import Finding

__all__ = ["Plan"]


def _ours(name: str) -> str:
    return f"{OURS}{name}"


def _col(name: str) -> nw.Expr:
    return nw.col(_ours(name))


def _highest(values: Sequence[nw.Expr]) -> nw.Expr:
    return nw.max_horizontal(*values) if len(values) > 1 else values[0]


class Plan:
    """What is done with the rows of tables that have some columns."""

    def __init__(self, numbers: Numbers, inputs: Inputs, engine: Engine) -> None:
        self._numbers = numbers
        self._groups = numbers.groups
        self._problems = numbers.problems
        self._inputs = inputs
        self._named = inputs.named
        self._days = Days(inputs, self._source)
        self._read_here = inputs.texts | ({"on"} if inputs.dayless else set())
        self._engine = engine

    def applied(self, native: Any) -> Any:
        """Add the answers' columns to a frame of the engine."""
        given, engine = self._named.given, self._engine
        texts = {_ours(n): Text(given[n], CODES[n]) for n in CODED if n in given}
        native = engine.numbered(native, texts)
        native = self._read(native)
        native = self._count_lists(native)
        native = self._step(native, self._placed())
        native = self._look_up(native, "place", {"context": Column(self._numbers.contexts)})
        patient = {
            "person": Column(self._numbers.persons),
            "fit": Column(self._numbers.fits),
            "person_problem": Column(self._numbers.person_problems),
        }
        native = self._look_up(native, "patient", patient)
        groups = {f"group_{n}": self._group(n, group) for n, group in enumerate(self._groups)}
        native = self._step(native, groups)
        for number, group in enumerate(self._groups):
            native = self._look_up(native, f"group_{number}", self._meaning(number, group))
        treated = {
            "kind": Column(self._numbers.kinds),
            "cell_problem": Column(self._numbers.cell_problems),
        }
        native = self._look_up(native, "subject", treated)
        native = self._step(native, {"cell": _col("kind") * self._numbers.width + _col("fit")})
        cell = {
            "voice_cell": Column(self._numbers.meant),
            "outcome": Column(self._numbers.outcomes),
        }
        native = self._look_up(native, "cell", cell)
        for pair in self._numbers.pairs:
            place = f"{pair.name}_place"
            both = _col(pair.second) * pair.width + _col(pair.first)
            native = self._step(native, {place: both})
            native = self._look_up(native, place, {pair.name: Column(pair.meant)})
        voices = self._numbers.voices
        for name, said in voices.items():
            native = self._look_up(native, name, self._said(name, said, alone=len(voices) == 1))
        native = self._step(native, self._weighed(voices))
        native = self._step(native, self._answered(voices))
        native = self._look_up(native, "verdict", self._told())
        native = self._look_up(native, "problem", self._wrong())
        native = self._look_up(native, "outcome_told", self._course())
        made = {
            "until": _ours("until"),
            "deciding_findings": _ours("deciding"),
            "clear_first_roles": _ours("roles"),
            "assumed_absent": _ours("assumed"),
        }
        shown = [
            nw.col(made.get(name, _ours(f"out_{name}"))).alias(alias)
            for name, alias in self._named.made.items()
        ]
        # Ours are dropped, not theirs picked: some names of columns are patterns to polars.
        whole = nw.from_native(native).with_columns(*shown)
        ours = [name for name in whole.collect_schema().names() if str(name).startswith(OURS)]
        return whole.drop(ours).to_native()

    def _source(self, name: str) -> str:
        """Name the column that holds an input as it is, or as it was read from text."""
        return _ours(f"read_{name}") if name in self._read_here else self._named.given[name]

    def _read(self, native: Any) -> Any:
        """Read what stands as text, each from its one spelling; the rest cannot be read."""
        made: dict[str, nw.Expr] = {}
        for name in sorted(self._inputs.texts):
            holds = HOLDS[name]
            known = _AGES if holds is Holds.WHOLE else tuple(FLAGS)
            known = day_texts() if holds is Holds.DAY else known
            number = _ours(f"number_{name}")
            text = {number: Text(self._named.given[name], known)}
            native = self._engine.numbered(native, text)
            unreadable = self._problems.number("unreadable", name)
            made[f"wrong_{name}"] = (
                nw.when(nw.col(number) > len(known)).then(nw.lit(unreadable)).otherwise(nw.lit(0))
            )
            if holds is Holds.FLAG:
                flags = {f"read_{name}": Column(_EACH_FLAG, Kind.FLAG)}
                native = self._look_up(native, f"number_{name}", flags)
            elif holds is Holds.WHOLE:
                made[f"read_{name}"] = nw.when(nw.col(number) < len(known)).then(nw.col(number))
            else:
                days = {f"read_{name}": Column(each_day(), Kind.DAY)}
                native = self._look_up(native, f"number_{name}", days)
        if self._inputs.dayless:
            made["read_on"] = nw.lit(None, self._days.kind)
        return self._step(native, made)

    def _step(self, native: Any, made: Mapping[str, nw.Expr]) -> Any:
        if not made:
            return native
        frame = nw.from_native(native)
        return frame.with_columns(**{_ours(n): expr for n, expr in made.items()}).to_native()

    def _look_up(self, native: Any, number: str, columns: Mapping[str, Column]) -> Any:
        named = {_ours(name): column for name, column in columns.items()}
        return self._engine.looked_up(native, _ours(number), named) if columns else native

    def _placed(self) -> dict[str, nw.Expr]:
        """Make the numbers of place, patient and treatment, and say how the days lie."""
        subject = reduce(
            lambda total, name: total * (len(CODES[name]) + 2) + self._coded(name),
            TREATED[1:],
            self._coded("indication"),
        )
        missing, outside, midnight = (
            nw.lit(self._problems.number(code, "on"))
            for code in ("missing", "out_of_range", "not_a_date")
        )
        day = nw.when(self._days.as_it_comes("on").is_null()).then(missing)
        day = day.when(self._days.outside("on")).then(outside)
        timed = self._days.timed("on")
        if timed is not None:
            day = day.when(timed).then(midnight)
        return {
            "place": (_col("indication") * (len(SITES) + 2) + _col("site")) * (len(SETTINGS) + 2)
            + _col("setting"),
            "patient": self._age() * (self._numbers.skins + 1) + self._skin(),
            "subject": subject,
            "on_problem": day.otherwise(nw.lit(0)),
            **{
                f"day_{f.value}": self._last(f, wait)
                for f, (wait, _) in self._numbers.waits.items()
            },
        }

    def _coded(self, name: str) -> nw.Expr:
        return _col(name) if self._named.has(name) else nw.lit(len(CODES[name]))

    def _skin(self) -> nw.Expr:
        # Without a column there is one number, that of what is not known.
        return _col("skin_type") if self._named.has("skin_type") else nw.lit(0)

    def _age(self) -> nw.Expr:
        if not self._named.has("age_years"):
            return nw.lit(0)
        age, unknown = nw.col(self._source("age_years")), len(AGES) - 1
        # Chosen before anything is put beside them: Arrow stops at a number that is too large,
        # and pandas at nothing in place of a number.
        sound = (age >= 0) & (age < unknown)
        known = nw.when(sound).then(age).otherwise(nw.lit(0)).cast(nw.Int32)
        odd = nw.when(age.is_null()).then(nw.lit(unknown)).otherwise(nw.lit(unknown + 1))
        return nw.when(sound).then(known).otherwise(odd).cast(nw.Int32)

    def _last(self, finding: Finding, wait: int | None) -> nw.Expr:
        """Say how a finding's last day lies to the day of the assessment."""
        name, days = Part.LAST_ON.of(finding), self._days
        on, last = days.given("on"), days.given(name)
        told = nw.when(days.as_it_comes(name).is_null()).then(nw.lit(0))
        told = told.when(days.outside(name)).then(nw.lit(OUTSIDE))
        timed = days.timed(name)
        if timed is not None:
            told = told.when(timed).then(nw.lit(TIMED))
        told = told.when(last > on).then(nw.lit(FUTURE))
        if wait is not None:
            told = told.when(on >= last.dt.offset_by(f"{wait}d")).then(nw.lit(OVER))
        return told.otherwise(nw.lit(ACTIVE))

    def _group(self, number: int, group: Group) -> nw.Expr:
        """Add up the digits of a group; lists are added up already."""
        digits = [self._digit(digit) for digit in group.digits if digit.kind not in _IN_LISTS]
        lists = {digit.kind for digit in group.digits if digit.kind in _IN_LISTS}
        digits += [_col(f"sum_{kind}_{number}") for kind in sorted(lists)]
        return reduce(add, digits, nw.lit(0)).cast(nw.Int32)

    def _digit(self, digit: Digit) -> nw.Expr:
        stride = digit.stride
        if digit.finding is None:
            if digit.kind == ASKED:
                return self._where_asked(stride, 0)
            return _col({PERSON: "person", CONTEXT: "context"}[digit.kind]) * stride
        if digit.kind == DAY:
            return _col(f"day_{digit.finding.value}") * stride
        name = (Part.ONGOING if digit.kind == ONGOING else Part.FLAG).of(digit.finding)
        if name in self._inputs.nulls:
            return nw.lit(stride)
        return self._engine.told(nw.col(self._source(name)), stride)

    def _count_lists(self, native: Any) -> Any:
        """Add up what the texts of lists count in each group; a text that is no code is wrong."""
        for kind, name in _IN_LISTS.items():
            if not self._named.has(name):
                continue
            none = dict.fromkeys((finding.value for finding in Finding), 0)
            sums = {_ours(f"sum_{kind}"): none}
            for number, group in enumerate(self._groups):
                strides = {d.finding: d.stride for d in group.digits if d.kind == kind}
                counts = {f.value: stride for f, stride in strides.items() if f is not None}
                if counts:
                    sums[_ours(f"sum_{kind}_{number}")] = none | counts
            native = self._engine.listed(native, self._named.given[name], sums)
            wrong = _col(f"sum_{kind}") < 0
            unknown = nw.lit(self._problems.number("unknown_code", name))
            right = {
                made.removeprefix(OURS): nw.when(wrong).then(nw.lit(0)).otherwise(nw.col(made))
                for made in sums
            }
            told = nw.when(wrong).then(unknown).otherwise(nw.lit(0))
            native = self._step(native, {f"wrong_{name}": told, **right})
        return native

    @staticmethod
    def _meaning(number: int, group: Group) -> dict[str, Column]:
        """Give what a group's number means; what never differs is left out."""
        columns = {
            f"problem_{number}": Column([group.said[place].problem for place in group.meant]),
        }
        told = {name: column for name, column in columns.items() if any(column.values)}
        return {f"voice_{number}": Column(group.meant), **told}

    def _of_groups(self, name: str) -> list[nw.Expr]:
        return [
            _col(f"{name}_{number}")
            for number, group in enumerate(self._groups)
            if any(getattr(said, name) for said in group.said)
        ]

    @staticmethod
    def _said(name: str, said: Sequence[Said], *, alone: bool) -> dict[str, Column]:
        # Where several are put together, each ends with a space.
        def joined(texts: Sequence[tuple[str, ...]]) -> Column:
            whole = [" ".join(some) for some in texts]
            return Column([t or None if alone else t and f"{t} " for t in whole], Kind.TEXT)

        return {
            f"{name}_weight": Column([one.weight for one in said]),
            f"{name}_deciding": joined([one.deciding for one in said]),
            f"{name}_roles": joined([one.roles for one in said]),
            f"{name}_undated": Column([int(one.undated) for one in said]),
        }

    def _weighed(self, voices: Mapping[str, Sequence[Said]]) -> dict[str, nw.Expr]:
        wrong = sorted({*self._inputs.texts, *(n for n in LISTS if self._named.has(n))})
        problems = [
            *(_col(f"{name}_problem") for name in ("on", "cell", "person")),
            *(_col(f"wrong_{name}") for name in wrong),
            *self._of_groups("problem"),
        ]
        # Earlier sessions are asked for where not everything was: no row here tells of any.
        earlier = self._where_asked(0, ASK)
        weights = [*(_col(f"{name}_weight") for name in voices), earlier]
        # Some engines take long to find the highest, and hardly any row has a problem.
        none = reduce(add, problems) == 0
        problem = nw.when(none).then(nw.lit(0)).otherwise(_highest(problems))
        return {"problem": problem, "weight": _highest(weights)}

    def _where_asked(self, then: int, otherwise: int) -> nw.Expr:
        """Give one thing where everything was asked, and another where it was not, or is unsaid."""
        if not self._named.has("everything_asked"):
            return nw.lit(otherwise)
        asked = nw.col(self._source("everything_asked"))
        return nw.when(asked).then(nw.lit(then)).otherwise(nw.lit(otherwise))

    def _answered(self, voices: Mapping[str, Sequence[Said]]) -> dict[str, nw.Expr]:
        right, weight = _col("problem") == 0, _col("weight")
        offered = right & (weight == OFFER)
        return {
            "verdict": nw.when(right).then(weight).otherwise(nw.lit(0)),
            "outcome_told": nw.when(offered).then(_col("outcome")).otherwise(nw.lit(0)),
            "until": self._until(right & (weight == DEFER), voices),
            "deciding": self._named_by("deciding", right, voices),
            "roles": self._named_by("roles", right, voices),
            "assumed": self._where_asked(self._inputs.assumed, otherwise=False),
        }

    @staticmethod
    def _named_by(what: str, right: nw.Expr, voices: Mapping[str, Sequence[Said]]) -> nw.Expr:
        """Name the findings that carry the weight, or who has to clear them."""
        weight = _col("weight")
        if len(voices) == 1:
            return nw.when(right).then(_col(f"{next(iter(voices))}_{what}"))
        told = nw.concat_str(
            *(
                nw.when(_col(f"{name}_weight") == weight)
                .then(_col(f"{name}_{what}"))
                .otherwise(nw.lit(""))
                for name in voices
            )
        )
        return nw.when(right & (told != "")).then(told.str.strip_chars())

    def _until(self, deferred: nw.Expr, voices: Mapping[str, Sequence[Said]]) -> nw.Expr:
        """Give the first day on which no finding defers any more, where that can be told."""
        days = [
            nw.when(_col(f"day_{finding.value}") == ACTIVE).then(
                self._days.given(Part.LAST_ON.of(finding)).dt.offset_by(f"{wait}d")
            )
            for finding, (wait, weight) in self._numbers.waits.items()
            if wait is not None and weight == DEFER
        ]
        if not days:
            on = self._days.given("on")
            return nw.when(on.is_null()).then(on)
        known = deferred
        for name in voices:
            known = known & (_col(f"{name}_undated") == 0)
        return nw.when(known).then(_highest(days).cast(self._days.kind))

    def _told(self) -> dict[str, Column]:
        verdicts = ["invalid", *(verdict.value for verdict in Verdict)]
        editions = [self._numbers.edition] * len(verdicts)
        return {
            "out_verdict": Column(verdicts, Kind.TEXT, VERDICTS),
            "out_edition": Column(editions, Kind.TEXT, (self._numbers.edition,), fixed=False),
        }

    def _wrong(self) -> dict[str, Column]:
        problems = self._problems
        return {
            "out_error": Column(problems.codes, Kind.TEXT, ERRORS),
            "out_error_column": Column(
                problems.columns, Kind.TEXT, problems.known_columns, fixed=False
            ),
        }

    def _course(self) -> dict[str, Column]:
        columns = course_columns(self._numbers.figures, self._numbers.protocols)
        return {f"out_{name}": column for name, column in columns.items()}


_IN_LISTS: Final = {LISTED: "findings", RULED_OUT: "absent"}
_EACH_FLAG: Final = (*FLAGS.values(), None, None)
_AGES: Final = tuple(str(age) for age in AGES if age is not None)
