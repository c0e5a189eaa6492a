"""What the documents show is what the commands print; `python -m tests.test_docs` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from stabaudit import rule

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
# Blocks of this kind start with one command; the rest of the block is what it prints.
BLOCK = re.compile(r"(?<=```console\n)\$ (?P<command>.+)\n(?P<output>(?:(?!```).*\n)*)")
TABLE = re.compile(r"(?<=<!-- rules: begin -->\n).*?(?=<!-- rules: end -->)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def printed(command: str) -> str:
    """What a command prints at the top of the repository."""
    word, *words = shlex.split(command)
    program = {"stabaudit": [sys.executable, "-m", "stabaudit"], "python": [sys.executable]}[word]
    environment = {k: v for k, v in os.environ.items() if k != "FORCE_COLOR"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([*program, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    return done.stdout.decode()


def table() -> str:
    """The rules as a table."""
    rows = "".join(
        f"| [`{one.name}`](rules/{one.path.name}) | {one.summary.replace('|', chr(92) + '|')} "
        f"| {'yes' if one.fixable else 'no'} |\n"
        for one in rule.load()
    )
    return f"| rule | what it finds | fix |\n|---|---|---|\n{rows}"


def renewed(text: str) -> str:
    """A document with its outputs and its table as they are now."""
    text = BLOCK.sub(lambda m: f"$ {m['command']}\n{printed(m['command'])}", text)
    return TABLE.sub(lambda _: table(), text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_shows_what_the_commands_print(document: Path):
    text = document.read_text()
    assert renewed(text) == text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_a_document_lead_somewhere(document: Path):
    for target in LINK.findall(document.read_text()):
        assert (document.parent / target).exists(), target


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(renewed(document.read_text()))
