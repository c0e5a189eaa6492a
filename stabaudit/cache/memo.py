"""A check that answers what is known, and remembers what it is told anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    # A file of which nothing is told must not pay for what findings are made of.
    from stabaudit.finding import Finding, Position


class Unread(NamedTuple):
    """Why a text could not be parsed, and where; unlike the exception it can go from process to process."""

    message: str
    position: Position


#: What the analysis says of a text.
Said: TypeAlias = "tuple[Finding, ...] | Unread"
#: What it says of each text of a file, by the digest of the text; a document has one text a block.
Entries: TypeAlias = "Mapping[str, Said]"


def digest(data: bytes, kind: str = "") -> str:
    """What bytes are known by; `kind` tells apart what is read in different ways."""
    return blake2b(data, digest_size=16, person=kind.encode()[-16:]).hexdigest()


class Memo:
    """`check` with a memory: `entries` begin with what is `known`."""

    def __init__(self, check: Callable[[str], Sequence[Finding]], known: Entries) -> None:
        self.check = check
        self.entries: dict[str, Said] = dict(known)
        self.learned = False

    def __call__(self, text: str) -> Sequence[Finding]:
        """What the check says of a text."""
        from stabaudit.finding import Unparsable

        key = digest(text.encode("utf-8", "surrogatepass"))
        if key not in self.entries:
            self.learned = True
            try:
                self.entries[key] = tuple(self.check(text))
            except Unparsable as error:
                self.entries[key] = Unread(error.message, error.position)
        said = self.entries[key]
        if isinstance(said, Unread):
            raise Unparsable(*said)
        return said
