"""
Microneedling with solid needles, as typed values and one pure recommendation.

The reader of every answer is a health professional, who decides. This is information and no
medical device. Below stands what there is, by task; every name is ``mn.<name>``.

**Say what is known of a patient.** An `Assessment` is one area on one day: `Concern` (an
`Indication` and its `Severity`), `Site`, `Setting`, `SkinType`, age, a `Device`, `Preferences`,
and a `Screening` of findings. What is not said is unknown, and never counts as "no".

>>> import datetime
>>> import microneedling as mn
>>> patient = mn.Assessment(
...     on=datetime.date(2026, 11, 22),
...     site=mn.Site.ABDOMEN,
...     setting=mn.Setting.CLINIC,
...     concerns=[mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD)],
...     age_years=34,
...     screening=mn.Screening.complete(),
... )

A needle length is exact, and is read and shown with its unit: `NeedleLength`, `LengthRange`; how
far needles really go is a `PenetrationDepth`.

>>> mn.NeedleLength.parse("0.5 mm").um
500

**Decide.** `recommend` gives an `Answer`: `Offer`, `Ask`, `Defer`, `Refer` or `Decline`, which are
all a `Recommendation`. It takes an edition of the `Knowledge`: `load` gives one by its id, `latest`
the newest, `editions` names them. `questions` tells what to ask beforehand.

>>> knowledge = mn.load("2026.1")
>>> answer = mn.recommend(patient, knowledge)
>>> match answer:
...     case mn.Offer(options=options):
...         print(options[0].lengths, options[0].sessions)
...     case mn.Ask(questions=asked):
...         print(asked)
...     case mn.Defer(until=day):
...         print(day)
...     case mn.Refer() | mn.Decline():
...         print(answer.because[0].why)
1.0-1.5 mm 1-5

**Read an answer.** ``print(answer)`` tells it on one screen, ``answer.explain()`` all of it. It
*is* its reasons: ``because``, ``cautions``, ``unknowns``, ``lifted`` and ``excluded`` are each a
tuple of `Reason`, with its `Citation`, `Grade` and `Disagreement`; ``options`` is a tuple of
`Course`; ``trace`` tells every `Step` that was looked at; the `Provenance` says what made it.
`replay` gives it again. ``answer.brief(language="de")`` tells it in another of the `languages`.

>>> mn.replay(answer) == answer
True

Several areas of one person on one day are a `Visit`, to which `recommend_visit` gives a
`VisitAnswer`: an answer for each area, with what is known of the person joined.

**Treat.** `schedule` gives a course its days, `care_plan` the care around them. `begin` opens a
ledger, a `Progress`, in which an `Event` is recorded: `SessionDone`, `SideEffectReported`,
`FindingChanged` and others. `next_step` says what comes next: `Proceed`, `Wait`, `Pause`, `Stop` or
`Complete`; `reschedule` dates the rest anew, and `respond` says what to do about a side effect.
`schedule_visit` and `begin_visit` do so for the areas of a visit. A `Treatment`, made by
`begin_treatment`, is ledgers and plan in one: recording dates the plan anew, or pauses it; `merge`
puts two copies together. `facts_of_person` gives what one course tells of the person, the
`PersonFacts`, and `with_facts_of_person` brings it into the assessment of another.

>>> course = answer.options[0]
>>> ledger = mn.begin(patient, course, knowledge, sessions=3).record(
...     mn.SessionDone(on=datetime.date(2026, 12, 1), needle_length=mn.NeedleLength.parse("1.5 mm"))
... )
>>> mn.next_step(ledger, knowledge, datetime.date(2026, 12, 9)).brief().splitlines()[0]
'WAIT: not yet (on 2026-12-09)'

`leaflet` makes a leaflet for the patient of what was chosen, `consent` a sheet for the talk before
it: each with ``to_text``, ``to_html`` and, with the extra ``print``, ``to_pdf``.

**Store and send.** `to_json` writes any value as one canonical document, `from_json` reads it
again, strictly; `to_dict` and `from_dict` do so with plain data, and `json_schema` describes it;
`teach_cattrs` has a converter of cattrs do so, too.
Values can be pickled, copied, compared, and be keys.

>>> mn.from_json(mn.to_json(answer), mn.Answer) == answer
True

Whatever is wrong is one error with all that is wrong, a `Problem` each, and repeats nothing of what
was given: `InputError`, `KnowledgeError`, `UnknownEditionError` and, of a document read as
``stored``, `StoredDocumentError`; all are a `MicroneedlingError`.

>>> try:
...     mn.NeedleLength.parse("0.5")
... except mn.InputError as error:
...     print(error.problems[0].code)
unreadable

**Look something up.** An edition is `Knowledge`: its rows (`FindingRule`, `Protocol`, `Study`,
`SideEffect`, `CareStep`, `Source` and others) and what it says of them. `compare` sets two needle
lengths side by side; `from_tables` makes an edition of tables of one's own.

>>> knowledge.finding(mn.Finding.PREGNANCY).level.value
'defer'
>>> len(mn.compare(mn.NeedleLength(500), mn.NeedleLength(1000), knowledge).rows)
11

**Decide whole tables.** ``from microneedling import frames``, then ``frames.recommend(table,
knowledge)`` with a frame of polars, pandas, pyarrow, DuckDB, ibis, Dask or PySpark, and
``frames.cohort`` to sum it up. It needs the extra ``frames``.

**Test.** ``from microneedling import strategies``: a function for Hypothesis for every type; with
the extra ``hypothesis``, ``from_type(mn.Assessment)`` works by itself.

**From a shell.** ``microneedling recommend FILE``, ``compare``, ``questions``, ``codes``,
``schedule``, ``record``, ``next``, ``table``, ``schema`` and ``knowledge``; ``microneedling help``
tells of each.

What is public, name by name, stands in ``docs/public.md``; the rest may change at any time. Names
are loaded when they are first used, so that importing this package costs next to nothing.
"""

from microneedling._foundation.public_names import HOME as _HOME, load as _load

__version__ = "0.1.0"

# What type checkers and editors read is the stub beside this module, made of the same list.
__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605 - it is a list


def __getattr__(name: str) -> object:
    """Load a public name from its room."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = _load(name)
    return value


def __dir__() -> list[str]:
    return __all__
