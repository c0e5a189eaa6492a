"""What the prefilter knows of a module while it goes through one of its stretches."""

from __future__ import annotations

from typing import Protocol

from stabaudit.sieve.kept import Kept
from stabaudit.sieve.names import Meaning
from stabaudit.sieve.stretch import Stretch


class Surroundings(Protocol):
    """What has to be known of the module around."""

    functions: dict[str, list[Stretch]]
    #: Those that are called where their name is read.
    properties: dict[str, list[Stretch]]
    #: What else each name is called.
    aliases: dict[str, set[str]]
    #: Whether a library is named that differentiates.
    differentiates: bool
    #: What methods keep in attributes.
    kept: Kept

    @property
    def running(self) -> frozenset[str]:
        """The attributes in which methods add something up."""

    def meaning(self, name: str) -> Meaning:
        """What a name may stand for."""

    def seen_through(self, stretch: Stretch) -> bool:
        """Whether it matters what a function gives back."""

    def given(self, stretch: Stretch) -> int:
        """The shapes of what a function gives back."""

    def number(self, name: str) -> int:
        """The shapes of a number that the module keeps under a name."""
