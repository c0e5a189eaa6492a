"""Words without which a text holds no finding: most patterns have an exponential, a logarithm or the like in them.

Each spelling of one contains one of a few words; of the other patterns all operations have to be named. They are
derived from the patterns of the rules that hold, the operations and the dialects, so that a new rule or dialect is let
through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from stabaudit.catalogue.compiled import compiled
from stabaudit.catalogue.extra_rules import chosen
from stabaudit.records import Record

#: Comments and strings. Of a string that does not end all that would belong to it is a group: to look
#: for an end from each quote in it would take a time that grows with the square of its length.
# Alternatives that all begin with one of few characters are skipped to many times as fast as others, and what runs on
# to the next of few characters ten times as fast as what is looked at one by one.
SILENT = (
    rb"""\#[^\n]*"""
    rb"""|"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3}|'{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'{3}"""
    rb"""|("{3}.*|'{3}.*)"""
    rb"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"""
    rb"""|(["'][^\\\n]*(?:\\.[^\\\n]*)*)"""
)
#: Euler's number as an attribute, and imported.
_EULER = ((b".e", rb"\.e(?!\w)"), (b"import", rb"import(?:(?!import)[^\n])*\be\b|import\s*\([^()]*\be\b"))
#: What is imported, wherever the statement stands.
_IMPORT = rb"\bimport\b(?:[^\n(;\\]|\\\n?)*(?:\([^()]*\))?"
_NAME = rb"[a-zA-Z_\x80-\xff][\w\x80-\xff]*|\*"
_CALLED = (b"importorskip", b"import_module")


@cache
def _words(more: frozenset[str]) -> tuple[str, ...]:
    """The last names of all functions, and classes of such, that compute what tells, with the rules `more`."""
    if more:
        return _named()
    # A file without them pays for no dialect.
    return compiled("words", _named, " ".join, lambda text: tuple(text.split()))


@cache
def packages() -> tuple[bytes, ...]:
    """The packages of the libraries that differentiate."""
    named = compiled("packages", _differentiated, " ".join, lambda text: tuple(text.split()))
    return tuple(name.encode() for name in named)


def _differentiated() -> tuple[str, ...]:
    from stabaudit.dialects import dialects

    return tuple(sorted({p.partition(".")[0] for d in dialects() if d.differentiated for p in d.packages}))


def differentiates(data: bytes) -> bool:
    """Whether a library is named that differentiates, where a rule that holds asks."""
    return bool(_choices(chosen())) and any(package in data for package in packages())


@cache
def _choices(more: frozenset[str]) -> tuple[str, ...]:
    """The last names of all functions of these that compute what is blamed for its gradient, with the rules `more`."""
    if more:
        return _named_choices()
    return compiled("choices of libraries", _named_choices, " ".join, lambda text: tuple(text.split()))


def _named_choices() -> tuple[str, ...]:
    from stabaudit.catalogue.active import choices
    from stabaudit.dialects import dialects

    spelled = (table for d in dialects() if d.differentiated for table in (d.functions, d.methods))
    return tuple(sorted({p.rpartition(".")[2] for table in spelled for p, s in table.items() if s.op in choices()}))


def _named() -> tuple[str, ...]:
    from stabaudit.catalogue.active import telling

    return tuple(sorted(word for word, ops in _computed().items() if not telling().isdisjoint(ops)))


@cache
def _computed() -> dict[str, frozenset[str]]:
    """The primitive operations that functions and classes of each last name compute."""
    from stabaudit.dialects import dialects
    from stabaudit.terms import Lit, Var
    from stabaudit.terms.ops import TABLE, expand

    found: dict[str, frozenset[str]] = {}
    for dialect in dialects():
        for spellings in (dialect.functions, dialect.methods, dialect.objects):
            for path, spelling in spellings.items():
                row = TABLE[spelling.op]
                term = row(*(Var(n) for n in row.operands), **dict.fromkeys(row.settings, Lit(None)))
                word = path.rpartition(".")[2]
                found[word] = found.get(word, frozenset()) | expand(term).ops
    return found


#: What computes a power, or a scalar product, beside functions.
_SIGNS = {"^": (rb"\*\*", b"**"), "dot": (rb"@(?=[\s\w(])", b"@")}
#: A product that is added to something, as loops and the methods of a class add up squares.
ADDED = rb"(?m)^[ \t]*(?:self\.)?(\w+)[ \t]*\+=[^\n=]*(?:\*|square|pow)"


class Sign(Record):
    """A pattern that has to be there so often. Each match has one of the `stems` in it, which are counted first."""

    pattern: bytes
    often: int
    stems: tuple[bytes, ...]

    def is_in(self, code: bytes) -> bool:
        """Whether it is there often enough."""
        return sum(map(code.count, self.stems)) >= self.often == self.count(code)

    def count(self, code: bytes) -> int:
        """How often it is there; to be there often enough is enough."""
        if not any(stem in code for stem in self.stems):
            return 0
        return sum(1 for _ in islice(re.finditer(self.pattern, code), self.often))


#: All that a needle needs.
Needle = tuple[Sign, ...]
_LOOP: Needle = (Sign(rb"\+=", 2, (b"+=",)), Sign(ADDED, 1, (b"+=",)), Sign(rb"-[ \t]*[\w(]", 1, (b"-",)))


@cache
def _needles(more: frozenset[str]) -> tuple[Needle, ...]:
    """What texts must hold that name nothing rare, with the rules `more`."""
    # Who has no rule more pays for no dialect.
    return _asked_for() if more else compiled("needles", _asked_for, _packed, _unpacked)


def _asked_for() -> tuple[Needle, ...]:
    """The needles of the rules that hold; who has one that is longer has the shorter one as well."""
    from stabaudit.catalogue.active import signs

    wanted, told = signs().needles, _common_words()
    fewest = [needle for needle in wanted if not any(_has(needle, other) for other in wanted if other != needle)]
    found = [tuple(_any_of(op, told.get(op, ()), often) for op, often in needle) for needle in fewest]
    return (*found, *([_LOOP] if any(("sum", 2) in needle for needle in wanted) else ()))


def _has(needle: Iterable[tuple[str, int]], other: Iterable[tuple[str, int]]) -> bool:
    """Whether a text with one needle has the other as well: what is there three times is there twice."""
    often = dict(needle)
    return all(often.get(op, 0) >= times for op, times in other)


def _common_words() -> dict[str, list[str]]:
    """The last names of all functions that compute a common operation."""
    from stabaudit.catalogue.derived import COMMON
    from stabaudit.dialects.copies import CONTRACTING

    found: dict[str, set[str]] = {"dot": {*CONTRACTING, "einsum"}}
    for word, ops in _computed().items():
        for op in ops & COMMON | ({"^"} if "pow" in ops else frozenset()):
            found.setdefault(op, set()).add(word)
    return {op: sorted(words) for op, words in found.items()}


def _packed(needles: Iterable[Needle]) -> str:
    blocks = ([b"\n".join([s.pattern, b"%d" % s.often, b" ".join(s.stems)]) for s in needle] for needle in needles)
    return b"\n\n\n".join(map(b"\n\n".join, blocks)).decode()


def _unpacked(text: str) -> tuple[Needle, ...]:
    blocks = ([sign.split(b"\n") for sign in block.split(b"\n\n")] for block in text.encode().split(b"\n\n\n") if block)
    return tuple(tuple([Sign(p, int(often), tuple(stems.split())) for p, often, stems in b]) for b in blocks)


def _any_of(op: str, words: Collection[str], often: int) -> Sign:
    ways = [rb"\b(?:%s)[ \t]*\(" % "|".join(words).encode()] if words else []
    stems = [word.encode() for word in words if not any(other in word for other in words if other != word)]
    if op in _SIGNS:
        sign, stem = _SIGNS[op]
        ways.append(sign)
        stems.append(stem)
    return Sign(b"|".join(ways), often, tuple(stems))


def holds_a_needle(code: bytes) -> bool:
    """Whether a function, or a text, names all that some pattern of common operations is made of."""
    return any(all(sign.is_in(code) for sign in needle) for needle in _needles(chosen()))


def needles_in(code: bytes) -> tuple[Needle, ...]:
    """The needles of which a text names all."""
    return tuple(needle for needle in _needles(chosen()) if all(sign.is_in(code) for sign in needle))


def sums_along_the_way(code: bytes) -> list[bytes]:
    """The names in which a text adds up products, where some rule that holds asks for sums of such."""
    if _LOOP not in _needles(chosen()):
        return []
    return [match[1] for match in re.finditer(ADDED, code) if b"self." in match[0]]


class Search(Record):
    """A `stem` with what may follow it in a word, and what may stand `before` it, of less than so many bytes.

    The patterns are compiled for a text with the stem in it: to compile all takes 2 ms.
    """

    stem: bytes
    pattern: bytes
    before: bytes
    most: int


@cache
def _searches(more: frozenset[str], gradients: bool) -> tuple[Search, ...]:
    """How all words are found, those that tell of `gradients` alone among them."""
    found = []
    words = (*_words(more), *(_choices(more) if gradients else ()))
    stems = [w for w in words if not any(o in w for o in words if o != w)]
    for stem in stems:
        parts = [w.partition(stem) for w in words if stem in w]
        before, behind = (sorted({part[i] for part in parts}) for i in (0, 2))
        # What has attributes of its own, `exp.name`, is no function.
        pattern = rf"{stem}(?:{'|'.join(behind)})(?![\w.])".encode()
        begin = rf"(?:\A|\W)({'|'.join(before)})\Z".encode()
        found.append(Search(stem.encode(), pattern, begin, max(map(len, before)) + 1))
    return tuple(found)


def _words_in(data: bytes) -> Iterator[tuple[int, int]]:
    """Where words begin and end: `log` of `np.log`, and not of `catalog`."""
    for stem, pattern, before, most in _searches(chosen(), differentiates(data)):
        if stem in data:
            begins = re.compile(before)
            # What begins with a letter is found many times as fast as what begins with a condition.
            for match in re.finditer(pattern, data):
                start, end = match.span()
                if (begin := begins.search(data[max(0, start - most) : start])) is not None:
                    yield start - len(begin[1]), end


def _numbers_in(data: bytes) -> Iterator[int]:
    """Where Euler's number is named: `math.e`, or `e` where it is imported from its module."""
    return (m.start() for stem, pattern in _EULER if stem in data for m in re.finditer(pattern, data))


def places(code: bytes) -> Iterator[int]:
    """Where some library's exponential or logarithm is named in code without comments and strings."""
    imported: frozenset[bytes] | None = None
    for start, end in _words_in(code):
        if not _is_attribute(code, start):
            if imported is None:
                imported = frozenset(name for line in re.findall(_IMPORT, code) for name in re.findall(_NAME, line))
            # A name by itself that is not imported is a parameter's or the like; one that is assigned is followed.
            if code[start:end] not in imported and b"*" not in imported:
                continue
        yield start
    yield from _numbers_in(code)


def _is_attribute(code: bytes, start: int) -> bool:
    """Whether a dot stands before a name, be it lines before."""
    before = code[max(0, start - 200) : start].rstrip(b"\\ \t\f\v\n")
    return before.endswith(b".") or (not before and start > 200)


def could_match(data: bytes) -> bool:
    """Whether Python source of these bytes could hold a finding; wrong only in saying yes."""
    # What is imported is told from code alone: in a comment may be half of a bracket.
    named = any(True for _ in _words_in(data)) or any(True for _ in _numbers_in(data))
    if named and any(True for _ in places(code(data))):
        return True
    return holds_a_needle(data) and holds_a_needle(code(data))


def could_hold(data: bytes) -> bool:
    """The same of a file that is no Python source but holds some, such as a notebook."""
    # The character before a word may be escaped there, as in `\texp`.
    searches = _searches(chosen(), differentiates(data))
    words = any(stem in data and re.search(pattern, data) for stem, pattern, *_ in searches)
    return words or any(True for _ in _numbers_in(data)) or holds_a_needle(data)


# Asked twice of each text: before the analysis is imported, and by it.
@lru_cache(maxsize=1)
def code(data: bytes) -> bytes:
    """Python source line by line without comments and without what its strings say; lines end with a line feed."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Compiled when the first text is looked at, not for a run in which all are known.
    return re.sub(SILENT, _spoken, data, flags=re.DOTALL | re.VERBOSE)


def is_format(match: re.Match[bytes]) -> bool:
    """Whether a string computes something of what it says."""
    return match.string[max(0, match.start() - 2) : match.start()].lower().endswith((b"f", b"fr"))


_HASH, _BRACKET = b"#("
#: Before any other character a string is no format, and nobody's first argument.
_TELLING = frozenset(b"fFrR(")


def _spoken(match: re.Match[bytes]) -> bytes:
    """What code a comment or string leaves: that of a format, and the name of a module that is imported by a call."""
    said = match[0]
    if said[0] == _HASH:
        return b""
    if match.lastindex:
        # It is no Python, or of a newer one: nothing is hidden.
        return said
    start, data = match.start(), match.string
    left, feeds = b'""', said.count(b"\n")
    before = data[start - 1] if start else _HASH
    if before in _TELLING and (
        is_format(match)
        or (before == _BRACKET and data[max(0, start - 40) : start].rstrip(b" (\r\n\t").endswith(_CALLED))
    ):
        left = said.replace(b"\n", b" ")
    # What stands behind a string of several lines begins no line of code.
    return left + b"\n" * feeds + b"\v" if feeds else left
