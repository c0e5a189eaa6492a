"""Options that would have no say are refused with one line, and those that have are obeyed."""

from __future__ import annotations

import argparse

import pytest

from stabaudit.catalogue.names import UsageError
from stabaudit.cli import arguments
from stabaudit.cli.combined import APART, FORMS, INPUT, NEEDED, refuse, refuse_form
from stabaudit.config.table import FORMATS
from tests.run import quick

VALUES = {
    "--since": "HEAD",
    "--reach": "reach.json",
    "--output-file": "json:out",
    "--output-format": "json",
    "--reason": "why",
    "--stdin-filename": "a.py",
    "--min-severity": "error",
    "--fail-on": "error",
    "--baseline": "b.json",
    "--fixable": "softmax",
    "--unfixable": "softmax",
}


def words(option: str) -> list[str]:
    return [option, *([VALUES[option]] if option in VALUES else [])]


def with_needed(*options: str) -> list[str]:
    every = [*options, *(NEEDED[one] for one in options if one in NEEDED)]
    return [word for one in dict.fromkeys(every) for word in words(one)]


@pytest.mark.parametrize(("option", "other"), [(a, b) for a, others in APART.items() for b in others])
def test_options_of_which_one_would_take_no_notice_are_one_line(option: str, other: str):
    code, out, err = quick("check", *with_needed(option, other))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "cannot be combined with" in err or " needs " in err


@pytest.mark.parametrize(("option", "other"), NEEDED.items())
def test_an_option_that_says_nothing_alone_needs_another_one(option: str, other: str):
    said = "`-` as the path" if other == INPUT else other
    assert quick("check", *words(option)) == (2, "", f"error: {option} needs {said}\n")


@pytest.mark.parametrize("option", FORMS)
@pytest.mark.parametrize("form", FORMATS)
def test_what_a_form_does_not_tell_is_not_asked_of_it(option: str, form: str):
    given = arguments.check().parse_args(with_needed(option))
    if form in FORMS[option]:
        refuse_form(given, [form])
    else:
        with pytest.raises(UsageError, match=f"{option} prints .* or .*, not {form}"):
            refuse_form(given, [form])


def test_every_option_of_the_table_is_one():
    known = {word for action in arguments.check()._actions for word in action.option_strings}
    named = {*NEEDED, *NEEDED.values(), *APART, *FORMS, *(one for others in APART.values() for one in others)}
    assert named - {INPUT} <= known


def test_without_options_nothing_is_refused():
    given = arguments.check().parse_args([])
    assert isinstance(given, argparse.Namespace)
    refuse(given, ["."])
    refuse_form(given, FORMATS)
