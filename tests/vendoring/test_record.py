"""Two keys are written into a configuration, and nothing else in it is touched."""

from __future__ import annotations

import pytest

from stabaudit.catalogue.names import UsageError
from stabaudit.vendoring.record import edited

KEYS = {"target": "vendored", "vendored": "a.py"}
SAID = 'target = "vendored"\nvendored = "a.py"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"[tool.stabaudit]\n{SAID}"),
        (
            "[a]\nb =  1 # c\n\n\n[tool.x]\ny = [\n  1,\n]\n",
            f"[a]\nb =  1 # c\n\n\n[tool.x]\ny = [\n  1,\n]\n\n[tool.stabaudit]\n{SAID}",
        ),
        ("[tool.stabaudit]\n# why\ntarget   = 'scipy'   # old\n", None),
        ("[tool.stabaudit.per-file-ignores]\n'x' = ['softmax']\n\n[b]\nc = 1\n", None),
        ("tool.stabaudit.notebooks = false\n", None),
        ("[tool]\nstabaudit = { notebooks = false }\n", None),
        ("[tool.stabaudit]\nnotebooks = false\n\n[z]\n# end", None),
    ],
)
def test_two_keys_are_set_and_all_else_stays(before: str, after: str | None):
    new = edited("pyproject.toml", before, KEYS)
    assert after is None or new == after
    for line in before.splitlines():
        assert line.split("=")[0].strip() in new
    assert edited("pyproject.toml", new, KEYS) == new


def test_what_is_there_already_is_left_as_it_is():
    text = "[tool]\n  [tool.stabaudit]\n  vendored='a.py'\n  target  =  'vendored'"
    assert edited("pyproject.toml", text, KEYS) == text


def test_a_file_of_our_own_has_the_keys_at_its_top():
    before = "# mine\nnotebooks = false\n\n[array-modules]\nxp = 'numpy'\n"
    assert edited("stabaudit.toml", before, KEYS) == before.replace("false\n", f"false\n{SAID}")


def test_line_ends_stay():
    new = edited("pyproject.toml", "[a]\r\nb = 1\r\n", KEYS)
    assert "\n" not in new.replace("\r\n", "")


def test_what_is_not_toml_is_told_with_its_place():
    with pytest.raises(UsageError, match=r"^pyproject\.toml:2: not TOML"):
        edited("pyproject.toml", "a = 1\nb = = 2\n", KEYS)
