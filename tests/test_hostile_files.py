"""Whoever wrote the tree chose its files, links, settings and notebooks: the command stays in it and ends."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from stabaudit.engine.limits import LIMITS

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes as POSIX has them")

COMMAND = Path(sys.executable).with_name("stabaudit")
#: How long a run may take beside what its largest file may, in seconds of processor time.
START = 2
#: How long a run may take by the clock of a busy machine.
PATIENCE = 100
BAD = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + x)\n"
GOOD = BAD.replace("log(1 + x)", "log1p(x)")
VICTIM = "the user's own\n"


class Done(NamedTuple):
    """What became of a run."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """What was refused, one line each."""
        return [line.removeprefix("error: ") for line in self.err.splitlines() if line.startswith("error: ")]


class Tree(NamedTuple):
    """A hostile `root` with one honest file, `good.py`, and beside it what is not to be touched."""

    root: Path
    outside: Path

    def put(self, name: str, data: str | bytes) -> Path:
        """A file of the tree."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def link(self, name: str, target: str | Path) -> None:
        """A link of the tree."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).symlink_to(target)

    def run(self, *words: str, **env: str) -> Done:
        """The installed command in the tree; what lies outside stays as it is."""
        before = contents(self.outside)
        home = self.root.parent / "home"
        settings = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), **env}
        settings.pop("STABAUDIT_NO_CACHE", None)
        start = spent()
        done = subprocess.run(
            [str(COMMAND), *words], cwd=self.root, env=settings, capture_output=True, text=True, timeout=PATIENCE
        )
        sizes = [path.stat().st_size for path in self.root.rglob("*") if path.is_file() and not path.is_symlink()]
        assert spent() - start < LIMITS.time(max(sizes, default=0)) + START
        assert "Traceback" not in done.stderr
        assert "internal error" not in done.stderr
        assert contents(self.outside) == before
        return Done(done.returncode, done.stdout, done.stderr)


def spent() -> float:
    """The seconds that all processes which were started here have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All files below a folder with their mode and bytes."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): (path.stat().st_mode, path.read_bytes()) for path in files}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree, and a victim beside it."""
    found = Tree(tmp_path / "tree", tmp_path / "outside")
    found.root.mkdir()
    (found.outside / "deep").mkdir(parents=True)
    (tmp_path / "home").mkdir()
    for name in ("victim.txt", "db/other.sqlite", "db/precious.sqlite", "db/more.sqlite", "db/most.sqlite"):
        (found.outside / name).parent.mkdir(exist_ok=True)
        (found.outside / name).write_text(VICTIM)
    for name in ("victim.py", "deep/victim.py"):
        (found.outside / name).write_text(BAD)
    (found.outside / "stabaudit.toml").write_text("broken = [\n")
    found.put("good.py", BAD)
    return found


def fixed(tree: Tree) -> bool:
    """Whether the honest file was worked on."""
    return (tree.root / "good.py").read_text() == GOOD


@pytest.mark.parametrize("target", ["../outside", "..", "/", "../outside/deep/..", "/proc/self/root", "/proc/self/fd"])
def test_a_link_to_a_folder_elsewhere_is_neither_walked_nor_written(tree: Tree, target: str):
    tree.link("far", target)
    done = tree.run("check", "--fix", "--verbose", ".")
    assert (done.code, done.errors) == (0, [])
    assert done.err.count("far: skipped: a link that leads out of what is checked") == 1
    assert fixed(tree)


@pytest.mark.parametrize("target", ["../outside/victim.py", "/dev/zero", "/dev/stdin", "/proc/self/mem", "far.py"])
def test_a_link_to_a_file_elsewhere_is_neither_read_nor_written(tree: Tree, target: str):
    tree.link("far.py", target)
    done = tree.run("check", "--fix", ".")
    assert (done.code, done.errors) == (0, [])
    assert fixed(tree)


def test_a_link_that_is_named_is_written(tree: Tree):
    tree.put("real/x.txt", BAD)
    tree.link("far.py", "real/x.txt")
    assert tree.run("check", "--fix", "far.py").code == 0
    assert (tree.root / "real/x.txt").read_text() == GOOD
    assert (tree.root / "far.py").is_symlink()


def pipe(path: Path) -> None:
    """A pipe that nobody writes into."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def zero(path: Path) -> None:
    """A device without end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    """A file of a terabyte that takes no room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, 1 << 40)


STRANGE = [pipe, zero, sparse, Path.mkdir]
NAMES = [
    "x.py",
    "x.ipynb",
    "x.md",
    ".gitignore",
    "in/.gitignore",
    ".git",
    ".stabaudit_cache",
    "__init__.py",
    "pyvenv.cfg",
    "stabaudit-baseline.json",
]
SETTINGS = ["pyproject.toml", "stabaudit.toml", ".stabaudit.toml", "in/pyproject.toml"]


@pytest.mark.parametrize("make", STRANGE, ids=lambda make: make.__name__)
def test_what_is_no_file_under_any_name_holds_nothing_up(tree: Tree, make: Callable[[Path], None]):
    for name in NAMES + SETTINGS * (make is not sparse):
        (tree.root / name).parent.mkdir(exist_ok=True)
        make(tree.root / name)
    done = tree.run("check", "--fix", "good.py", ".", "--config", "documents = true")
    refused = {line.split(":")[0] for line in done.errors}
    assert refused <= {*NAMES}
    assert done.code == (2 if refused else 0)
    assert fixed(tree)


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_without_end_are_one_line(tree: Tree, name: str):
    sparse(tree.root / name)
    done = tree.run("check", ".")
    assert (done.code, done.errors) == (2, [f"{name}: holds more than 1 MB; exclude it"])


@pytest.mark.parametrize("key", ["baseline", "vendored", "extend"])
@pytest.mark.parametrize(
    "path",
    ["/dev/zero", "pipe", "../outside/victim.txt", "far", "sub/../../outside/victim.txt", "in", "a\\u0000b"],
)
def test_a_path_of_the_configuration_stays_in_the_project(tree: Tree, key: str, path: str):
    pipe(tree.root / "pipe")
    tree.put("in/x.txt", "")
    tree.link("far", "../outside/victim.txt")
    tree.put("stabaudit.toml", f'{key} = "{path}"\ntarget = "{"vendored" if key == "vendored" else "auto"}"\n')
    for words in (["check", "--fix", "."], ["vendor"] if key == "vendored" else ["baseline"]):
        done = tree.run(*words)
        assert (done.code, len(done.errors)) == (2, 1)
    assert not fixed(tree)


def test_the_command_line_may_name_what_it_likes(tree: Tree):
    known = tree.outside.parent / "known.json"
    assert tree.run("check", "--baseline", str(known)).code == 2
    assert tree.run("baseline", "--config", f'baseline = "{known}"').code == 0
    assert tree.run("check", "--baseline", "../known.json").code == 0


@pytest.mark.parametrize("words", [["baseline"], ["check", "--output-file", "stabaudit-baseline.json"]])
@pytest.mark.parametrize("name", ["stabaudit-baseline.json", "in/stabaudit-baseline.json"])
@pytest.mark.parametrize("target", ["victim.txt", "nothing"])
def test_a_file_that_is_written_is_not_written_through_a_link(tree: Tree, words: list[str], name: str, target: str):
    if name.startswith("in/"):
        tree.link("in", "../outside/deep")
        words = ["check", "--output-file", f"in/{target}"]
    else:
        tree.link(name, f"../outside/{target}")
    done = tree.run(*words)
    assert (done.code, len(done.errors)) == (2, 1)
    assert "is a link that leads elsewhere" in done.errors[0]


@pytest.mark.parametrize("make", [pipe, lambda path: os.link(path.parents[1] / "outside/victim.txt", path)])
def test_results_are_not_written_to_what_is_no_file_of_its_own(tree: Tree, make: Callable[[Path], None]):
    make(tree.root / "known.json")
    done = tree.run("check", "--output-file", "json:known.json")
    assert done.code == 2
    assert len(done.errors) == 1
    assert done.errors[0].startswith("--output-file known.json: cannot be written: ")


def test_a_configuration_is_not_written_through_a_link(tree: Tree):
    (tree.outside / "stabaudit.toml").write_text("")
    tree.link("stabaudit.toml", "../outside/stabaudit.toml")
    done = tree.run("vendor", "_stable.py", "--functions", "softmax")
    assert (done.code, len(done.errors)) == (2, 1)
    assert not (tree.root / "_stable.py").exists()


def test_the_baseline_is_written_whole_or_not_at_all(tree: Tree):
    assert tree.run("baseline").code == 0
    before = (tree.root / "stabaudit-baseline.json").read_bytes()
    tree.put("broken.py", "import numpy as np\nnp.exp(\n")
    assert tree.run("baseline").code == 2
    assert (tree.root / "stabaudit-baseline.json").read_bytes() == before
    assert {path.name for path in tree.root.iterdir()} == {"good.py", "broken.py", "stabaudit-baseline.json"}


@pytest.mark.parametrize("name", ["good.py", ".git/config", "package.json"])
def test_a_baseline_takes_the_place_of_a_baseline_alone(tree: Tree, name: str):
    path = tree.put(name, '{"version": 1, "files": []}')
    tree.put("stabaudit.toml", f'baseline = "{name}"\n')
    done = tree.run("baseline", "stabaudit.toml")
    assert (done.code, len(done.errors)) == (2, 1)
    assert "is no baseline, nothing written; choose another name or take it away" in done.errors[0]
    assert path.read_text() == '{"version": 1, "files": []}'


@pytest.mark.parametrize("rest", ["", '{\n  "files": {\n<<<<<<< HEAD\n', '{"version": 2, "files": {}}'])
def test_a_baseline_may_be_broken_to_be_written_anew(tree: Tree, rest: str):
    tree.put("stabaudit-baseline.json", rest)
    assert tree.run("baseline").code == 0
    assert '"version": 2' in (tree.root / "stabaudit-baseline.json").read_text()


@pytest.mark.parametrize("key", ["exclude = [{}]", "per-file-ignores = {{{}}}"])
def test_patterns_without_number_are_one_line(tree: Tree, key: str):
    said = ", ".join(f'"{number}*a"{" = []" if "{{" in key else ""}' for number in range(50_000))
    tree.put("stabaudit.toml", key.format(said))
    done = tree.run("check", ".")
    assert (done.code, len(done.errors)) == (2, 1)
    assert "has more than 5000 patterns; leave some out" in done.errors[0]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"version": 2, "files": ' + '{"a":' * 100_000,
        '{"version": 2, "files": {"a": {"softmax": {"b": ' + "1" * 10_000 + "}}}}",
        '{"version": 2, "files": ' + json.dumps([[]] * 1_100_000) + "}",
        '{"version": 2, "files": {"\\u0000": {"softmax": {"\\ud800": 1}}, "' + "a/" * 5000 + '": {}}}',
        "\ud800",
    ],
    ids=["lists", "objects", "digits", "many", "names", "no text"],
)
def test_a_strange_baseline_is_one_line_or_none(tree: Tree, text: str):
    tree.put("known.json", text.encode("utf-8", "surrogatepass"))
    done = tree.run("check", "--baseline", "known.json")
    assert (done.code, len(done.errors)) in ((2, 1), (1, 0))
    assert len(done.err) < 1000


def test_a_hard_link_is_neither_parted_nor_written_through(tree: Tree):
    os.link(tree.outside / "victim.py", tree.root / "replacement.py")
    done = tree.run("check", "--fix", ".")
    assert done.errors == [
        "replacement.py: has 2 names in the file system (hard links), nothing written; put a copy in its place first"
    ]
    assert (done.code, (tree.root / "replacement.py").stat().st_nlink) == (2, 2)
    assert fixed(tree)


CELL = "import numpy as np\ny = np.log(1 + x)\n"


def notebook(*sources: object, **more: object) -> str:
    """A notebook with these cells of code."""
    cells = [{"cell_type": "code", "source": one, "outputs": [], "metadata": {}} for one in (CELL, *sources)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, **more})


NOTEBOOKS = {
    "large": notebook("x = [1, 2, 3]\n" * 1_500_000),
    "lines": notebook(["x = 1\n"] * 900_000),
    "deep": '{"a": "exp", "cells": ' + "[" * 5_000_000,
    "lists": notebook(a=[[]] * 3_000_000),
    "objects": notebook(a=[{"": 0}] * 3_000_000),
    "numbers": notebook(a=[1.5] * 11_000_000),
    "pictures": notebook(a="[{," * 5_000_000),
    "digits": notebook(a=1)[:-1] + ', "b": ' + "1" * 5_000_000 + "}",
    "cells": notebook(*["x"] * 200_000),
    "commas": notebook("!x\n" + "a," * 200_000),
    "brackets": notebook("(" * 300_000),
    "lone": notebook("x = '\ud800'"),
    "nul": notebook("x = '\0'", "x\x1f"),
    "magic": notebook("%time " * 100_000, "?" * 100_000, "a." * 100_000 + "?" * 5, " " * 500_000 + "%x"),
    "names": notebook("a," * 100_000 + "= %x", ("a, " * 50_000 + "\n") * 3),
}


#: Those that take a second or more.
LARGE = ["large", "lists", "objects", "numbers", "pictures", "cells", "commas", "names"]


@pytest.mark.parametrize("names", [*([name] for name in LARGE), sorted({*NOTEBOOKS} - {*LARGE})], ids="-".join)
def test_a_hostile_notebook_takes_neither_time_nor_memory(tree: Tree, names: list[str]):
    for name in names:
        tree.put(f"{name}.ipynb", NOTEBOOKS[name])
    done = tree.run("check", "--fix", ".")
    assert done.code == (2 if done.errors else 0)
    assert all(line.partition(".ipynb")[0] in names for line in done.errors)
    assert len(done.errors) == len({line.partition(":")[0] for line in done.errors})
    assert fixed(tree)


def test_a_witness_is_shown_whatever_a_file_is_called(tree: Tree):
    for name in ("a\nb.py", "\x1b]0;x\x07.py", "a:1:2.py", "*.py", os.fsdecode(b"\xff.py")):
        tree.put(name, BAD)
        done = tree.run("witness", f"{name}:5")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("#   np.log(1 + x)\n")


@pytest.mark.parametrize("row", ["9" * 5000, "٣", "", "0x5", "-5"])
def test_a_row_that_is_none_is_one_line(tree: Tree, row: str):
    done = tree.run("witness", f"good.py:{row}")
    assert (done.code, len(done.errors)) == (2, 1)


def test_a_witness_is_of_the_cell_that_is_named(tree: Tree):
    tree.put("a.ipynb", notebook("import math\ny = math.log(1 + x)\n"))
    assert [tree.run("witness", f"a.ipynb:cell {cell}:2").out.count("#   math.log(1 + x)") for cell in (1, 2)] == [0, 1]
