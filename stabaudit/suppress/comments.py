"""The comments of a text that speak to stabaudit, found by the tokens of Python, never inside strings."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from functools import lru_cache

from stabaudit.catalogue.names import known_rules, names_a_rule, nearest
from stabaudit.source import lines
from stabaudit.suppress.comment import NONE, Comment, Comments, Flaw, Span, Statement

VERBS = ("ignore", "file-ignore", "off", "on")
#: Text without this has no such comments by name: of a noqa only names that are not all capitals can be ours.
SPEAKS = re.compile(r"#\s*(?:(?i:stabaudit)\s*:|(?i:noqa)\s*:([^#\n]*[a-z][^#\n]*))")
#: Comments that silence all there is.
BARE = re.compile(r"#\s*(?:flake8\s*:\s*)?noqa\b(?!\s*:)", re.IGNORECASE)
_START = re.compile(r"#\s*(?:(stabaudit)\s*:|(noqa)\b|(flake8)\s*:\s*noqa\b(?!\s*:))", re.IGNORECASE)
_BODY = re.compile(r"\s*(?P<verb>[\w-]+)?\s*(?P<names>\[[^]]*\])?(?P<rest>.*)", re.DOTALL)
_CODE = re.compile(r"(?:[A-Z]+[0-9]+|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?![\w-])")


def hinted(text: str) -> bool:
    """Whether `text` could have a comment that silences a finding."""
    return speaks(text) or ("noqa" in text.lower() and BARE.search(text) is not None)


@lru_cache(maxsize=1)
def speaks(text: str) -> bool:
    """Whether `text` could have a comment that is told of where it silences nothing."""
    # Many times as fast as to look for both in either case at once.
    low = text.lower()
    if "noqa" not in low and "stabaudit" not in low:
        return False
    return any(match[1] is None or names_a_rule(match[1]) for match in SPEAKS.finditer(text))


def heard(text: str, found: bool) -> Comments:
    """The comments of `text` as far as they matter: where nothing was `found`, only those that are told of then."""
    return read(text) if (hinted(text) if found else speaks(text)) else NONE


# Findings are compared with the comments, and the comments are looked at themselves, one after the other.
@lru_cache(maxsize=1)
def read(text: str) -> Comments:
    """The comments of `text`; those of a text that Python cannot split into tokens are not known."""
    tokens: list[tuple[tokenize.TokenInfo, bool, int]] = []
    statements: list[Statement] = []
    first = 0
    try:
        for token in _tokens(text):
            if token.type == tokenize.COMMENT:
                tokens.append((token, not first and not token.line[: token.start[1]].strip(), len(statements)))
            elif token.type == tokenize.NEWLINE:
                end = tokens[-1][0] if tokens and tokens[-1][0].end == token.start else token
                column = end.end[1] if end is not token else token.start[1]
                statements.append(Statement(first or token.start[0], token.start[0], column + 1))
                first = 0
            elif token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
                first = first or token.start[0]
    except (tokenize.TokenError, SyntaxError):
        return Comments([], [], [])
    found = Comments([], [], statements)
    for token, alone, index in tokens:
        row = token.start[0]
        statement = statements[index] if index < len(statements) else Statement(row, row, 0)
        _split(token, alone, statement, found)
    return found


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    # The tokenizer takes a lone CR for a space.
    rows = iter([f"{line}\n" for line in lines.bare(text)])
    return tokenize.generate_tokens(lambda: next(rows, ""))


def _split(token: tokenize.TokenInfo, alone: bool, statement: Statement, found: Comments) -> None:
    text, (row, offset) = token.string, token.start
    starts = list(_START.finditer(text))
    for number, start in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        lone = alone and len(starts) == 1 and start.start() == 0
        if start[1]:
            one = _own(text, start, stop, row, found.flaws)
        elif start[2]:
            one = None if alone else _noqa(text, start, stop)
        else:
            one = ("file-ignore", None, stop, None) if lone else None
        if one:
            verb, names, end, names_span = one
            span = Span(offset + start.start() + 1, offset + end + 1)
            inner = names_span and Span(offset + names_span.start + 1, offset + names_span.end + 1)
            ends = lone and end == len(text)
            found.comments.append(Comment(verb, names, row, span, inner, ends, statement.first, statement.last))


Parts = tuple[str, "tuple[str, ...] | None", int, "Span | None"]


def _own(text: str, start: re.Match[str], stop: int, row: int, flaws: list[Flaw]) -> Parts | None:
    body = _BODY.match(text, start.end(), stop)
    assert body
    verb, listed, rest = body["verb"], body["names"], body["rest"].strip()
    names = tuple(name.strip() for name in (listed or "[]")[1:-1].split(",") if name.strip())
    if verb not in VERBS:
        hint = nearest(verb or "", VERBS) or f"; there are {', '.join(VERBS)}"
        flaws.append(Flaw(row, f"`# stabaudit: {verb or ''}` is not a known comment{hint}"))
    elif verb in ("ignore", "file-ignore") and not names:
        flaws.append(Flaw(row, f"`# stabaudit: {verb}` suppresses nothing; name the rules, as in `{verb}[softmax]`"))
    elif rest and not rest.startswith(("--", "#")):
        flaws.append(Flaw(row, f"`{rest}` after `# stabaudit: {verb}`; give a reason after `--`"))
    else:
        # A comment of another tool stays when this one goes.
        end = body.start("rest") if rest.startswith("#") else stop
        end += len(text[end:stop]) - len(text[end:stop].lstrip()) if rest.startswith("#") else 0
        span = Span(*body.span("names")) if listed else None
        return verb, names or None, end, span
    return None


def _noqa(text: str, start: re.Match[str], stop: int) -> Parts | None:
    """The names after `noqa:`; the list ends where a word is neither code nor name."""
    colon = re.compile(r"\s*:").match(text, start.end(), stop)
    if not colon:
        return "noqa", None, stop, None
    names, at, end = [], colon.end(), colon.end()
    while code := re.compile(r"[\s,]*").match(text, at, stop):
        word = _CODE.match(text, code.end(), stop)
        if not word or (word[0].islower() and word[0] not in known_rules()):
            break
        names.append(word[0])
        at = end = word.end()
    if not names:
        return None
    rest = text[end:stop]
    return "noqa", tuple(names), end if rest.strip() else stop, Span(colon.end(), end)
