"""What to do with one file, and what became of it: the values that travel between processes."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from stabaudit.catalogue.extra_rules import choosing
from stabaudit.catalogue.names import UNUSED, known_rules, names_a_rule
from stabaudit.config.offers import ALL, Offers
from stabaudit.config.project import PLAIN, Project
from stabaudit.records import TYPE_CHECKING, Record
from stabaudit.sieve import could_hold, could_match
from stabaudit.source.errors import FileError
from stabaudit.source.read import LARGEST, Source, is_python, plain

if TYPE_CHECKING:
    # A file without candidates must not pay for the analysis.
    from stabaudit.engine.cache.memo import Entries
    from stabaudit.engine.cache.store import CacheUpdate
    from stabaudit.findings.finding import Applicability, Finding
    from stabaudit.findings.severity import Severity
    from stabaudit.suppress.comment import Comments

# Both are compiled when the first file is asked, not for a run in which all are known.
# A comment that may be idle or malformed: one of ours, or a noqa with a name that is not of capitals.
_COMMENT = rb"#[^\S\n]*(?:stabaudit[^\S\n]*:|noqa[^\S\n]*:([^#\n]*[a-z][^#\n]*))"
# The same with any capitals, so that it misses none that would be read.
_SPEAKS = rb"#\s*(?:(?i:stabaudit)\s*:|(?i:noqa)\s*:([^#\n]*[a-z][^#\n]*))"


def speaks(data: bytes) -> bool:
    """Whether there may be a comment in it that is told of if nothing is found."""
    return _speaks(_SPEAKS, data)


def _speaks(comments: bytes, data: bytes) -> bool:
    found = re.finditer(comments, data)
    return any(match[1] is None or names_a_rule(match[1].decode("ascii", "replace")) for match in found)


def analyse(text: str, project: Project = PLAIN) -> Sequence[Finding]:
    """All findings of `text`; the analysis is imported when the first file needs it."""
    from stabaudit.sieve.selection import selections

    with _in_pythons_words(text), choosing(project.more):
        if not selections(text):
            return []
        from stabaudit.check import check_text

        return check_text(text, project=project)


def analyse_all(text: str, project: Project = PLAIN) -> Sequence[Finding]:
    """The same, with nothing left out beforehand."""
    from stabaudit.catalogue.active import rules
    from stabaudit.check import check_text

    with _in_pythons_words(text), choosing(project.more):
        return check_text(text, rules(), project)


def analyse_parsed(text: str, project: Project = PLAIN) -> Sequence[Finding]:
    """The findings of `text`, of which all has to be Python, also what holds no formula."""
    from stabaudit.findings.finding import Position, Unparsable
    from stabaudit.source.syntax import flaw

    if said := flaw(text):
        raise Unparsable(said.message, Position(said.row, said.column))
    return analyse(text, project)


@contextlib.contextmanager
def _in_pythons_words(text: str) -> Iterator[None]:
    """What is wrong with a text in the words of Python itself, where it says anything."""
    from stabaudit.findings.finding import Position, Unparsable

    try:
        yield
    except Unparsable as error:
        from stabaudit.source.syntax import flaw

        if (said := flaw(text)) is None:
            raise
        raise Unparsable(said.message, Position(said.row, said.column)) from error


def listen(text: str, found: bool) -> Comments:
    """The comments of `text` that matter: where nothing was `found`, only those that are told of then."""
    from stabaudit.suppress.comments import heard

    return heard(text, found)


class FileJob(Record):
    """What to do with each file; it travels to other processes, so `check` and `listen` are functions of a module.

    `known` are the marks of findings that are not reported, with their numbers, and `elsewhere` those of files that are
    gone, as they may have become this one. `before` is what the text was at an earlier revision, where only what is new
    since then is asked for. `examples`: the sessions in docstrings are read as well.
    """

    check: Callable[[str], Sequence[Finding]] = analyse
    rules: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    unused: bool = True
    comments: bool = True
    fix: Applicability | None = None
    pick: Callable[[Source, str, Sequence[Finding]], Sequence[Finding]] | None = None
    write: bool = False
    silence: bool = False
    reason: str | None = None
    known: Mapping[str, int] = {}
    elsewhere: Mapping[str, int] = {}
    before: str | None = None
    offers: Offers = ALL
    largest: int = LARGEST
    sieves: bool = True
    least: Severity = "note"
    roots: tuple[str, ...] = ()
    listen: Callable[[str, bool], Comments] = listen
    more: frozenset[str] = frozenset()
    examples: bool = False

    def find(self, text: str) -> Sequence[Finding]:
        """The findings of `text` that were asked for and that no comment silences."""
        from stabaudit.suppress.apply import apply_suppressions

        found: Sequence[Finding] = [one for one in self.check(text) if self.wants(one.rule)]
        if self.comments:
            found = apply_suppressions(text, self.listen(text, bool(found)), found, self.judged)
        if self.offers != ALL:
            found = [self.offers.settled(one) for one in found]
        if self.least != "note":
            found = [one for one in found if one.weighs(self.least)]
        if (self.known or self.elsewhere) and found:
            from stabaudit.engine.fingerprint import fresh

            found = fresh(text, found, Counter(self.known) + Counter(self.elsewhere))[0]
        if self.before is not None and found:
            from stabaudit.engine.since import new

            found = new(text, found, self.before, self.all.find)
        return found

    @property
    def all(self) -> FileJob:
        """The same for all findings, known and old ones among them."""
        return self._replace(known={}, elsewhere={}, before=None)

    def wants(self, rule: str) -> bool:
        """Whether the findings of `rule` are asked for."""
        return (self.rules is None or rule in self.rules) and rule not in self.without

    @property
    def writes(self) -> bool:
        """Whether the outcome is a text that takes the place of the file's."""
        return self.fix is not None or self.silence

    def judged(self) -> frozenset[str]:
        """The rules of which comments that silence nothing are told."""
        if not self.unused or not self.wants(UNUSED):
            return frozenset()
        return frozenset(name for name in known_rules() if self.wants(name))

    def worth(self, path: str, data: bytes) -> bool:
        """Whether the file at `path`, of these bytes, could hold a finding, or a comment to speak of."""
        data = plain(path, data)
        with choosing(self.more):
            could = could_match(data) if is_python(path) else could_hold(data)
        return could or not self.sieves or bool(self.known) or _speaks(_COMMENT, data)


class Result(Record):
    """What became of one file: the findings in it now, and what was fixed or went wrong.

    `source` is what was read, `text` what findings point into;
    both are only there where something was found. `notes` are for the user and no findings,
    `known` is how many findings the baseline keeps from being reported, `gone` how many of its own are no more,
    `learned` what may be kept for the next run. It may stand for several `files` of which nothing is said, of which
    `path` is the last. `marks` are what its findings are known by, if that is not to be asked again.
    """

    path: str
    findings: Sequence[Finding] = ()
    source: Source | None = None
    text: str = ""
    fixed: Mapping[str, int] = {}
    unfixed: str | None = None
    trouble: FileError | None = None
    notes: Sequence[FileError] = ()
    known: int = 0
    gone: int = 0
    learned: CacheUpdate | None = None
    files: int = 1
    marks: Sequence[str] | None = None


class PendingFile(Record):
    """A file that has passed the sieve, and what to do with it.

    `known` is what earlier runs have kept of it, `None` if nothing is to be kept; `content` is what its bytes are
    known by.
    """

    path: str
    data: bytes
    task: FileJob
    known: Entries | None = None
    content: str = ""

    @property
    def quick(self) -> bool:
        """Whether all is known that will be asked."""
        return bool(self.known)
