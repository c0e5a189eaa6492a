"""The command line: what may be asked for, and the exit code of the answer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TextIO

from stabaudit import __version__

CLEAN, FOUND, FAILED = 0, 1, 2
# What a shell reports for a program that SIGINT or SIGPIPE ended.
INTERRUPTED, UNHEARD = 130, 141
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv`; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name or a line that the terminal cannot show is escaped; it must not end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = answer(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
        return code
    except Misuse as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough; what is still in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNHEARD


def answer(argv: Sequence[str]) -> int:
    """What `argv` asks for."""
    match argv:
        case ["check", *rest]:
            arguments = _check().parse_intermixed_args(rest)
            # Imported here, as all below: what is not asked for is not loaded.
            from stabaudit import command

            return command.check(arguments)
        case ["rule", *rest]:
            names = known(_named("rule", COMMANDS["rule"]).parse_args(rest).names, "rule")
            from stabaudit.report import catalogue

            return catalogue.show(names, sys.stdout)
        case ["verify", *rest]:
            names = known(_named("verify", COMMANDS["verify"]).parse_args(rest).names, "verify")
            from stabaudit.report import verification

            return verification.show(names, sys.stdout)
        case []:
            _top().print_help(sys.stderr)
            return FAILED
        case [word, *_] if not word.startswith("-"):
            hint = nearest(word, COMMANDS) or f"; to check files, use `stabaudit check {word}`"
            raise Misuse(f"unknown command `{word}`{hint}")
        case _:
            _top().parse_args(argv)
            raise Misuse("a command is missing; see `stabaudit --help`")


def _top() -> Parser:
    top = Parser(
        prog="stabaudit",
        usage="stabaudit [-h] [--version] COMMAND ...",
        description="Find numerically unstable Python, rewrite it, and prove the rewrite.",
        epilog="commands:\n" + "\n".join(f"  {name:8} {told}" for name, told in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"stabaudit {__version__}")
    return top


def _named(name: str, told: str) -> Parser:
    one = Parser(prog=f"stabaudit {name}", description=f"{told.capitalize()}.")
    one.add_argument("names", nargs="*", metavar="NAME", help="names of rules (default: all)")
    return one


def _check() -> Parser:
    check = Parser(
        prog="stabaudit check",
        description=f"{COMMANDS['check'].capitalize()}. Exit code: 0 nothing left, 1 findings, 2 errors.",
    )
    add = check.add_argument
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
    return check


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


def complain(message: str, kind: str = "error", stream: TextIO | None = None) -> None:
    """One line on standard error."""
    from stabaudit.report.ink import clean, ink

    stream = stream or sys.stderr
    paint = ink(stream)
    label = paint.red(f"{kind}:") if kind == "error" else paint.yellow(f"{kind}:")
    stream.write(f"{label} {clean(message)}\n")
