"""`check --since` with the real git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.run import NONE, SAFE, UNSAFE, lines, put, quick, read

FILLER = "".join(f"x{n} = {n}\n" for n in range(20))


def git(*words: str, at: str = ".") -> str:
    """What git prints."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main", "-c")
    command = ["git", *who, "protocol.file.allow=always", "-C", at, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(message: str = "more", at: str = ".") -> str:
    """Commit all there is; the number of the commit."""
    git("add", "-A", at=at)
    git("commit", "-qm", message, at=at)
    return git("rev-parse", "HEAD", at=at)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    # A hook of git that runs the tests says where its repository is.
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q")
    return tmp_path


def since(revision: str = "HEAD", *words: str) -> list[str]:
    """The places that are reported."""
    return [line.split(" ")[0] for line in lines("--since", revision, *words)]


def test_only_findings_in_changed_lines_are_reported():
    put("a.py", NONE + FILLER)
    put("b.py", NONE)
    commit()
    assert since() == []
    put("a.py", NONE + FILLER + SAFE + "# more\n")
    put("c.py", UNSAFE)
    assert since() == ["a.py:22:5:", "c.py:1:5:"]
    code, out, _ = quick("check", "--since", "HEAD", "--output-format", "concise")
    assert (code, out.splitlines()[-1]) == (
        1,
        "Found 2 findings in 2 files (1 fixable with `--fix`, 1 more with `--fix --unsafe-fixes`); 1 known.",
    )


def test_a_finding_in_old_lines_is_new_where_another_line_brought_it():
    put("a.py", "# stabaudit: file-ignore[softmax]\n" + NONE)
    commit()
    put("a.py", NONE)
    assert since() == ["a.py:1:1:"]


def test_a_line_that_was_touched_is_reported_and_one_that_was_moved_is_not():
    put("a.py", "def f():\n    " + NONE + FILLER)
    commit()
    put("a.py", FILLER + "def f():\n    " + NONE)
    assert since() == []
    put("a.py", "def f():\n    " + NONE.strip() + "  # why\n" + FILLER)
    assert since() == ["a.py:2:5:"]


def test_compared_is_with_where_the_branch_began():
    put("a.py", FILLER)
    commit()
    git("checkout", "-qb", "branch")
    put("a.py", FILLER + SAFE)
    commit()
    git("checkout", "-q", "main")
    put("b.py", NONE)
    commit()
    git("checkout", "-q", "branch")
    assert since("main") == ["a.py:21:5:"]
    git("merge", "-q", "main")
    put("b.py", "y = 1\n" + NONE)
    assert since("main") == ["a.py:21:5:"]
    assert since("main~1", "--no-merge-base") == ["a.py:21:5:", "b.py:2:1:"]


def test_a_file_that_was_renamed_is_no_new_one():
    put("a.py", NONE + FILLER)
    put("b.py", NONE + "# other\n" + FILLER)
    commit()
    Path("in").mkdir()
    Path("a.py").rename("in/c.py")
    Path("b.py").rename("in/d.py")
    put("in/d.py", read("in/d.py") + SAFE)
    assert since() == ["in/d.py:23:5:"]


def test_line_ends_that_git_has_changed_are_no_change():
    put("a.py", NONE + FILLER)
    commit()
    put("a.py", (NONE + FILLER).replace("\n", "\r\n"))
    assert since() == []


def test_only_new_findings_are_fixed_and_silenced():
    put("a.py", SAFE + FILLER)
    commit()
    put("a.py", SAFE + FILLER + SAFE)
    assert quick("check", "--since", "HEAD", "--fix")[0] == 0
    assert read("a.py").count("log(1+exp(x))") == 1
    put("a.py", SAFE + FILLER + NONE)
    quick("check", "--since", "HEAD", "--add-ignores")
    assert read("a.py").count("ignore[") == 1


def test_cells_of_a_notebook_are_compared_not_its_json():
    def notebook(*cells: str) -> str:
        entries = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
        return json.dumps({"cells": entries, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})

    put("a.ipynb", notebook("import numpy as np", NONE))
    commit()
    put("a.ipynb", json.dumps(json.loads(notebook("import numpy as np", NONE)), indent=1))
    assert since() == []
    put("a.ipynb", notebook("import numpy as np", NONE, UNSAFE))
    assert [line.split(": ")[0] for line in lines("--since", "HEAD")] == ["a.ipynb:cell 3:1:5"]


def test_blocks_of_a_document_are_compared():
    put("a.md", f"```python\n{NONE}```\n")
    commit()
    put("a.md", f"# New\n\n```python\n{NONE}```\n\n```python\n{NONE}{SAFE}```\n")
    assert since("HEAD", "a.md") == ["a.md:8:1:", "a.md:9:5:"]


def test_what_changed_is_listed():
    put("a.py", SAFE)
    put("b.py", SAFE)
    commit()
    put("b.py", SAFE + SAFE)
    assert quick("check", "--since", "HEAD", "--show-files") == (0, "b.py\n", "")


def test_each_repository_answers_for_its_files(folder: Path):
    put("a.py", NONE)
    commit()
    (folder / "other").mkdir()
    git("init", "-q", at="../other")
    put("../other/b.py", NONE)
    commit(at="../other")
    put("../other/b.py", NONE + SAFE)
    assert since("HEAD", ".", "../other") == ["../other/b.py:2:5:"]


def test_another_working_tree_and_a_submodule_are_repositories():
    put("a.py", NONE)
    commit()
    git("worktree", "add", "-q", "../tree")
    put("../tree/a.py", NONE + SAFE)
    assert since("HEAD", "../tree") == ["../tree/a.py:2:5:"]
    git("submodule", "--quiet", "add", "../project", "sub")
    put("sub/a.py", NONE + UNSAFE)
    assert since("HEAD") == ["sub/a.py:2:5:"]


def test_packed_objects_and_references_are_read():
    put("a.py", NONE)
    commit()
    git("tag", "-a", "v1", "-m", "one")
    put("a.py", NONE + SAFE)
    commit()
    git("gc", "-q")
    git("pack-refs", "--all")
    assert since("v1") == ["a.py:2:5:"]
    assert since("HEAD~1") == ["a.py:2:5:"]
    assert since(git("rev-parse", "v1^{commit}")[:10]) == ["a.py:2:5:"]


def test_numbers_of_256_bits_are_read():
    subprocess.run(["git", "init", "-q", "--object-format=sha256", "long"], check=True)
    put("long/a.py", NONE)
    put("long/same.py", NONE)
    commit(at="long")
    put("long/a.py", NONE + SAFE)
    assert since("HEAD", "long") == ["long/a.py:2:5:"]


@pytest.mark.parametrize("name", ["a b.py", "ä.py", '"q".py', "new\nline.py", "-x.py", "tab\t.py"])
def test_names_of_any_kind_are_found(name: str):
    put(name, NONE)
    commit()
    assert since() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nope",), "--since nope: no such commit in the repository .; fetch it, or check the name"),
        (("HEAD:a.py",), "--since HEAD:a.py: no such commit in the repository .; fetch it, or check the name"),
        (("HEAD", "-"), "--since cannot be combined with `-`"),
        (("",), "--since : no such commit in the repository .; fetch it, or check the name"),
    ],
)
def test_what_cannot_be_compared_is_one_line(words: tuple[str, ...], said: str):
    put("a.py", NONE)
    commit()
    assert quick("check", "--since", *words) == (2, "", f"error: {said}\n")


def test_no_repository_and_no_common_history_are_told(folder: Path):
    put("../a.py", NONE)
    said = "--since: ../a.py lies in no git repository; check it without --since"
    assert quick("check", "../a.py", "--since", "HEAD") == (2, "", f"error: {said}\n")
    put("a.py", NONE)
    commit()
    git("checkout", "-q", "--orphan", "alone")
    commit("alone")
    code, _, err = quick("check", "--since", "main")
    assert (code, "has no common ancestor with HEAD" in err) == (2, True)
    assert since("main", "--no-merge-base") == []
    assert quick("check", "--no-merge-base")[2] == "error: --no-merge-base needs --since\n"


def test_a_shallow_clone_says_how_to_go_on():
    put("a.py", NONE)
    commit()
    git("branch", "old")
    put("a.py", NONE + SAFE)
    commit()
    git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{os.getcwd()}", "../shallow")
    code, _, err = quick("check", "../shallow", "--since", "origin/old")
    assert (code, "git fetch --unshallow" in err) == (2, True)
