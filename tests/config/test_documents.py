"""The keys in the document are those of the table; `python -m tests.test_docs` writes them anew."""

from __future__ import annotations

import re

from stabaudit.cli.show_config import toml
from stabaudit.config.table import KEYS
from tests.run import ROOT

DOCUMENT = ROOT / "docs" / "configuration.md"
TABLE = re.compile(r"(?<=<!-- keys: begin -->\n).*?(?=<!-- keys: end -->)", re.DOTALL)


def table() -> str:
    """The keys with what they say and their defaults."""
    rows = "".join(
        f"| `{name}` | {key.told} | {'' if key.default is None else f'`{toml(key.default)}`'} |\n"
        for name, key in KEYS.items()
    )
    return f"| key | what it says | default |\n|---|---|---|\n{rows}"


def test_the_document_has_all_keys_as_they_are():
    assert TABLE.search(DOCUMENT.read_text())[0] == table()  # type: ignore[index]


def write() -> None:
    """The document with the keys as they are."""
    DOCUMENT.write_text(TABLE.sub(lambda _: table(), DOCUMENT.read_text()))
