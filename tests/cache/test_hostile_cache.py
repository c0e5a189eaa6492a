"""A cache that someone else wrote is not believed, leads nowhere and holds nobody up."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from stabaudit.engine.cache import database
from stabaudit.engine.cache.folder import MARKED
from stabaudit.engine.cache.key import cache_key
from stabaudit.proof import answers
from tests.run import put, quick

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes as POSIX has them")

BAD = "import numpy as np\n\n\ndef f(x):\n    return np.log(1 + x)\n"
GOOD = BAD.replace("log(1 + x)", "log1p(x)")
LONG_AGO = 1_000_000_000
STORE = f"{cache_key()}.sqlite"


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree as the current folder, and beside it what is not to be touched."""
    (tmp_path / "tree").mkdir()
    found = tmp_path / "outside"
    found.mkdir()
    for number in range(6):
        base = sqlite3.connect(found / f"{number:020x}.sqlite")
        base.execute("CREATE TABLE precious (value)")
        base.close()
    for name in ("places.sqlite", "victim.txt", "CACHEDIR.TAG"):
        (found / name).write_text("the user's own\n")
    monkeypatch.chdir(tmp_path / "tree")
    monkeypatch.delenv("STABAUDIT_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    put("pyproject.toml", "")
    put("a.py", BAD)
    os.utime("a.py", (LONG_AGO, LONG_AGO))
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check(*words: str) -> tuple[int, str, str]:
    done = quick("check", "--output-format", "json", *words, real=True)
    assert "internal error" not in done[2]
    return done


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that lies in the tree, as the environment asks for."""
    monkeypatch.setenv("STABAUDIT_CACHE_DIR", "cache")
    check()
    assert Path("cache", STORE).exists()
    return Path("cache", STORE)


@pytest.mark.parametrize("words", [["check", "."], ["check", "--fix", "."], ["clean"]])
def test_a_folder_in_the_tree_under_the_name_of_a_cache_is_no_cache(outside: Path, words: list[str]):
    before = contents(outside)
    Path(".stabaudit_cache").symlink_to(outside)
    quick(*words, real=True)
    assert contents(outside) == before


@pytest.mark.parametrize("tagged", [False, True])
def test_a_link_of_the_tree_is_no_cache_though_the_environment_names_it(
    outside: Path, tagged: bool, monkeypatch: pytest.MonkeyPatch
):
    if tagged:
        (outside / "CACHEDIR.TAG").write_text(MARKED["CACHEDIR.TAG"])
    before = contents(outside)
    Path("cache").symlink_to(outside)
    monkeypatch.setenv("STABAUDIT_CACHE_DIR", "cache")
    assert check() == check("--no-cache")
    assert quick("clean", real=True)[1] == "There is no cache.\n"
    assert contents(outside) == before


def test_in_a_shared_folder_nothing_is_removed_but_our_own(outside: Path, monkeypatch: pytest.MonkeyPatch):
    before = contents(outside)
    monkeypatch.setenv("STABAUDIT_CACHE_DIR", str(outside))
    assert check() == check("--no-cache")
    quick("clean", real=True)
    after = contents(outside)
    assert {name: data for name, data in after.items() if name != STORE} == before
    (outside / STORE).write_bytes(b"damaged" * 1000)
    assert check() == check("--no-cache")
    assert (outside / STORE).read_bytes() == b"damaged" * 1000


def test_in_a_cache_of_ours_links_and_other_names_stay(outside: Path, store: Path):
    for number in range(5):
        (store.parent / f"{number:020x}.sqlite").symlink_to(outside / f"{number:020x}.sqlite")
    (store.parent / "places.sqlite").write_text("mine")
    before = contents(outside)
    store.unlink()
    check()
    quick("clean", real=True)
    assert contents(outside) == before
    assert {path.name for path in store.parent.iterdir()} == {
        "places.sqlite",
        *(f"{number:020x}.sqlite" for number in range(5)),
    }


def pipe(path: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(path)


def sparse(path: Path) -> None:
    """A file of a terabyte that takes no room."""
    path.touch()
    os.truncate(path, 1 << 40)


def linked(path: Path) -> None:
    """A link to a database of the user."""
    path.symlink_to(Path("../../outside", f"{1:020x}.sqlite"))


def replacement(path: Path) -> None:
    """A second name of a database of the user."""
    os.link(Path("../outside", f"{1:020x}.sqlite"), path)


STRANGE = [pipe, sparse, linked, replacement, Path.mkdir]


@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize("make", STRANGE, ids=lambda make: make.__name__)
def test_what_is_no_plain_file_is_not_opened(outside: Path, store: Path, make: Callable[[Path], None], end: str):
    before = contents(outside)
    if not end:
        store.unlink()
    make(Path(f"{store}{end}"))
    start = time.monotonic()
    assert check() == check("--no-cache")
    assert time.monotonic() - start < 5
    assert contents(outside) == before


def journal(store: Path, victim: Path) -> None:
    """A journal beside a store that belongs to several databases, as a file says that is removed at its end."""
    magic, name = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", os.fsencode(victim)
    head = magic + bytes(12) + (512).to_bytes(4, "big") + (4096).to_bytes(4, "big") + bytes(484)
    tail = bytes(4) + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + magic
    Path(f"{store}-journal").write_bytes(head + tail)


def test_a_journal_that_names_a_file_does_not_remove_it(outside: Path, store: Path):
    journal(store, outside / "victim.txt")
    assert check() == check("--no-cache")
    assert (outside / "victim.txt").exists()


def test_sqlite_itself_would_believe_such_a_journal(outside: Path, tmp_path: Path):
    """The reason for the test before: what it writes is what SQLite acts on."""
    base = sqlite3.connect(store := tmp_path / "x.sqlite")
    base.execute("CREATE TABLE a (b)")
    base.close()
    journal(store, outside / "victim.txt")
    base = sqlite3.connect(store)
    with contextlib.suppress(sqlite3.Error):
        base.execute("SELECT * FROM a").fetchall()
    base.close()
    assert not (outside / "victim.txt").exists()


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
TABLES = {
    "a view without end": [
        "DROP TABLE files",
        f"CREATE VIEW files AS {ENDLESS} SELECT x AS path, x AS stamp, x AS content, 0 AS silent FROM c",
    ],
    "a trigger without end": [
        f"CREATE TRIGGER t AFTER INSERT ON contents BEGIN INSERT INTO verdicts {ENDLESS} SELECT x, x FROM c; END"
    ],
    "a trigger that removes": ["CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM contents; END"],
    "an index": ["CREATE INDEX i ON files (stamp)"],
    "other columns": ["DROP TABLE verdicts", "CREATE TABLE verdicts (question, answer, more)"],
    "another table": ["CREATE TABLE more (x)"],
    "a log beside it": ["PRAGMA journal_mode = WAL"],
}


@pytest.mark.parametrize("script", TABLES.values(), ids=TABLES)
def test_a_store_that_is_not_as_we_make_it_is_made_anew(store: Path, script: list[str]):
    base = sqlite3.connect(store, isolation_level=None)
    for statement in script:
        base.execute(statement)
    base.close()
    assert check() == check("--no-cache")
    assert check() == check("--no-cache")
    base = sqlite3.connect(store)
    assert base.execute("SELECT count(*) FROM sqlite_master WHERE sql NOT NULL").fetchone() == (3,)
    base.close()


def test_a_statement_does_not_run_for_ever(store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database.Connection, "left", 3)
    base = database.connected(str(store.resolve()), 1, writes=True)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        base.execute(f"{ENDLESS} SELECT count(*) FROM c").fetchone()
    base.close()


EVIL = "import os; os.system('touch pwned')"


def entry() -> list[object]:
    """What a store keeps of the file in these tests, with another fix."""
    edits = [[[5, 12], [5, 25], EVIL]]
    fix = ["safe", "replace", edits, None]
    return [[["log1p", "message", [5, 12], [5, 25], None, fix, None, []]]]


def edit(store: Path, said: object) -> None:
    """Let a store say that of each text."""
    base = sqlite3.connect(store)
    for content, kept in base.execute("SELECT content, said FROM contents WHERE NOT silent").fetchall():
        text = json.dumps(dict.fromkeys(json.loads(kept), said))
        base.execute("UPDATE contents SET said = ? WHERE content = ?", (text, content))
    base.commit()
    base.close()


def test_a_fix_that_was_kept_is_not_written(store: Path):
    edit(store, entry())
    assert EVIL in check()[1]
    assert EVIL not in quick("check", "--diff", real=True)[1]
    assert quick("check", "--fix", real=True)[0] == 0
    assert Path("a.py").read_text() == GOOD


def test_a_fix_is_proved_by_the_run_that_writes_it(store: Path, monkeypatch: pytest.MonkeyPatch):
    base = sqlite3.connect(store)
    base.execute("UPDATE verdicts SET answer = '[null, \"the rewrite is wrong\", []]'")
    base.commit()
    base.close()
    monkeypatch.setattr(answers, "_KNOWN", {})
    assert quick("check", "--fix", real=True)[0] == 0
    assert Path("a.py").read_text() == GOOD


FINDING = ["log1p", "message", [5, 12], [5, 25], None, None, None, []]


def finding(place: int, value: object) -> list[object]:
    """A finding with another value in one place."""
    return [[[*FINDING[:place], value, *FINDING[place + 1 :]]]]


DAMAGE: dict[str, object] = {
    "nothing": None,
    "a number": 3,
    "no rule": finding(0, "no-such-rule"),
    "a rule that is a list": finding(0, ["log1p"]),
    "a message that is none": finding(1, None),
    "a row behind the end": finding(3, [600, 1]),
    "no row": finding(2, [0, 1]),
    "a row that is text": finding(2, ["5", 1]),
    "a row that is half": finding(2, [5.5, 1]),
    "a witness that is text": finding(4, "ab"),
    "a witness of another severity": finding(4, ["x", "y", "z", None, None, "fatal", None]),
    "a script that is a number": finding(4, ["x", "y", "z", None, None, "note", 3]),
    "a related place behind the end": finding(7, [[[900, 1], [901, 1], "told"]]),
    "a related place without a text": finding(7, [[[5, 1], [5, 2], None]]),
    "a fix of another kind": finding(5, ["sure", "x", [], None]),
    "edits behind the end": finding(5, ["safe", "x", [[[700, 1], [701, 1], ""]], None]),
    "a reason that is a list": finding(6, []),
    "comments that are numbers": [[], [1, 2], [3]],
    "a comment behind the end": [[], [["ignore", None, 900, [1, 2], None, True, 900, 900]], []],
    "no place of an error": [{"message": "x"}],
    "an error behind the end": [{"message": "x", "position": [900, 1]}],
}


@pytest.mark.parametrize("said", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("form", ["text", "sarif", "json"])
def test_an_entry_that_makes_no_sense_is_not_shown(store: Path, said: object, form: str):
    edit(store, said)
    kept = quick("check", "--output-format", form, real=True)
    assert kept == quick("check", "--output-format", form, "--no-cache", real=True)


@pytest.mark.parametrize("value", ["x'ff'", "NULL", "7", "replace(hex(zeroblob(99999)), '0', '[')"])
@pytest.mark.parametrize("column", ["contents.said", "files.content", "files.stamp", "verdicts.answer"])
def test_a_value_of_another_type_is_not_known(store: Path, column: str, value: str):
    table, _, name = column.partition(".")
    base = sqlite3.connect(store)
    base.execute(f"UPDATE {table} SET {name} = {value}")
    base.commit()
    base.close()
    assert check() == check("--no-cache")
    os.utime("a.py")
    assert check() == check("--no-cache")


def test_pages_that_lead_in_circles_end(store: Path):
    data = bytearray(store.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    for page in range(size, len(data), size):
        # An inner page all of whose children are the page itself, or the next one.
        number = page // size + 1
        data[page : page + 12] = b"\x02\0\0\0\x50" + size.to_bytes(2, "big")[:2] + b"\0" + number.to_bytes(4, "big")
    store.write_bytes(bytes(data))
    start = time.monotonic()
    assert check() == check("--no-cache")
    assert time.monotonic() - start < 10


def test_files_and_folders_whose_names_are_no_text_are_kept_as_others_are(tmp_path: Path):
    names = [b"\xff.py", b"\xfe/a.py", b"a\xed\xa0\x80.py", "\u00e9.py".encode()]
    for name in names:
        path = Path(os.fsdecode(name))
        path.parent.mkdir(exist_ok=True)
        path.write_text(BAD)
        os.utime(path, (LONG_AGO, LONG_AGO))
    first = check(".")
    assert (first[0], first[1].count('"code": "log1p"'), first[2]) == (1, 1 + len(names), "")
    with mock.patch("stabaudit.check.check_text", side_effect=AssertionError):
        assert check(".") == first


def test_a_project_in_a_folder_whose_name_is_no_text_is_checked_and_written():
    folder = Path(os.fsdecode(b"\xff"))
    folder.mkdir()
    os.chdir(folder)
    put("pyproject.toml", "")
    put("a.py", BAD)
    assert check()[::2] == (1, "")
    assert quick("baseline", real=True)[0] == 0
    assert check("--fix")[0] == 0
    assert Path("a.py").read_text() == GOOD
