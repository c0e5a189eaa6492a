"""`check --since` in a repository whose every byte somebody else wrote."""

from __future__ import annotations

import os
import stat
import subprocess
import zlib
from hashlib import sha1
from pathlib import Path

import pytest

from stabaudit.history import git as ours
from tests.history.test_since import commit, folder, git, since
from tests.run import NONE, SAFE, put, quick, stabaudit

__all__ = ["folder"]


@pytest.fixture
def trap() -> Path:
    """A program that leaves a trace when it runs."""
    program, trace = Path("trap").absolute(), Path("../sprung").absolute()
    program.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{trace}'\nexit 0\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return trace


def test_no_program_that_a_configuration_names_is_run(trap: Path):
    put("a.py", NONE)
    program = Path("trap").absolute()
    commit()
    put(".gitattributes", "*.py filter=f diff=d merge=m text eol=crlf working-tree-encoding=UTF-16\n")
    put("included", f"[core]\nfsmonitor = {program}\n")
    settings = {
        **dict.fromkeys(("core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.askPass"), program),
        **dict.fromkeys(("core.pager", "pager.ls-tree", "pager.rev-parse", "core.editor"), program),
        **dict.fromkeys(("filter.f.smudge", "filter.f.clean", "filter.f.process"), program),
        **dict.fromkeys(("diff.external", "diff.d.command", "diff.d.textconv", "gpg.program"), program),
        **dict.fromkeys(("alias.ls-tree", "alias.cat-file", "credential.helper", "core.alternateRefsCommand"), program),
        "core.hooksPath": Path("hooks").absolute(),
        "core.worktree": "/",
        "include.path": Path("included").absolute(),
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": program,
        "protocol.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    config = Path(".git/config")
    for key, value in settings.items():
        subprocess.run(["git", "config", "--file", config, key, str(value)], check=True)
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
        for hooks in (Path("hooks"), Path(".git/hooks")):
            hooks.mkdir(exist_ok=True)
            (hooks / name).write_bytes(program.read_bytes())
            (hooks / name).chmod(0o755)
    put("a.py", NONE + SAFE)
    assert since() == ["a.py:2:5:"]
    # What is missing would be fetched.
    number = git("--git-dir=.git", "-c", "core.fsmonitor=false", "rev-parse", "HEAD:a.py")
    Path(f".git/objects/{number[:2]}/{number[2:]}").unlink()
    assert since() == ["a.py:1:1:", "a.py:2:5:"]
    assert not trap.exists(), trap.read_text()
    # What others do here springs it.
    subprocess.run(["git", "status"], capture_output=True)
    assert trap.exists()


def test_git_is_not_taken_from_the_tree(trap: Path, monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    commit()
    Path("git").write_bytes(Path("trap").read_bytes())
    Path("git").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", os.getcwd(), os.environ["PATH"]]))
    assert since() == []
    monkeypatch.setenv("PATH", os.getcwd())
    said = "--since needs the program git; install it, or check without --since"
    assert quick("check", "--since", "HEAD") == (2, "", f"error: {said}\n")
    assert not trap.exists()


def test_the_environment_does_not_lead_git_elsewhere(trap: Path):
    put("a.py", NONE)
    commit()
    program = str(Path("trap").absolute())
    names = ("GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_PAGER", "GIT_ASKPASS", "GIT_EXEC_PATH", "GIT_TRACE_SETUP")
    env = {**dict.fromkeys(names, program), "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index"}
    assert stabaudit("check", "--since", "HEAD", **env)[0] == 0
    assert not trap.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_among_the_references_and_objects_hold_nobody_up(monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    commit()
    for name in ("refs/heads/pipe", "packed-refs", "shallow", "ORIG_HEAD", "refs/tags/pipe"):
        os.mkfifo(Path(".git", name))
    assert since() == []
    os.mkfifo(".git/objects/info/commit-graph")
    os.mkfifo(".git/objects/pack/pack-0123456789012345678901234567890123456789.idx")
    os.mkfifo(".git/objects/pack/pack-0123456789012345678901234567890123456789.pack")
    monkeypatch.setattr(ours, "SECONDS", 1)
    code, out, err = quick("check", "--since", "pipe")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_tree_of_endless_size_is_given_up(monkeypatch: pytest.MonkeyPatch):
    def put_object(kind: str, body: bytes) -> str:
        data = f"{kind} {len(body)}\0".encode() + body
        number = sha1(data).hexdigest()
        path = Path(".git/objects", number[:2], number[2:])
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(data))
        return number

    put("a.py", NONE)
    commit()
    number = put_object("blob", b"")
    mode = "100644"
    for _ in range(12):
        entries = b"".join(f"{mode} {name}.py".encode() + b"\0" + bytes.fromhex(number) for name in "abcdefghij")
        number, mode = put_object("tree", entries), "40000"
    body = f"tree {number}\nauthor x <x> 0 +0000\ncommitter x <x> 0 +0000\n\nbomb\n"
    bomb = put_object("commit", body.encode())
    monkeypatch.setattr(ours, "BYTES", 10_000_000)
    code, out, err = quick("check", "--since", bomb, "--no-merge-base")
    assert (code, out) == (2, "")
    assert err == "error: --since: git finds no end in the repository .; check it with `git fsck`\n"


def test_a_name_that_looks_like_an_option_is_none():
    put("a.py", NONE)
    commit()
    assert quick("check", "--since=--all")[2] == (
        "error: --since --all: no such commit in the repository .; fetch it, or check the name\n"
    )


@pytest.mark.parametrize("text", ["", "gitdir: /nowhere", "gitdir: ../..", "\0", "gitdir: \0", "x" * 2_000_000])
def test_a_file_in_place_of_the_repository_is_one_line(text: str):
    put("in/a.py", NONE)
    put("in/.git", text)
    code, out, err = quick("check", "in", "--since", "HEAD")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_damaged_repository_is_one_line():
    put("a.py", NONE)
    commit()
    for path in Path(".git/objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"junk")
    code, out, err = quick("check", "--since", "HEAD")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_old_file_that_is_no_text_makes_all_new():
    put("a.py", "")
    Path("a.py").write_bytes(b"\xff\xfe\0")
    commit()
    put("a.py", NONE)
    assert since() == ["a.py:1:1:"]
    put("b.py", "def (\n")
    commit()
    put("b.py", NONE)
    assert since() == ["b.py:1:1:"]
