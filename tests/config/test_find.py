from __future__ import annotations

import json
from pathlib import Path

import pytest

from stabaudit.config.table import FORMATS
from tests.run import NONE, SAFE, UNSAFE, lines, put, quick, read


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules(*words: str) -> list[str]:
    return sorted({line.split(": ")[1].split()[0] for line in lines(*words)})


def test_the_nearest_file_that_speaks_of_stabaudit_holds():
    put("pyproject.toml", '[tool.stabaudit]\nselect = ["softmax"]\n')
    put("in/pyproject.toml", "[tool.other]\n# stabaudit\n")
    put("in/deep/stabaudit.toml", 'select = ["expm1"]\n')
    for name in ("a.py", "in/b.py", "in/deep/c.py", "in/deep/er/d.py"):
        put(name, SAFE + UNSAFE + NONE)
    found = lines()
    assert [line.split(":")[0] + line.split(": ")[1].split()[0] for line in found] == [
        "a.pysoftmax",
        "in/b.pysoftmax",
        "in/deep/c.pyexpm1",
        "in/deep/er/d.pyexpm1",
    ]


def test_in_one_folder_the_dot_file_comes_first_and_pyproject_last():
    put("a.py", SAFE + UNSAFE + NONE)
    put("pyproject.toml", '[tool.stabaudit]\nselect = ["softmax"]\n')
    put("stabaudit.toml", 'select = ["expm1"]\n')
    assert rules() == ["expm1"]
    put(".stabaudit.toml", 'select = ["softplus"]\n')
    assert rules() == ["softplus"]


def test_what_extends_a_file_takes_over_what_it_does_not_say_itself():
    put("base/stabaudit.toml", 'select = ["softmax", "expm1"]\nexclude = ["out"]\n')
    put("in/stabaudit.toml", 'extend = "../base/stabaudit.toml"\nselect = ["softplus"]\n')
    put("in/a.py", SAFE + NONE)
    put("in/out/b.py", SAFE)
    assert lines() == ["in/a.py:1:5: softplus [*] infinite from x = 710 on", *lines("in/out/b.py")]
    put("base/stabaudit.toml", 'extend = "../in/stabaudit.toml"\n')
    code, _, err = quick("check")
    assert (code, err) == (2, "error: base/stabaudit.toml:1: `extend` leads back to in/stabaudit.toml\n")


def test_what_is_extended_lies_in_the_repository_or_in_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    put("top/stabaudit.toml", 'select = ["softmax"]\n')
    put("top/in/stabaudit.toml", 'extend = "../stabaudit.toml"\n')
    put("top/in/a.py", SAFE + NONE)
    assert rules("top/in") == ["softmax"]
    monkeypatch.chdir("top/in")
    said = "stabaudit.toml:1: `extend` leads out of the project; give the file with --config"
    assert quick("check")[2] == f"error: {said}\n"
    assert rules("--config", "../stabaudit.toml") == ["softmax"]
    (folder / "top" / ".git").mkdir()
    assert rules() == ["softmax"]


@pytest.mark.parametrize("name", ["stabaudit.toml", "pyproject.toml"])
def test_a_configuration_may_be_a_link_within_the_project(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
    put(
        "shared.toml",
        'select = ["softmax"]\n' if name == "stabaudit.toml" else '[tool.stabaudit]\nselect = ["softmax"]\n',
    )
    put("in/a.py", SAFE + NONE)
    Path("in", name).symlink_to("../shared.toml")
    # What a link is called says how it is read, as its target need not be called so.
    assert rules("in") == ["softmax"]
    monkeypatch.chdir("in")
    said = f"{name}: is a link that leads out of the project; give the file with --config"
    assert quick("check")[2] == f"error: {said}\n"


@pytest.mark.parametrize("key", ["baseline", "vendored"])
@pytest.mark.parametrize("path", ["../known.json", "/etc/hostname", "in/../../known.json", "link"])
def test_what_a_file_names_is_below_its_folder_and_what_the_command_line_names_is_anywhere(
    key: str, path: str, monkeypatch: pytest.MonkeyPatch
):
    put("known.json", '{"version": 2, "files": {}}')
    put("top/.git/HEAD", "")
    put("top/a.py", "x = 1\n")
    Path("top/link").symlink_to("../known.json")
    monkeypatch.chdir("top")
    put("stabaudit.toml", f'{key} = "{path}"\n')
    said = f"`{key}` leads out of the folder of its file; choose another path, or give it on the command line"
    assert quick("check")[2] == f"error: stabaudit.toml:1: {said}\n"
    if key == "baseline":
        assert quick("check", "--baseline", "../known.json")[0] == 0
        assert quick("check", "--config", 'baseline = "../known.json"')[0] == 0


def test_the_command_line_comes_before_the_file_and_isolated_reads_none():
    put("a.py", SAFE + UNSAFE + NONE)
    put("stabaudit.toml", 'select = ["softmax"]\nignore = ["expm1"]\n')
    assert rules("--select", "expm1,softplus") == ["expm1", "softplus"]
    assert rules("--ignore", "softmax") == []
    assert rules("--isolated") == ["expm1", "softmax", "softplus"]
    assert rules("--config", 'select = ["softplus"]') == ["softplus"]
    put("other.toml", 'select = ["expm1", "softplus"]\n')
    assert rules("--config", "other.toml") == ["expm1", "softplus"]
    assert rules("--config", "other.toml", "--config", 'ignore = ["softplus"]') == ["expm1"]


def test_per_file_ignores_speak_of_files_and_folders_below_the_file_they_stand_in():
    put("in/stabaudit.toml", '[per-file-ignores]\n"tests" = ["softmax"]\n"*_gen.py" = ["expm1", "softmax"]\n')
    for name in ("in/a.py", "in/tests/deep/b.py", "in/x_gen.py", "tests/c.py"):
        put(name, UNSAFE + NONE)
    assert [line.split(" ")[0] + line.split()[1] for line in lines("--unsafe-fixes")] == [
        "in/a.py:1:5:expm1",
        "in/a.py:2:1:softmax",
        "in/tests/deep/b.py:1:5:expm1",
        "tests/c.py:1:5:expm1",
        "tests/c.py:2:1:softmax",
    ]


def test_excluded_files_are_left_out_and_those_that_are_named_only_if_that_is_forced():
    put("pyproject.toml", '[tool.stabaudit]\nextend-exclude = ["old", "gen_*.py", "in/b.py"]\n')
    for name in ("a.py", "old/a.py", "in/gen_x.py", "in/b.py", "b.py", "venv/c.py"):
        put(name, NONE)
    assert [line.split(":")[0] for line in lines()] == ["a.py", "b.py"]
    assert len(lines("old/a.py", "old", "in/b.py")) == 2
    assert lines("old/a.py", "old", "in/b.py", "--force-exclude") == []
    put("pyproject.toml", '[tool.stabaudit]\nexclude = ["in"]\n')
    assert [line.split(":")[0] for line in lines()] == ["a.py", "b.py", "old/a.py", "venv/c.py"]
    assert [line.split(":")[0] for line in lines("--extend-exclude", "venv,old/")] == ["a.py", "b.py"]


def test_patterns_of_the_command_line_hold_in_folders_outside_of_the_current_one(
    tmp_path_factory: pytest.TempPathFactory,
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in ("a.py", "tests/b.py", "in/tests/c.py", "in/d.py", "in/gen_e.py"):
        put(str(elsewhere / name), NONE)
    put("tests/f.py", NONE)

    def found(*words: str) -> list[str]:
        return sorted(line.split(":")[0].removeprefix(f"{elsewhere}/") for line in lines(str(elsewhere), ".", *words))

    assert found("--extend-exclude", "tests") == ["a.py", "in/d.py", "in/gen_e.py"]
    assert found("--extend-exclude", "tests,gen_*.py") == ["a.py", "in/d.py"]
    assert found("--extend-exclude", "/tests,in/d.py") == ["a.py", "in/gen_e.py", "in/tests/c.py"]
    assert found("--config", 'extend-exclude = ["tests/"]') == ["a.py", "in/d.py", "in/gen_e.py"]


def test_standard_input_is_left_out_under_an_excluded_name_if_that_is_forced():
    from tests.run import stabaudit

    put("stabaudit.toml", 'extend-exclude = ["old"]\n')
    words = ["check", "-", "--stdin-filename", "old/a.py", "--fix"]
    assert stabaudit(*words, stdin=SAFE.encode())[1] != SAFE
    assert stabaudit(*words, "--force-exclude", stdin=SAFE.encode())[:2] == (0, SAFE)


def test_unsafe_fixes_may_be_set_and_taken_back():
    put("a.py", UNSAFE)
    put("stabaudit.toml", "unsafe-fixes = true\n")
    assert "1 fixable with `--fix`" in quick("check")[1]
    assert "`--fix --unsafe-fixes`" in quick("check", "--no-unsafe-fixes")[1]


def test_the_form_of_results_may_be_set():
    put("a.py", NONE)
    put("stabaudit.toml", 'output-format = "concise"\n')
    assert quick("check")[1].startswith("a.py:1:1: softmax overflows\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tool.stabaudit]\nselct = ["softmax"]', "2: unknown key `selct`; did you mean `select`?"),
        ('[tool.stabaudit]\nselect = ["sofmax"]', "2: `select` has an unknown rule `sofmax`; did you mean `softmax`?"),
        ('[tool.stabaudit]\n\nselect = "softmax"', "3: `select` is a list of rule names"),
        ("[tool]\nstabaudit.unsafe-fixes = 1", "2: `unsafe-fixes` is true or false"),
        (
            '[tool.stabaudit]\noutput-format = "jsn"',
            f"2: `output-format` is one of {', '.join(FORMATS)}; did you mean `json`?",
        ),
        ("[tool.stabaudit]\nbaseline = []", "2: `baseline` is the path of a file"),
        ('[tool.stabaudit]\nexclude = ["[a"]', "2: `exclude` has `[a`, which is not a valid pattern"),
        (
            '[tool.stabaudit.per-file-ignores]\n"a" = []\n"b" = ["no"]',
            "3: `per-file-ignores` has an unknown rule `no`",
        ),
        ('[tool.stabaudit.array-modules]\n"x p" = "numpy"', "2: `array-modules` has `x p`, which is not a name"),
        ("[tool.stabaudit]\nselect = [", "2: not TOML: invalid value"),
        ("x = '''\n[tool.stabaudit]\n'''\n[tool.stabaudit]\nwhat = 1", "5: unknown key `what`"),
        ('[tool.stabaudit]\nselect = [\n  "softmax",\n  # ]\n]\nfix = true', "6: unknown key `fix`"),
        ("tool.stabaudit = 3", "1: `tool.stabaudit` is a table"),
        ('[tool.stabaudit]\nextend = "no.toml"', "2: `extend` names no.toml, which is not a file"),
    ],
)
def test_a_mistake_is_exit_code_2_and_one_line_with_file_and_row(text: str, said: str):
    put("pyproject.toml", text)
    put("a.py", NONE)
    code, out, err = quick("check")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: pyproject.toml:{said}"), err


def test_a_broken_pyproject_that_does_not_speak_of_us_is_no_concern():
    put("pyproject.toml", "[tool.black\n")
    put("a.py", "x = 1\n")
    assert quick("check")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--config", "none.toml"], "none.toml: no such configuration file; check the path"),
        (["--config", "selct = []"], "--config 'selct = []': unknown key `selct`; did you mean `select`?"),
        (["--config", "select = "], "--config 'select = ': not TOML: invalid value"),
    ],
)
def test_a_mistake_in_the_configuration_of_the_command_line_is_one_line(words: list[str], said: str):
    code, _, err = quick("check", *words)
    assert (code, err.splitlines()) == (2, [f"error: {said}"])


def test_config_shows_each_value_and_where_it_comes_from():
    put("pyproject.toml", '[tool.stabaudit]\nselect = ["softmax"]\nunsafe-fixes = true\n')
    put("in/a.py", "")
    code, out, _ = quick("config", "in/a.py", "--ignore", "expm1")
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert 'select = ["softmax"] # pyproject.toml:2' in rows
    assert "unsafe-fixes = true # pyproject.toml:3" in rows
    assert 'ignore = ["expm1"] # command line' in rows
    assert 'target = "auto" # default' in rows
    assert "# baseline is not set" in rows


def test_what_config_shows_is_a_configuration():
    put("stabaudit.toml", '[per-file-ignores]\n"a \\"b\\" é" = ["softmax"]\n[array-modules]\nxp = "numpy"\n')
    shown = quick("config")[1]
    put("again/stabaudit.toml", shown)
    assert quick("config", "again")[0] == 0


def test_config_of_nothing_is_misuse():
    assert quick("config", "none") == (2, "", "error: none: no such file or directory; check the path\n")


def test_lists_of_rules_are_extended():
    put("a.py", SAFE + UNSAFE + NONE)
    put("stabaudit.toml", 'select = ["softplus"]\nextend-select = ["expm1"]\n')
    assert rules() == ["expm1", "softplus"]
    assert rules("--extend-select", "softmax") == ["expm1", "softmax", "softplus"]
    assert rules("--extend-ignore", "expm1") == ["softplus"]
    assert rules("--select", "softmax") == ["softmax"]
    put("in/stabaudit.toml", 'extend = "../stabaudit.toml"\nextend-ignore = ["softplus"]\n')
    put("in/a.py", SAFE + UNSAFE + NONE)
    assert rules("in") == ["expm1"]
    assert rules("in", "--extend-select", "softplus") == ["expm1", "softplus"]


def test_an_extended_file_may_be_added_to():
    put("stabaudit.toml", '[per-file-ignores]\n"in/a.py" = ["expm1"]\n')
    put("in/stabaudit.toml", 'extend = "../stabaudit.toml"\n[extend-per-file-ignores]\n"a.py" = ["softmax"]\n')
    put("in/a.py", SAFE + UNSAFE + NONE)
    assert rules() == ["softplus"]


def test_files_may_be_included_by_pattern():
    put("stabaudit.toml", 'include = ["bin/*", "*.pyw", "!bin/no"]\n')
    for name in ("a.py", "bin/tool", "bin/no", "in/a.pyw"):
        put(name, NONE)
    assert [line.split(":")[0] for line in lines()] == ["bin/tool", "in/a.pyw"]


def test_what_git_ignores_may_be_looked_at():
    put(".git/HEAD", "")
    put(".gitignore", "a.py\nin/\n")
    put("a.py", NONE)
    put("in/b.py", NONE)
    assert lines() == []
    assert len(lines("--no-respect-gitignore")) == 2
    put("stabaudit.toml", "respect-gitignore = false\n")
    assert len(lines()) == 2
    assert lines("--respect-gitignore") == []


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        (["--fix"], "y = stable.softplus(x)\nz = exp(x) - 1\n", {"expm1"}),
        (["--fix", "--unfixable", "softplus"], SAFE + UNSAFE, {"expm1", "softplus"}),
        (["--fix", "--fixable", "expm1"], SAFE + UNSAFE, {"expm1", "softplus"}),
        (["--fix", "--config", 'extend-safe-fixes = ["expm1"]'], "y = stable.softplus(x)\nz = expm1(x)\n", set()),
        (["--fix", "--config", 'extend-unsafe-fixes = ["softplus"]'], SAFE + UNSAFE, {"expm1", "softplus"}),
        (
            ["--fix", "--unsafe-fixes", "--config", 'extend-unsafe-fixes = ["softplus"]'],
            "y = stable.softplus(x)\nz = expm1(x)\n",
            set(),
        ),
    ],
)
def test_settings_say_which_rules_fix_and_how_safe_that_is(words: list[str], text: str, left: set[str]):
    put("a.py", SAFE + UNSAFE)
    assert set(rules(*words)) == left
    assert read("a.py").removeprefix("from stabaudit import runtime as stable\n") == text


GUARDS = "import torch\ndef f(x):\n    a = torch.log(torch.sigmoid(x) + 1e-8)\n"
GUARDS += "    return a, torch.log(1 - torch.sigmoid(x) + 1e-12), torch.log(torch.sigmoid(x) + eps)\n"


@pytest.mark.parametrize(
    ("options", "severities"),
    [
        ("", ["warning", "warning", "warning"]),
        ('rules.log-guard.severity = "note"', ["note", "note", "note"]),
        # What a guard is that comes from elsewhere is not known.
        ("rules.log-guard.smallest-guard = 1e-10", ["warning", "warning"]),
        ("rules.log-guard.smallest-guard = 1e-8", ["warning", "warning"]),
        ("rules.log-guard.smallest-guard = 1e-7", ["warning"]),
    ],
)
def test_options_of_a_rule_say_what_its_findings_weigh_and_which_guards_count(options: str, severities: list[str]):
    put("a.py", GUARDS)
    put("stabaudit.toml", options)
    _, out, _ = quick("check", "--output-format", "json", real=True)
    assert [one["severity"] for one in json.loads(out)] == severities


def test_the_severity_of_a_rule_holds_for_what_is_reported_and_fails():
    put("a.py", GUARDS)
    put("stabaudit.toml", '[rules.log-guard]\nseverity = "note"')
    assert quick("check", "--min-severity", "warning", real=True)[0] == 0
    assert quick("check", "--fail-on", "warning", real=True)[0] == 0
    assert quick("check", real=True)[0] == 1


def test_the_environment_names_form_and_file(monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    put("stabaudit.toml", 'output-format = "json"\n')
    monkeypatch.setenv("STABAUDIT_OUTPUT_FORMAT", "concise")
    assert quick("check")[1].startswith("a.py:1:1: softmax")
    assert quick("check", "--output-format", "json-lines")[1].startswith("{")
    assert '"concise"' in quick("config")[1]
    assert "# environment: STABAUDIT_OUTPUT_FORMAT" in quick("config")[1]
    monkeypatch.setenv("STABAUDIT_OUTPUT_FILE", "out")
    assert quick("check", "--quiet") == (1, "", "")
    assert read("out").startswith("a.py:1:1: softmax")
    monkeypatch.setenv("STABAUDIT_OUTPUT_FORMAT", "concis")
    said = "error: STABAUDIT_OUTPUT_FORMAT is `concis`, and not one of text, concise"
    code, out, err = quick("check")
    assert (code, out, err[: len(said)]) == (2, "", said)
    assert err.endswith("did you mean `concise`?\n")


def test_show_settings_is_config_of_the_first_path():
    put("in/a.py", "")
    put("in/stabaudit.toml", 'ignore = ["expm1"]\n')
    assert quick("check", "--show-settings", "in/a.py")[1] == quick("config", "in/a.py")[1]


def test_colour_may_be_chosen(monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033[" in quick("check", "--color", "always")[1]
    assert "\033[" not in quick("check", "--color", "auto")[1]
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[" not in quick("check", "--color", "never")[1]
