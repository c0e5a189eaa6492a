"""The words of the command line, and one line for what is none of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from stabaudit import __version__

COMMANDS = {
    "check": "find, show and fix unstable formulas",
    "rule": "show all rules, or the whole story of some",
    "verify": "prove the rules on this machine",
}


class Misuse(Exception):
    """The command line asks for something that is not there."""


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a mistake with one line and the nearest right word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        about, _, words = message.partition(": ")
        hint = (
            nearest(words.split()[0], self._option_string_actions) if about.startswith("unrecognized") else ""
        )
        raise Misuse(f"{message}{hint or f'; see `{self.prog} --help`'}")


def top() -> Parser:
    """What may stand before or instead of a command."""
    parser = Parser(
        prog="stabaudit",
        usage="stabaudit [-h] [--version] COMMAND ...",
        description="Find numerically unstable Python, rewrite it, and prove the rewrite.",
        epilog="commands:\n" + "\n".join(f"  {name:8} {told}" for name, told in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"stabaudit {__version__}")
    return parser


def named(name: str) -> Parser:
    """The arguments of a command that takes rules."""
    parser = Parser(prog=f"stabaudit {name}", description=f"{COMMANDS[name].capitalize()}.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="names of rules (default: all)")
    return parser


def check() -> Parser:
    """The arguments of `stabaudit check`."""
    parser = Parser(
        prog="stabaudit check",
        description=f"{COMMANDS['check'].capitalize()}. Exit code: 0 nothing left, 1 findings, 2 errors.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; `-` is standard input (default: .)")
    add("--fix", action="store_true", help="rewrite what can be rewritten safely")
    add("--unsafe-fixes", action="store_true", help="count and apply fixes that may change behaviour, too")
    add("--diff", action="store_true", help="show what --fix would do as a diff; write nothing")
    add("--select", action="append", metavar="RULES", help="only these rules (names, comma separated)")
    add("--ignore", action="append", metavar="RULES", help="not these rules")
    add("--output-format", choices=("text", "concise", "json"), default="text", help="default: text")
    add("--stdin-filename", metavar="PATH", help="what to call standard input")
    add("-j", "--jobs", type=_jobs, metavar="N", help="processes at most (default: one for each processor)")
    add("--version", action="version", version=f"stabaudit {__version__}")
    return parser


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes")
    return int(text)


def known(names: Iterable[str], where: str) -> list[str]:
    """`names`, all of which are rules."""
    from stabaudit import rule

    names = list(names)
    rules = rule.names() if names else []
    for name in names:
        if name not in rules:
            hint = nearest(name, rules) or "; `stabaudit rule` lists them"
            raise Misuse(f"unknown rule `{name}` in {where}{hint}")
    return names


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean …?` where one of `words` is near."""
    # Imported here: only a mistake needs it.
    from difflib import get_close_matches

    near = get_close_matches(word, list(words), 1)
    return f"; did you mean `{near[0]}`?" if near else ""
