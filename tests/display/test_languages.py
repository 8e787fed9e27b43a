"""Languages: all that a brief tells is told in each, and nothing but the words is another."""

import json
import os
import re
import statistics
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import attrs
import pytest
import textstat

import microneedling as mn
from microneedling.cli.running import run
from microneedling.display import question_list
from microneedling.display.languages import (
    LANGUAGE,
    SOURCE,
    _catalogue,
    counted,
    in_language,
    languages,
    say,
    told,
)
from microneedling.display.options import columns
from tests import briefs
from tests.display.test_brief import sampled
from tests.display.test_handouts import every
from tests.house.needed_texts import HOME, of_values
from tests.ledgers import begun, day, done, recorded, seen

KNOWLEDGE = mn.load("2026.1")
OTHERS = languages()[1:]
SAMPLE = [mn.recommend(given, KNOWLEDGE) for given in sampled()[::97]]
ANSWERS = [mn.recommend(request, KNOWLEDGE) for request in briefs.REQUESTS.values()] + SAMPLE
STEP = mn.next_step(recorded(begun(), done(0), seen(1, 1)), KNOWLEDGE, day(2))
each_language = pytest.mark.parametrize("language", OTHERS)
# What stands beside a sentence that no clinician has read.
_BESIDE = re.compile(r" ?\[[^\]]*\]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLACE = re.compile(r"\{\w*\}")


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(_BESIDE.sub("", briefs.plain(text))))


def _held(language: str) -> dict[str | tuple[str, int], str]:
    held: dict[str | tuple[str, int], str] = vars(_catalogue(language))["_catalog"]
    return held


def _pairs(language: str) -> Iterator[tuple[str, str]]:
    """Give what the catalogue holds: each English, without its key, beside its translation."""
    for key, text in _held(language).items():
        name = key if isinstance(key, str) else key[0]
        if name:
            yield name.partition("\x04")[2], text


@each_language
def test_all_that_comes_with_values_is_told(language: str) -> None:
    """Law: of every label, question, reason, must and patient's sentence there is a translation."""
    held = _held(language)
    missing = [text for kind, text in of_values() if not held.get(f"{kind}\x04{text}")]
    print(f"{language}: {len(of_values()) - len(missing)} of {len(of_values())} told")
    assert not missing


class _Missed(NullTranslations):
    """What a catalogue is asked for and does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def pgettext(self, context: str, message: str) -> str:
        # Of one concern among several: told by its label and the question after it.
        if context != "question" or ": " not in message:
            self.asked.add((context, message))
        return message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add((context, msgid1))
        return msgid1 if n == 1 else msgid2


@each_language
def test_nothing_that_is_told_is_missing(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: a brief asks a catalogue for nothing that it does not hold."""
    missed = _Missed()
    monkeypatch.setattr(_catalogue(language), "_fallback", missed)
    for answer in ANSWERS:
        for audience in (None, *mn.Audience):
            answer.brief(audience=audience, language=language)
    STEP.brief(language=language)
    every(language)
    with in_language(language):
        for indication in mn.Indication:
            asked = mn.questions(KNOWLEDGE, indications=[indication], site=mn.Site.FACE)
            question_list(asked)
        assert not missed.asked
        # A text of nobody's is missed, so that what is missed shows.
        assert told("short", "Of nobody.") == "Of nobody."
    assert missed.asked == {("short", "Of nobody.")}


@each_language
def test_placeholders_and_numbers_are_those_of_the_english(language: str) -> None:
    """Law: text for text the same numbers, digit for digit, and the same places for values."""
    for english, text in _pairs(language):
        if english in {"VISIT of one area on {day}", "the day before"}:
            # Under this key stand both forms; that of many tells how many.
            text = text.replace("{count}", "")  # noqa: PLW2901 - compared without it
        for pattern in (_NUMBER, _PLACE):
            assert Counter(pattern.findall(english)) == Counter(pattern.findall(text)), english


@each_language
def test_plural_forms(language: str) -> None:
    """Law: what is counted has its two forms, and the number picks one."""
    forms = Counter(key[0] for key in _held(language) if isinstance(key, tuple))
    assert forms
    assert {*forms.values()} == {2}
    with in_language(language):
        one, two = (
            counted("heading.findings", "{count} finding", "{count} findings", count)
            for count in (1, 2)
        )
    assert one in {"1 Befund", "1 hallazgo"}
    assert two in {"2 Befunde", "2 hallazgos"}


@each_language
def test_no_number_changes_between_languages(language: str) -> None:
    """Law: a brief holds the same numbers, days and units in each, as often as in English."""
    for answer in ANSWERS:
        for audience in (None, mn.Audience.PATIENT):
            english = answer.brief(audience=audience)
            text = answer.brief(audience=audience, language=language)
            assert _numbers(text) == _numbers(english), text
    assert _numbers(STEP.brief(language=language)) == _numbers(STEP.brief())


@each_language
def test_what_is_of_safety_has_its_english_beside_it(language: str) -> None:
    """Law: no must, limit, caution, reason or stop sign is told in a translation alone."""
    for answer in ANSWERS:
        text = briefs.plain(answer.brief(language=language))
        for reason in answer.reasons:
            assert reason.must in text
            if reason.limit is not None or reason.effect is mn.Effect.CAUTION:
                assert reason.short in text, (reason.rule, text)
            carries = reason.weight and reason.effect not in {mn.Effect.OFFER, mn.Effect.ASK}
            if carries and answer.verdict is not mn.Verdict.ASK:
                assert reason.short in text, (reason.rule, text)
        if answer.options:
            assert "[at once: " in text
            assert "[stop, and do not wait: " in text
        assert text.endswith(("gelesen.", "profesional clínico."))


def test_what_a_clinician_has_read_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The header of a catalogue says so, and then the English goes."""
    answer = ANSWERS[0]
    assert "[" in answer.brief(language="de")
    monkeypatch.setitem(_catalogue("de").info(), "clinician-read", "yes")
    text = answer.brief(language="de")
    assert "[" not in text
    assert "Maschinell" not in text


@each_language
def test_lines_and_columns_keep_apart(language: str) -> None:
    """Law: 80 columns, and no title runs into what stands beside it."""
    for answer in ANSWERS:
        text = answer.brief(language=language, audience="patient")
        assert max(map(len, text.splitlines())) <= briefs.WIDTH, text
        for line in text.splitlines():
            if re.match(r"^ \S", line):
                assert line[13] == " ", line
                assert line[14] != " ", line
    with in_language(language):
        assert len(re.split(r" {2,}", columns().strip())) == 4


@each_language
def test_a_stale_translation_is_not_told(language: str) -> None:
    """Law: where the English of a text has changed, the English is told."""
    known = next(text for kind, text in of_values() if kind == "must")
    with in_language(language):
        assert told("must", known) != known
        assert told("must", f"{known} And more.") == f"{known} And more."
        assert say("brief.Because", "Since") == "Since"
        assert counted("brief.more", "{count} other", "{count} others", 2) == "2 others"


def test_an_unknown_language_is_refused() -> None:
    """Law: with the names of those there are; and what was asked for is forgotten after it."""
    for wrong in ("fr", "DE", "", None, 1):
        with pytest.raises(mn.InputError, match="en, de, es"), in_language(wrong):  # type: ignore[arg-type]  # wrong on purpose
            pass
    with pytest.raises(mn.InputError, match="en, de, es"):
        ANSWERS[0].brief(language="fr")
    with pytest.raises(mn.InputError):
        ANSWERS[0].brief(language="de", audience="nobody")
    assert LANGUAGE.get() == SOURCE


def test_it_changes_no_decision() -> None:
    """Law: answers, their documents and digests are the same, whatever language is set."""
    for name, request in briefs.REQUESTS.items():
        english = mn.recommend(request, KNOWLEDGE)
        for language in OTHERS:
            with in_language(language):
                answer = mn.recommend(request, KNOWLEDGE)
                assert mn.to_json(answer) == mn.to_json(english), name
                answer.brief(language=language)
                assert answer == english
                assert hash(answer) == hash(english)
                assert answer.digest == english.digest
                # Of the explanation no language is asked for: it is that of what was set.
                assert answer.brief() == english.brief()


@each_language
def test_visits_and_steps(language: str) -> None:
    """What binds all areas, and what comes next, are told in it, too."""
    first = briefs.REQUESTS["rolling scars, moderate, cheek"]
    other = attrs.evolve(first, site=mn.Site.CHIN)
    answer = mn.recommend_visit(mn.Visit(assessments=[first, other]), KNOWLEDGE)
    text = answer.brief(language=language)
    assert text.startswith({"de": "BESUCH mit 2 Arealen", "es": "VISITA de 2 zonas"}[language])
    assert _numbers(text) == _numbers(answer.brief())
    step = STEP.brief(language=language, audience="patient")
    assert step.partition(":")[0] in {"ABWARTEN", "PAUSIEREN", "ESPERAR", "PAUSA", "SEGUIR"}


@each_language
def test_questions(language: str) -> None:
    """Every question that is spelled out, and every finding that is named, is told in it."""
    asked = mn.questions(KNOWLEDGE, indications=[mn.Indication.MELASMA], site=mn.Site.CHEEK)
    english = question_list(asked)
    with in_language(language):
        text = question_list(asked)
        assert told("question", asked[0].text) in briefs.plain(text)
    assert not {*text.splitlines()} & {*english.splitlines()}
    assert text.endswith(("gelesen.", "profesional clínico."))


@each_language
def test_by_the_command_line(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``--language`` of three commands; JSON does not change by it."""
    offer = "docs/examples/offer.json"
    assert run(["recommend", "--language", language, offer]) == 0
    answer = mn.recommend(mn.from_json(Path(offer).read_bytes(), mn.Assessment), mn.latest())
    assert capsys.readouterr().out == answer.brief(language=language) + "\n"
    documents = []
    for words in ([], ["--language", language]):
        assert run(["recommend", "--json", *words, offer]) == 0
        documents.append(json.loads(capsys.readouterr().out))
    assert documents[0] == documents[1]
    melasma = ["questions", "--indication", "melasma", "--site", "cheek"]
    assert run([*melasma, "--language", language]) == 0
    assert "Sí" in (shown := capsys.readouterr().out) or "Ja:" in shown
    course = ["next", "docs/examples/ledgers/red_flag.json", "--on", "2026-12-03"]
    assert run([*course, "--language", language]) == 23
    assert capsys.readouterr().out.startswith(("BEENDEN", "TERMINAR"))
    for wrong in ([*course, "--full"], ["recommend", "--full", offer], [*melasma, "--full"]):
        assert run([*wrong, "--language", language]) == 1
        assert "in English alone" in capsys.readouterr().err
    assert run(["recommend", "--language", "fr", offer]) == 1
    assert "en, de, es" in capsys.readouterr().err


@each_language
def test_patients_can_read_it(language: str) -> None:
    """
    Law: what patients read is plain, as each language's own measure has it.

    German by the first Wiener Sachtextformel, which is a school grade; Spanish by the index of
    Szigriszt-Pazos on the scale INFLESZ, where from 55 on a text is normal, from 80 very easy.
    """
    with in_language(language):
        texts = [told("patient", text) for kind, text in sorted(of_values()) if kind == "patient"]
    textstat.set_lang(language)
    try:
        if language == "de":
            found = [textstat.wiener_sachtextformel(text, 1) for text in texts]
            assert statistics.mean(found) <= 5
            assert max(found) <= 11
        else:
            found = [textstat.szigriszt_pazos(text) for text in texts]
            assert statistics.mean(found) >= 80
            assert min(found) >= 55
    finally:
        textstat.set_lang("en_US")
    mean = statistics.mean(found)
    print(f"{language}: mean {mean:.1f}, from {min(found):.1f} to {max(found):.1f}")


def test_catalogues_are_up_to_date() -> None:
    """Law: what is committed is what is compiled of the code, the edition and the translations."""
    pytest.importorskip("babel")
    made = [sys.executable, "-m", "tests.house.catalogues", "--check"]
    checked = subprocess.run(made, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("100 %") == len(OTHERS)
    assert {path.stem for path in (HOME / "catalogues").glob("*.mo")} == {*OTHERS}


CODE = """
import sys
sys.path.insert(0, sys.argv[1])
import microneedling as mn
assert sys.argv[1] in mn.__file__
given = mn.from_json(open("docs/examples/offer.json", "rb").read(), mn.Assessment)
print(ascii(mn.recommend(given, mn.latest()).brief(language="es")[:6]))
"""


def test_out_of_an_archive(tmp_path: Path) -> None:
    """Law: catalogues are read where no file of theirs lies on a disk."""
    archive = tmp_path / "library.zip"
    source = HOME.parent
    with zipfile.ZipFile(archive, "w") as held:
        for path in source.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                held.write(path, Path("microneedling") / path.relative_to(source))
    plain = {name: told for name, told in os.environ.items() if not name.startswith("COVERAGE")}
    asked = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE, str(archive)],
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() == "'OFERTA'"
