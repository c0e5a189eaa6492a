"""How many public bug reports are found, and how many of the forms that their projects came to are silent.

    python -m benchmarks.reports DIR

DIR holds one small file a report, whose head says `# class: ...`, and in `upstream/` the stable form under the same
name. The rules are those of all tiers. Whether it is the right rule is for the reader: each is shown beside the class.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.load import load

CLASS = re.compile(r"^# class: (.*)$", re.MULTILINE)


def found(path: Path, more: frozenset[str]) -> list[str]:
    """The names of the rules that find something in a file, each once."""
    # Imported here: the analysis takes longer to load than this to say what it needs.
    from stabaudit.check import check_text

    with choosing(more):
        return sorted({finding.rule for finding in check_text(path.read_text())})


def main(folder: Path) -> None:
    """Print each report with the rules that found it, each loud stable form, and the two counts."""
    more = frozenset(rule.name for rule in load() if rule.tier != "default")
    reports = sorted(folder.glob("*.py"))
    caught = 0
    for path in reports:
        rules = found(path, more)
        caught += bool(rules)
        kind = CLASS.search(path.read_text())
        print(f"{path.stem:32} {', '.join(rules) or '-':32} {kind[1] if kind else ''}")
    stable = sorted((folder / "upstream").glob("*.py"))
    loud = {path.stem: rules for path in stable if (rules := found(path, more))}
    for name, rules in loud.items():
        print(f"{name:32} upstream is not silent: {', '.join(rules)}")
    print(f"\n{caught} of {len(reports)} found, {len(stable) - len(loud)} of {len(stable)} stable forms silent")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
