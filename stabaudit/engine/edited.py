"""A text that is checked again while it is edited: what an edit cannot have changed is not looked at again."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping, Sequence

from stabaudit.check.pieces import Pieces
from stabaudit.findings.finding import Edit, Finding, Position, Related
from stabaudit.records import Record
from stabaudit.sieve.asked_functions import asking
from stabaudit.source import current_file
from stabaudit.source.imported import forget
from stabaudit.source.tree import tree_of

#: So many files are known at once.
MOST = 64
#: A row that is named in words.
NAMED = re.compile(r"\bline (\d+)")
#: Where more than this share of the functions is asked about, all of a text is checked.
LARGEST = 0.8


class Last(Record):
    """What was last found in a file, and by which check; `alone`: no other file was asked."""

    check: bytes
    pieces: Pieces
    findings: Sequence[Finding]
    alone: bool


_last: dict[str, Last] = {}


class Edited:
    """A check that remembers the last text of each file; if `whole`, all of a text is checked afresh."""

    def __init__(self, check: Callable[[str], Sequence[Finding]], *, whole: bool) -> None:
        self.check = check
        self.whole = whole

    def __call__(self, text: str) -> Sequence[Finding]:
        """The findings of a text."""
        path, tree = current_file.path() or "", tree_of(text)
        if tree is None:
            return self.check(text)
        check, last = pickle.dumps(self.check), _last.pop(path, None)
        pieces = Pieces(tree, text, None if last is None else last.pieces)
        found, alone = None, True
        if last is not None and last.alone and last.check == check and not self.whole:
            found = _again(last, pieces, self.check)
        if found is None:
            # What other files say may be another thing by now.
            forget()
            found = self.check(text)
            alone = not current_file.was_asked()
        _last[path] = Last(check, pieces, found, alone)
        while len(_last) > MOST:
            del _last[next(iter(_last))]
        return found


def _again(last: Last, pieces: Pieces, check: Callable[[str], Sequence[Finding]]) -> Sequence[Finding] | None:
    """What is found now; `None` if all of the text has to be checked for that."""
    before, now = last.pieces.outside, pieces.outside
    if [line for _, line in before] != [line for _, line in now] or len(last.pieces.every) != len(pieces.every):
        return None
    pairs = [*zip(last.pieces.every, pieces.every, strict=True)]
    changed = [number for number, (old, new) in enumerate(pairs) if old.text != new.text]
    if any(old.far or new.far or old.called != new.called for old, new in (pairs[number] for number in changed)):
        return None
    rows = {old: new for (old, _), (new, _) in zip(before, now, strict=True)}
    for old, new in pairs:
        if old.text == new.text:
            rows.update(zip(old.rows, new.rows, strict=True))
    touched = last.pieces.to_which_matter(changed) | pieces.to_which_matter(changed)
    kept = []
    for finding in last.findings:
        if (number := last.pieces.at(finding.start.row)) is None:
            return None
        if number not in touched:
            if (moved := _moved(finding, rows)) is None:
                return None
            kept.append(moved)
    asked = pieces.with_callers(touched)
    functions = {number for number, piece in enumerate(pieces.every) if piece.is_function}
    if len(asked & functions) > LARGEST * len(functions):
        return None
    part = pieces.only(pieces.that_matter(touched) | {n for n, p in enumerate(pieces.every) if p.far})
    with asking(frozenset(pieces.every[number].rows.start for number in asked)):
        found = check(part) if touched else ()
    if current_file.was_asked():
        return None
    kept += [finding for finding in found if pieces.at(finding.start.row) in touched]
    return sorted(kept, key=lambda f: (f.start, f.end, f.rule))


def _moved(finding: Finding, rows: Mapping[int, int]) -> Finding | None:
    """The finding with its rows in another text; `None` if one of them is not there, or words name one that moved."""
    said = f"{finding.withheld} {finding.fix.reason if finding.fix else None}"
    if any(rows.get(int(row)) != int(row) for row in NAMED.findall(said)):
        return None
    try:
        fix = finding.fix
        if fix is not None:
            edits = (Edit(_there(e.start, rows), _there(e.end, rows), e.content) for e in fix.edits)
            fix = fix._replace(edits=tuple(edits))
        related = (Related(_there(r.start, rows), _there(r.end, rows), r.message) for r in finding.related)
        start, end = _there(finding.start, rows), _there(finding.end, rows)
        return finding._replace(start=start, end=end, fix=fix, related=tuple(related))
    except KeyError:
        return None


def _there(place: Position, rows: Mapping[int, int]) -> Position:
    if place.column == 1 and place.row not in rows:
        # The end of the row before.
        return Position(rows[place.row - 1] + 1, 1)
    return Position(rows[place.row], place.column)
