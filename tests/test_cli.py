from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import stabaudit
from stabaudit.cli.main import main
from tests import fake

ROOT = Path(__file__).parents[1]
SAFE, UNSAFE, NONE = "y = log(1+exp(x))\n", "z = exp(x) - 1\n", "SOFT\n"
LEFT = "  1 softmax: no fix, a comment stands inside\n"
FIXED = fake.IMPORT + "y = stable.softplus(x)\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("PRE_COMMIT", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def stabaudit_(*words: str, stdin: bytes = b"", program: str = "tests/fake.py") -> tuple[int, str, str]:
    command = [sys.executable, "-W", "error", str(ROOT / program), *words]
    done = subprocess.run(command, input=stdin, capture_output=True)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return done.returncode, out, err


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode())


def read(name: str) -> str:
    return Path(name).read_bytes().decode()


def test_a_clean_tree_is_exit_code_0():
    put("a.py", "x = 1\n")
    assert stabaudit_("check") == (0, "Found nothing in 1 file.\n", "")


def test_findings_are_exit_code_1():
    put("in/a.py", SAFE)
    code, out, err = stabaudit_("check", "--output-format", "concise")
    assert (code, err) == (1, "")
    assert out == (
        "in/a.py:1:5: softplus [*] infinite from x = 710 on\nFound 1 finding in 1 file (1 fixable with `--fix`).\n"
    )


def test_text_is_the_form_for_people():
    put("a.py", SAFE)
    code, out, _ = stabaudit_("check", "a.py")
    assert code == 1
    assert "1 | y = log(1+exp(x))\n  |     ^^^^^^^^^^^^^\n  = witness: at x = 1e3: this gives inf" in out


def test_what_cannot_be_checked_is_exit_code_2_and_a_line_and_the_rest_is_checked():
    put("a.py", NONE)
    put("b.py", "def (\n")
    put("c.py", "CRASH")
    Path("d.py").write_bytes(b"\xff")
    code, out, err = stabaudit_("check", ".", "nope", "--output-format", "json")
    assert code == 2
    assert [(one["filename"], one["name"]) for one in json.loads(out)] == [(os.path.abspath("a.py"), "softmax")]
    lines = err.splitlines()
    assert lines[0] == "error: nope: no such file or directory; check the path"
    assert lines[1] == "error: b.py:1:5: cannot be parsed: invalid syntax; fix or exclude the file"
    assert lines[2].startswith("error: c.py: internal error: ZeroDivisionError: of a kind at fake.py:")
    assert lines[3].startswith("error: d.py:1: byte 0xff is not UTF-8; save as UTF-8")
    assert len(lines) == 4


def test_no_python_file_is_a_warning():
    put("a.txt", "")
    code, out, err = stabaudit_("check", ".")
    assert (code, out) == (0, "Found nothing in 0 files.\n")
    assert err == "warning: no Python files below the given paths\n"


def test_fix_rewrites_and_says_what_was_done_and_what_is_left():
    put("a.py", SAFE + UNSAFE + NONE)
    put("b.py", SAFE)
    code, out, _ = stabaudit_("check", "--fix")
    assert code == 1
    assert out.endswith(
        "Fixed 2 findings in 2 files (2 softplus); 2 left (1 fixable with `--fix --unsafe-fixes`).\n"
        "  1 expm1: unsafe, the dtype is not known\n"
        "  1 softmax: no fix, a comment stands inside\n"
    )
    assert "a.py:3:5: expm1" in out
    assert (read("a.py"), read("b.py")) == (FIXED + UNSAFE + NONE, FIXED)


def test_when_all_is_fixed_the_exit_code_is_0_and_a_second_run_changes_nothing():
    put("a.py", SAFE + UNSAFE)
    code, out, _ = stabaudit_("check", "--fix", "--unsafe-fixes")
    assert (code, out) == (0, "Fixed 2 findings in 1 file (1 expm1, 1 softplus); 0 left.\n")
    before = os.stat("a.py").st_mtime_ns, read("a.py")
    assert stabaudit_("check", "--fix", "--unsafe-fixes")[0] == 0
    assert (os.stat("a.py").st_mtime_ns, read("a.py")) == before


def test_fix_with_json_keeps_the_document_alone_on_standard_output():
    put("a.py", SAFE + NONE)
    code, out, err = stabaudit_("check", "--fix", "--output-format", "json")
    assert (code, [one["name"] for one in json.loads(out)]) == (1, ["softmax"])
    assert err == "Fixed 1 finding in 1 file (1 softplus); 1 left.\n" + LEFT


def test_diff_is_what_git_applies_and_writes_nothing():
    put("in/a.py", "# é\r\n" + SAFE.replace("\n", "\r\n") + "end")
    put("in/b.py", NONE)
    before = read("in/a.py")
    code, out, err = stabaudit_("check", "--diff")
    assert (code, err) == (1, "Would fix 1 finding in 1 file (1 softplus); 1 left.\n" + LEFT)
    assert (read("in/a.py"), "\\ No newline at end of file" in out) == (before, True)
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "apply"], input=out.encode(), check=True)
    after = read("in/a.py")
    put("in/a.py", before)
    stabaudit_("check", "--fix")
    assert after == read("in/a.py") != before


def test_diff_without_a_change_is_exit_code_0():
    put("a.py", NONE + UNSAFE)
    assert stabaudit_("check", "--diff")[:2] == (0, "")
    assert stabaudit_("check", "--diff", "--unsafe-fixes")[0] == 1


def test_diff_wins_over_fix():
    put("a.py", SAFE)
    code, out, _ = stabaudit_("check", "--diff", "--fix")
    assert (code, out[:4], read("a.py")) == (1, "--- ", SAFE)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (["--select", "softmax,expm1"], {"softmax", "expm1"}),
        (["--select", "softmax", "--select", "expm1"], {"softmax", "expm1"}),
        (["--ignore", "softmax"], {"softplus", "expm1"}),
        (["--select", "softmax, expm1", "--ignore", "expm1"], {"softmax"}),
    ],
)
def test_rules_are_chosen_by_name(words: list[str], rules: set[str]):
    put("a.py", SAFE + UNSAFE + NONE)
    out = stabaudit_("check", "--output-format", "json", *words)[1]
    assert {one["name"] for one in json.loads(out)} == rules


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--select", "sofmax"], "unknown rule `sofmax` in --select; did you mean `softmax`?"),
        (["check", "--ignore", "zzz"], "unknown rule `zzz` in --ignore; `stabaudit rule` lists them"),
        (["rule", "expm"], "unknown rule `expm` in rule; did you mean `expm1`?"),
        (["verify", "zzz"], "unknown rule `zzz` in verify; `stabaudit rule` lists them"),
        (["check", "--selct=x"], "unrecognized arguments: --selct=x; did you mean `--select`?"),
        (["chekc"], "unknown command `chekc`; did you mean `check`?"),
        (["a.py"], "unknown command `a.py`; to check files, use `stabaudit check a.py`"),
        (
            ["check", "-j", "0"],
            "argument -j/--jobs: `0` is not a number of processes; see `stabaudit check --help`",
        ),
        (["check", "-", "a.py"], "`-` is standard input and cannot be combined with paths"),
        (["check", "--stdin-filename", "a.py"], "--stdin-filename needs `-` as the path"),
        (["--what"], "unrecognized arguments: --what; see `stabaudit --help`"),
    ],
)
def test_misuse_is_exit_code_2_and_one_line_with_a_remedy(words: list[str], said: str):
    code, out, err = stabaudit_(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: {said}")


def test_options_may_stand_between_paths():
    put("a.py", SAFE)
    put("b.py", SAFE)
    out = stabaudit_("check", "a.py", "--output-format", "concise", "b.py")[1]
    assert out.endswith("Found 2 findings in 2 files (2 fixable with `--fix`).\n")


def test_standard_input_is_checked_under_the_name_it_is_given():
    code, out, _ = stabaudit_(
        "check", "-", "--stdin-filename", "in/x.py", "--output-format", "json", stdin=NONE.encode()
    )
    assert (code, json.loads(out)[0]["filename"]) == (1, os.path.abspath("in/x.py"))
    assert stabaudit_("check", "-", "--output-format", "concise", stdin=NONE.encode())[1].startswith("-:1:1: softmax")


def test_fix_of_standard_input_gives_the_fixed_text_and_tells_the_rest_on_standard_error():
    text = "# é\r\n" + SAFE.replace("\n", "\r\n") + NONE
    code, out, err = stabaudit_("check", "--fix", "-", stdin=text.encode())
    assert (code, out) == (
        1,
        (fake.IMPORT + "# é\n" + "y = stable.softplus(x)\n").replace("\n", "\r\n") + NONE,
    )
    assert err.endswith("Fixed 1 finding in 1 file (1 softplus); 1 left.\n" + LEFT)


@pytest.mark.parametrize("text", [b"x = 1", b"def (\n", b"\xff", b"\xef\xbb\xbfSOFT\r\n"])
def test_fix_of_standard_input_gives_back_what_it_cannot_fix(text: bytes):
    command = [sys.executable, str(ROOT / "tests/fake.py"), "check", "--fix", "-"]
    assert subprocess.run(command, input=text, capture_output=True).stdout == text


def test_diff_of_standard_input_is_a_diff():
    code, out, _ = stabaudit_("check", "--diff", "--stdin-filename", "a.py", "-", stdin=SAFE.encode())
    assert (code, out.splitlines()[:2]) == (1, ["--- a/a.py", "+++ b/a.py"])


def test_many_files_are_shared_among_processes_and_stay_in_order():
    for number in range(120):
        put(f"{number:03}.py", NONE)
    code, out, _ = stabaudit_("check", "-j", "2", "--output-format", "concise")
    assert code == 1
    assert [line[:3] for line in out.splitlines()[:-1]] == [f"{number:03}" for number in range(120)]


def test_odd_names_are_shown_harmless():
    put("\x1b[31m\n.py", NONE)
    put(os.fsdecode(b"\xff.py"), "def (")
    code, out, err = stabaudit_("check", "--output-format", "concise")
    assert (code, out.splitlines()[0]) == (2, "\\x1b[31m\\n.py:1:1: softmax overflows")
    assert err == "error: \\udcff.py:1:5: cannot be parsed: invalid syntax; fix or exclude the file\n"


def test_a_terminal_without_unicode_is_no_obstacle(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    put("ü.py", "# 漢 SOFT\n")
    code, out, _ = stabaudit_("check")
    assert (code, out.splitlines()[0]) == (1, "\\xfc.py:1:5: softmax overflows")


def test_colour_can_be_forced(monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[1;31msoftmax\033[0m" in stabaudit_("check")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in stabaudit_("check")[1]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals")
def test_a_terminal_gets_colour_and_no_control_characters_of_the_source(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    put("a.py", "x = '\x1b]0;title\x07' " + SAFE)
    for words in (["check"], ["check", "--diff"]):
        ours, theirs = os.openpty()
        subprocess.run([sys.executable, str(ROOT / "tests/fake.py"), *words], stdout=theirs, stderr=theirs)
        os.close(theirs)
        said = b""
        while True:
            try:
                said += os.read(ours, 65536)
            except OSError:
                break
        os.close(ours)
        assert b"\x07" not in said
        assert b"\\x1b]0;title\\x07" in said


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
def test_ctrl_c_ends_quietly():
    for number in range(60):
        put(f"{number:03}.py", "SLEEP")
    # What a shell runs in the background ignores it, and so would what the tests start there.
    heard = (
        "import runpy, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); sys.argv = sys.argv[1:]; "
    )
    for jobs in ("1", "2"):
        program = str(ROOT / "tests/fake.py")
        command = [sys.executable, "-c", f"{heard}runpy.run_path({program!r}, run_name='__main__')"]
        process = subprocess.Popen(
            [*command, program, "check", "-j", jobs],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        while not Path("asleep").exists():
            time.sleep(0.05)
        Path("asleep").unlink()
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are different there")
def test_a_reader_that_has_enough_is_no_error():
    put("a.py", NONE * 5000)
    for form in ("text", "concise", "json"):
        command = f"{sys.executable} {ROOT}/tests/fake.py check --output-format {form} | head -n 1"
        done = subprocess.run(command, shell=True, capture_output=True)
        assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_one_line():
    put("a.py", NONE)
    with open("/dev/full", "w") as full:
        command = [sys.executable, str(ROOT / "tests/fake.py"), "check"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    said = b"error: the output cannot be written: no space left on device\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_a_mistake_of_ours_outside_of_any_file_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys):
    def fail(_: object) -> int:
        raise KeyError("of a\nkind")

    monkeypatch.setattr("stabaudit.cli.check.check", fail)
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: internal error: KeyError: ")
    assert said.count("\n") == 1


def test_a_current_folder_that_is_gone_is_one_line(tmp_path: Path):
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")
    code, _, err = stabaudit_("check")
    os.chdir(tmp_path)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("error: .: no such file or directory")


def test_the_version_is_that_of_the_package():
    assert stabaudit_("--version")[1] == f"stabaudit {stabaudit.__version__}\n"
    assert f'\nversion = "{stabaudit.__version__}"\n' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["rule", "-h"], ["verify", "-h"]])
def test_help_is_on_standard_output(words: list[str]):
    code, out, err = stabaudit_(*words)
    assert (code, err, out[:6]) == (0, "", "usage:")


def test_no_command_is_misuse_and_shows_the_commands():
    code, out, err = stabaudit_()
    assert (code, out) == (2, "")
    assert "verify" in err


def test_the_module_is_the_program():
    put("a.py", "x = 1\n")
    done = subprocess.run([sys.executable, "-m", "stabaudit", "check"], capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"Found nothing in 1 file.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_is_closed_is_not_written_to(closed: str):
    put("a.py", "import numpy as np\ny = np.log(1 + np.exp(x))\n")
    done = subprocess.run(f"{sys.executable} -m stabaudit check a.py {closed}", shell=True, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert bool(done.stdout) == (closed == "2>&-")


def test_what_was_said_before_something_goes_wrong_is_said():
    program = (
        "import sys\nfrom stabaudit.cli import main as cli\n"
        "def answer(argv):\n    sys.stdout.write('said')\n    raise cli.UsageError('not so')\n"
        "cli.answer = answer\ncli.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, env={**os.environ, "NO_COLOR": "1"})
    assert (done.returncode, done.stdout, done.stderr) == (2, b"said", b"error: not so\n")


def test_who_watches_the_program_is_not_cut_short():
    put("a.py", "x = 1\n")
    command = [sys.executable, "-m", "cProfile", "-o", "run.prof", "-m", "stabaudit", "check"]
    done = subprocess.run(command, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"Found nothing in 1 file.\n")
    assert Path("run.prof").is_file()


HEAVY = (
    "libcst",
    "numpy",
    "mpmath",
    "pathspec",
    "asyncio",
    "multiprocessing",
    "importlib.metadata",
    "difflib",
)


def imported(*words: str) -> set[str]:
    """The modules that a run of the program imports."""
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "stabaudit", *words], capture_output=True)
    return {line.split("|")[-1].strip() for line in done.stderr.decode().splitlines() if "|" in line}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "none"], ["check", "empty"]])
def test_nothing_heavy_is_imported_before_a_file_needs_it(words: list[str]):
    Path("empty").mkdir()
    loaded = imported(*words)
    assert "stabaudit.cli.main" in loaded
    assert not loaded & set(HEAVY)


def test_a_file_that_holds_nothing_is_checked_without_the_module_typing(monkeypatch: pytest.MonkeyPatch):
    # To import it takes longer than all that such a run does.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    Path("a.py").write_text("x = 1\n")
    # The first run may write what is computed from the rules alone.
    imported("check", "--no-cache", "a.py")
    loaded = imported("check", "--no-cache", "a.py")
    assert "stabaudit.engine.job" in loaded
    assert "typing" not in loaded


def test_the_analysis_is_imported_without_what_judges_formulas_and_writes_fixes():
    # What is known already is judged no more, and a process that has loaded NumPy cannot be copied.
    program = "import stabaudit.check, sys; print(*{'libcst', 'numpy', 'mpmath'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "\n")
