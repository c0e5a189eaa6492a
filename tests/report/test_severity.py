"""What a finding weighs: an error where nothing of the result is right, a warning for lost digits, else a note."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stabaudit.check import check_text
from tests.run import quick

HEAD = "import math\nimport numpy as np\nimport torch\n\n\ndef f(x):\n    return "
#: One formula of each weight.
ALL = {"error": "np.exp(x) / np.exp(x).sum()", "warning": "np.exp(x) - 1", "note": "1 / (1 + np.exp(-x))"}


@pytest.mark.parametrize(
    ("formula", "severity"),
    [
        *((formula, severity) for severity, formula in ALL.items()),
        ("np.log(np.sum(np.exp(x)))", "error"),
        ("math.log(1 + math.exp(x))", "error"),
        ("np.log(1 + x)", "warning"),
        # An overflow is an exception of `math`, and a nan gradient of torch.
        ("1 / (1 + math.exp(-x))", "error"),
        ("1 / (1 + torch.exp(-x))", "error"),
    ],
)
def test_a_fault_weighs_what_it_does_to_the_result(formula: str, severity: str):
    [finding] = check_text(f"{HEAD}{formula}\n")
    assert finding.severity == severity


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.py"
    path.write_text("".join(f"{HEAD}{formula}\n" for formula in ALL.values()))
    return str(path)


def told(*words: str) -> tuple[int, list[str]]:
    code, out, _ = quick("check", "--isolated", "--no-cache", "--output-format", "json", *words, real=True)
    return code, [one["severity"] for one in json.loads(out)]


def test_what_weighs_less_is_not_reported_if_nobody_asks_for_it(file: str):
    assert told(file) == (1, ["error", "warning", "note"])
    assert told(file, "--min-severity", "warning") == (1, ["error", "warning"])
    assert told(file, "--min-severity", "error") == (1, ["error"])


def test_a_run_fails_for_what_weighs_enough(file: str):
    assert told(file, "--select", "sigmoid") == (1, ["note"])
    assert told(file, "--select", "sigmoid", "--fail-on", "warning") == (0, ["note"])
    assert told(file, "--fail-on", "error") == (1, ["error", "warning", "note"])


def test_the_configuration_says_so_as_well(file: str):
    said = Path(file).with_name("stabaudit.toml")
    said.write_text('min-severity = "warning"\nfail-on = "error"\nignore = ["softmax"]\n')
    code, out, _ = quick("check", "--config", str(said), "--no-cache", "--output-format", "json", file, real=True)
    assert (code, [one["severity"] for one in json.loads(out)]) == (0, ["warning"])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("concise", ["softmax [*]", "expm1 (warning) [*]", "sigmoid (note) [*]"]),
        ("text", ["softmax [*]", "expm1 (warning) [*]", "sigmoid (note) [*]"]),
        ("github", ["::error title", "::warning title", "::notice title"]),
        ("gitlab", ['"severity": "major"', '"severity": "minor"', '"severity": "info"']),
        ("sarif", ['"level": "error"', '"level": "warning"', '"level": "note"']),
        ("junit", ['type="error"', 'type="warning"', 'type="note"']),
        ("markdown", ["| error |", "| warning |", "| note |"]),
        ("json-lines", ['"severity": "error"', '"severity": "warning"', '"severity": "note"']),
    ],
)
def test_each_format_says_what_a_finding_weighs(file: str, form: str, words: list[str]):
    _, out, _ = quick("check", "--isolated", "--no-cache", "--output-format", form, file, real=True)
    for word in words:
        assert word in out
