from __future__ import annotations

import json
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from stabaudit.config import schema
from stabaudit.config.table import KEYS
from stabaudit.config.valid import mistake

VALIDATOR = Draft7Validator(schema.schema())


def test_the_schema_is_one():
    Draft7Validator.check_schema(schema.schema())


def test_the_schema_that_is_shipped_is_the_one_of_the_table():
    assert schema.FILE.read_text(encoding="utf-8") == schema.text(), "run `python -m stabaudit.config.schema`"


def test_the_defaults_are_what_they_should_be():
    table = {name: key.default for name, key in KEYS.items() if key.default is not None}
    assert mistake(json.loads(json.dumps(table))) is None


@pytest.mark.parametrize(
    "options",
    [
        {"softmax": {"smallest-guard": 1e-8}},
        {"log-guard": {"smallest-guard": 2}},
        {"log-guard": {"smallest-guard": True}},
        {"softmax": {"severity": "info"}},
        {"softmax": {"severty": "note"}},
        {"ALL": {"severity": "note"}},
        {"softmax": "note"},
    ],
)
def test_an_option_that_a_rule_does_not_have_is_a_mistake(options: dict[str, object]):
    assert mistake({"rules": options}) is not None
    assert not VALIDATOR.is_valid({"rules": options})


names = st.sampled_from([*KEYS, "selct", "fix"])
values = st.recursive(
    st.sampled_from(
        ["softmax", "Soft max", "unused-ignore", "json", "numpy", "1.17", "1", "a.b", "tests/*", "", "# no", "auto"]
    )
    | st.booleans()
    | st.integers(0, 1),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["xp", "tests/*", "a b", "# no"]), inner, max_size=2)
    ),
    max_leaves=3,
)


@given(st.dictionaries(names, values, max_size=2))
def test_schema_and_validator_say_the_same(table: dict[str, object]):
    # The schema knows what a rule may be called, not which there are.
    there = ["softmax", "unused-ignore", "json", "numpy", "auto"]
    with mock.patch("stabaudit.config.valid.known_rules", return_value=there):
        assert VALIDATOR.is_valid(table) == (mistake(table) is None)


@pytest.mark.parametrize("key", KEYS)
def test_each_key_has_good_and_bad_values(key: str):
    good = {
        "rules": ["softmax"],
        "patterns": ["tests/*"],
        "rules by pattern": {"tests/*": ["softmax"]},
        "flag": True,
        "choice": KEYS[key].choices[-1:] and KEYS[key].choices[-1],
        "path": "a/b.toml",
        "number": 5,
        "modules": {"xp": "jax.numpy"},
        "release": "1.17",
        "options": {"softmax": {"severity": "note"}, "log-guard": {"smallest-guard": 1e-8}},
    }[KEYS[key].kind]
    assert mistake({key: good}) is None
    assert VALIDATOR.is_valid({key: good})
    for bad in (0, 0.5, None, [3], {"a": 3}):
        assert mistake({key: bad}) is not None
        assert not VALIDATOR.is_valid({key: bad})
