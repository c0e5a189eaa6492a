"""Whether a tag may be released: all files name its version, and nothing is left to be filled in.

`python .ci/release.py v0.1.0` prints what is missing, one thing a line, and ends with exit code 1 if there is any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: What stands for something that is known only at a release, and where it may stand until then.
PLACEHOLDERS = {
    "docs/integrations.md": (r"\bOWNER\b", r"@COMMIT\b"),
    "CITATION.cff": (r"\bOWNER\b",),
    "Dockerfile": (),
}


def missing(tag: str, root: Path = ROOT) -> Iterator[str]:
    """What keeps a tag from being released."""
    version = tag.removeprefix("v")
    if not re.fullmatch(r"v\d+\.\d+\.\d+", tag):
        yield f"{tag}: a tag is a v and three numbers"
    says = {
        "pyproject.toml": rf'^version = "{re.escape(version)}"$',
        "stabaudit/__init__.py": rf'^__version__ = "{re.escape(version)}"$',
        "CITATION.cff": rf"^version: {re.escape(version)}$",
        "CHANGELOG.md": rf"^## {re.escape(version)}\b",
        "docs/integrations.md": rf"^    rev: {re.escape(tag)}$",
    }
    for name, pattern in says.items():
        if not re.search(pattern, (root / name).read_text(encoding="utf-8"), re.MULTILINE):
            yield f"{name}: does not name {version}"
    for name, patterns in PLACEHOLDERS.items():
        for row, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1):
            yield from (
                f"{name}:{row}: `{found[0]}` is to be filled in" for p in patterns if (found := re.search(p, line))
            )
    if not re.search(r'^SITE = "https://.+/"', (root / "stabaudit/report/address.py").read_text(), re.MULTILINE):
        yield "stabaudit/report/address.py: SITE and `project.urls` are not set"


if __name__ == "__main__":
    found = list(missing(sys.argv[1]))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
