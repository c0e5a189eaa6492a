from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.source.errors import FileError
from stabaudit.source.read import Source, decode, load


@given(st.binary())
def test_bytes_that_are_read_are_given_back_as_they_were(data: bytes):
    try:
        source = decode("a.py", data)
    except FileError:
        return
    assert source.encode(source.text) == data


@given(
    st.text(alphabet=st.characters(codec="latin-1", exclude_characters="\0")),
    st.sampled_from(["latin-1", "utf-8", "cp1252", "koi8-r"]),
    st.booleans(),
)
def test_a_declared_encoding_is_kept(text: str, encoding: str, second_line: bool):
    head = "#!/usr/bin/env python\n" * second_line + f"# -*- coding: {encoding} -*-\n"
    try:
        data = (head + text).encode(encoding)
    except UnicodeEncodeError:
        return
    source = decode("a.py", data)
    assert source.text == head + text
    assert source.encode(source.text) == data


def test_a_byte_order_mark_is_no_part_of_the_text_and_is_kept():
    source = decode("a.py", b"\xef\xbb\xbfx = 1\r\n")
    assert source == Source("x = 1\r\n", "utf-8", True)
    assert source.encode("y\r\n") == b"\xef\xbb\xbfy\r\n"


@pytest.mark.parametrize(
    ("data", "row", "said"),
    [
        (b"x = 1\n\n# caf\xe9\n", 3, "byte 0xe9 is not UTF-8; save as UTF-8 or name the encoding"),
        (b"# caf\xe9\n", 1, "byte 0xe9 is not UTF-8"),
        (b"# coding: ascii\n# caf\xe9\n", 2, "byte 0xe9 is not ascii"),
        (b"# coding: klingon\n", 1, "unknown encoding: klingon; fix the coding line"),
        (b"# coding: rot13\n", 1, "which is not a text encoding"),
        (b"# coding: undefined\n", 1, "which is not a text encoding"),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, "byte order mark but declares another encoding"),
        (b"\xff\xfex\0", 1, "NUL byte"),
        (b"a\nb\0\n", 2, "NUL byte"),
    ],
)
def test_what_cannot_be_decoded_is_one_line_with_place_and_remedy(data: bytes, row: int, said: str):
    with pytest.raises(FileError) as caught:
        decode("a.py", data)
    assert str(caught.value).startswith(f"a.py:{row}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line", [b"# coding: latin-1", b"# vim: set fileencoding=cp1252 :", b"x = 1", b"\xef\xbb\xbf#"]
)
def test_encodings_are_those_that_python_itself_sees(line: bytes, tmp_path: Path):
    import tokenize

    file = tmp_path / "a.py"
    file.write_bytes(line + "\ns = 'é'\n".encode("latin-1" if b"coding" in line else "utf-8"))
    with tokenize.open(file) as stream:
        assert decode(str(file), file.read_bytes()).text == stream.read()


def test_a_missing_file_a_folder_and_a_dead_link_have_a_line_each(tmp_path: Path):
    (tmp_path / "link.py").symlink_to("nothing.py")
    for name, said in {
        "none.py": "no such file",
        "": "is a directory",
        "link.py": "symbolic link to nothing",
    }.items():
        with pytest.raises(FileError, match=said):
            load(str(tmp_path / name))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(FileError, match="not a regular file"):
        load(str(tmp_path / "pipe.py"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_has_a_line(tmp_path: Path):
    (tmp_path / "a.py").touch(mode=0)
    with pytest.raises(FileError, match="permission denied"):
        load(str(tmp_path / "a.py"))
