"""Scripts that complete the words of the command line, made from its own parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from stabaudit.catalogue.names import UNUSED, known_rules
from stabaudit.cli import arguments
from stabaudit.records import Record


class Option(Record):
    """The spellings of an option, what it says, its words (none for a file), and whether it takes one."""

    names: tuple[str, ...]
    told: str
    choices: tuple[str, ...]
    takes: bool


def script(shell: str) -> str:
    """What the user's `shell` is to read."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _commands() -> dict[str, argparse.ArgumentParser]:
    return {
        "check": arguments.check(),
        "witness": arguments.witness(),
        "explain": arguments.explain(),
        "baseline": arguments.baseline(),
        "server": arguments.server(),
        "config": arguments.config(),
        "vendor": arguments.vendor(),
        "rule": arguments.rule(),
        "verify": arguments.verify(),
        "generate-shell-completion": arguments.completion(),
    }


def _options(parser: argparse.ArgumentParser) -> Iterator[Option]:
    rules = tuple(known_rules())
    for action in parser._actions:
        if action.option_strings and action.help is not argparse.SUPPRESS:
            choices = tuple(action.choices or ()) or (rules if action.metavar == "RULES" else ())
            told = (action.help or "").replace("'", "")
            yield Option(tuple(action.option_strings), told, choices, action.nargs != 0)


def _words(command: str) -> tuple[str, ...]:
    """What may stand in the place of a path."""
    if command == "rule":
        return tuple(known_rules())
    if command == "verify":
        return tuple(rule for rule in known_rules() if rule != UNUSED)
    return ("bash", "zsh", "fish") if command == "generate-shell-completion" else ()


def _bash() -> str:
    cases = []
    for command, parser in _commands().items():
        options = list(_options(parser))
        names = " ".join(name for option in options for name in option.names)
        for option in options:
            if option.takes:
                way = f'-W "{" ".join(option.choices)}"' if option.choices else "-f"
                cases += [f'    {command}:{name}) COMPREPLY=($(compgen {way} -- "$word"));;' for name in option.names]
        cases.append(f'    {command}:*) _stabaudit_else "{names}" "{" ".join(_words(command))}";;')
    return f"""\
_stabaudit_else() {{
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$1" -- "$word"))
  elif [[ $2 ]]; then
    COMPREPLY=($(compgen -W "$2" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
_stabaudit() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "{" ".join(arguments.COMMANDS)} --help --version" -- "$word"))
    return
  fi
  case ${{COMP_WORDS[1]}}:$before in
{chr(10).join(cases)}
  esac
}}
complete -o filenames -F _stabaudit stabaudit
"""


def _zsh() -> str:
    cases = []
    for command, parser in _commands().items():
        specs = []
        for option in _options(parser):
            told = option.told.replace("[", "(").replace("]", ")").replace(":", " -")
            way = f":value:({' '.join(option.choices)})" if option.choices else ":value:_files"
            specs += [f"'*{name}[{told}]{way if option.takes else ''}'" for name in option.names]
        words = f"'*:name:({' '.join(_words(command))})'" if _words(command) else "'*:path:_files'"
        cases.append(f"    {command}) _arguments {' '.join([*specs, words])};;")
    commands = " ".join(f"'{name}:{told}'" for name, told in arguments.COMMANDS.items())
    return f"""\
#compdef stabaudit
_stabaudit() {{
  if ((CURRENT == 2)); then
    local -a commands=({commands})
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{chr(10).join(cases)}
  esac
}}
compdef _stabaudit stabaudit
"""


def _fish() -> str:
    lines = ["complete -c stabaudit -f"]
    for name, told in arguments.COMMANDS.items():
        lines.append(f"complete -c stabaudit -n __fish_use_subcommand -a {name} -d '{told}'")
    for command, parser in _commands().items():
        where = f"complete -c stabaudit -n '__fish_seen_subcommand_from {command}'"
        for option in _options(parser):
            names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
            way = f" -x -a '{' '.join(option.choices)}'" if option.choices else " -r -F" if option.takes else ""
            lines.append(f"{where} {names}{way} -d '{option.told}'")
        lines.append(f"{where} -a '{' '.join(_words(command))}'" if _words(command) else f"{where} -F")
    return "\n".join(lines) + "\n"
