"""What came of a check of what is open, and what of it is at a place."""

from __future__ import annotations

from lsprotocol import types

from stabaudit.engine.job import FileJob, Result
from stabaudit.findings.finding import Finding
from stabaudit.records import Record
from stabaudit.server.document import Document, Places


class Checked(Record):
    """What was open, the task, and what came of it; `whole` if all of it was checked, and not what an edit changed."""

    document: Document
    task: FileJob
    result: Result
    places: Places
    whole: bool = True

    def at(self, uri: str, range_: types.Range) -> list[Finding]:
        """The findings that a range of a text touches."""
        found = []
        for finding in self.result.findings:
            spot = self.places.spot(finding.start, finding.end)
            if spot.uri == uri and _before(spot.range.start, range_.end) and _before(range_.start, spot.range.end):
                found.append(finding)
        return found


def _before(one: types.Position, other: types.Position) -> bool:
    return (one.line, one.character) <= (other.line, other.character)
