from __future__ import annotations

import io
import json
import os
import re

from hypothesis import given
from hypothesis import strategies as st

from stabaudit.engine.job import Result
from stabaudit.report import json as form
from stabaudit.report.style import Style
from tests.fake import IMPORT, check


def told(results: list[Result]) -> list:
    stream = io.StringIO()
    form.show(results, stream, Style(), False)
    assert stream.getvalue().isascii()
    return json.loads(stream.getvalue())


def test_nothing_found_is_an_empty_list():
    assert told([]) == []
    assert told([Result("a.py"), Result("b.py")]) == []


def test_a_finding_has_the_names_that_are_promised_in_their_order():
    [one] = told([Result("in/a.py", check("y = log(1+exp(x))"))])
    # The names of ruff's own, in its order, and then ours.
    ruff = ["cell", "code", "end_location", "filename", "fix", "location", "message", "name", "noqa_row", "severity"]
    assert list(one) == [*ruff, "url", "withheld", "witness", "fingerprint", "related"]
    assert re.fullmatch("[0-9a-f]{16}:1", one.pop("fingerprint"))
    assert one == {
        "filename": os.path.abspath("in/a.py"),
        "name": "softplus",
        "code": "softplus",
        "noqa_row": 1,
        "severity": "error",
        "url": None,
        "withheld": None,
        "related": [],
        "message": "infinite from x = 710 on",
        "location": {"row": 1, "column": 5},
        "end_location": {"row": 1, "column": 18},
        "fix": {
            "applicability": "safe",
            "message": "use `stable.softplus(x)`",
            "reason": None,
            "edits": [
                {
                    "content": IMPORT,
                    "location": {"row": 1, "column": 1},
                    "end_location": {"row": 1, "column": 1},
                },
                {
                    "content": "stable.softplus(x)",
                    "location": {"row": 1, "column": 5},
                    "end_location": {"row": 1, "column": 18},
                },
            ],
        },
        "witness": {
            "at": "x = 1e3",
            "gives": "inf",
            "truth": "1e3",
            "fixed": "1e3",
            "note": None,
            "script": None,
            "text": "at x = 1e3: this gives inf, the true value is 1e3, the fix gives 1e3",
        },
        "cell": None,
    }


def test_unsafe_fixes_are_there_whether_or_not_they_are_wanted():
    [one] = told([Result("a.py", check("exp(x) - 1"))])
    assert one["fix"]["applicability"] == "unsafe"


def test_a_fix_that_is_not_safe_says_why():
    [one] = told([Result("a.py", check("exp(x) - 1"))])
    assert one["fix"]["reason"] == "the dtype is not known"


def test_what_is_not_known_is_null():
    [one] = told([Result("a.py", check("SOFT"))])
    assert (one["fix"], one["witness"], one["cell"]) == (None, None, None)


def test_findings_of_several_files_are_one_list():
    assert [one["name"] for one in told([Result("a.py", check("SOFT SOFT")), Result("b.py", check("exp(x) - 1"))])] == [
        "softmax",
        "softmax",
        "expm1",
    ]


@given(st.text(min_size=1))
def test_any_file_name_survives(name: str):
    [one] = told([Result(f"/{name}", check("SOFT"))])
    assert one["filename"] == os.path.abspath(f"/{name}")
