"""What can go wrong: problems and errors."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling._foundation.errors import (
    InputError,
    KnowledgeError,
    MicroneedlingError,
    Problem,
    StoredDocumentError,
    UnknownEditionError,
)
from microneedling.strategies.from_fields import draws, lines, texts

__all__ = [
    "input_errors",
    "knowledge_errors",
    "microneedling_errors",
    "problems",
    "stored_document_errors",
    "unknown_edition_errors",
]


@draws(Problem)
def problems() -> SearchStrategy[Problem]:
    """Draw things that are wrong with an input."""
    return st.builds(Problem, code=lines(), path=texts(), message=lines())


@draws(InputError)
def input_errors(*, most_problems: int = 3) -> SearchStrategy[InputError]:
    """
    Draw refusals of inputs; one problem first.

    Args:
        most_problems: So many problems at most, 1 to 100.

    Raises:
        InputError: If the bound is outside that.

    >>> from hypothesis import find
    >>> len(find(input_errors(), lambda error: True).problems)
    1
    """
    checks.whole(most_problems, "most_problems", 1, 100, "problems")
    every = st.lists(problems(), min_size=1, max_size=most_problems)
    return every.map(lambda found: InputError(*found))


@draws(StoredDocumentError)
def stored_document_errors() -> SearchStrategy[StoredDocumentError]:
    """Draw refusals of documents that were kept."""
    return input_errors().map(lambda error: StoredDocumentError(*error.problems))


@draws(KnowledgeError)
def knowledge_errors() -> SearchStrategy[KnowledgeError]:
    """Draw refusals of tables."""
    return st.builds(KnowledgeError, table=lines(), row=texts(), field=texts(), message=lines())


@draws(UnknownEditionError)
def unknown_edition_errors() -> SearchStrategy[UnknownEditionError]:
    """Draw refusals of editions that do not ship."""
    return st.builds(UnknownEditionError, lines())


@draws(MicroneedlingError)
def microneedling_errors() -> SearchStrategy[MicroneedlingError]:
    """Draw every error that is raised on purpose."""
    return st.one_of(
        input_errors(), stored_document_errors(), knowledge_errors(), unknown_edition_errors()
    )
