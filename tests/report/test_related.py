"""Where the exponential of a formula is taken elsewhere, reports for programs show that place as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stabaudit.check import check_text
from stabaudit.source.blocks import check
from tests.run import quick

TEXT = "import numpy as np\n\n\ndef f(x):\n    e = np.exp(x)\n    s = e.sum()\n    return e / s\n"


def test_the_exponential_is_shown_where_it_is_taken():
    [finding] = check_text(TEXT)
    assert [(one.start, one.end) for one in finding.related] == [((5, 9), (5, 18))]


@pytest.mark.parametrize("formula", ["np.exp(x) / np.exp(x).sum()", "np.log(1 + x)"])
def test_what_stands_in_the_expression_is_not_shown_again(formula: str):
    [finding] = check_text(f"import numpy as np\n\n\ndef f(x):\n    return {formula}\n")
    assert finding.related == ()


def test_the_formats_for_programs_have_it(tmp_path: Path):
    file = tmp_path / "a.py"
    file.write_text(TEXT)
    _, out, _ = quick("check", "--isolated", "--no-cache", "--output-format", "json", str(file), real=True)
    [finding] = json.loads(out)
    assert [one["location"] for one in finding["related"]] == [{"row": 5, "column": 9}]
    _, out, _ = quick("check", "--isolated", "--no-cache", "--output-format", "sarif", str(file), real=True)
    [result] = json.loads(out)["runs"][0]["results"]
    [related] = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 5


def test_it_moves_with_its_block_in_a_document():
    text = f"# Title\n\n```python\n{TEXT}```\n"
    [finding] = check("a.md", check_text, text)
    assert [one.start for one in finding.related] == [(8, 9)]
