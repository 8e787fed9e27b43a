"""Lengths are exact, bounded, always with a unit, and never mixed with anything else."""
# ruff: noqa: ANN401 - values of any type are refused; the class's docstring is the law

import copy
import operator
import pickle
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.strategies import length_ranges, needle_lengths

EVERY_UM = range(50, 3501)
ORDER: tuple[Callable[[Any, Any], Any], ...] = (
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
)

um = st.integers(50, 3500)


class LooksLikeInt:
    """What other libraries' integers look like."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value

    def __int__(self) -> int:
        return self.value

    def __eq__(self, other: object) -> bool:
        return self.value == other

    def __lt__(self, other: int) -> bool:
        return self.value < other

    def __le__(self, other: int) -> bool:
        return self.value <= other

    def __gt__(self, other: int) -> bool:
        return self.value > other

    def __ge__(self, other: int) -> bool:
        return self.value >= other

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"LooksLikeInt({self.value})"


class IntSubclass(int):
    """An int that is no plain int."""


class TextSubclass(str):
    """Text that is no plain text."""

    __slots__ = ()


WRONG_TYPES: tuple[Any, ...] = (
    500.0,
    float("nan"),
    float("inf"),
    True,
    False,
    None,
    "500",
    b"500",
    IntSubclass(500),
    LooksLikeInt(500),
    Decimal(500),
    Decimal("sNaN"),
    Fraction(500),
    500 + 0j,
    [500],
)

WRONG_TEXTS: tuple[str, ...] = (
    "",
    " ",
    "mm",
    "um",
    "NaN",
    "NaN mm",
    "nan um",
    "Infinity mm",
    "0,5 mm",
    ".5mm",
    ".5 mm",
    "5. mm",
    "0.5",
    "500",
    "1",
    "0.5 mm\n",
    "0.5 mm\r",
    "0.5 mm\0",
    "\n0.5 mm",
    " 0.5 mm",
    "0.5 mm ",
    "0.5  mm",
    "0.5\tmm",
    "0.5\u00a0mm",
    "\u00a00.5 mm",
    "0.5 mm\u00a0",
    "0.5 mm\u200b",
    "\u200b0.5 mm",
    "\u0660.\u0665 mm",
    "\u0665\u0660\u0660 um",
    "\uff10.\uff15 mm",
    "\uff15\uff10\uff10 um",
    "0\uff0e5 mm",
    "0.5 \uff4d\uff4d",
    "0.5 \u339c",
    "500 \u339b",
    "\u00bd mm",
    "1/2 mm",
    "0.5-1.5",
    "0.5-1.5 mm",
    "0.5\u20131.5 mm",
    "0.5 mm-1.5 mm",
    "-0.5 mm",
    "\u22120.5 mm",
    "+0.5 mm",
    ">=0.5 mm",
    "<1 mm",
    "~0.5 mm",
    "up to 2 mm",
    "5e-4 m",
    "5e2 um",
    "1e0 mm",
    "0.02 inch",
    '0.02"',
    "20 mil",
    "0.05 cm",
    "500000 nm",
    "25 gauge",
    "0.5 mm mm",
    "0.5 mm um",
    "500 um mm",
    "0.5 mm 500 um",
    "1.5 mm at 45 degrees",
    "0.5MM",
    "0.5 Mm",
    "500 UM",
    "500 \u03bc",
    "500.0 um",
    "1_0 um",
    "1_5.0 mm",
    "0x1F4 um",
    "0.5.0 mm",
    "0.0005 mm",
    "0.50000 mm",
    "0.1234 mm",
    "049999999 um",
    "100 mm",
)

OUT_OF_BOUNDS: tuple[str, ...] = (
    "0 mm",
    "0.0 mm",
    "0 um",
    "49 um",
    "0.049 mm",
    "3501 um",
    "3.501 mm",
    "4 mm",
    "99 mm",
    "99999 um",
)


class TestText:
    """What is written is read back as the same length, over every length there is."""

    def test_every_length_survives_its_text(self) -> None:
        assert all(
            mn.NeedleLength.parse(str(length)) == length
            for length in map(mn.NeedleLength, EVERY_UM)
        )

    def test_the_text_is_canonical(self) -> None:
        texts = [str(mn.NeedleLength(value)) for value in EVERY_UM]
        assert len(set(texts)) == len(texts)
        assert all(re.fullmatch(r"[0-3]\.([0-9]|[0-9]{1,2}[1-9]) mm", text) for text in texts)

    @pytest.mark.parametrize("unit", ["um", "\u00b5m", "\u03bcm"])
    @pytest.mark.parametrize("gap", ["", " "])
    def test_every_length_reads_in_micrometres(self, unit: str, gap: str) -> None:
        assert all(mn.NeedleLength.parse(f"{n}{gap}{unit}").um == n for n in EVERY_UM)

    @pytest.mark.parametrize("gap", ["", " "])
    def test_every_length_reads_in_millimetres(self, gap: str) -> None:
        assert all(
            mn.NeedleLength.parse(f"{n // 1000}.{n % 1000:03d}{gap}mm").um == n for n in EVERY_UM
        )

    def test_every_length_reads_from_bare_millimetres(self) -> None:
        for n in EVERY_UM:
            text = f"{n // 1000}.{n % 1000:03d}"
            assert mn.NeedleLength.from_mm(text).um == n
            assert mn.NeedleLength.from_mm(f"{text}000").um == n

    @pytest.mark.parametrize(
        ("mm", "expected"),
        [("1", 1000), ("0.5", 500), ("1.50", 1500), ("1.001", 1001), ("3.5", 3500), (1, 1000)],
    )
    def test_from_mm_takes_text_and_whole_numbers(self, mm: str | int, expected: int) -> None:
        assert mn.NeedleLength.from_mm(mm) == mn.NeedleLength(expected)

    def test_two_spellings_are_one_length(self) -> None:
        spellings = ("0.5 mm", "0.5mm", "0.50 mm", "0.500mm", "500 um", "500um", "500 \u00b5m")
        assert len({mn.NeedleLength.parse(text) for text in spellings}) == 1
        assert len({str(mn.NeedleLength.parse(text)) for text in spellings}) == 1


class TestRefusals:
    """Nothing but an exact length with a unit becomes a length, and no refusal repeats it."""

    @pytest.mark.parametrize("value", WRONG_TYPES, ids=repr)
    def test_micrometres_are_a_plain_int(self, value: Any) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength(value)
        assert (caught.value.code, caught.value.path) == ("not_an_integer", "um")

    @pytest.mark.parametrize(
        "value", [-1, 0, 49, 3501, 10**18, -(10**18), 1 << 20_000], ids=int.bit_length
    )
    def test_micrometres_are_bounded(self, value: int) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength(value)
        assert (caught.value.code, caught.value.path) == ("out_of_range", "um")

    @pytest.mark.parametrize("value", [50, 51, 3499, 3500])
    def test_the_bounds_are_included(self, value: int) -> None:
        assert mn.NeedleLength(value).um == value
        assert mn.NeedleLength.MIN <= mn.NeedleLength(value) <= mn.NeedleLength.MAX

    @pytest.mark.parametrize("text", WRONG_TEXTS, ids=ascii)
    def test_text_that_is_no_length(self, text: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.parse(text)
        assert (caught.value.code, caught.value.path) == ("unreadable", "text")

    @pytest.mark.parametrize("text", OUT_OF_BOUNDS)
    def test_text_out_of_bounds(self, text: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.parse(text)
        assert caught.value.code == "out_of_range"

    @pytest.mark.parametrize(
        "value", [None, 500, 0.5, b"0.5 mm", TextSubclass("0.5 mm"), ["0.5 mm"], Decimal("0.5")]
    )
    def test_only_text_is_parsed(self, value: Any) -> None:
        for read in (mn.NeedleLength.parse, mn.LengthRange.parse, mn.PenetrationDepth.parse):
            with pytest.raises(mn.InputError) as caught:
                read(value)
            assert (caught.value.code, caught.value.path) == ("wrong_type", "text")

    @pytest.mark.parametrize("unit", [" mm", ""])
    def test_a_megabyte_of_text_is_refused_and_not_repeated(self, unit: str) -> None:
        text = "1" * 1_000_000 + unit
        for read in (
            mn.NeedleLength.parse,
            mn.NeedleLength.from_mm,
            mn.LengthRange.parse,
            mn.PenetrationDepth.parse,
        ):
            with pytest.raises(mn.InputError) as caught:
                read(text)
            assert len(str(caught.value)) < 1000

    @pytest.mark.parametrize(
        "mm", [0.5, 1.0, float("nan"), True, None, Decimal("0.5"), Fraction(1, 2), IntSubclass(1)]
    )
    def test_from_mm_takes_no_look_alike(self, mm: Any) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.from_mm(mm)
        assert (caught.value.code, caught.value.path) == ("wrong_type", "mm")

    @pytest.mark.parametrize(
        "mm",
        [
            *("", "NaN", "0,5", ".5", "5.", " 1", "1 ", "1\n", "1.5 mm", "-1", "+1", "1e0", "1/2"),
            *("\u0661", "\uff11", "1_0", "1.0000000"),
        ],
    )
    def test_from_mm_refuses_other_text(self, mm: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.from_mm(mm)
        assert caught.value.code == "unreadable"

    @pytest.mark.parametrize("mm", ["1.0001", "0.0005", "0.123456", "1.50001"])
    def test_from_mm_never_rounds(self, mm: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.from_mm(mm)
        assert caught.value.code == "too_fine"

    @pytest.mark.parametrize("mm", [-1, 0, 4, 99, 100, 10**30, "0", "4", "3.501", "0.049"])
    def test_from_mm_is_bounded(self, mm: str | int) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.NeedleLength.from_mm(mm)
        assert caught.value.code == "out_of_range"

    @pytest.mark.parametrize(
        "make",
        [
            lambda: mn.NeedleLength(4242424242),
            lambda: mn.NeedleLength("PATIENT-NAME"),  # type: ignore[arg-type]
            lambda: mn.NeedleLength(4242424242.5),  # type: ignore[arg-type]
            lambda: mn.NeedleLength.parse("PATIENT-NAME mm"),
            lambda: mn.NeedleLength.parse("4242424242 um"),
            lambda: mn.NeedleLength.from_mm("4242424242"),
            lambda: mn.NeedleLength.from_mm(4242424242),
            lambda: mn.NeedleLength.from_mm("PATIENT-NAME"),
            lambda: mn.LengthRange.parse("PATIENT-NAME"),
            lambda: mn.LengthRange.parse("4242424242-1 mm"),
            lambda: mn.LengthRange.of(50, 4242424242),
            lambda: mn.LengthRange("PATIENT-NAME", mn.NeedleLength(50)),  # type: ignore[arg-type]
            lambda: mn.PenetrationDepth(4242424242),
            lambda: mn.PenetrationDepth.parse("4242424242 um"),
            lambda: mn.PenetrationDepth.parse("PATIENT-NAME"),
        ],
    )
    def test_no_refusal_repeats_the_value(self, make: Callable[[], object]) -> None:
        with pytest.raises(mn.InputError) as caught:
            make()
        for shown in (str(caught.value), repr(caught.value)):
            assert "4242424242" not in shown
            assert "PATIENT-NAME" not in shown

    @given(st.text(max_size=50))
    def test_any_text_gives_a_length_or_an_input_error(self, text: str) -> None:
        for read in (mn.NeedleLength.parse, mn.NeedleLength.from_mm, mn.LengthRange.parse):
            try:
                read(text)
            except mn.InputError:
                continue
            assert re.fullmatch(r"[0-9.]+(-[0-9.]+)? ?(mm|um|\u00b5m|\u03bcm)?", text)

    @given(st.text("0123456789.,- mu\u00b5\u03bc\n", max_size=12))
    def test_near_misses_give_a_length_or_an_input_error(self, text: str) -> None:
        for read in (mn.NeedleLength.parse, mn.LengthRange.parse, mn.PenetrationDepth.parse):
            try:
                value = read(text)
            except mn.InputError:
                continue
            assert isinstance(value, mn.NeedleLength | mn.LengthRange | mn.PenetrationDepth)
            assert type(value).parse(str(value)) == value


class TestOrder:
    """The order of lengths is that of their micrometres, and only lengths have it."""

    @given(um, um)
    def test_order_and_equality_agree_with_micrometres(self, one: int, two: int) -> None:
        left, right = mn.NeedleLength(one), mn.NeedleLength(two)
        for compare in (*ORDER, operator.eq, operator.ne):
            assert compare(left, right) is compare(one, two)
        if left == right:
            assert hash(left) == hash(right)

    @pytest.mark.parametrize(
        "other",
        [
            *(500, 500.0, "0.5 mm", None, Decimal(500), mn.PenetrationDepth(500), (500,)),
            *(mn.PenetrationDepth(500_000), mn.LengthRange.of(500, 500), LooksLikeInt(500)),
        ],
        ids=repr,
    )
    def test_no_order_and_no_equality_with_anything_else(self, other: Any) -> None:
        length = mn.NeedleLength(500)
        assert (length == other) is False
        assert (other == length) is False
        assert (length != other) is True
        if isinstance(other, LooksLikeInt):
            return
        for compare in ORDER:
            with pytest.raises(TypeError):
                compare(length, other)
            with pytest.raises(TypeError):
                compare(other, length)

    @pytest.mark.parametrize("other", [500_000, "500.0 um", None, mn.NeedleLength(500)], ids=repr)
    def test_a_depth_compares_with_depths_only(self, other: Any) -> None:
        depth = mn.PenetrationDepth(500_000)
        assert (depth == other) is False
        for compare in ORDER:
            with pytest.raises(TypeError):
                compare(depth, other)

    def test_ranges_have_no_order(self) -> None:
        left: Any = mn.LengthRange.of(500, 1000)
        for compare in ORDER:
            with pytest.raises(TypeError):
                compare(left, mn.LengthRange.of(1000, 1500))

    @pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul])
    def test_no_arithmetic(self, operation: Callable[[Any, Any], Any]) -> None:
        for other in (1, 1.0, mn.NeedleLength(500), mn.PenetrationDepth(500)):
            with pytest.raises(TypeError):
                operation(mn.NeedleLength(500), other)

    @pytest.mark.parametrize("convert", [int, float, operator.index])
    def test_no_silent_number(self, convert: Callable[[Any], Any]) -> None:
        with pytest.raises(TypeError):
            convert(mn.NeedleLength(500))


class TestValues:
    """Lengths are values: frozen, hashable, and checked again when evolved."""

    @pytest.mark.parametrize(
        ("value", "name"),
        [
            (mn.NeedleLength(500), "um"),
            (mn.PenetrationDepth(500), "nm"),
            (mn.LengthRange.of(500, 1000), "longest"),
        ],
        ids=repr,
    )
    def test_frozen_and_hashable(self, value: Any, name: str) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, getattr(value, name))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(value, name)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            value.other = 1
        for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own bytes
            assert again == value
            assert hash(again) == hash(value)

    @pytest.mark.parametrize("value", [49, 3501, 500.0, True, "500"])
    def test_evolve_checks_again(self, value: Any) -> None:
        with pytest.raises(mn.InputError):
            attrs.evolve(mn.NeedleLength(500), um=value)

    def test_evolve_checks_a_range_again(self) -> None:
        with pytest.raises(mn.InputError) as caught:
            attrs.evolve(mn.LengthRange.of(500, 1000), longest=mn.NeedleLength(499))
        assert (caught.value.code, caught.value.path) == ("wrong_order", "longest")

    @pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace came with 3.13")
    def test_replace_checks_again(self) -> None:
        replace: Callable[..., object] = vars(copy)["replace"]
        with pytest.raises(mn.InputError):
            replace(mn.NeedleLength(500), um=49)


class TestDepths:
    """A measured depth is kept exactly, apart from needle lengths."""

    @given(st.integers(0, 5_000_000))
    def test_text_round_trip(self, nm: int) -> None:
        assert mn.PenetrationDepth.parse(str(mn.PenetrationDepth(nm))) == mn.PenetrationDepth(nm)

    @given(st.integers(0, 5_000_000), st.integers(0, 5_000_000))
    def test_order_agrees_with_nanometres(self, one: int, two: int) -> None:
        for compare in (*ORDER, operator.eq):
            left, right = mn.PenetrationDepth(one), mn.PenetrationDepth(two)
            assert compare(left, right) is compare(one, two)

    @pytest.mark.parametrize("value", [v for v in WRONG_TYPES if v != "500"], ids=repr)
    def test_nanometres_are_a_plain_int(self, value: Any) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.PenetrationDepth(value)
        assert (caught.value.code, caught.value.path) == ("not_an_integer", "nm")

    @pytest.mark.parametrize("value", [-1, 5_000_001, 10**30])
    def test_nanometres_are_bounded(self, value: int) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.PenetrationDepth(value)
        assert (caught.value.code, caught.value.path) == ("out_of_range", "nm")

    @pytest.mark.parametrize(
        "text", ["", "152.5", "152,5 um", "0.5 mm", "152.5um", "152.5 um ", "1.2345 um", "-1 um"]
    )
    def test_other_text_is_refused(self, text: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.PenetrationDepth.parse(text)
        assert caught.value.code == "unreadable"


class TestRanges:
    """Ranges form an algebra: what two limits leave is exactly what both allow."""

    @given(length_ranges())
    def test_text_round_trip(self, band: mn.LengthRange) -> None:
        assert mn.LengthRange.parse(str(band)) == band

    @given(length_ranges(), length_ranges())
    def test_equal_text_means_equal_range(self, one: mn.LengthRange, two: mn.LengthRange) -> None:
        assert (str(one) == str(two)) is (one == two)

    def test_every_single_length_is_a_range(self) -> None:
        for n in EVERY_UM:
            band = mn.LengthRange.of(n, n)
            assert str(band) == str(mn.NeedleLength(n))
            assert mn.LengthRange.parse(str(band)) == band

    @pytest.mark.parametrize(
        "text",
        [
            *("", "0.5", "0.5-1.5", "0.5\u20131.5 mm", "0.5 - 1.5 mm", "0.5 mm-1.5 mm"),
            *("-0.5 mm", "0.5--1.5 mm", "0.5-1.0-1.5 mm", "0,5-1,5 mm", "0.5-1.5 um"),
            *("500-1500 um", ".-. mm", "0.5-1.5 inch", ">=0.5 mm", "\u0660.\u0665-1.5 mm"),
            *("0.5-1.5 mm ", "0.5-1.5 mm\n", "0.5-1.5mm", "NaN-1.5 mm", "0.5-1.5"),
        ],
        ids=ascii,
    )
    def test_other_text_is_refused(self, text: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.LengthRange.parse(text)
        assert caught.value.code == "unreadable"

    @pytest.mark.parametrize("text", ["0.5-1.5000 mm", "0.5000-1.5 mm"])
    def test_both_bounds_are_read_by_one_rule(self, text: str) -> None:
        with pytest.raises(mn.InputError):
            mn.LengthRange.parse(text)

    @pytest.mark.parametrize("text", ["1.5-0.5 mm", "1.001-1.0 mm"])
    def test_the_wrong_way_round_is_refused(self, text: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.LengthRange.parse(text)
        assert (caught.value.code, caught.value.path) == ("wrong_order", "longest")

    @pytest.mark.parametrize("wrong", [500, "0.5 mm", None, mn.PenetrationDepth(500)], ids=repr)
    def test_bounds_are_lengths(self, wrong: Any) -> None:
        right = mn.NeedleLength(500)
        with pytest.raises(mn.InputError) as caught:
            mn.LengthRange(wrong, right)
        assert (caught.value.code, caught.value.path) == ("wrong_type", "shortest")
        with pytest.raises(mn.InputError) as caught:
            mn.LengthRange(right, wrong)
        assert (caught.value.code, caught.value.path) == ("wrong_type", "longest")

    @given(length_ranges(), needle_lengths())
    def test_membership_is_by_both_bounds(
        self, band: mn.LengthRange, length: mn.NeedleLength
    ) -> None:
        assert (length in band) is (band.shortest.um <= length.um <= band.longest.um)
        assert band.shortest in band
        assert band.longest in band

    @pytest.mark.parametrize("other", [500, "0.5 mm", mn.PenetrationDepth(500)], ids=repr)
    def test_only_lengths_can_be_members(self, other: Any) -> None:
        band: Any = mn.LengthRange.of(50, 3500)
        with pytest.raises(TypeError):
            operator.contains(band, other)

    @given(length_ranges(), length_ranges())
    def test_intersection_is_commutative(self, one: mn.LengthRange, two: mn.LengthRange) -> None:
        assert one.intersection(two) == two.intersection(one)

    @given(length_ranges(), length_ranges(), length_ranges())
    def test_intersection_is_associative(
        self, one: mn.LengthRange, two: mn.LengthRange, three: mn.LengthRange
    ) -> None:
        left, right = one.intersection(two), two.intersection(three)
        assert (left and left.intersection(three)) == (right and one.intersection(right))

    @given(length_ranges())
    def test_intersection_is_idempotent(self, band: mn.LengthRange) -> None:
        assert band.intersection(band) == band

    @given(length_ranges(), length_ranges(), needle_lengths())
    def test_intersection_holds_exactly_what_both_hold(
        self, one: mn.LengthRange, two: mn.LengthRange, length: mn.NeedleLength
    ) -> None:
        both = one.intersection(two)
        for probe in (length, one.shortest, one.longest, two.shortest, two.longest):
            assert (both is not None and probe in both) is (probe in one and probe in two)

    @given(length_ranges(), needle_lengths())
    def test_up_to_never_exceeds_and_loses_nothing(
        self, band: mn.LengthRange, limit: mn.NeedleLength
    ) -> None:
        under = band.up_to(limit)
        assert under is None or under.longest <= limit
        assert under == band.intersection(mn.LengthRange(mn.NeedleLength.MIN, limit))


@given(st.integers(mn.NeedleLength.MIN.um, mn.NeedleLength.MAX.um))
def test_millimetres_are_exact(um: int) -> None:
    """Law: a length in millimetres is the one in micrometres, and reads back as itself."""
    length = mn.NeedleLength(um)
    assert length.mm * 1000 == um
    assert mn.NeedleLength.from_mm(str(length.mm)) == length
    assert f"{length:>12}" == str(length).rjust(12)


def test_compared_as_written() -> None:
    """Law: texts are compared as the lengths that they are; others are refused."""
    by_text = mn.compare("0.5 mm", "1000 um", mn.load("2026.1"))
    lengths = mn.NeedleLength(500), mn.NeedleLength(1000)
    assert by_text == mn.compare(*lengths, mn.load("2026.1"))
    with pytest.raises(mn.InputError):
        mn.compare("0.5", "1.0 mm")
