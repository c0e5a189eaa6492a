"""Programs that a safe fix once broke, and others of their kind: each does what it did, or has no safe fix.

`programs` holds one program a file, `more` several, each below a line `# %% what it is`. A program defines `g` and
`CASES`, each of which is the argument of `g` or a tuple of them, or `f` without arguments. On its `EXTREMES` it may be
as wrong as it likes before the fix, but has to be right after it; what is right is computed with exact numbers, or by
the program's own `truth`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from stabaudit.api import fix_source
from tests.wrong_fixes.compared import worse
from tests.wrong_fixes.run import LIBRARIES, Runner, observe, truths

HERE = Path(__file__).parent


def programs() -> dict[str, str]:
    """The text of each program by its name."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "programs").glob("*.py"))}
    for path in sorted((HERE / "more").glob("*.py")):
        for cell in path.read_text(encoding="utf-8").split("# %% ")[1:]:
            title, text = cell.split("\n", 1)
            name = f"{path.stem}-{title.strip()}"
            assert name not in found, f"two programs are called {name}"
            found[name] = text
    return found


PROGRAMS = programs()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def marks(name: str) -> list[pytest.MarkDecorator]:
    text = PROGRAMS[name]
    missing = [m for m in (n.partition(".")[0] for n in LIBRARIES) if m in text and not find_spec(m)]
    return [pytest.mark.skip(reason=f"{missing[0]} is not installed")] if missing else []


@pytest.mark.parametrize("name", [pytest.param(name, marks=marks(name)) for name in PROGRAMS])
def test_a_program_does_what_it_did_or_has_no_safe_fix(name: str, runner: Runner):
    text = PROGRAMS[name]
    fixed = fix_source(text).text
    if fixed == text:
        return
    before, after = runner(observe, text), runner(observe, fixed)
    assert not before.failed, before.failed
    found = worse(before, after, runner(truths, text))
    assert not found, "\n".join([*found, fixed])
