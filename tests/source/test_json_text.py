"""JSON is read as `json` reads it, unless what it makes is far larger than its text."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.source import json_text
from stabaudit.source.json_text import loads

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)


@given(VALUE, st.booleans())
def test_it_is_read_as_json_reads_it(value: object, ascii: bool):
    assert loads(json.dumps(value, ensure_ascii=ascii)) == value


@given(VALUE)
def test_what_stands_in_strings_does_not_count(value: object):
    text = json.dumps(value)
    inner = json.dumps({"a": text * 3})
    with pytest.MonkeyPatch.context() as here:
        here.setattr(json_text, "CONTAINERS", 1)
        here.setattr(json_text, "COMMAS", 1)
        assert loads(inner) == {"a": text * 3}


@pytest.mark.parametrize("text", ["", "[", "[1, }", "{1: 2}", "[1] 2"])
def test_what_is_no_json_is_said_as_json_says_it(text: str):
    with pytest.raises(json.JSONDecodeError):
        loads(text)


MANY = json_text.CONTAINERS
BOMBS = {
    "lists": "[" + ",".join(["[]"] * (MANY + 1)) + "]",
    "objects": "[" + ",".join(['{"a":0}'] * (MANY + 1)) + "]",
    "numbers": "[" + ",".join("1" * (json_text.COMMAS + 2)) + "]",
    "deep lists": "[" * 100_000 + "]" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "deeper than is counted": "[" * (MANY + 1),
    "digits": "1" * 5_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_what_is_too_much_is_refused_at_once(text: str):
    start = time.monotonic()
    with pytest.raises(ValueError, match=r"too many values|nested too deeply|digits"):
        loads(text)
    assert time.monotonic() - start < 10
