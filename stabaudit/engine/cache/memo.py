"""A check that answers what is known, and remembers what it is told anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from stabaudit.records import Record
from stabaudit.source.digest import blake2b

if TYPE_CHECKING:
    # A file of which nothing is told must not pay for what findings are made of.
    from stabaudit.findings.finding import Finding, Position
    from stabaudit.suppress.comment import Comments


class Unread(Record):
    """Why a text could not be parsed, and where; unlike the exception it can go from process to process."""

    message: str
    position: Position


#: What the analysis says of a text.
Said: TypeAlias = "tuple[Finding, ...] | Unread"


class Entry(Record):
    """What is said of a text, and the comments in it that matter then."""

    said: Said
    comments: Comments


#: What there is of each text of a file, by the digest of the text; a document has one text a block.
Entries: TypeAlias = "Mapping[str, Entry]"


def digest(data: bytes, kind: str = "") -> str:
    """What bytes are known by; `kind` tells apart what is read in different ways."""
    return blake2b(data, digest_size=16, person=kind.encode()[-16:]).hexdigest()


class Memo:
    """`check` and `listen` with a memory: `entries` begin with what is `known`.

    `digested` are bytes whose digest is known: most files are of one text, and that is their bytes.
    """

    def __init__(
        self,
        check: Callable[[str], Sequence[Finding]],
        listen: Callable[[str, bool], Comments],
        known: Entries,
        digested: tuple[bytes, str],
    ) -> None:
        self.check = check
        self.heard = listen
        self.entries: dict[str, Entry] = dict(known)
        self.learned = False
        self._digested = digested
        self._last: tuple[str, str] | None = None

    def __call__(self, text: str) -> Sequence[Finding]:
        """What the check says of a text."""
        said = self._entry(text).said
        if isinstance(said, Unread):
            from stabaudit.findings.finding import Unparsable

            raise Unparsable(*said)
        return said

    def listen(self, text: str, found: bool) -> Comments:
        """The comments of a text; where findings are left out, some may be among them that do not matter."""
        return self._entry(text).comments

    def _entry(self, text: str) -> Entry:
        if self._last is None or self._last[0] is not text:
            data = text.encode("utf-8", "surrogatepass")
            # A notebook or a document has another digest than its bytes, but never the bytes of one of its texts.
            self._last = text, self._digested[1] if data == self._digested[0] else digest(data)
        key = self._last[1]
        if key not in self.entries or not _is_about(self.entries[key], text):
            self.learned = True
            self.entries[key] = self._learned(text)
        return self.entries[key]

    def _learned(self, text: str) -> Entry:
        from stabaudit.findings.finding import Unparsable
        from stabaudit.suppress.comment import NONE

        try:
            said = tuple(self.check(text))
        except Unparsable as error:
            return Entry(Unread(error.message, error.position), NONE)
        return Entry(said, self.heard(text, bool(said)))


def _is_about(entry: Entry, text: str) -> bool:
    """Whether all rows that an entry speaks of are in a text: what was kept may be damaged."""
    rows = [*_rows(entry)]
    if not rows:
        return True
    from stabaudit.source.lines import starts

    return max(rows) <= len(starts(text))


def _rows(entry: Entry) -> Iterator[int]:
    said, (comments, flaws, _) = entry
    if isinstance(said, Unread):
        yield said.position.row
        return
    for finding in said:
        yield finding.end.row
        yield finding.start.row
        yield from (edit.end.row for edit in (finding.fix.edits if finding.fix else ()))
        yield from (max(place.start.row, place.end.row) for place in finding.related)
    for comment in comments:
        yield max(comment.row, comment.first, comment.last)
    yield from (flaw.row for flaw in flaws)
