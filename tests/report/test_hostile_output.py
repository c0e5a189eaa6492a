"""What a hostile tree says stays what it says: no output of it is a command, markup or an unreadable file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

COMMAND = Path(sys.executable).with_name("stabaudit")
BAD = "import numpy as np\n\ns = '::add-mask::'\n\n\ndef f(x):\n    return np.log(1 + x['{}'])\n"
#: What stands in names of files and in the code of findings.
SAID = ["::add-mask::a", "  ::error::a", "##[error]a", "##vso[task.complete]a", "`@everyone` #1", "a|b", "%0a", "<b>"]
SAID += ["\\*a*", "\u202egpj", "\ue000", "`", "``a``", "~~a~~", "https:&"]
#: What is said in names alone, as no line of code holds it.
NAMES = [*SAID, "a\nb", "\x1b[31mred", "\r::a", "\x85", os.fsdecode(b"\xff")]
FORMS = ["text", "concise", "github", "markdown", "json", "json-lines", "sarif", "junit", "gitlab"]
FORMS += ["azure", "rdjson", "html"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such names there")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for number, name in enumerate(NAMES):
        said = SAID[number % len(SAID)].replace("\\", "\\\\")
        (folder / f"{name}.py").write_text(BAD.format(said))
    (folder / "::broken::.py").write_text("import numpy as np\nnp.log(1 + x) = (\n")
    return folder


def said(tree: Path, *words: str) -> tuple[str, str]:
    """What the installed command says on both streams."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    command = [COMMAND, "check", "--no-cache", "-j", "1", *words, "."]
    done = subprocess.run(command, cwd=tree, capture_output=True, env=env, timeout=120)
    assert done.returncode == 2 or "--show-files" in words
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_an_output_is_a_command_or_steers_a_terminal(form: str, tree: Path):
    out, err = said(tree, "--output-format", form)
    # Of GitHub's form the commands are ours.
    ours = ("::error title=stabaudit", "::warning title=stabaudit", "::notice title=stabaudit")
    lines = [line for line in out.splitlines() if not (form == "github" and line.startswith(ours))]
    if form == "azure":
        # What follows the first command is no other one, and nothing breaks out of it.
        parts = [re.fullmatch(r"##vso\[task\.logissue ((?:\w+=[^];]*;){5})\](.*)", line) for line in lines]
        lines = [text for part in parts if part for text in part.groups()]
        assert len(lines) == 2 * len(parts)
    for line in (*lines, *err.splitlines()):
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
        assert line.replace("\u200b", "").isprintable()
    assert all(line.replace("\u200b", "").isprintable() for line in out.splitlines())


def test_the_list_of_files_holds_no_command(tree: Path):
    out, _ = said(tree, "--show-files")
    assert len(out.splitlines()) == len(NAMES) + 1
    assert "\n./::add-mask::a.py\n" in f"\n{out}"
    assert not re.search(r"^\s*::|##\w*\[", out, re.MULTILINE)


def test_each_machine_can_read_its_form(tree: Path):
    expected = len(NAMES)
    assert len(json.loads(said(tree, "--output-format", "json")[0])) == expected
    assert len(said(tree, "--output-format", "json-lines")[0].splitlines()) == expected
    assert len(json.loads(said(tree, "--output-format", "gitlab")[0])) == expected
    assert len(json.loads(said(tree, "--output-format", "rdjson")[0])["diagnostics"]) == expected
    assert len(json.loads(said(tree, "--output-format", "sarif")[0])["runs"][0]["results"]) == expected
    assert len(ElementTree.fromstring(said(tree, "--output-format", "junit")[0]).findall(".//failure")) == expected
    # Half a character is no text to strict readers.
    json.dumps(json.loads(said(tree, "--output-format", "json")[0]), ensure_ascii=False).encode()


def test_nothing_of_a_name_is_markup_in_markdown(tree: Path):
    out, _ = said(tree, "--output-format", "markdown")
    rows = [line for line in out.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(NAMES)
    for row in rows:
        # Five cells: a bar of a name ends none.
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 7
        place = re.split(r"(?<!\\)\|", row)[1]
        plain = re.sub(r"\\.", "", place)
        assert not set(plain) & set("`*_<>[]|~$&")
        assert not re.search(r"[@#](?!\u200b)|://", place)
