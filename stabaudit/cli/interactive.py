"""`check --fix --interactive`: each fix is shown and asked for, as `git add -p` does with hunks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from stabaudit.engine.job import FileJob, Result
from stabaudit.fix.apply import choose, moved, offsets
from stabaudit.report.style import style
from stabaudit.report.text import story
from stabaudit.source import lines

if TYPE_CHECKING:
    from stabaudit.findings.finding import Finding
    from stabaudit.source.read import Source

QUESTION = "Apply this fix [y,n,a,d,q,?]? "
HELP = """\
y - apply this fix
n - do not apply this fix
a - apply this fix and all later ones in the file
d - do not apply this fix or any of the later ones in the file
q - quit; do not apply this fix or any of the remaining ones
? - print help
"""


class Dialogue:
    """Asks on one stream and listens on another; the end of the answers means to quit."""

    def __init__(self, asked: TextIO, answers: TextIO, unsafe: bool) -> None:
        self.over = False
        self._asked = asked
        self._answers = answers
        self._unsafe = unsafe

    def tasks(self, plan: Callable[[str], FileJob]) -> Callable[[str], FileJob]:
        """The tasks of a plan, with their fixes asked for."""
        return lambda path: plan(path)._replace(pick=File(self, path))

    def until_over(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results up to the file in which the user has had enough."""
        for result in results:
            yield result
            if self.over:
                return

    def ask(self, result: Result, finding: Finding) -> str:
        """What to do with the fix of `finding`: one of the letters y, n, a, d, q."""
        for line in story(result, lines.bare(result.text), finding, style(self._asked), self._unsafe):
            self._asked.write(f"{line}\n")
        while True:
            self._asked.write(style(self._asked).bold(QUESTION))
            self._asked.flush()
            line = self._answers.readline()
            if not line:
                self._asked.write("\n")
            word = line.strip().lower()[:1] if line else "q"
            if word and word in "ynadq":
                self._asked.write("\n")
                self.over = word == "q"
                return word
            self._asked.write(HELP)


class File:
    """The answers for one file: what was refused is not asked for again when other fixes have moved it."""

    def __init__(self, dialogue: Dialogue, path: str) -> None:
        self._dialogue = dialogue
        self._path = path
        self._rest: bool | None = None
        self._refused: set[tuple[int, str]] = set()

    def __call__(self, source: Source, text: str, findings: Sequence[Finding]) -> list[Finding]:
        """Those of the `findings` in `text` whose fixes the user wants, which do not clash."""
        at = offsets(text)
        wanted: list[Finding] = []
        for finding in findings:
            place = (at(finding.start), finding.rule)
            if place in self._refused or len(choose(text, [*wanted, finding])) != len(wanted) + 1:
                # What clashes with a fix before it comes up again when that is applied.
                continue
            if self._wants(Result(self._path, (finding,), source, text), finding):
                wanted.append(finding)
            else:
                self._refused.add(place)
        later = moved(text, wanted)
        self._refused = {(later(start), rule) for start, rule in self._refused}
        return wanted

    def _wants(self, result: Result, finding: Finding) -> bool:
        if self._dialogue.over:
            return False
        if self._rest is None:
            word = self._dialogue.ask(result, finding)
            self._rest = {"a": True, "d": False}.get(word)
            return word in "ya"
        return self._rest
