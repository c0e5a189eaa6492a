from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stabaudit.source.find import OUTSIDE, find


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, text: str = "") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def git(*words: str, data: bytes | None = None) -> bytes:
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": "/"}
    done = subprocess.run(["git", *words], input=data, capture_output=True, env={**os.environ, **quiet})
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_python_files_are_found_in_order_and_others_are_not():
    put("b.py", "a/z.py", "a-b.py", "a/y.pyi", "a/data.txt", "a/code.pyc", "Makefile")
    assert find(["."]).files == ["a/y.pyi", "a/z.py", "a-b.py", "b.py"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called():
    put("script", ".venv/lib/a.py", "ignored.py")
    put(".gitignore", text="ignored.py\n")
    paths = ["script", ".venv/lib/a.py", "ignored.py"]
    assert find(paths).files == sorted(paths)


def test_hidden_folders_virtual_environments_and_what_others_built_are_left_out():
    put("a.py", ".hid/b.py", "node_modules/c.py", "dist/d.py", "env/pyvenv.cfg", "env/lib/e.py", "venv/f.py")
    assert find(["."]).files == ["a.py"]
    assert find(["env", ".hid", "dist"]).files == [".hid/b.py", "dist/d.py", "env/lib/e.py"]


def test_a_file_reached_twice_is_found_once():
    put("a/b.py")
    assert find(["a/b.py", "a", "./a/b.py", ".", str(Path("a").resolve())]).files == ["a/b.py"]


def test_paths_below_the_current_folder_are_shown_without_it(tree: Path):
    put("in/a.py")
    assert find([str(tree / "in")]).files == ["in/a.py"]
    os.chdir("in")
    assert find([".."]).files == ["../in/a.py"]


def test_circles_of_links_are_walked_once():
    put("a/b/c.py")
    Path("a/b/up").symlink_to("..")
    Path("a/self").symlink_to("self")
    Path("a/dead.py").symlink_to("nothing")
    assert find(["a"]) == (["a/b/c.py"], [])


def test_a_link_is_followed_only_where_nothing_else_leads():
    put("in/z/real.py", "out/far.py", "out.py")
    Path("in/a").symlink_to("z")
    Path("in/alias.py").symlink_to("z/real.py")
    Path("in/far").symlink_to("../out")
    Path("in/far.py").symlink_to("../out.py")
    assert find(["in", "out", "out.py"]).files == ["in/z/real.py", "out/far.py", "out.py"]
    assert find(["."]).files == ["in/z/real.py", "out/far.py", "out.py"]


@pytest.mark.parametrize("target", ["../out", "../out/far.py", "..", "/", "../in-too", "../into/../out"])
def test_a_link_that_leads_out_of_what_is_checked_is_not_followed(target: str):
    put("in/a.py", "in/deep/b.py", "out/far.py", "in-too/c.py", "into/d.py")
    Path("in/deep/far.py").symlink_to(f"../{target}" if target != "/" else target)
    Path("in/far").symlink_to(target)
    left: list[tuple[str, str]] = []
    assert find(["in"], left=left) == (["in/a.py", "in/deep/b.py"], [])
    assert ("in/deep/far.py", OUTSIDE) in left


def test_a_link_to_what_is_named_beside_it_is_followed():
    put("in/a.py", "out/.hidden/far.py")
    Path("in/far").symlink_to("../out/.hidden")
    assert find(["in"]).files == ["in/a.py"]
    assert find(["in", "out"]).files == ["in/a.py", "in/far/far.py"]


def test_a_link_that_is_named_is_followed():
    put("out/far.py", "out.py")
    Path("far").symlink_to("out")
    Path("far.py").symlink_to("out.py")
    assert find(["far", "far.py"]).files == ["far/far.py", "far.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
@pytest.mark.parametrize("name", [".gitignore", ".git/info/exclude", "deep/.gitignore"])
def test_patterns_that_are_a_pipe_or_a_device_are_one_trouble_and_the_rest_is_found(name: str):
    put("a.py", "deep/b.py", "zero.py", text="x = 1\n")
    git("init", ".")
    for make in (lambda: os.mkfifo(name), lambda: os.symlink("/dev/zero", name)):
        if os.path.lexists(name):
            os.unlink(name)
        make()
        found = find([".", "deep"])
        assert found.files == ["a.py", "deep/b.py", "zero.py"]
        assert [str(one) for one in found.troubles] == [f"{name}: is not a regular file; exclude it"]


@pytest.mark.parametrize("line", ["n{:x}", "n{:x}/", "*n{:x}?a[b]", "# {:x}", "!n{:x}*", "/n{:x}/**/x"])
def test_many_patterns_take_no_time(line: str):
    put(*(f"a{number}.py" for number in range(100)), "name.py", "n5/x.py")
    put(".gitignore", text="".join(f"{line.format(number)}\n" for number in range(80_000)) + "name.py\n")
    git("init", ".")
    start = time.process_time()
    found = find(["."])
    assert time.process_time() - start < 3
    names = [*(f"a{number}.py" for number in range(100))]
    if found.troubles:
        said = ".gitignore: has more than 5000 patterns beside names; leave some out"
        assert [str(one) for one in found.troubles] == [said]
        names += ["name.py"]
    elif not line.startswith("n{"):
        names += ["n5/x.py"]
    assert {*names} <= {*found.files} <= {*names, "n5/x.py"}


@pytest.mark.parametrize(
    ("patterns", "ignored"),
    [
        ("a.py\n!*.py", ""),
        ("!*.py\na.py", "a.py a/a.py"),
        ("a.py\n!a.py\n", ""),
        ("a.py/\n", ""),
        ("a\n!a/b.py\n", "a/a.py a/b.py"),
        ("b.py\n!a/b.py\nb.py\n!/a/b.py\n", ""),
        ("b/\nb.py\n", "a/b.py"),
        ("*.py\n!b.py\nc.py\n", "a.py a/a.py"),
    ],
)
def test_the_last_line_decides_be_it_a_name_or_a_pattern(patterns: str, ignored: str):
    put("a.py", "a/a.py", "a/b.py")
    git("init", ".")
    put(".gitignore", text=patterns)
    assert {*find(["."]).files} == {"a.py", "a/a.py", "a/b.py"} - {*ignored.split()}


def test_patterns_without_end_are_one_trouble():
    put("a.py")
    put(".gitignore", text="a.py\n" * 300_000)
    found = find(["."])
    assert found.files == ["a.py"]
    assert [str(one) for one in found.troubles] == [".gitignore: holds more than 1 MB; exclude it"]


@pytest.mark.parametrize("said", ["gitdir: a\0b", "gitdir: /dev/zero", "gitdir: " + "a" * 5000, "\0"])
def test_a_repository_that_is_said_to_be_elsewhere_may_be_nowhere(said: str):
    put("in/a.py")
    put("in/.git", text=said)
    assert find(["."]) == (["in/a.py"], [])


def test_a_missing_path_is_one_trouble_and_the_rest_is_found():
    put("a.py")
    Path("dead").symlink_to("nothing")
    found = find(["nope", "a.py", "a.py/b", "dead", ""])
    assert found.files == ["a.py"]
    assert [str(one) for one in found.troubles] == [
        "nope: no such file or directory; check the path",
        "a.py/b: a part of this path is not a directory; check the path",
        "dead: is a symbolic link to nothing; fix or exclude the file",
        "'': no such file or directory; check the path",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_on_the_way_is_passed_by():
    os.mkfifo("pipe.py")
    assert find(["."]) == ([], [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_one_trouble():
    put("a.py", "shut/b.py")
    os.chmod("shut", 0)
    found = find(["."])
    os.chmod("shut", 0o755)
    assert found.files == ["a.py"]
    assert [str(one) for one in found.troubles] == ["shut: permission denied; change its permissions or exclude it"]


def test_very_deep_folders_are_walked(tree: Path):
    for _ in range(300):
        os.mkdir("deep")
        os.chdir("deep")
    put("a.py")
    os.chdir(tree)
    assert len(find(["."]).files) == 1


def test_patterns_above_the_given_path_hold_and_those_outside_the_repository_do_not():
    put(".gitignore", text="*.py\n")
    put("repo/pkg/a.py", "repo/pkg/gen/b.py", "repo/pkg/c_pb2.py")
    git("init", "repo")
    put("repo/.gitignore", text="gen/\n")
    put("repo/.git/info/exclude", text="*_pb2.py\n")
    assert find(["repo/pkg"]).files == ["repo/pkg/a.py"]


def test_an_ignored_folder_is_walked_when_it_is_named():
    put("build/a.py", "build/b.py")
    git("init", ".")
    put(".gitignore", text="build/\n")
    put("build/.gitignore", text="b.py\n")
    assert find(["."]).files == []
    assert find(["build"]).files == ["build/a.py"]
    put("build/deep/c.py")
    assert find(["build/deep"]).files == ["build/deep/c.py"]


def test_a_link_into_an_ignored_folder_is_not_followed():
    put("in/a.py", "build/deep/b.py")
    git("init", ".")
    put(".gitignore", text="build/\n")
    Path("in/far").symlink_to("../build/deep")
    Path("in/far.py").symlink_to("../build/deep/b.py")
    assert find(["in"]).files == ["in/a.py"]


def test_a_work_tree_honours_the_exclude_file_of_its_repository():
    git("init", "main")
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git("-C", "main", *identity, "commit", "--allow-empty", "-m", "first")
    git("-C", "main", "worktree", "add", "../tree")
    put("main/.git/info/exclude", text="b.py\n")
    put("tree/a.py", "tree/b.py")
    assert find(["tree"]).files == ["tree/a.py"]


def test_a_repository_inside_another_answers_to_its_own_patterns():
    git("init", ".")
    git("init", "sub")
    put("a.py", "sub/a.py", "sub/b.py")
    put(".gitignore", text="a.py\n")
    put("sub/.gitignore", text="b.py\n")
    assert find(["."]).files == ["sub/a.py"]


NAMES = ("a", "b", "cc")
SEGMENT = st.sampled_from(["a", "b", "cc", "*", "?", "a*", "[ab]", "**", "c?"])
PATTERN = st.builds(
    lambda no, root, parts, leaf, end: ("!" if no else "") + ("/" if root else "") + "/".join(parts) + leaf + end,
    st.booleans(),
    st.booleans(),
    st.lists(SEGMENT, min_size=1, max_size=3),
    st.sampled_from(["", ".py"]),
    st.sampled_from(["", "/", " ", "\r"]),
)
FILE = st.lists(st.one_of(PATTERN, st.sampled_from(["", "# a", "*", "!*/", "!*.py", "*.py"])), max_size=5)


@given(top=FILE, inner=FILE, exclude=FILE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_found_is_what_git_does_not_ignore(
    tmp_path: Path, top: list[str], inner: list[str], exclude: list[str]
):
    files = [f"{one}/{two}/{three}.py" for one in NAMES for two in NAMES for three in NAMES]
    files += [f"{one}/{two}.py" for one in NAMES for two in NAMES] + [f"{one}.py" for one in NAMES]
    if not Path(".git").exists():
        git("init", ".")
        put(*files)
    for path, patterns in ((".gitignore", top), ("a/.gitignore", inner), (".git/info/exclude", exclude)):
        Path(path).write_bytes("".join(f"{line}\n" for line in patterns).replace("\r\n", "\n").encode())
    listed = git("check-ignore", "--no-index", "--stdin", "-z", data="\0".join(files).encode())
    ignored = set(listed.decode().split("\0"))
    assert set(find(["."]).files) == set(files) - ignored
