"""What an installed copy brings with it: answers about common formulas, and what is made of the rules alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stabaudit.catalogue import shipped as module
from stabaudit.catalogue.shipped import RULES, ship, shipped
from stabaudit.check import check_text
from stabaudit.proof import answers, compare, site
from stabaudit.shipping.write import HEAD, answered, examples, main
from tests.run import ROOT

#: Each with a finding, and one without.
TEXTS = [
    f"{HEAD}\ndef f(x):\n    {body}\n"
    for body in (
        "e = np.exp(x)\n    return e / e.sum()",
        "return np.log(np.sum(np.exp(x)))",
        "return 1 / (1 + math.exp(-x))",
        "return torch.log(1 + torch.exp(x))",
        "e = np.exp(x - x.max())\n    return e / e.sum()",
    )
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what is shipped, in a process that knows no answer yet."""
    monkeypatch.setattr(module, "PLACE", str(tmp_path / "shipped"))
    monkeypatch.setattr(answers, "_KNOWN", {})
    shipped.cache_clear()
    yield tmp_path / "shipped"
    shipped.cache_clear()


def start_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.cache_clear()
    monkeypatch.setattr(answers, "_KNOWN", {})


def test_what_is_shipped_is_not_asked_again_and_finds_the_same(place: Path, monkeypatch: pytest.MonkeyPatch):
    ship(answers.NAME, answers.SOURCES, answers.table(answered(TEXTS)))
    expected = [check_text(text) for text in TEXTS]
    assert [len(found) for found in expected] == [1, 1, 1, 1, 0]
    start_again(monkeypatch)
    for asked in (site, compare):
        monkeypatch.setattr(asked, asked.__name__.rpartition(".")[2].replace("site", "judge"), None)
    assert [check_text(text) for text in TEXTS] == expected


def test_what_is_shipped_says_what_this_code_says():
    text = shipped(answers.NAME, answers.SOURCES)
    if text is None:
        pytest.skip("nothing is shipped with a checkout")
    kept = dict(line.split(" ", 1) for line in text.splitlines() if line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PLACE", "nowhere")
        start_again(patch)
        given = answered([*examples()][::40])
    shipped.cache_clear()
    assert len(given) > 100
    assert given.items() <= kept.items()


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def made_of_other_sources(path: Path) -> None:
    ship(answers.NAME, RULES, answers.table(answered(TEXTS[:1])).replace("softmax", "sigmoid"))


def without_its_lines(path: Path) -> None:
    ship(answers.NAME, answers.SOURCES, answers.table(dict.fromkeys(answered(TEXTS[:1]), "[")))


@pytest.mark.parametrize("spoil", [damaged, made_of_other_sources, without_its_lines])
def test_what_does_not_fit_is_not_believed(spoil: Callable[[Path], None], place: Path, monkeypatch: pytest.MonkeyPatch):
    expected = check_text(TEXTS[0])
    start_again(monkeypatch)
    ship(answers.NAME, answers.SOURCES, answers.table(answered(TEXTS[:1])))
    spoil(place / answers.NAME)
    start_again(monkeypatch)
    assert check_text(TEXTS[0]) == expected


def test_a_source_that_is_edited_makes_what_is_shipped_worthless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for package in answers.SOURCES:
        shutil.copytree(ROOT / "stabaudit" / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "PACKAGE", str(tmp_path))
    monkeypatch.setattr(module, "PLACE", str(tmp_path / "shipped"))

    def kept() -> str | None:
        module._key.cache_clear()
        shipped.cache_clear()
        return shipped(answers.NAME, answers.SOURCES)

    module._key.cache_clear()
    ship(answers.NAME, answers.SOURCES, "what was made")
    assert kept() == "what was made"
    edited = tmp_path / "proof" / "question.py"
    before, times = edited.read_text(), edited.stat()
    # The size and the time stay as they are.
    edited.write_text(before.replace("TOLERANCE = 1e-6", "TOLERANCE = 1e-7"))
    os.utime(edited, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert kept() is None
    edited.write_text(before)
    assert kept() == "what was made"
    module._key.cache_clear()
    shipped.cache_clear()


@pytest.mark.slow
def test_an_installed_copy_checks_common_code_without_numpy_and_mpmath(tmp_path: Path):
    for name in ("stabaudit", "rules"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "shipped", "*.compiled")
        )
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}

    def told(*words: str) -> str:
        done = subprocess.run([sys.executable, *words], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert not done.stderr
        return done.stdout

    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "a.py").write_text("# %%\n".join(text.removeprefix(HEAD) for text in TEXTS))
    told("-m", "stabaudit.shipping", "cells")
    sources = "".join(path.read_text() for path in (ROOT / "stabaudit").rglob("*.py"))
    kept = {"answers", *re.findall(r'\bcompiled\(\s*"([^"]+)"', sources)}
    assert {path.name for path in (tmp_path / "stabaudit" / "shipped").iterdir()} == kept > {"rules", "shapes"}
    program = (
        "import sys\nfrom stabaudit.catalogue import compiled\nfrom stabaudit.check import check_text\n"
        "compiled._sources = None\n"
        f"print([len(check_text(text)) for text in {TEXTS!r}], {{'numpy', 'mpmath'}} & sys.modules.keys())"
    )
    assert told("-c", program) == "[1, 1, 1, 1, 0] set()\n"


def test_the_command_names_where_it_wrote(place: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr("stabaudit.shipping.write.examples", lambda: iter(TEXTS[:1]))
    main([str(tmp_path)])
    assert capsys.readouterr().out.endswith(f"answers in {place}\n")
    assert (place / answers.NAME).exists()
