"""Which options of `stabaudit check` can be given together: what would have no say is refused, never passed over."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator

from stabaudit.catalogue.names import UsageError

#: Standard input in the place of paths.
INPUT = "-"
#: Options that say nothing without another one.
NEEDED = {
    "--stdin-filename": INPUT,
    "--judge": "--since",
    "--no-merge-base": "--since",
    "--interactive": "--fix",
    "--reason": "--add-ignores",
}
_CHANGES = ("--fix", "--diff", "--interactive", "--add-ignores")
_RESULTS = ("--statistics", "--output-file", "--output-format", "--reach", "--judge", "--show-silenced")
#: Options that do something else than others, and those of which they would take no notice.
APART = {
    "--show-settings": (*_CHANGES, *_RESULTS, "--watch", "--show-files"),
    "--show-files": (*_CHANGES, *_RESULTS, "--watch", INPUT),
    "--judge": (
        *_CHANGES,
        *("--statistics", "--output-file", "--reach", "--show-silenced", "--parse-all", "--no-sieve", "--verbose"),
        *("--min-severity", "--fail-on", "--baseline", "--unsafe-fixes", "--exit-non-zero-on-fix"),
        *("--fixable", "--unfixable"),
    ),
    "--reach": (*_CHANGES, "--statistics"),
    "--watch": (*_CHANGES, INPUT),
    "--add-ignores": (
        *("--fix", "--diff", "--output-file", "--output-format", "--statistics", "--show-silenced", INPUT),
        *("--exit-non-zero-on-fix", "--unsafe-fixes"),
    ),
    "--diff": ("--interactive", "--output-file", "--output-format", "--statistics"),
    "--interactive": ("--output-file", "--output-format", "--statistics", INPUT),
    "--statistics": ("--output-file",),
    "--since": (INPUT,),
    "--parse-all": ("--no-sieve",),
}
#: The forms in which some options tell what they are asked for.
FORMS = {
    "--judge": ("text", "json"),
    "--statistics": ("text", "concise", "json"),
    "--reach": ("text", "concise", "json", "json-lines", "html"),
}


def refuse(arguments: Namespace, paths: Iterable[str]) -> None:
    """Raise `UsageError` for the first options that cannot be asked for together."""
    given = {*_given(arguments), *({INPUT} if INPUT in paths else ())}
    if INPUT in given and len([*paths]) > 1:
        raise UsageError("`-` is standard input and cannot be combined with paths; check the paths in another run")
    for option, other in NEEDED.items():
        if option in given and other not in given:
            raise UsageError(f"{option} needs {'`-` as the path' if other == INPUT else other}")
    for option, others in APART.items():
        for other in others if option in given else ():
            if other in given:
                raise UsageError(f"{option} cannot be combined with {'`-`' if other == INPUT else other}")


def refuse_form(arguments: Namespace, forms: Iterable[str]) -> None:
    """Raise `UsageError` for a form in which what is asked for would not be told."""
    for option, told in FORMS.items():
        for form in forms if option in {*_given(arguments)} else ():
            if form not in told:
                raise UsageError(f"{option} prints {', '.join(told[:-1])} or {told[-1]}, not {form}")


def _given(arguments: Namespace) -> Iterator[str]:
    for name, value in vars(arguments).items():
        if value not in (None, False, []):
            yield f"--{name.replace('_', '-')}"
