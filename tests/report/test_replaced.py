"""What a fix replaces in a notebook: of the JSON of a cell only what differs, however long the cell is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.report.replaced import _shared
from tests.run import quick


@given(st.text("ab"), st.text("ab"), st.text("ab"))
def test_what_two_texts_begin_with_alike_is_all_that_they_share(start: str, one: str, other: str) -> None:
    same = _shared(start + one, start + other)
    assert (start + one)[:same] == (start + other)[:same]
    ends = same in (len(start + one), len(start + other))
    assert ends or (start + one)[same] != (start + other)[same]


def test_each_of_thousands_of_idle_comments_in_a_cell_has_its_own_replacement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comment by comment against comment, and letter by letter in the cell, this took minutes."""
    monkeypatch.chdir(tmp_path)
    source = [*["x = 1  # stabaudit: ignore[softmax]\n"] * 2_000, "import numpy as np\n", "y = np.log(1 + np.exp(x))"]
    book = {"cells": [{"cell_type": "code", "source": source}]}
    Path("a.ipynb").write_text(json.dumps(book), encoding="utf-8")
    _, out, _ = quick("check", "--isolated", "--output-format", "sarif", "a.ipynb", real=True)
    results = json.loads(out)["runs"][0]["results"]
    idle = [one for one in results if one["ruleId"] == "unused-ignore"]
    assert len(idle) == 2_000
    [replacement] = idle[-1]["fixes"][0]["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    assert replacement["insertedContent"]["text"] == ""
    assert region["endColumn"] - region["startColumn"] == len("  # stabaudit: ignore[softmax]")
