from __future__ import annotations

from pathlib import Path

import pytest

from tests.run import NONE, SAFE, UNSAFE, lines, put, quick, read


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(text: str, *words: str) -> list[str]:
    put("a.py", text)
    return [line.split(": ")[0].removeprefix("a.py:") + " " + line.split(": ")[1].split()[0] for line in lines(*words)]


@pytest.mark.parametrize(
    "text",
    [
        "SOFT  # stabaudit: ignore[softmax]",
        "SOFT  #stabaudit:ignore[ expm1 , softmax ] # other tools speak, too",
        "SOFT  # stabaudit: ignore[softmax] -- inputs are small, see #12",
        "SOFT  # type: ignore  # stabaudit: ignore[softmax]",
        "f(\n    SOFT,\n)  # stabaudit: ignore[softmax]",
        "f(  # stabaudit: ignore[softmax]\n    SOFT,\n)",
        "f(\n    SOFT,  # stabaudit: ignore[softmax]\n)",
        "f('''\n''',\n SOFT, 1 + \\\n 2)  # stabaudit: ignore[softmax]",
        "# stabaudit: ignore[softmax]\nSOFT",
        "# stabaudit: ignore[softmax] -- why\n\n# more\nf(\n  SOFT)",
        "SOFT  # noqa",
        "SOFT  # NOQA",
        "SOFT  # noqa: softmax",
        "SOFT  # noqa:softmax,E501 and why",
        "SOFT  # noqa: E501 softmax",
        "SOFT  # noqa: E501  # noqa: softmax",
        "# stabaudit: off\nSOFT\nf(SOFT)\n# stabaudit: on",
        "# stabaudit: off[softmax] -- generated\nSOFT",
        "x\n# stabaudit: file-ignore[softmax]\nSOFT",
        "# flake8: noqa\nSOFT",
        "if x:\n    # stabaudit: ignore[softmax]\n    SOFT",
    ],
)
def test_a_comment_silences(text: str):
    assert [one for one in found(text) if "softmax" in one] == []
    assert found(text.replace("\n", "\r\n")) == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "SOFT  # stabaudit: ignore",
        "SOFT  # stabaudit: ignore[]",
        "SOFT  # stabaudit: ignore[softmx]",
        "SOFT  # stabaudit: ignore[softmax] for a reason",
        "SOFT  # stabaudit ignore[softmax]",
        "SOFT  # noqa: E501",
        "SOFT  # noqa: softmaxx",
        "SOFT  # noqa: what is this",
        "SOFT  # qa",
        "# noqa\nSOFT",
        "f(SOFT, '# stabaudit: ignore[softmax]')",
        "'''\n# stabaudit: file-ignore[softmax]\n'''\nSOFT",
        "x  # stabaudit: ignore[softmax]\nSOFT",
        "SOFT\n# stabaudit: ignore[softmax]\n",
        "SOFT\n# stabaudit: off\n",
        "# stabaudit: off\n# stabaudit: on\nSOFT",
        "# stabaudit: off[expm1]\nSOFT",
        "# flake8: noqa: E501\nSOFT",
        "if x:  # stabaudit: ignore[softmax]\n    SOFT",
    ],
)
def test_a_comment_does_not_silence(text: str):
    assert [one for one in found(text) if "softmax" in one] != []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x  # stabaudit: ignore", "`# stabaudit: ignore` suppresses nothing; name the rules, as in `ignore[softmax]`"),
        ("x  # stabaudit: ignor[softmax]", "`# stabaudit: ignor` is not a known comment; did you mean `ignore`?"),
        ("x  # stabaudit: ignore[sofmax]", "unknown rule `sofmax` in `ignore`; did you mean `softmax`?"),
        ("x  # stabaudit: off[softmax] because", "`because` after `# stabaudit: off`; give a reason after `--`"),
        ("# stabaudit: on\n", "`# stabaudit: on` without an `off` before it"),
    ],
)
def test_a_malformed_comment_is_a_warning_with_its_place(text: str, said: str):
    put("a.py", f"\n{text}")
    code, out, err = quick("check", "--ignore", "unused-ignore")
    assert (code, out, err) == (0, "Found nothing in 1 file.\n", f"warning: a.py:2: {said}\n")
    assert quick("check", "-q")[2] == ""


UNUSED = [
    ("x = 1  # stabaudit: ignore[softmax]\n", "x = 1\n"),
    ("x = 1  # why  # stabaudit: ignore[softmax] -- so\n", "x = 1  # why\n"),
    ("x = 1  # stabaudit: ignore[softmax]  # noqa\n", "x = 1  # noqa\n"),
    ("x = 1  # stabaudit: ignore[softmax] # why\n", "x = 1  # why\n"),
    ("SOFT  # stabaudit: ignore[expm1, softmax, softplus] -- so\n", "SOFT  # stabaudit: ignore[softmax] -- so\n"),
    ("# stabaudit: ignore[softmax]\nx = 1\n", "x = 1\n"),
    ("if x:\n    # stabaudit: ignore[softmax]\n    y\n", "if x:\n    y\n"),
    ("x = 1  # noqa: softmax\n", "x = 1\n"),
    ("x = 1  # noqa: E501, softmax\n", "x = 1  # noqa: E501\n"),
    ("SOFT  # noqa: expm1,softmax,E501 why\n", "SOFT  # noqa: softmax, E501 why\n"),
    ("# stabaudit: file-ignore[softmax]\nx\n", "x\n"),
    ("# stabaudit: off\nx\n# stabaudit: on\nSOFT  # noqa\n", "x\nSOFT  # noqa\n"),
    ("# stabaudit: off[softmax] -- so\nx\n", "x\n"),
]


@pytest.mark.parametrize(("before", "after"), UNUSED)
def test_a_comment_that_silences_nothing_is_reported_and_taken_away(before: str, after: str):
    for end in ("\n", "\r\n"):
        assert [one.split()[1] for one in found(before.replace("\n", end))] == ["unused-ignore"]
        assert quick("check", "--fix")[0] == 0
        assert read("a.py") == after.replace("\n", end)


@pytest.mark.parametrize(
    "text",
    [
        "SOFT  # stabaudit: ignore[softmax]",
        "x  # noqa",
        "x  # noqa: E501",
        "x  # noqa: some words",
        "x = '# stabaudit: ignore[softmax]'",
        "x  # stabaudit: ignore[softmax, unused-ignore]",
    ],
)
def test_a_comment_that_is_needed_or_not_ours_is_not_reported(text: str):
    assert found(text) == []


def test_unused_comments_are_not_reported_when_the_command_line_narrows_the_rules():
    text = "x  # stabaudit: ignore[softmax]\n"
    assert found(text) == ["1:4 unused-ignore"]
    assert found(text, "--select", "expm1") == []
    assert found(text, "--ignore", "expm1") == []
    put("stabaudit.toml", 'ignore = ["unused-ignore"]')
    assert found(text) == []
    put("stabaudit.toml", 'select = ["expm1", "unused-ignore"]')
    assert found(text) == []
    put("stabaudit.toml", 'select = ["softmax", "unused-ignore"]')
    assert found(text) == ["1:4 unused-ignore"]


def test_what_is_silenced_is_not_fixed():
    put("a.py", SAFE.replace("\n", "  # stabaudit: ignore[softplus]\n"))
    assert quick("check", "--fix")[1] == "Found nothing in 1 file.\n"
    assert quick("check", "--diff")[1] == ""


ADDED = [
    (SAFE, SAFE.replace("\n", "  # stabaudit: ignore[softplus]\n")),
    (NONE + UNSAFE, "SOFT  # stabaudit: ignore[softmax]\nz = exp(x) - 1  # stabaudit: ignore[expm1]\n"),
    ("f(SOFT, exp(x) - 1,\n  SOFT)\n", "f(SOFT, exp(x) - 1,\n  SOFT)  # stabaudit: ignore[expm1, softmax]\n"),
    ("SOFT  # why", "SOFT  # why  # stabaudit: ignore[softmax]"),
    ("SOFT; exp(x) - 1  # stabaudit: ignore[expm1]", "SOFT; exp(x) - 1  # stabaudit: ignore[expm1, softmax]"),
    ("f('''\nSOFT\n''', SOFT)", "f('''\nSOFT\n''', SOFT)  # stabaudit: ignore[softmax]"),
    ("x = SOFT + \\\n  1\n", "x = SOFT + \\\n  1  # stabaudit: ignore[softmax]\n"),
    ("x = 'é'; SOFT\r\n", "x = 'é'; SOFT  # stabaudit: ignore[softmax]\r\n"),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_ignores_are_added_for_what_is_found_and_then_nothing_is_found(before: str, after: str):
    put("a.py", before)
    code, out, err = quick("check", "--add-ignores")
    assert (code, out[:11], err, read("a.py")) == (0, "Suppressed ", "", after)
    assert quick("check")[1] == "Found nothing in 1 file.\n"
    assert quick("check", "--add-ignores")[1] == "Suppressed 0 findings in 0 files.\n"
    assert read("a.py") == after


def test_added_ignores_carry_a_reason():
    put("a.py", NONE)
    quick("check", "--add-ignores", "--reason", "not\nyet ")
    assert read("a.py") == "SOFT  # stabaudit: ignore[softmax] -- not yet\n"
    assert quick("check")[0] == 0


@pytest.mark.parametrize("words", [["--fix"], ["--diff"], ["-"]])
def test_adding_ignores_goes_with_nothing_else(words: list[str]):
    code, _, err = quick("check", "--add-ignores", *words)
    assert (code, err.count("\n")) == (2, 1)


def test_a_very_long_line_takes_no_time():
    put("a.py", "x = 1  #" + "#" * 200_000 + " stabaudit: \n#" + " " * 200_000 + "noqa\n")
    assert quick("check")[0] == 0


def test_what_comments_silence_may_be_reported():
    put("a.py", "SOFT  # stabaudit: ignore[softmax]\n# stabaudit: file-ignore[softplus]\n" + SAFE)
    put("a.md", "```python\nSOFT  # noqa\n```\n")
    assert lines() == lines("a.md") == []
    assert [line.split(": ")[0] for line in lines("a.py", "a.md", "--show-silenced")] == [
        "a.md:2:1",
        "a.py:1:1",
        "a.py:3:5",
    ]
    assert quick("check", "--show-silenced", "--add-ignores")[0] == 2
