"""msgspec: documents stay raw; what its own reading of our classes does is pinned down here."""

import json
from typing import Any

import attrs
import pytest

import microneedling as mn
from tests.integrations.cases import ASSESSMENT, SECRET, TOLD, TWICE, answer, said, wrong
from tests.integrations.recipes import recipe

msgspec = pytest.importorskip("msgspec", reason="msgspec is not installed")

SITE = {"on": "2026-11-22", "site": "cheek", "setting": "clinic", "subject": []}


@pytest.fixture(scope="module")
def visit() -> Any:
    return recipe("msgspec")["Visit"]


def natively(kind: Any, **fields: object) -> Any:
    """Read as msgspec reads attrs classes by itself."""
    return msgspec.json.decode(json.dumps(fields), type=kind)


class TestTheRecipe:
    """Raw documents, read and written by us."""

    def test_round_trip(self, visit: Any) -> None:
        """The document stands in the message byte for byte."""
        sent = msgspec.json.encode(visit.of(1, ASSESSMENT))

        assert mn.to_json(ASSESSMENT).strip() in sent
        assert msgspec.json.decode(sent, type=visit).assessment == ASSESSMENT

    def test_null(self, visit: Any) -> None:
        """None is null."""
        sent = msgspec.json.encode(visit.of(1, None))

        assert sent == b'{"number":1,"document":null}'
        assert msgspec.json.decode(sent, type=visit).assessment is None

    def test_refusals_are_ours_and_repeat_nothing(self, visit: Any) -> None:
        """With codes and paths, when the document is read."""
        sent = json.dumps({"number": 1, "document": wrong()})
        held = msgspec.json.decode(sent, type=visit)

        with pytest.raises(mn.InputError) as caught:
            _ = held.assessment
        assert {(one.code, one.path) for one in caught.value.problems} == TOLD
        assert SECRET not in said(caught.value)

    def test_a_key_that_stands_twice_is_refused(self, visit: Any) -> None:
        """In the document; msgspec itself takes the last."""
        held = msgspec.json.decode(b'{"number":1,"document":%s}' % TWICE, type=visit)

        with pytest.raises(mn.InputError, match="duplicate_key"):
            _ = held.assessment

    @pytest.mark.parametrize("verdict", mn.Verdict)
    def test_every_answer(self, verdict: mn.Verdict) -> None:
        """Which msgspec itself could neither write nor tell apart."""
        value = answer(verdict)
        sent = msgspec.json.encode({"answer": msgspec.Raw(mn.to_json(value))})
        held = msgspec.json.decode(sent, type=dict[str, msgspec.Raw])  # type: ignore[name-defined]

        assert mn.from_json(bytes(held["answer"]), mn.Recommendation) == value


class TestNatively:
    """Why the page says not to: each of these is what it warns of."""

    def test_checks_of_constructors_hold(self) -> None:
        """What they look at in the end is looked at."""
        for kind, fields in (
            (mn.NeedleLength, {"um": 40}),
            (mn.SessionCount, {"fewest": 5, "most": 3}),
            (mn.Assessment, {**SITE, "concerns": []}),
        ):
            with pytest.raises(msgspec.ValidationError):
                natively(kind, **fields)

    def test_an_unknown_key_is_ignored(self) -> None:
        """So a finding whose key is misspelt gets lost, and counts as absent."""
        held = natively(mn.Screening, everything_asked=True, presnt=[{"finding": "rosacea"}])

        assert held == mn.Screening.complete()
        assert not natively(mn.Screening, complete=True).everything_asked

    def test_what_constructors_check_holds(self) -> None:
        """One finding with two days is refused: that stands in no converter."""
        days = [{"finding": "dermal_filler", "last_on": f"202{n}-08-01"} for n in (4, 6)]

        with pytest.raises(msgspec.ValidationError):
            natively(mn.Screening, present=days)

    def test_concerns_cannot_be_hashed(self) -> None:
        """So several are not read, and of one no decision is made."""
        two = [{"indication": "striae"}, {"indication": "fine_lines"}]

        with pytest.raises(AttributeError):
            hash(natively(mn.Concern, indication="striae"))
        with pytest.raises(AttributeError):
            natively(mn.Assessment, **SITE, concerns=two)

    def test_a_key_that_stands_twice_is_taken(self) -> None:
        """The last one."""
        assert msgspec.json.decode(b'{"um":500,"um":600}', type=mn.NeedleLength).um == 600

    def test_messages_repeat_codes(self) -> None:
        """A code that is not known is told as it was given."""
        with pytest.raises(msgspec.ValidationError, match=SECRET):
            natively(mn.Concern, indication=SECRET)

    def test_hooks_are_not_asked(self) -> None:
        """Neither for reading nor for writing an attrs class, so they cannot put this right."""

        def never(*_: object) -> None:
            raise AssertionError

        sent = msgspec.json.encode(mn.NeedleLength(500), enc_hook=never)
        assert sent == b'{"um":500}'
        assert msgspec.json.decode(sent, type=mn.NeedleLength, dec_hook=never).um == 500

    @pytest.mark.parametrize("kind", [mn.Answer, mn.NextStep, mn.Event, mn.Progress])
    def test_unions_of_values_cannot_be_read(self, kind: Any) -> None:
        """Nor what holds them."""
        with pytest.raises(TypeError):
            msgspec.json.Decoder(kind)

    def test_answers_cannot_be_written(self) -> None:
        """Though they are attrs classes by inheritance."""
        value = answer(mn.Verdict.OFFER)

        assert attrs.has(type(value))
        with pytest.raises(TypeError):
            msgspec.json.encode(value)
