"""The grammar of a command line, and what is wrong with one, said by its own words alone."""

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from microneedling._foundation.checks import refuse

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

__all__ = [
    "Commands",
    "Parser",
    "Version",
    "edition_option",
    "examples",
    "in_english_alone",
    "language_option",
    "meant",
    "pager_option",
]

# So near that a word may have been meant, and so near that what was given is nobody's name.
_NEAR, _NEARER = 0.7, 0.8
_NUMBER = re.compile(r"-\.?[0-9]")
# What argparse says, and what we say for it: of what was given nothing is repeated.
_SAID = (
    (re.compile(r"argument (\S+): not allowed with argument (\S+)"), r"give \2 or \1, not both"),
    (re.compile(r"argument (\S+): expected one argument"), r"\1 needs a value"),
    (re.compile(r"argument (\S+): invalid int value"), r"\1 needs a whole number"),
    (re.compile(r"argument (\S+): ignored explicit argument"), r"\1 takes no value"),
    (re.compile(r"the following arguments are required: (.+)"), r"missing: \1"),
)
_CHOICE = re.compile(r"argument (\S+): invalid choice: '?([^']*)")
# From 3.14 on help is coloured where nobody says otherwise.
_PLAIN: Mapping[str, Any] = {"color": False} if sys.version_info >= (3, 14) else {}


def meant(word: str, words: Iterable[str]) -> str:
    """Ask whether the nearest of some words was meant; nothing where none is near."""
    found = _nearest(word, words, _NEAR)
    return f"; did you mean {found}?" if found else ""


def _nearest(word: str, words: Iterable[str], near: float) -> str:
    from difflib import get_close_matches

    bare = {known.lstrip("-"): known for known in words}
    found = get_close_matches(word.lstrip("-"), bare, 1, near)
    return bare[found[0]] if found else ""


def _which(word: str, words: Iterable[str], number: int) -> str:
    """Name an argument: by itself where it is a misspelt word of ours alone, or by its number."""
    return word if _nearest(word, words, _NEARER) else f"argument {number}"


def examples(*lines: str) -> str:
    """Write the end of a help."""
    return "\n".join(["examples:", *[f"  microneedling {line}" for line in lines]])


class _Help(argparse.HelpFormatter):
    """Fills lines of prose, leaves examples and lists as they are, and has one column for all."""

    def __init__(self, prog: str, **more: Any) -> None:  # noqa: ANN401 - as argparse has them
        super().__init__(prog, **more)
        self._action_max_length = self._max_help_position - 2

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """
    Says what is wrong, and where.

    What was given is repeated only where it is nearly a word of ours: it may name a patient.
    """

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as argparse has them
        super().__init__(**{"allow_abbrev": False, "formatter_class": _Help, **_PLAIN, **more})
        self.commands: Mapping[str, Parser] = {}

    def parsed(self, words: Sequence[str]) -> argparse.Namespace:
        """Take a command line apart."""
        first = words[0]
        if not first.startswith("-") and first not in self.commands:
            self._no_command(first)
        command = self.commands.get(first, self)
        command.check_options(words, self.commands.values())
        if command is self:
            return self.parse_args(words)
        # Options may stand between what is taken by its place, but not where they have an end.
        parse = command.parse_known_intermixed_args
        options, extra = (command.parse_known_args if "--" in words else parse)(words[1:])
        if extra:
            command.too_many(len(words) - [*reversed(words)].index(extra[-1]))
        return options

    def _no_command(self, word: str) -> NoReturn:
        near = meant(word, self.commands) or f"; there are {', '.join(self.commands)}"
        self.refuse(f"{_which(word, self.commands, 1)} is no command{near}")

    def check_options(self, words: Sequence[str], others: "Iterable[Parser]") -> None:
        """Refuse what is written like an option and is none."""
        for number, word in enumerate(words, 1):
            if word == "--":
                return
            name = word.partition("=")[0]
            if len(word) < 2 or word[0] != "-" or self.has_option(name):  # noqa: PLR2004 - a sign alone
                continue
            if " " in word or _NUMBER.match(word):
                continue
            if self.commands and any(other.has_option(name) for other in others):
                self.refuse(f"give {name} after a command")
            known = self._option_string_actions
            which = _which(name, known, number)
            self.refuse(f"{which} is no option of `{self.prog}`{meant(name, known)}")

    def has_option(self, name: str) -> bool:
        """Tell whether there is an option of a name."""
        return name in self._option_string_actions

    def too_many(self, number: int) -> NoReturn:
        """Refuse what is given besides all that is taken."""
        names = [str(one.metavar) for one in self._actions if not one.option_strings]
        takes = f"takes one {' and one '.join(names)}" if names else "takes options alone"
        self.refuse(f"argument {number} is one too many: `{self.prog}` {takes}")

    def error(self, message: str) -> NoReturn:
        """Refuse a command line in our own words."""
        self.refuse(self._told(message))

    def refuse(self, told: str) -> NoReturn:
        """Refuse a command line; what is told repeats nothing but our own words."""
        mark = "" if told.endswith("?") else ";"
        super().error(f"{told}{mark} see {self.prog} --help")

    def _told(self, message: str) -> str:
        for said, ours in _SAID:
            found = said.match(message)
            if found is not None:
                return found.expand(ours)
        chosen = _CHOICE.match(message)
        if chosen is not None:
            return self._not_chosen(chosen[1], chosen[2])
        return "an argument is not understood"

    def _not_chosen(self, name: str, word: str) -> str:
        for action in self._actions:
            if name in {*action.option_strings, action.metavar} and action.choices:
                choices = [str(choice) for choice in action.choices]
                return f"{name} is one of {', '.join(choices)}{meant(word, choices)}"
        return f"{name} is none that there is"

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Print the help; that it cannot be is no success."""
        print(self.format_help(), end="", file=file)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End, when all that was to be printed is out."""
        if sys.stdout is not None:
            sys.stdout.flush()
        super().exit(status, message)


class Version(argparse.Action):
    """Print the name and the version, and end."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002 - as argparse calls it
        values: object,  # noqa: ARG002 - likewise
        option_string: str | None = None,  # noqa: ARG002 - likewise
    ) -> None:
        """Do so as soon as it is read."""
        print(f"{parser.prog} {self.const}")
        parser.exit()


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no other name


def edition_option(otherwise: str = "the latest if not given") -> Parser:
    """Make the option by which a command takes an edition, and say which it is otherwise."""
    made = Parser(add_help=False)
    made.add_argument(
        "--edition",
        metavar="ID",
        help=f"the edition of the knowledge, such as 2026.1; {otherwise}",
    )
    return made


def language_option() -> Parser:
    """Make the option of commands that tell something in another language."""
    made = Parser(add_help=False)
    made.add_argument(
        "--language",
        metavar="CODE",
        help="what stands on a screen in one language: en, de or es; en if not given",
    )
    return made


def in_english_alone(options: argparse.Namespace, asked: str) -> None:
    """Refuse another language for what is told in English alone."""
    if options.language is not None:
        refuse("contradiction", "--language", f"{asked} is in English alone")


def pager_option() -> Parser:
    """Make the option of commands that print long texts."""
    made = Parser(add_help=False)
    made.add_argument(
        "--no-pager",
        action="store_true",
        help="print on a terminal what is longer than it, too; NO_PAGER=1 says so for all commands",
    )
    return made
