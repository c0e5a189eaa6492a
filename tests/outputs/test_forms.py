from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from stabaudit.config.table import FORMATS
from stabaudit.report import address
from stabaudit.report.linehash import BASE, BLOCK, hashes
from tests.run import NONE, SAFE, UNSAFE, put, quick, read

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.json").read_text())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def sarif(*words: str) -> dict:
    out = quick("check", "--output-format", "sarif", *words)[1]
    assert out.isascii()
    document = json.loads(out)
    Draft7Validator(SCHEMA).validate(document)
    [run] = document["runs"]
    return run


def test_sarif_of_nothing_is_valid():
    put("a.py", "x = 1\n")
    assert sarif()["results"] == []


def test_sarif_says_what_github_asks_for():
    put("in/ä b.py", SAFE + UNSAFE + NONE)
    run = sarif()
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["expm1", "softmax", "softplus"]
    for rule in rules:
        for part in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert 0 < len(part["text"])
        assert len(rule["fullDescription"]["text"]) <= 1024
    first, *_ = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "softplus"
    [location] = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "in/%C3%A4%20b.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 18},
    }
    assert "at x = 1e3: this gives inf, the true value is 1e3" in first["message"]["text"]
    [change] = first["fixes"][0]["artifactChanges"]
    assert [one["insertedContent"]["text"] for one in change["replacements"]][1] == "stable.softplus(x)"
    assert run["automationDetails"]["id"] == "stabaudit/"


def test_sarif_tells_of_files_that_could_not_be_checked():
    put("a.py", "def (\n")
    [invocation] = sarif()["invocations"]
    assert not invocation["executionSuccessful"]
    assert "a.py:1:5: cannot be parsed" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_the_fingerprints_of_sarif_stay_when_lines_move_and_differ_for_twins():
    put("a.py", NONE + "x\n" + NONE)
    before = [one["partialFingerprints"]["stabaudit/v1"] for one in sarif()["results"]]
    put("a.py", "\n\n" + NONE + "y\n\n   \n" + NONE)
    after = [one["partialFingerprints"]["stabaudit/v1"] for one in sarif()["results"]]
    assert before == after
    assert len(set(after)) == 2


# The values of the tests of github/codeql-action, src/fingerprints.test.ts.
VECTORS = [
    ("", ["c129715d7a2bc9a3:1"]),
    (
        " a\nb\n  \t\tc\n d",
        ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
    ),
    (
        " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
        [
            "8b7cf3e952e7aeb2:1",
            "b1ae1287ec4718d9:1",
            "bff680108adb0fcc:1",
            "c6805c5e1288b612:1",
            "b86d3392aea1be30:1",
            "e6ceba753e1a442:1",
        ],
    ),
    (
        "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
        [
            "e54938cc54b302f1:1",
            "bb609acbe9138d60:1",
            "1131fd5871777f34:1",
            "5c482a0f8b35ea28:1",
            "54517377da7028d2:1",
            "2c644846cb18d53e:1",
            "f1b89f20de0d133:1",
            "c129715d7a2bc9a3:1",
        ],
    ),
]


@pytest.mark.parametrize(("text", "want"), VECTORS)
def test_line_hashes_are_those_of_github(text: str, want: list[str]):
    for end in ("\n", "\r\n", "\r"):
        assert hashes(text.replace("\n", end)) == want


@given(st.text(alphabet="ab \t\né😀", max_size=300))
def test_a_line_hash_is_the_sum_that_defines_it(text: str):
    units = list(memoryview(text.replace(" ", "").replace("\t", "").encode("utf-16-le")).cast("H"))
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == 10)]
    padded = [*units, 65535, *[0] * BLOCK]
    want = [f"{sum(padded[p + i] * BASE ** (BLOCK - 1 - i) for i in range(BLOCK)) % 2**64:x}" for p in starts]
    assert [one.split(":")[0] for one in hashes(text)] == want


def test_github_annotations_are_escaped_and_point_into_the_repository():
    put("in/a,b:c%.py", SAFE)
    out = quick("check", "--output-format", "github", "in")[1]
    assert out.splitlines() == [
        "::error title=stabaudit (softplus),file=in/a%2Cb%3Ac%25.py,line=1,col=5,endLine=1,endColumn=18"
        "::in/a,b:c%25.py:1:5: softplus infinite from x = 710 on%0A  witness: at x = 1e3: this gives inf, "
        "the true value is 1e3, the fix gives 1e3%0A  help: use `stable.softplus(x)`"
    ]


def test_gitlab_fingerprints_differ_and_stay_when_lines_move():
    put("a.py", NONE + NONE)
    put("in/b.py", NONE)
    issues = json.loads(quick("check", "--output-format", "gitlab")[1])
    assert [(one["location"]["path"], one["location"]["positions"]["begin"]["line"]) for one in issues] == [
        ("a.py", 1),
        ("a.py", 2),
        ("in/b.py", 1),
    ]
    assert issues[0]["description"] == "softmax: overflows"
    marks = [one["fingerprint"] for one in issues]
    assert len(set(marks)) == 3
    put("a.py", "\n\n" + NONE + "x\n" + NONE)
    assert [one["fingerprint"] for one in json.loads(quick("check", "--output-format", "gitlab")[1])] == marks


def test_junit_counts_findings_as_failures_and_troubles_as_errors():
    put("a.py", SAFE + NONE)
    put("b\x1b.py", "def (\n")
    put("c.py", "x = 1\n")
    root = xml.fromstring(quick("check", "--output-format", "junit")[1])
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "2", "1")
    assert [suite.get("name") for suite in root] == ["a.py", "b\\x1b.py"]
    case = root[0][0]
    assert (case.get("name"), case.get("line"), case.get("column")) == ("org.stabaudit.softplus", "1", "5")
    assert "at x = 1e3" in (case[0].text or "")


def test_junit_of_nothing_is_one_test_that_passes():
    put("a.py", "x = 1\n")
    root = xml.fromstring(quick("check", "--output-format", "junit")[1])
    assert (root.get("tests"), len(root.findall(".//failure")), len(root.findall(".//testcase"))) == ("1", 0, 1)


def test_json_lines_are_the_objects_of_json():
    put("a.py", SAFE + UNSAFE + NONE)
    lines = quick("check", "--output-format", "json-lines")[1].splitlines()
    assert [json.loads(line) for line in lines] == json.loads(quick("check", "--output-format", "json")[1])


@pytest.mark.parametrize("form", FORMATS)
def test_each_form_may_go_to_a_file(form: str):
    put("a.py", SAFE + NONE)
    code, shown, _ = quick("check", "--output-format", form, "--quiet")
    assert quick("check", "--output-format", form, "--output-file", "in.out", "--quiet") == (code, "", "")
    assert read("in.out") == shown


def test_several_forms_in_one_run():
    put("a.py", SAFE + NONE)
    words = ["--output-file", "sarif:out.sarif", "--output-file", "junit:out.xml", "--output-format", "concise"]
    code, out, _ = quick("check", *words)
    assert (code, out) == quick("check", "--output-format", "concise")[:2]
    assert len(json.loads(read("out.sarif"))["runs"][0]["results"]) == 2
    assert xml.fromstring(read("out.xml")).get("failures") == "2"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output-file", "no/such/x"], "--output-file no/such/x: cannot be written: no such file or directory"),
        (["--output-file", "a", "--output-file", "b"], "--output-file b: the format is missing; write it as `json:b`"),
        (["--output-file", "sarif:"], "--output-file '' is not the name of a file"),
        (
            ["--output-file", "x", "--diff"],
            "--diff cannot be combined with --output-file",
        ),
        (["--output-file", "."], "--output-file '.' is not the name of a file"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_line(words: list[str], said: str):
    put("a.py", NONE)
    assert quick("check", *words) == (2, "", f"error: {said}\n")


def test_statistics_count_the_rules():
    put("a.py", SAFE + NONE)
    put("in/b.py", NONE)
    code, out, _ = quick("check", "--statistics", "--quiet")
    told = ["     2  [ ]  softmax", "     1  [*]  softplus", "", "     3  error", "", "     2  .", "     1  in"]
    assert (code, out.splitlines()) == (1, told)
    severities = {"error": 1, "warning": 0, "note": 0}
    assert json.loads(quick("check", "--statistics", "--output-format", "json")[1]) == [
        {
            "name": "softmax",
            "count": 2,
            "fixable_count": 0,
            "severities": {**severities, "error": 2},
            "folders": {".": 1, "in": 1},
        },
        {"name": "softplus", "count": 1, "fixable_count": 1, "severities": severities, "folders": {".": 1}},
    ]


def test_statistics_list_the_folders_with_most_findings():
    for number in range(40):
        put(f"in{number:02}/a.py", NONE * (1 + (number == 7)))
    out = quick("check", "--statistics", "--quiet")[1].splitlines()
    assert (out[4], out[5], out[-1]) == ("     2  in07", "     1  in00", "        and 10 more folders")
    put("c.py", "x = 1\n")
    assert quick("check", "c.py", "--statistics", "--quiet")[1] == ""


def test_azure_annotations_are_commands_of_its_log():
    put("in/a;b]%.py", SAFE)
    assert quick("check", "--output-format", "azure", "in")[1].splitlines() == [
        "##vso[task.logissue type=error;sourcepath=in/a%3Bb%5D%AZP25.py;linenumber=1;columnnumber=5;code=softplus;]"
        "1:5: softplus infinite from x = 710 on; at x = 1e3: this gives inf, the true value is 1e3, the fix gives 1e3; "
        "use `stable.softplus(x)`"
    ]


def test_rdjson_counts_bytes_and_suggests_what_can_be_accepted_by_itself():
    put("in/a.py", f"from stabaudit import runtime as stable\nä = 1; {SAFE}{UNSAFE}{NONE}")
    document = json.loads(quick("check", "--output-format", "rdjson")[1])
    first, second, third = document["diagnostics"]
    assert first["location"] == {
        "path": "in/a.py",
        "range": {"start": {"line": 2, "column": 13}, "end": {"line": 2, "column": 26}},
    }
    assert (first["severity"], first["code"]) == ("ERROR", {"value": "softplus"})
    assert first["message"].splitlines()[1:] == [
        "witness: at x = 1e3: this gives inf, the true value is 1e3, the fix gives 1e3",
        "help: use `stable.softplus(x)`",
    ]
    assert first["suggestions"] == [{"range": first["location"]["range"], "text": "stable.softplus(x)"}]
    assert "suggestions" not in second
    assert third["message"].endswith("no fix: a comment stands inside")
    put("in/a.py", SAFE)
    # One that needs an import would be accepted without it.
    assert "suggestions" not in json.loads(quick("check", "--output-format", "rdjson")[1])["diagnostics"][0]


def test_addresses_of_pages_are_told_where_there_is_a_site(monkeypatch: pytest.MonkeyPatch):
    put("a.py", NONE)
    [one] = json.loads(quick("check", "--output-format", "json")[1])
    assert one["url"] is None
    assert "helpUri" not in sarif()["tool"]["driver"]["rules"][0]
    monkeypatch.setattr(address, "SITE", "https://docs.example/")
    page = "https://docs.example/rules/softmax/"
    [one] = json.loads(quick("check", "--output-format", "json")[1])
    assert one["url"] == page
    driver = sarif()["tool"]["driver"]
    assert (driver["rules"][0]["helpUri"], driver["informationUri"]) == (page, "https://docs.example/")
    [one] = json.loads(quick("check", "--output-format", "rdjson")[1])["diagnostics"]
    assert one["code"] == {"value": "softmax", "url": page}


def test_parse_all_fails_on_what_holds_no_formula():
    put("a.py", "def (\n")
    put("b.py", "class\n" + "x" * 3)
    assert quick("check", "b.py", real=True)[0] == 0
    code, _, err = quick("check", "b.py", "--parse-all", real=True)
    assert (code, err) == (2, "error: b.py:1:6: cannot be parsed: invalid syntax; fix or exclude the file\n")


def test_exit_zero_hides_findings_from_the_exit_code_but_no_errors():
    put("a.py", NONE)
    assert quick("check", "--exit-zero")[0] == 0
    put("b.py", "def (\n")
    assert quick("check", "--exit-zero")[0] == 2


def test_exit_non_zero_on_fix_tells_that_something_was_fixed():
    put("a.py", SAFE)
    assert quick("check", "--fix", "--exit-non-zero-on-fix")[0] == 1
    assert quick("check", "--fix", "--exit-non-zero-on-fix")[0] == 0


def test_quiet_shows_findings_and_errors_only():
    put("a.py", NONE)
    put("b.py", "x  # stabaudit: ignore\ndef (")
    code, out, err = quick("check", "--quiet", "--output-format", "concise")
    assert (code, out) == (2, "a.py:1:1: softmax overflows\n")
    assert err.startswith("error: b.py:2:5")


def test_verbose_tells_which_settings_hold():
    put("a.py", "x = 1\n")
    put("stabaudit.toml", "unsafe-fixes = true\n")
    settings, took = quick("check", "--verbose")[2].splitlines()
    assert settings == ".: settings: unsafe-fixes (stabaudit.toml:1)"
    assert took.startswith("took 0.")
    assert took.endswith(" s for 1 file")


def test_show_files_says_what_is_left_out_and_why():
    for name in ("a.py", "b.py", "dist/a.py", ".x/a.py", "env/pyvenv.cfg", "env/a.py", "old/a.py", "c.txt"):
        put(name, NONE)
    put(".gitignore", "b.py\n")
    code, out, err = quick("check", "--show-files", "--verbose", "--extend-exclude", "old")
    assert (code, out) == (0, "a.py\n")
    assert err.splitlines() == [
        ".git: skipped: hidden",
        ".x: skipped: hidden",
        "b.py: skipped: git ignores it",
        "dist: skipped: excluded",
        "env: skipped: a virtual environment",
        "old: skipped: excluded",
    ]


def test_show_files_lists_what_would_be_checked():
    put("a.py", NONE)
    put("in/b.pyi", "def (\n")
    put("in/c.ipynb", "{}")
    put("out/d.py", "")
    put("stabaudit.toml", 'extend-exclude = ["out"]\n')
    assert quick("check", "--show-files") == (0, f"a.py\nin{os.sep}b.pyi\nin{os.sep}c.ipynb\n", "")


def test_markdown_is_a_table_that_no_text_breaks_out_of():
    put("in/a_b.py", SAFE + NONE)
    put("b.py", "def (\n")
    code, out, _ = quick("check", "--output-format", "markdown")
    assert code == 2
    assert out.startswith("**stabaudit**: Found 2 findings in 1 file (1 fixable with `--fix`).\n\n| place | rule |")
    assert "| in/a\\_b.py:1:5 | softplus | error | infinite from x = 710 on | at x = 1e3: this gives inf," in out
    assert "| none: a comment stands inside |\n" in out
    assert out.endswith(
        "\nCould not be checked:\n\n* b.py:1:5: cannot be parsed: invalid syntax; fix or exclude the file\n"
    )
    put("c.py", NONE * 600)
    assert quick("check", "c.py", "--output-format", "markdown")[1].endswith("\nAnd 100 more.\n")
