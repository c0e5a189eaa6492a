"""The script of a witness, run, shows what the report says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.witnesses import shows
from stabaudit.check import check_text
from stabaudit.report.json import proof
from tests.run import quick

HEAD = "import math\nimport numpy as np\nimport torch\n\n\ndef f(x, y, print, axis, np_):\n"
BODIES = {
    "an array": "e = np.exp(x)\nreturn e / e.sum(axis=axis, keepdims=True)",
    "a number": "return np.log(1 + np.exp(x))",
    "a right result with a warning": "return 1 / (1 + np.exp(-x))",
    "an exception": "return 1 / (1 + math.exp(-x))",
    "a sum of Python's own": "return math.log(sum(math.exp(v) for v in x))",
    "a gradient that is nan": "return 1 / (1 + torch.exp(-x))",
    "lost digits": "return np.exp(x * y) - 1",
    "an expression for a variable": "return np.exp(x[:, 0]) / np.exp(x[:, 0]).sum()",
    "a name of Python's own": "return np.log(1 + np.exp(print))",
    "a name that is kept": "value = x\nreturn 1 / (1 + np.exp(-value))",
    "a view": "return np.exp(x) / np.exp(x).sum(1)[:, None]",
    "a component": "return np.log(np.exp(x) / np.exp(x).sum())[3]",
    "a running sum": "return np.exp(x) / np.cumsum(np.exp(x))",
    "a choice": "return np.log(np.exp(np.where(y > 0, x, -x)).sum())",
    "axes that do not fit": "return np.exp(x - x.max(axis=1)) / np.exp(x - x.max(axis=1)).sum(axis=1)",
}


def written(body: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in body.splitlines())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_script_shows_what_the_report_says(body: str):
    findings = check_text(written(body))
    assert findings
    for finding in findings:
        assert finding.witness is not None
        assert shows(proof(finding.witness)) == "shown", finding.witness.script


def test_a_script_is_printed_for_a_place_and_stands_in_json(tmp_path: Path):
    file = tmp_path / "a.py"
    file.write_text(written(BODIES["an array"]))
    _, out, _ = quick("check", "--isolated", "--no-cache", "--output-format", "json", str(file), real=True)
    [finding] = json.loads(out)
    row, column = finding["location"]["row"], finding["location"]["column"]
    for place in (f"{file}:{row}", f"{file}:{row}:{column}", f"{file}:{row}:{column}:"):
        code, out, _ = quick("witness", "--isolated", place, real=True)
        assert (code, out.rstrip("\n")) == (0, finding["witness"]["script"].rstrip("\n"))


@pytest.mark.parametrize(("place", "said"), [("a.py", "is not a place"), ("a.py:1", "no finding there")])
def test_a_place_without_a_finding_is_told_of(place: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text(written(BODIES["an array"]))
    code, _, err = quick("witness", "--isolated", place, real=True)
    assert code == 2
    assert said in err


def test_no_source_text_can_leave_its_comment():
    text = '"""\nimport os\n\x0cos.system("a")\u2028"""'
    hostile = f"import numpy as np\n\n\ndef f(x):\n    return 1 / (1 + np.exp(-x[{text}]))\n"
    for finding in check_text(hostile):
        assert finding.witness is not None
        script = finding.witness.script or ""
        assert not any(line.lstrip().startswith(("import os", "os.")) for line in script.splitlines())
