"""Answers to questions about formulas that were given before, so that they need not be given again.

This process may have given them, or who built the package, or an earlier run.
"""

from __future__ import annotations

from collections.abc import Mapping

from stabaudit.catalogue.shipped import shipped
from stabaudit.proof.verdict_cache import current
from stabaudit.source.digest import blake2b

#: How many answers are remembered; the one that was not asked for the longest goes first.
MOST = 4096
#: The name of the answers that are shipped: a line for each, its question and itself.
NAME = "answers"
#: What they depend on beside the question: these packages.
SOURCES = ("proof", "runtime", "terms")

Question = tuple[object, ...]

_KNOWN: dict[Question, str] = {}


def find(question: Question) -> str | None:
    """The answer to a question, if it is known."""
    if (answer := _KNOWN.pop(question, None)) is not None:
        _remember(question, answer)
        return answer
    name = named(question)
    if (answer := _shipped(name)) is not None:
        _remember(question, answer)
        return answer
    # Not remembered: where a fix is written, nothing is taken from earlier runs.
    return None if (cache := current()) is None else cache.find(name)


def keep(question: Question, answer: str) -> None:
    """Keep an answer for later, in one line."""
    _remember(question, answer)
    if (cache := current()) is not None:
        cache.keep(named(question), answer)


def named(question: Question) -> str:
    """What a question is known by from run to run."""
    return blake2b(repr(question).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _remember(question: Question, answer: str) -> None:
    while len(_KNOWN) >= MOST:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN[question] = answer


def table(given: Mapping[str, str]) -> str:
    """The text of answers by the names of their questions, as it is shipped."""
    return "\n" + "".join(f"{name} {answer}\n" for name, answer in sorted(given.items()))


def _shipped(name: str) -> str | None:
    text = shipped(NAME, SOURCES)
    if text is None or (start := text.find(f"\n{name} ")) < 0:
        return None
    start += len(name) + 2
    return text[start : text.index("\n", start)]
