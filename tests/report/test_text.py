from __future__ import annotations

import io
import os
import re
import struct
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.engine.job import Result
from stabaudit.findings.finding import Finding, Position, Witness
from stabaudit.report import concise, text
from stabaudit.report.place import where
from stabaudit.report.snippet import snippet
from stabaudit.report.style import Style, clean, style, width
from stabaudit.source.lines import bare
from tests.fake import IMPORT, check, edit, finding

PLAIN = Style()

AT = where(Result("a.py"))


def told(source: str, findings: list[Finding], form=text, paint: Style = PLAIN, unsafe: bool = False) -> str:
    stream = io.StringIO()
    form.show([Result("a.py", findings, None, source)], stream, paint, unsafe)
    return stream.getvalue()


def test_a_finding_shows_its_place_its_witness_and_its_rewrite():
    source = "import math\n\ny = 2 * log(1 + exp(x))  # soft\n"
    assert told(source, check(source)) == (
        "a.py:3:9: softplus [*] infinite from x = 710 on\n"
        "  |\n"
        "3 | y = 2 * log(1 + exp(x))  # soft\n"
        "  |         ^^^^^^^^^^^^^^^\n"
        "  = witness: at x = 1e3: this gives inf, the true value is 1e3, the fix gives 1e3\n"
        "  = help: use `stable.softplus(x)`\n"
        f"1 + {IMPORT}"
        "3 - y = 2 * log(1 + exp(x))  # soft\n"
        "3 + y = 2 * stable.softplus(x)  # soft\n"
        "\n"
    )


def test_a_fix_that_is_unsafe_or_withheld_says_why():
    source = "exp(x) - 1\nSOFT"
    said = told(source, check(source))
    assert "a.py:1:1: expm1 expm1 is bad\n" in said
    assert "  = unsafe: the dtype is not known\n1 - exp(x) - 1\n1 + expm1(x)\n" in said
    assert "  = no fix: a comment stands inside\n" in said


def test_the_star_says_what_fix_would_fix_as_it_is_set():
    source = "exp(x) - 1; log(1+exp(x))"
    stars = ["[*]" in line for line in told(source, check(source), concise).splitlines()]
    assert stars == [True, False]
    assert told(source, check(source), concise, unsafe=True).count("[*]") == 2


def test_concise_is_one_line_a_finding():
    assert told("SOFT\n SOFT", check("SOFT\n SOFT"), concise) == (
        "a.py:1:1: softmax overflows\na.py:2:2: softmax overflows\n"
    )


def test_a_finding_over_several_lines_is_underlined_on_each():
    source = "y = (\n    a\n\n    + b)\n"
    one = Finding("r", "m", Position(1, 5), Position(4, 9))
    assert list(snippet(bare(source), one, Style(), AT)) == [
        "  |",
        "1 | y = (",
        "  |     ^",
        "2 |     a",
        "  |     ^",
        "3 |",
        "4 |     + b)",
        "  |     ^^^^",
    ]


def test_of_a_very_long_finding_the_ends_are_shown():
    source = "\n".join(f"line{n}" for n in range(1, 101))
    shown = list(snippet(bare(source), Finding("r", "m", Position(1, 1), Position(100, 8)), Style(), AT))
    rows = [line.split()[0] for line in shown if line[:3].strip()]
    assert rows == ["1", "2", "3", "4", "...", "97", "98", "99", "100"]


def test_of_a_very_long_line_the_part_around_the_finding_is_shown():
    source = "x" * 5000 + "SOFT" + "y" * 5000
    _, line, carets = snippet(bare(source), check(source)[0], Style(), AT)
    assert len(line) < 220
    assert line[carets.index("^") : carets.rindex("^") + 1] == "SOFT"


def columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


@given(
    st.text(alphabet="\tab 漢é\u0301\x1b\u202e'", max_size=12),
    st.text(alphabet="\t 漢é\x07\u2066", max_size=5),
)
def test_carets_stand_below_what_they_mean(before: str, after: str):
    source = f"{before}SOFT{after}"
    _, line, carets = snippet([source], check(source)[0], Style(), AT)
    assert carets.rstrip("^") == "  | " + " " * columns(line[4 : line.index("SOFT")])
    assert carets.count("^") == 4


@given(st.text(min_size=1))
def test_what_is_printed_can_not_steer_a_terminal(source: str):
    hard = source.replace("\n", " ").replace("\r", " ") + "SOFT"
    one = check(hard)[0]._replace(message=source, withheld=source, witness=Witness(source, source, source))
    stream = io.StringIO()
    text.show([Result(source, [one], None, hard)], stream, Style(), False)
    assert all(char == "\n" or char.isprintable() for char in stream.getvalue())
    assert stream.getvalue().count("\n") == 7


@given(st.text())
def test_harmless_text_stays_as_it_is_and_all_of_it_is_kept_apart(source: str):
    assert clean(source).isprintable()
    if source.isprintable():
        assert clean(source) == source


@pytest.mark.parametrize(("shown", "columns"), [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("", 0)])
def test_width_is_what_a_terminal_takes(shown: str, columns: int):
    assert width(shown) == columns


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "on"),
    [
        (Screen(), {}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (Screen(), {"NO_COLOR": "1"}, False),
        (Screen(), {"NO_COLOR": ""}, True),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (Screen(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_unless_the_user_says_otherwise(stream: io.StringIO, environ: dict, on: bool):
    assert style(stream, environ).on is on


def test_colour_changes_nothing_but_the_colour():

    source = "SOFT\nlog(1+exp(x))\n"
    painted = told(source, check(source), paint=Style(True))
    assert "\033[" in painted
    assert re.sub(r"\033\[[\d;]*m", "", painted) == told(source, check(source))


def test_lines_of_a_change_that_stay_are_not_shown():
    one = finding("r", [edit(2, 1, 2, "B"), edit(3, 1, 1, "new\n")])
    shown = told("a\nb\nc\n", [one]).splitlines()
    assert shown[-4:-1] == ["2 - b", "2 + B", "3 + new"]


@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize("before", [0, 30, 90])
def test_on_a_narrow_terminal_carets_stay_below_what_they_mean(columns: int, before: int):
    source = f"{'a + ' * (before // 4)}log(1+exp(x)){' + b' * 40}"
    rows = list(snippet([source], check(source)[0], Style(columns=columns), AT))
    assert max(map(len, rows)) <= columns
    at = rows[2].index("^")
    assert rows[1][at : rows[2].rindex("^") + 1] == "log(1+exp(x))"


def test_the_width_of_a_terminal_is_asked_for():
    # A terminal of its own, with the size that a real one would have.
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    outer, inner = os.openpty()
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("4H", 24, 72, 0, 0))
    with os.fdopen(inner, "w") as stream:
        assert style(stream, {"TERM": "xterm"}) == Style(True, True, 72)
    os.close(outer)


def test_on_a_terminal_the_name_of_a_rule_leads_to_its_file():
    [one] = check("y = log(1+exp(x))")
    line = concise.headline("a.py", one, AT, Style(True, True), False)
    address = re.search(r"\033]8;;(file://[^\033]+)", line)[1]  # type: ignore[index]
    assert Path(address.removeprefix("file://")).read_text().startswith('"""`log(1 + exp(x))`')
    assert re.sub(r"\033(\[[\d;]*m|]8;;[^\033]*\033.)", "", line) == "a.py:1:5: softplus [*] infinite from x = 710 on"


def test_what_is_said_is_wrapped_by_words_on_a_narrow_terminal():
    source = "y = log(1 + exp(x))\n"
    shown = told(source, check(source), paint=Style(columns=50)).splitlines()
    at = shown.index("  = witness: at x = 1e3: this gives inf, the true")
    assert shown[at + 1] == "             value is 1e3, the fix gives 1e3"
    words = " ".join(line.strip() for line in shown[at : at + 2]).removeprefix("= witness: ")
    assert words == str(check(source)[0].witness)
    # What is no terminal, or a wide one, has it in one line.
    assert f"  = witness: {words}\n" in told(source, check(source))


@given(st.text(max_size=300), st.integers(1, 80))
def test_wrapping_loses_nothing_and_stays_within_the_columns(said: str, columns: int):
    lines = text._wrapped(clean(said), columns)
    assert " ".join(lines).split() == clean(said).split()
    assert all(width(line) <= columns or " " not in line for line in lines)


def test_the_import_that_fixes_share_is_shown_once():
    source = "import math\n\ny = log(1 + exp(x))\nz = log(1 + exp(x))\n"
    shown = told(source, check(source))
    assert shown.count(f"+ {IMPORT}") == 1
    assert shown.count("+ y = stable.softplus(x)") == shown.count("+ z = stable.softplus(x)") == 1
