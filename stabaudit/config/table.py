"""The keys of the configuration: the one table that validator, schema and documents are made from."""

from __future__ import annotations

from stabaudit.findings.severity import SEVERITIES
from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.source.find import EXCLUDED

if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

Kind: TypeAlias = (
    'Literal["rules", "patterns", "rules by pattern", "flag", "choice", "path", '
    '"modules", "number", "release", "options", "small"]'
)

#: The forms that results may have; each is a module of `report` of that name, `-` read as `_`.
FORMATS = (
    *("text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "azure", "rdjson", "junit"),
    *("markdown", "html"),
)
#: Where fixes may take their functions from.
TARGETS = ("auto", "runtime", "scipy", "native", "imported", "vendored")


class Key(Record):
    """What a key may hold, what it says, and what holds without it."""

    kind: Kind
    told: str
    default: Any = None
    choices: tuple[str, ...] = ()


KEYS = {
    "extend": Key("path", "another configuration file to inherit settings from"),
    "select": Key("rules", "rules to enable, `ALL` for every one (default: all that hold by default)"),
    "extend-select": Key("rules", "additional rules to enable", ()),
    "preview": Key("flag", "also enable rules that are in preview", False),
    "ignore": Key("rules", "rules to disable", ()),
    "extend-ignore": Key("rules", "additional rules to disable", ()),
    "per-file-ignores": Key("rules by pattern", "rules to disable in files that match a pattern", {}),
    "extend-per-file-ignores": Key("rules by pattern", "additional rules to disable by file pattern", {}),
    "include": Key("patterns", "patterns of files to check in folders (default: by file extension)"),
    "exclude": Key("patterns", "files and folders to exclude; replaces the default", EXCLUDED),
    "extend-exclude": Key("patterns", "additional files and folders to exclude", ()),
    "force-exclude": Key("flag", "also exclude matching paths that are named on the command line", False),
    "respect-gitignore": Key("flag", "exclude files that git ignores", True),
    "fixable": Key("rules", "rules with fixes enabled (default: all)"),
    "unfixable": Key("rules", "rules with fixes disabled", ()),
    "unsafe-fixes": Key("flag", "also count and apply fixes that may change behaviour", False),
    "extend-safe-fixes": Key("rules", "rules whose unsafe fixes count as safe", ()),
    "extend-unsafe-fixes": Key("rules", "rules whose safe fixes count as unsafe", ()),
    "min-severity": Key("choice", "lowest severity to report", "note", SEVERITIES),
    "fail-on": Key("choice", "lowest severity that makes the exit code 1", "note", SEVERITIES),
    "output-format": Key("choice", "format of the output", "text", FORMATS),
    "notebooks": Key("flag", "check the Python cells of Jupyter notebooks", True),
    "documents": Key(
        "flag", "check the Python code blocks of Markdown and reStructuredText, and the examples in docstrings", False
    ),
    "max-file-size": Key("number", "size limit of a file in megabytes; larger files are skipped", 2),
    "baseline": Key("path", "baseline file, whose findings are not reported"),
    "target": Key("choice", "where fixes of NumPy and `math` code take their functions from", "auto", TARGETS),
    "vendored": Key("path", 'module that `stabaudit vendor` writes, for `target = "vendored"`'),
    "scipy-version": Key("release", 'oldest supported SciPy version, for `target = "scipy"`', "1.10"),
    "rules": Key("options", 'options of single rules, as in `log1p = { severity = "note" }`', {}),
    "array-modules": Key("modules", 'names that refer to array libraries, such as `xp = "numpy"`', {}),
}


class Option(Record):
    """An option of single rules: what it may hold and says, and the `rules` that have it, none for all."""

    key: Key
    rules: tuple[str, ...] = ()


OPTIONS = {
    "severity": Option(Key("choice", "severity of all findings of the rule", choices=SEVERITIES)),
    "smallest-guard": Option(
        Key("small", "smallest number that counts as a guard which takes the place of the logarithm"), ("log-guard",)
    ),
}
