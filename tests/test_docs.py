"""What the documents show is what the commands print; `python -m tests.test_docs` writes all of it anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import gradients
from stabaudit.catalogue.load import load
from stabaudit.catalogue.names import UNUSED
from stabaudit.catalogue.rule import TIERS
from stabaudit.config import schema
from stabaudit.proof.curve import curve
from stabaudit.report import page, plot, unused_ignore
from tests.config import test_documents

ROOT = Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules"
PLOTS = ROOT / "docs" / "plots"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
# Blocks of this kind start with one command; the rest of the block is what it prints.
BLOCK = re.compile(r"(?<=```console\n)\$ (?P<command>.+)\n(?P<output>(?:(?!```).*\n)*)")
TABLE = re.compile(r"(?<=<!-- rules: begin -->\n).*?(?=<!-- rules: end -->)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]*)(?:#(?P<anchor>[^)]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)


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
        f"| [`{one.name}`](docs/rules/{one.name}.md) | {page.cell(one.summary)} | {'yes' if one.fixable else 'no'} "
        f"| {'' if one.tier == 'default' else one.tier} |\n"
        for one in sorted(load(), key=lambda one: TIERS.index(one.tier))
    )
    return f"| rule | what it finds | fix | tier |\n|---|---|---|---|\n{rows}"


def renewed(text: str) -> str:
    """A document with its outputs and its table as they are now."""
    text = BLOCK.sub(lambda m: f"$ {m['command']}\n{printed(m['command'])}", text)
    return TABLE.sub(lambda _: table(), text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_shows_what_the_commands_print(document: Path):
    text = document.read_text()
    assert renewed(text) == text


def pages() -> dict[str, str]:
    """The page of each rule, and the one that lists them, by file name."""
    idly = f"# {UNUSED}\n\n{unused_ignore.SUMMARY}.\n\n{unused_ignore.STORY}\n"
    return {
        "index.md": page.index(load()),
        f"{UNUSED}.md": idly,
        **{f"{one.name}.md": page.page(one) for one in load()},
    }


def plots() -> dict[str, str]:
    """The plot of each rule that has one, by file name."""
    curves = ((one.name, curve(one)) for one in load())
    return {f"{name}.svg": plot.picture(found) for name, found in curves if found is not None}


def anchors(document: Path) -> set[str]:
    """What a heading is called in an address, as GitHub and MkDocs do for plain words."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(document.read_text()))
    return {heading.strip().replace(" ", "-") for heading in plain}


#: A float as it is printed: the last of its digits may be off.
FLOAT = re.compile(r"\d+\.\d+(?:e[-+]\d+)?")
#: Where a rewrite is worse, the last bits of the machine's functions decide as well.
WORSE = re.compile(r"(?<=the rewrite is worse: ).*")


def without_last_bits(page: str) -> str:
    """A page with as many digits of its numbers as the functions of all machines agree on."""
    return FLOAT.sub(lambda number: f"{float(number[0]):.11e}", WORSE.sub("...", page))


def test_each_rule_has_its_page_and_no_page_is_stale():
    there = {path.name: without_last_bits(path.read_text()) for path in RULES.iterdir()}
    assert there == {name: without_last_bits(page) for name, page in pages().items()}, "run `python -m tests.test_docs`"


def test_each_plot_shows_the_formulas_of_its_rule_and_where_they_fail():
    # Where exactly a curve runs, the last bits of this machine's functions decide.
    names = re.compile(r"<title>.*?</title>")
    now = {name: names.search(text) for name, text in plots().items()}
    there = {path.name: names.search(path.read_text()) for path in PLOTS.iterdir()}
    assert {name: found and found[0] for name, found in there.items()} == {
        name: found and found[0] for name, found in now.items()
    }, "run `python -m tests.test_docs`"


def test_the_pictures_of_gradients_show_the_choices_and_where_they_have_none():
    for name, choice in gradients.CHOICES.items():
        there, now = (ROOT / "docs" / f"gradient-{name}.svg").read_text(), gradients.picture(choice)
        # Where exactly a line runs, the last bits of this machine's functions decide.
        assert re.findall(r"<(?:title|text|rect).*", there) == re.findall(r"<(?:title|text|rect).*", now)
        assert "the gradient is nan" in now


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_a_document_lead_somewhere(document: Path):
    for link in LINK.finditer(CODE.sub("", document.read_text())):
        target = (document.parent / link["path"]).resolve() if link["path"] else document
        assert target.exists(), link[0]
        assert not link["anchor"] or link["anchor"] in anchors(target), link[0]


def test_every_page_can_be_reached_from_the_first():
    first = ROOT / "docs" / "index.md"
    reached, ahead = {first}, [first]
    while ahead:
        document = ahead.pop()
        for link in LINK.finditer(document.read_text()):
            target = (document.parent / link["path"]).resolve()
            if target.suffix == ".md" and target not in reached:
                reached.add(target)
                ahead.append(target)
    assert not {path for path in DOCUMENTS if path.is_relative_to(ROOT / "docs")} - reached


def test_the_site_has_every_page_in_its_contents():
    listed = set(re.findall(r"^ +- .*: ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE))
    assert listed == {
        path.relative_to(ROOT / "docs").as_posix()
        for path in DOCUMENTS
        if path.is_relative_to(ROOT / "docs") and (path.parent != RULES or path.name == "index.md")
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (RULES / name).write_text(text)
    for path in set(RULES.iterdir()) - {RULES / name for name in pages()}:
        path.unlink()
    PLOTS.mkdir(exist_ok=True)
    for name, text in plots().items():
        (PLOTS / name).write_text(text)
    for path in set(PLOTS.iterdir()) - {PLOTS / name for name in plots()}:
        path.unlink()
    test_documents.write()
    schema.FILE.write_text(schema.text(), encoding="utf-8")
    for document in DOCUMENTS:
        document.write_text(renewed(document.read_text()))
