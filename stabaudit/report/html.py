"""Findings as one page for a browser, which needs nothing else: no server, no network, no other file.

What the tree says is text there and nothing else: all of it is escaped, and the policy of the page lets no style and no
script run but its own two, known by their digests.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from stabaudit.findings.reach import STATES
from stabaudit.findings.severity import SEVERITIES
from stabaudit.report.address import page_of
from stabaudit.report.line_changes import change
from stabaudit.report.place import Where, where
from stabaudit.report.style import TAB, Style, clean
from stabaudit.report.tally import Tally
from stabaudit.source import lines

if TYPE_CHECKING:
    from stabaudit.engine.job import Result
    from stabaudit.findings.finding import Finding, Witness

WEB = Path(__file__).parent / "web"
#: Lines of code before and after a finding, and how many of a long one are shown.
AROUND, MOST_LINES = 2, 24
#: Of longer lines the beginning is shown.
LONGEST = 300
#: So many folders and rules are counted one by one.
MOST_COUNTED = 25


def show(results: Iterable[Result], stream: TextIO, style: Style, unsafe: bool) -> None:
    """Print the page."""
    tally = Tally()
    page = _Page()
    for result in results:
        tally.add(result)
        if result.trouble:
            page.troubles.append(str(result.trouble))
        if result.findings:
            page.add(result)
    plots, css = _plots(page.rules)
    css = f"{(WEB / 'report.css').read_text(encoding='utf-8')}{css}"
    script = (WEB / "report.js").read_text(encoding="utf-8")
    allowed = f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'"
    policy = f"{allowed}; base-uri 'none'; form-action 'none'"
    stream.write('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    stream.write(f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n')
    stream.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>stabaudit</title>\n')
    stream.write(f"<style>{css}</style>\n</head>\n<body>\n<h1>stabaudit</h1>\n<p>{_words(tally.found(unsafe))}</p>\n")
    for part in (*page.sums(), *page.form(), plots, "<ol>", *page.items, "</ol>", *page.end()):
        stream.write(f"{part}\n")
    stream.write(f"<script>{script}</script>\n</body>\n</html>\n")


class _Page:
    """What is counted, and the findings as they are shown."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.troubles: list[str] = []
        self.severities: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.folders: Counter[str] = Counter()
        self.states: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        """Show the findings of a file."""
        rows, at = lines.bare(result.text), where(result)
        folder = os.path.dirname(result.path) or "."
        for finding in result.findings:
            self.severities[finding.severity] += 1
            self.rules[finding.rule] += 1
            self.folders[folder] += 1
            data = {"severity": finding.severity, "rule": finding.rule, "folder": clean(folder)}
            said = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
            if finding.reach:
                self.states[finding.reach.state] += 1
            # They come in the order of what the data is nearest to, if that is known.
            place = f'data-place="{escape(clean(f"{result.path}:{finding.start.row:08}:{finding.start.column:08}"))}"'
            order = f'data-order="{len(self.items)}"'
            self.items.append(f"<li {said} {place} {order}>{_item(result, finding, rows, at)}</li>")

    def sums(self) -> Iterator[str]:
        """How much there is of each kind."""
        ordered = [(name, self.severities[name]) for name in SEVERITIES if self.severities[name]]
        yield '<div class="sums">'
        yield from _table("by severity", ordered)
        if self.states:
            yield from _table("by data", [(name, self.states[name]) for name in STATES if self.states[name]])
        yield from _table("by rule", self.rules.most_common())
        yield from _table("by folder", self.folders.most_common())
        yield "</div>"

    def form(self) -> Iterator[str]:
        """What chooses and orders the findings."""
        yield '<form><label>search <input name="search" type="search"></label>'
        for name in SEVERITIES:
            yield f'<label class="tick"><input type="checkbox" name="{name}" checked> {name}</label>'
        yield from _choice("rule", sorted(self.rules))
        yield from _choice("folder", sorted(self.folders))
        names = ("severity", "place", "rule")
        orders = "".join(f"<option>{name}</option>" for name in (*(("data",) if self.states else ()), *names))
        yield f'<label>sort by <select name="sort">{orders}</select></label>'
        yield '<button type="button" name="open">open or close all</button> <output></output></form>'
        yield '<p class="keys">Keys: <kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> go to the next finding and'
        yield "back, <kbd>Enter</kbd> opens one.</p>"

    def end(self) -> Iterator[str]:
        """What could not be checked."""
        if self.troubles:
            yield f"<h2>Could not be checked</h2><ul>{''.join(f'<li>{_text(one)}</li>' for one in self.troubles)}</ul>"


def _table(caption: str, counted: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield f"<table><caption>{caption}</caption>"
    for name, number in counted[:MOST_COUNTED]:
        yield f"<tr><td>{number}</td><th scope=row>{_text(name)}</th></tr>"
    if rest := sum(number for _, number in counted[MOST_COUNTED:]):
        yield f"<tr><td>{rest}</td><th scope=row>elsewhere</th></tr>"
    yield "</table>"


def _choice(name: str, values: list[str]) -> Iterator[str]:
    options = "".join(f"<option>{_text(value)}</option>" for value in values)
    yield f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'


def _item(result: Result, finding: Finding, rows: list[str], at: Where) -> str:
    severity = f'<span class="weight {finding.severity}">{finding.severity}</span>'
    place = f'<span class="place">{_text(f"{result.path}:{at(finding.start)}")}</span>'
    address = page_of(finding.rule)
    rule = f'<a href="{escape(address)}">{escape(finding.rule)}</a>' if address else f"<b>{escape(finding.rule)}</b>"
    reach = f'<span class="reach">{finding.reach.state}</span> ' if finding.reach else ""
    summary = f"{severity} {reach}{place} {rule} {_words(finding.message)}"
    parts = [f"<pre>{_source(finding, rows, at)}</pre>"]
    if finding.witness:
        parts.append(_witness(finding.witness))
    if finding.reach:
        parts.append(f"<p>Data: {_text(str(finding.reach))}.</p>")
    if finding.fix:
        reason = f" Unsafe: {_words(finding.fix.reason)}." if finding.fix.reason else ""
        parts.append(f"<p>Fix: {_words(finding.fix.message)}.{reason}</p><pre>{_change(result, finding, at)}</pre>")
    if finding.withheld:
        parts.append(f"<p>No fix: {_words(finding.withheld)}.</p>")
    parts.append(f'<svg class="plot" viewBox="0 0 520 190"><use href="#plot-{escape(finding.rule)}"/></svg>')
    return f'<details><summary>{summary}</summary><div class="inside">{"".join(parts)}</div></details>'


def _source(finding: Finding, rows: list[str], at: Where) -> str:
    """The lines around a finding, with its code marked."""
    from stabaudit.findings.finding import Position

    first, last = finding.start.row, min(finding.end.row, len(rows))
    cell = at(finding.start).cell
    shown = []
    for row in range(max(first - AROUND, 1), min(last + AROUND, len(rows)) + 1):
        place = at(Position(row, 1))
        if place.cell != cell or (first + MOST_LINES // 2 < row < last - MOST_LINES // 2):
            continue
        line = rows[row - 1]
        start = finding.start.column - 1 if row == first else len(line) - len(line.lstrip())
        end = finding.end.column - 1 if row == finding.end.row else len(line)
        start, end = min(start, LONGEST), min(end, LONGEST)
        if first <= row <= last and start < end:
            marked = f"{_code(line[:start])}<mark>{_code(line[start:end])}</mark>{_code(line[end:LONGEST])}"
        else:
            marked = _code(line[:LONGEST])
        shown.append(f'<span class="row">{place.row:>6}</span>  {marked}')
    return "\n".join(shown)


def _witness(witness: Witness) -> str:
    told = [("at", witness.at), ("this gives", witness.gives), ("the true value is", witness.truth)]
    if witness.fixed is not None:
        told.append(("the fix gives", witness.fixed))
    if witness.note:
        told.append(("also", witness.note))
    rows = "".join(f"<tr><th scope=row>{label}</th><td>{_text(said)}</td></tr>" for label, said in told)
    return f'<table class="witness">{rows}</table>'


def _change(result: Result, finding: Finding, at: Where) -> str:
    assert finding.fix
    shown = []
    for line in change(result.text, finding.fix, 6, Style(), at):
        sign = line[7:8]
        text = escape(line[: LONGEST + 9])
        shown.append(f"<del>{text}</del>" if sign == "-" else f"<ins>{text}</ins>" if sign == "+" else f"{text}\n")
    return "".join(shown)


def _plots(names: Iterable[str]) -> tuple[str, str]:
    """The plots of the rules that were met, each once, and their style."""
    from stabaudit.catalogue.load import load
    from stabaudit.proof.curve import curve
    from stabaudit.report.plot import HEIGHT, STYLE, WIDTH, drawn, title

    names = set(names)
    symbols = []
    for rule in load():
        if rule.name in names and (found := curve(rule)) is not None:
            head = f'<symbol id="plot-{rule.name}" viewBox="0 0 {WIDTH} {HEIGHT}">'
            said = f"<title>{escape(title(found))}</title>"
            symbols.append(f'{head}{said}<g class="plot">{drawn(found)}</g></symbol>')
    return f'<svg width="0" height="0" aria-hidden="true">{"".join(symbols)}</svg>', STYLE


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _text(text: str) -> str:
    return escape(clean(text))


def _words(text: str) -> str:
    """Words with code between single marks; where these do not pair off, they are of the code itself."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _text(text)
    return "".join(f"<code>{_text(part)}</code>" if number % 2 else _text(part) for number, part in enumerate(parts))


def _code(text: str) -> str:
    return escape(clean(text, TAB))
