"""The keys of the configuration: the one table that validator, schema and documents are made from."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from stabaudit.findings.finding import SEVERITIES
from stabaudit.source.find import EXCLUDED

Kind = Literal["rules", "patterns", "rules by pattern", "flag", "choice", "path", "modules", "number", "release"]

#: The forms that results may have; each is a module of `report` of that name, `-` read as `_`.
FORMATS = ("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown")
#: Where fixes may take their functions from.
TARGETS = ("auto", "runtime", "scipy", "native", "imported", "vendored")


class Key(NamedTuple):
    """What a key may hold, what it says, and what holds without it."""

    kind: Kind
    told: str
    default: Any = None
    choices: tuple[str, ...] = ()


KEYS = {
    "extend": Key("path", "another configuration file, whose keys hold where this file has none"),
    "select": Key("rules", "only these rules (default: all)"),
    "extend-select": Key("rules", "these rules as well", ()),
    "ignore": Key("rules", "not these rules", ()),
    "extend-ignore": Key("rules", "nor these rules", ()),
    "per-file-ignores": Key("rules by pattern", "rules that do not hold in files that match a pattern", {}),
    "extend-per-file-ignores": Key("rules by pattern", "the same, beside those of an extended file", {}),
    "include": Key("patterns", "files that are looked for in folders (default: by the ends of their names)"),
    "exclude": Key("patterns", "files and folders that are left out; takes the place of the default", EXCLUDED),
    "extend-exclude": Key("patterns", "files and folders that are left out as well", ()),
    "force-exclude": Key("flag", "leave out also what is named on the command line", False),
    "respect-gitignore": Key("flag", "leave out what git ignores", True),
    "fixable": Key("rules", "only these rules fix something (default: all)"),
    "unfixable": Key("rules", "these rules fix nothing", ()),
    "unsafe-fixes": Key("flag", "count and apply fixes that may change behaviour, too", False),
    "extend-safe-fixes": Key("rules", "rules whose unsafe fixes count as safe", ()),
    "extend-unsafe-fixes": Key("rules", "rules whose safe fixes count as unsafe", ()),
    "min-severity": Key("choice", "what weighs less is not reported", "note", SEVERITIES),
    "fail-on": Key("choice", "what weighs less leaves the exit code 0", "note", SEVERITIES),
    "output-format": Key("choice", "how results are shown", "text", FORMATS),
    "notebooks": Key("flag", "check the Python cells of Jupyter notebooks", True),
    "documents": Key("flag", "check the Python code blocks of Markdown and reStructuredText", False),
    "max-file-size": Key("number", "megabytes of text above which a file is not analysed, for want of memory", 2),
    "baseline": Key("path", "a file of findings that are known already and not reported"),
    "target": Key("choice", "where fixes of NumPy and `math` code take their functions from", "auto", TARGETS),
    "vendored": Key("path", 'the module of `target = "vendored"`, which `stabaudit vendor` writes'),
    "scipy-version": Key("release", 'the oldest SciPy that the code runs with, for `target = "scipy"`', "1.10"),
    "array-modules": Key("modules", 'names that stand for array libraries, such as `xp = "numpy"`', {}),
}
