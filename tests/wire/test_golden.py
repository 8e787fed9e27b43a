"""What was written under schema 1 is read for ever, and written again as the same bytes."""

import pytest

import microneedling as mn
from microneedling.wire.document_kinds import is_public
from tests import goldens


class TestGolden:
    """Every golden document is read, means what it meant and is written as it stands."""

    @pytest.mark.parametrize("name", goldens.names())
    def test_read_and_written_again(self, name: str) -> None:
        data, kind = goldens.document(name), goldens.kind_of(name)
        value = mn.from_json(data, kind)
        assert type(value) is kind
        assert mn.to_json(value) == data
        assert mn.from_dict(mn.to_dict(value), kind) == value

    @pytest.mark.parametrize("name", goldens.MEANINGS)
    def test_its_meaning(self, name: str) -> None:
        meaning = goldens.MEANINGS[name]()
        assert mn.from_json(goldens.document(name), type(meaning)) == meaning
        assert mn.to_json(meaning) == goldens.document(name)

    def test_there_is_one_of_every_class(self) -> None:
        """But of an edition, which is a golden document itself, and the root of the answers."""
        public = {getattr(mn, name) for name in mn.__all__}
        kinds = {kind for kind in public if isinstance(kind, type) and is_public(kind)}
        kinds -= {mn.Knowledge, mn.Recommendation}
        assert {goldens.kind_of(name) for name in goldens.names()} == kinds

    def test_an_edition(self) -> None:
        knowledge = mn.load("2026.1")
        data = mn.to_json(knowledge)
        assert mn.from_json(data, mn.Knowledge) == knowledge
        assert mn.to_json(mn.from_json(data, mn.Knowledge)) == data
