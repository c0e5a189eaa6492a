"""The words of the command line, and one line for what is none of them."""

from __future__ import annotations

import argparse
import os
import sys
from functools import cache

from stabaudit import __version__
from stabaudit.catalogue.names import UsageError, nearest
from stabaudit.config.table import FORMATS, TARGETS
from stabaudit.engine.limits import LIMITS
from stabaudit.findings.severity import SEVERITIES
from stabaudit.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn

# It asks for each of its words in the language of the user, which Python has none of; only that imports `locale`.
setattr(argparse, "_", str)  # noqa: B010

COMMANDS = {
    "check": "find, show and fix unstable formulas",
    "witness": "print a script that reproduces a finding",
    "explain": "explain a warning, a traceback or a line of a log: harmless or wrong, and what to write",
    "baseline": "record current findings as a baseline, so that only new ones are reported",
    "server": "serve findings and fixes to an editor (Language Server Protocol)",
    "clean": "delete the cache",
    "config": "show the settings for a path, and where they come from",
    "vendor": "copy the functions that fixes call into the project, so that it does not depend on stabaudit",
    "rule": "list all rules, or explain some in full",
    "verify": "check the rules against true values on this machine",
    "generate-shell-completion": "print a completion script for bash, zsh or fish",
}


#: Settings that concern each command which looks at code: which, and by what configuration.
LEAST = ("--select", "--exclude", "--extend-exclude", "--config", "--isolated")


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a mistake with one line and the nearest right word.

    `words` are what its command takes beside options.
    """

    def __init__(self, words: str = "", **options: Any) -> None:
        # To write out all options takes a millisecond, which argparse does before it reads any.
        usage = f"%(prog)s [OPTION ...] {words}".rstrip()
        super().__init__(**{"allow_abbrev": False, "formatter_class": _formatter, "usage": usage, **options})

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        about, _, words = message.partition(": ")
        hint = nearest(words.split()[0], self._option_string_actions) if about.startswith("unrecognized") else ""
        raise UsageError(f"{message}{hint or f'; see `{self.prog} --help`'}")


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Asked for with each argument; by itself it imports all that Python knows of archives to learn the width.
    return argparse.HelpFormatter(prog, width=_columns() - 2)


@cache
def _columns() -> int:
    if (said := os.environ.get("COLUMNS", "")).isdecimal() and int(said):
        return int(said)
    try:
        # A terminal that does not know says 0.
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def top() -> Parser:
    """What may stand before or instead of a command."""
    parser = Parser(
        prog="stabaudit",
        usage="stabaudit [-h] [--version] COMMAND ...",
        description="Find numerically unstable Python, rewrite it, and check the rewrite against true values.",
        epilog="commands:\n" + "\n".join(f"  {name:26} {told}" for name, told in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"stabaudit {__version__}")
    return parser


def verify() -> Parser:
    """The arguments of `stabaudit verify`."""
    parser = named("verify")
    parser.add_argument("--rules", metavar="FOLDER", help="a folder of rule files of your own, which are run")
    return parser


def named(name: str) -> Parser:
    """The arguments of a command that takes rules."""
    parser = Parser("[NAME ...]", prog=f"stabaudit {name}", description=f"{COMMANDS[name].capitalize()}.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="names of rules (default: all)")
    return parser


def rule() -> Parser:
    """The arguments of `stabaudit rule`."""
    parser = named("rule")
    forms = ("text", "json", "markdown")
    parser.add_argument("--output-format", choices=forms, default="text", metavar="FORMAT", help=f"{', '.join(forms)}")
    return parser


def check() -> Parser:
    """The arguments of `stabaudit check`."""
    parser = Parser(
        "[PATH ...]",
        prog="stabaudit check",
        description=f"{COMMANDS['check'].capitalize()}. Exit code: 0 nothing left, 1 findings, 2 errors.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; `-` is standard input (default: .)")
    add("--fix", action="store_true", help="apply safe fixes")
    add("--interactive", action="store_true", help="with --fix, ask about each fix")
    add("--unsafe-fixes", **_flag("also count and apply fixes that may change behaviour"))
    add("--no-unsafe-fixes", **_unflag("unsafe_fixes", argparse.SUPPRESS))
    add("--diff", action="store_true", help="show what --fix would do as a diff; write nothing")
    add("--add-ignores", action="store_true", help="suppress current findings with comments")
    add("--show-silenced", action="store_true", help="also report suppressed findings")
    add("--reason", metavar="TEXT", help="explanation for the comments of --add-ignores")
    add("--stdin-filename", metavar="PATH", help="file name to show for standard input")
    told = f"{', '.join(SEVERITIES)}; less is"
    add("--min-severity", choices=SEVERITIES, metavar="SEVERITY", help=f"{told} not reported (default: note)")
    add("--fail-on", choices=SEVERITIES, metavar="SEVERITY", help=f"{told} no failure (default: note)")
    add("--since", metavar="REVISION", help="report only what is new since a git revision, such as origin/main")
    add("--judge", action="store_true", help="with --since, say of each changed formula whether it is cured")
    add("--no-merge-base", action="store_true", help="compare with that revision itself, not with where HEAD left it")
    add("--reach", metavar="FILE", help="sort by how near the data came to each, as `pytest --stabaudit` has seen it")
    add("--output-format", choices=FORMATS, metavar="FORMAT", help=f"{', '.join(FORMATS)} (default: text)")
    add(
        "--output-file",
        action="append",
        metavar="[FORMAT:]FILE",
        help="write results to FILE; with FORMAT, in addition to the normal output; repeatable",
    )
    add("--statistics", action="store_true", help="show counts by rule, severity and folder instead of findings")
    add(
        "--parse-all",
        action="store_true",
        help="fail on any file that cannot be parsed, even one without a formula",
    )
    add("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")
    add("--show-files", action="store_true", help="list the files that would be checked")
    add("--show-settings", action="store_true", help="show the settings for the first path, as `stabaudit config` does")
    add("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    add("--exit-non-zero-on-fix", action="store_true", help="exit with 1 even if everything was fixed")
    add("-q", "--quiet", action="store_true", help="show findings and errors only")
    add("-v", "--verbose", action="store_true", help="also show the configuration in use and slow files")
    _machine(parser)
    add("--rules", metavar="FOLDER", help="a folder of rule files of your own, which are run: only files you trust")
    add("--no-cache", action="store_true", help="do not read or write the cache")
    add("--no-sieve", action="store_true", help="analyse all code, without the prefilter (slow)")
    _settings(parser)
    add("--version", action="version", version=f"stabaudit {__version__}")
    return parser


def baseline() -> Parser:
    """The arguments of `stabaudit baseline`."""
    parser = Parser("[PATH ...]", prog="stabaudit baseline", description=f"{COMMANDS['baseline'].capitalize()}.")
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; what is recorded of others stays (default: .)")
    add("--prune", action="store_true", help="only drop findings that are gone; record no new ones")
    _machine(parser)
    _settings(parser)
    return parser


def config() -> Parser:
    """The arguments of `stabaudit config`."""
    parser = Parser("[PATH]", prog="stabaudit config", description=f"{COMMANDS['config'].capitalize()}.")
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or folder (default: .)")
    _settings(parser)
    return parser


def clean() -> Parser:
    """The arguments of `stabaudit clean`: none."""
    return Parser(prog="stabaudit clean", description=f"{COMMANDS['clean'].capitalize()}.")


def vendor() -> Parser:
    """The arguments of `stabaudit vendor`."""
    parser = Parser("[PATH]", prog="stabaudit vendor", description=f"{COMMANDS['vendor'].capitalize()}.")
    add = parser.add_argument
    add(
        "path",
        nargs="?",
        metavar="PATH",
        help="the module, such as src/pkg/_stable.py (default: the recorded one)",
    )
    add(
        "--functions", action="append", metavar="NAMES", help="functions to copy (default: those that fixes would call)"
    )
    add("--check", action="store_true", help="write nothing; exit with 1 if the module is out of date")
    _machine(parser)
    _settings(parser, least=True)
    return parser


def witness() -> Parser:
    """The arguments of `stabaudit witness`."""
    parser = Parser("FILE:LINE[:COL]", prog="stabaudit witness", description=f"{COMMANDS['witness'].capitalize()}.")
    parser.add_argument("place", metavar="FILE:LINE[:COL]", help="place of the finding, as in the report")
    parser.add_argument("--as-test", action="store_true", help="print a test for pytest instead")
    _machine(parser)
    _settings(parser)
    return parser


def server() -> Parser:
    """The arguments of `stabaudit server`."""
    parser = Parser(prog="stabaudit server", description=f"{COMMANDS['server'].capitalize()}.")
    parser.add_argument("--stdio", action="store_true", help="speak through standard input and output (always so)")
    _machine(parser)
    parser.add_argument("--no-cache", action="store_true", help="do not read the cache")
    _settings(parser)
    return parser


def explain() -> Parser:
    """The arguments of `stabaudit explain`."""
    parser = Parser(
        "[FILE:LINE]",
        prog="stabaudit explain",
        description=f"{COMMANDS['explain'].capitalize()}. Exit code: 0 nothing wrong, 1 wrong, 2 errors.",
    )
    add = parser.add_argument
    add("place", nargs="?", metavar="FILE:LINE", help="a place; without one, the text is read from standard input")
    add("--under", default=".", metavar="FOLDER", help="the code that the text is about (default: .)")
    _machine(parser)
    _settings(parser)
    return parser


def completion() -> Parser:
    """The arguments of `stabaudit generate-shell-completion`."""
    name = "generate-shell-completion"
    parser = Parser("SHELL", prog=f"stabaudit {name}", description=f"{COMMANDS[name].capitalize()}.")
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell to complete in")
    return parser


def _machine(parser: Parser) -> None:
    """What a run may take of the machine; only the command line says so, as a configuration may be another's."""
    add = parser.add_argument
    add("-j", "--jobs", type=_jobs, metavar="N", help="maximum number of processes (default: one per CPU)")
    add(
        "--timeout",
        type=_amount,
        default=LIMITS.seconds,
        metavar="SECONDS",
        help=f"skip a file after this many seconds of CPU time, longer if it is large; 0: no limit "
        f"(default: {LIMITS.seconds})",
    )
    add(
        "--max-memory",
        type=_amount,
        default=LIMITS.megabytes,
        metavar="MB",
        help=f"skip a file that takes more than this many MB; 0: no limit (default: {LIMITS.megabytes})",
    )


def _settings(parser: Parser, *, least: bool = False) -> None:
    """What may be said in place of the configuration; the help of a command may show the `least` of it."""
    group = parser.add_argument_group("settings")

    def add(name: str, **about: Any) -> None:
        group.add_argument(name, **about if name in LEAST or not least else {**about, "help": argparse.SUPPRESS})

    add("--select", action="append", metavar="RULES", help="rules to enable (names, comma-separated)")
    add("--preview", **_flag("also enable rules in preview"))
    add("--no-preview", **_unflag("preview", argparse.SUPPRESS))
    add("--extend-select", action="append", metavar="RULES", help="additional rules to enable")
    add("--ignore", action="append", metavar="RULES", help="rules to disable")
    add("--extend-ignore", action="append", metavar="RULES", help="additional rules to disable")
    add("--fixable", action="append", metavar="RULES", help="rules with fixes enabled")
    add("--unfixable", action="append", metavar="RULES", help="rules with fixes disabled")
    add("--exclude", action="append", metavar="PATTERNS", help="exclude these instead of the defaults")
    add("--extend-exclude", action="append", metavar="PATTERNS", help="additional patterns to exclude")
    add("--target", choices=TARGETS, metavar="TARGET", help=f"where fixes import functions from: {', '.join(TARGETS)}")
    add("--force-exclude", **_flag("also exclude matching paths that are named"))
    add("--respect-gitignore", **_flag("exclude files that git ignores (default)"))
    add("--no-respect-gitignore", **_unflag("respect_gitignore", "look also at what git ignores"))
    add("--baseline", metavar="FILE", help="baseline file, whose findings are not reported")
    add(
        "--config",
        action="append",
        metavar="FILE",
        help="configuration file to use instead of those found; or `KEY = VALUE` in TOML",
    )
    add("--isolated", action="store_true", help="ignore configuration files")
    _colour(parser)


def _colour(parser: argparse.ArgumentParser) -> None:
    whens = ("auto", "always", "never")
    parser.add_argument("--color", choices=whens, default="auto", metavar="WHEN", help=f"{', '.join(whens)}")


def _flag(told: str) -> dict[str, Any]:
    # None says that the configuration decides.
    return {"action": "store_const", "const": True, "help": told}


def _unflag(name: str, told: str) -> dict[str, Any]:
    return {"dest": name, "action": "store_const", "const": False, "help": told}


def _amount(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes")
    return int(text)
