from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabaudit.source.cells import place
from stabaudit.source.errors import FileError
from stabaudit.source.read import decode
from tests.run import put, quick, read

UNSTABLE = "p = np.exp(z) / np.sum(np.exp(z))"
FIXED = "p = stable.softmax(z)"
IMPORT = "from stabaudit import runtime as stable\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def notebook(*cells: str, kind: str = "code", language: str = "python", **form: object) -> str:
    book = nbformat.v4.new_notebook()
    book.metadata["kernelspec"] = {"language": language, "name": "k", "display_name": "K"}
    for cell in cells:
        made = nbformat.v4.new_code_cell(cell) if kind == "code" else nbformat.v4.new_markdown_cell(cell)
        if kind == "code":
            made["outputs"] = [nbformat.v4.new_output("stream", name="stdout", text=["np.exp(1)\n", "2"])]
            made["metadata"] = {"tags": ["é\u2028"], "collapsed": False}
        book.cells.append(made)
    return f"{nbformat.writes(book)}\n" if not form else json.dumps(json.loads(nbformat.writes(book)), **form)


def real(*words: str) -> list[str]:
    return quick("check", "-q", "--output-format", "concise", *words, real=True)[1].splitlines()


def cells(name: str) -> list[str]:
    book = nbformat.read(name, as_version=4)
    nbformat.validate(book)
    return [cell.source for cell in book.cells]


def test_names_flow_from_cell_to_cell_and_findings_say_cell_and_row():
    put("a.ipynb", notebook("import numpy as np\nz = data()", "# text", f"e = 1\n\n{UNSTABLE}\n"))
    [line] = real()
    assert line.startswith("a.ipynb:cell 3:3:5: softmax [*] ")
    out = quick("check", "-q", real=True)[1]
    assert "\n3 | p = np.exp(z)" in out


def test_a_formula_that_is_one_string_of_the_file_is_found():
    cells = [{"cell_type": "code", "source": [line]} for line in ("import numpy as np", UNSTABLE)]
    put("a.ipynb", json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))
    assert len(real()) == 1


@pytest.mark.parametrize("tab", ["\t", "\f\t"])
def test_a_formula_right_behind_an_escaped_character_is_found(tab: str):
    put("a.ipynb", notebook(f"from numpy import exp, sum\ndef f(z):\n{tab}exp(z) / sum(exp(z))"))
    assert len(real()) == 1


def test_json_says_the_cell_of_finding_and_edits():
    put("a.ipynb", notebook("import numpy as np", "x = 1", UNSTABLE))
    [one] = json.loads(quick("check", "--output-format", "json", real=True)[1])
    assert (one["cell"], one["location"]) == (3, {"row": 1, "column": 5})
    assert [edit["cell"] for edit in one["fix"]["edits"]] == [1, 3]


@pytest.mark.parametrize(
    "form", [{}, {"indent": 2}, {"indent": "\t", "ensure_ascii": False}, {"separators": (",", ":")}]
)
def test_fixing_touches_nothing_but_the_lines_that_are_fixed(form: dict[str, object]):
    before = notebook("import numpy as np\n'é'", "x = 1", f"'ü'\n{UNSTABLE}", **form)
    put("a.ipynb", before)
    assert quick("check", "--fix", real=True)[0] == 0
    after = read("a.ipynb")
    assert cells("a.ipynb") == [f"import numpy as np\n{IMPORT}'é'", "x = 1", f"'ü'\n{FIXED}"]
    expected = json.loads(before)
    for number, source in ((0, ["import numpy as np\n", IMPORT, "'é'"]), (2, ["'ü'\n", FIXED])):
        expected["cells"][number]["source"] = source
    assert json.loads(after) == expected
    assert list(json.loads(after)) == list(json.loads(before))
    gone = [line for line in before.split("\n") if line not in after.split("\n")]
    assert all(UNSTABLE in line or "import numpy" in line for line in gone) or len(before.split("\n")) < 3
    assert quick("check", "--fix", real=True)[0] == 0
    assert read("a.ipynb") == after


def test_a_source_that_is_one_string_stays_one():
    book = json.loads(notebook("import numpy as np\n", f"\n{UNSTABLE}"))
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
    put("a.ipynb", json.dumps(book, indent=1))
    quick("check", "--fix", real=True)
    sources = [cell["source"] for cell in json.loads(read("a.ipynb"))["cells"]]
    assert sources == [f"import numpy as np\n{IMPORT}", f"\n{FIXED}"]


MAGIC = [
    f"%matplotlib inline\n!pip install x \\\n  y\n{UNSTABLE}\nfiles = !ls\nnp.exp?\n?np.exp\n%time x = 1",
    f"%%time\n{UNSTABLE}",
    f"if True:\n    %time 1\n    {UNSTABLE}",
    f"\n%%capture out --no-stderr\n{UNSTABLE}",
]


@pytest.mark.parametrize("cell", MAGIC)
def test_magics_stay_and_python_around_them_is_fixed(cell: str):
    put("a.ipynb", notebook("%load_ext x\nimport numpy as np", cell))
    quick("check", "--fix", real=True)
    assert cells("a.ipynb") == [f"%load_ext x\nimport numpy as np\n{IMPORT}".rstrip(), cell.replace(UNSTABLE, FIXED)]


@pytest.mark.parametrize(
    "cell",
    [f"%%bash\n{UNSTABLE}", f"%%html\n{UNSTABLE}", f"pip install x\n{UNSTABLE}", f"def (\n{UNSTABLE}"],
)
def test_a_cell_that_is_not_python_is_left_alone_and_the_others_are_not(cell: str):
    before = notebook("import numpy as np", cell, UNSTABLE)
    put("a.ipynb", before)
    assert [line[:17] for line in real()] == ["a.ipynb:cell 3:1:"]
    quick("check", "--fix", real=True)
    assert cells("a.ipynb")[1] == cell


def test_an_import_comes_after_the_magic_of_the_first_cell():
    put("a.ipynb", notebook(f"%%time\nimport numpy as np\n{UNSTABLE}"))
    quick("check", "--fix", real=True)
    assert cells("a.ipynb") == [f"%%time\nimport numpy as np\n{IMPORT}{FIXED}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["!pip install numpy", "print(1)", "import numpy as np"], [2]),
        (["x = f(3)", "!pip install numpy\nimport numpy as np\nimport torch"], [1]),
        (["x = f(3)", "import sys\nsys.path.append('..')", "import numpy as np"], [2]),
        (["x = f(3)", "import os\nfrom numpy import *\nimport numpy as np", "import numpy as np"], [1]),
    ],
)
def test_an_import_goes_into_the_cell_with_the_other_imports(before: list[str], after: list[int]):
    put("a.ipynb", notebook(*before, UNSTABLE))
    quick("check", "--fix", real=True)
    changed = [n for n, cell in enumerate(cells("a.ipynb")[:-1]) if cell != before[n]]
    assert changed == after
    assert IMPORT.strip() in cells("a.ipynb")[after[0]].split("\n")
    assert cells("a.ipynb")[-1] == FIXED


def test_an_import_stands_above_the_cell_that_needs_it():
    put("a.ipynb", notebook("x = f(3)", f"import numpy as np\n{UNSTABLE}", "import torch"))
    quick("check", "--fix", real=True)
    assert cells("a.ipynb")[1] == f"import numpy as np\n{IMPORT}{FIXED}"


def test_other_languages_and_prose_are_no_python():
    put("a.ipynb", notebook(f"import numpy as np\n{UNSTABLE}", language="julia"))
    put("b.ipynb", notebook(f"import numpy as np\n{UNSTABLE}", kind="prose"))
    assert quick("check", real=True)[0] == 0


def test_notebooks_may_be_left_out():
    put("a.ipynb", notebook(f"import numpy as np\n{UNSTABLE}"))
    put("stabaudit.toml", "notebooks = false\n")
    assert real() == []


def test_comments_silence_in_a_cell():
    put("a.ipynb", notebook("import numpy as np", f"{UNSTABLE}  # stabaudit: ignore[softmax]"))
    assert real() == []
    put("a.ipynb", notebook("import numpy as np", f"x = 1\n{UNSTABLE}"))
    quick("check", "--add-ignores", real=True)
    assert cells("a.ipynb")[1] == f"x = 1\n{UNSTABLE}  # stabaudit: ignore[softmax]"


def test_the_diff_is_of_the_file_and_applies(tmp_path: Path):
    import subprocess

    put("a.ipynb", notebook("import numpy as np", UNSTABLE))
    out = quick("check", "--diff", real=True)[1]
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "apply"], input=out.encode(), check=True)
    assert cells("a.ipynb") == [f"import numpy as np\n{IMPORT}".rstrip(), FIXED]


def test_a_change_in_several_cells_names_them():
    put("a.ipynb", notebook("import numpy as np", UNSTABLE))
    out = quick("check", "a.ipynb", real=True)[1]
    assert f"\ncell 1\n2 + {IMPORT}cell 2\n1 - {UNSTABLE}\n1 + {FIXED}\n" in out


def test_reports_for_ci_give_lines_of_the_file():
    put("a.ipynb", notebook("import numpy as np", f"x = 1\n{UNSTABLE}"))
    line = 1 + next(n for n, row in enumerate(read("a.ipynb").split("\n")) if UNSTABLE in row)
    out = quick("check", "--output-format", "github", real=True)[1]
    assert f"file=a.ipynb,line={line},endLine={line}::a.ipynb:cell 2:2:5: softmax" in out
    document = json.loads(quick("check", "--output-format", "sarif", real=True)[1])
    [result] = document["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": line, "endLine": line}
    assert "In cell 2, row 2." in result["message"]["text"]


@pytest.mark.parametrize("indent", [None, 1])
def test_the_fix_in_sarif_is_of_the_file_and_does_what_fix_does(indent: int | None):
    text = notebook("import numpy as np\n", "x = 'é'", f"x = 1\n{UNSTABLE}\nx", indent=indent, ensure_ascii=False)
    put("a.ipynb", text)
    document = json.loads(quick("check", "--output-format", "sarif", real=True)[1])
    [change] = document["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    starts = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    for one in reversed(change["replacements"]):
        region = one["deletedRegion"]
        start, end = (starts[region[f"{side}Line"] - 1] + region[f"{side}Column"] - 1 for side in ("start", "end"))
        text = text[:start] + one["insertedContent"]["text"] + text[end:]
    quick("check", "--fix", real=True)
    assert text == read("a.ipynb")


def test_what_is_left_after_a_fix_is_at_its_line_of_the_file():
    put("a.ipynb", notebook("import numpy as np", UNSTABLE, "y = np.exp(x) / np.exp(x).sum(axis=1)", indent=1))
    out = quick("check", "--fix", "--output-format", "github", real=True)[1]
    line = 1 + next(n for n, row in enumerate(read("a.ipynb").split("\n")) if "axis=1" in row)
    assert f"file=a.ipynb,line={line}," in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "a.ipynb:1:2: is not a notebook: expecting property name enclosed in double quotes; fix its JSON"),
        ('{"cells": [\n{"cell_type": "code", }]}', "a.ipynb:2:"),
        ("[]", "a.ipynb: is not a notebook: it has no list of cells; save it again"),
        ('{"cells": 3}', "a.ipynb: is not a notebook: it has no list of cells; save it again"),
        ('{"cells": [{"cell_type": "code"}]}', "a.ipynb: is not a notebook"),
        ('{"cells": [], "x": "exp"} more', "a.ipynb:1:27: is not a notebook: extra data; fix its JSON"),
        ("", "a.ipynb:1:1: is not a notebook: expecting value; fix its JSON"),
    ],
)
def test_bad_json_is_one_line(text: str, said: str):
    put("a.ipynb", text)
    code, _, err = quick("check")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"error: {said}")


source = st.text(st.sampled_from("ab\n\t %!?=é\u2028\\'\"#"), max_size=20)


@given(st.lists(source, max_size=4), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_what_is_not_changed_is_given_back_byte_for_byte(texts: list[str], ascii: bool, indent: object):
    book = {"cells": [{"cell_type": "code", "source": text.splitlines(True)} for text in texts], "metadata": {}}
    data = json.dumps(book, ensure_ascii=ascii, indent=indent).encode()  # type: ignore[arg-type]
    read = decode("a.ipynb", data)
    assert read.encode(read.text) == data


FOREIGN = ["pip3 install x", "rm -rf y", "(", "x = 1\ncd ..", "%%time\ncd ..", "!ls\n)"]


@pytest.mark.parametrize("cell", FOREIGN)
def test_a_cell_that_is_not_python_is_left_out_and_told_of(cell: str):
    put("a.ipynb", notebook("import numpy as np", cell, UNSTABLE))
    code, out, err = quick("check", "--output-format", "concise", real=True)
    assert (code, out[:17]) == (1, "a.ipynb:cell 3:1:")
    assert err == ("warning: a.ipynb: cell 2: not Python, skipped; fix it, or start its shell lines with `!`\n")
    quick("check", "--fix", real=True)
    assert json.loads(read("a.ipynb"))["cells"][1]["source"] == cell.splitlines(keepends=True)


@pytest.mark.parametrize("character", ["\0", "\x1f"])
def test_a_cell_with_a_control_character_is_left_out_and_told_of(character: str):
    cell = f"x = '{character}'\n{UNSTABLE}"
    put("a.ipynb", notebook("import numpy as np", cell, UNSTABLE))
    assert [line[:17] for line in real()] == ["a.ipynb:cell 3:1:"]
    said = "warning: a.ipynb: cell 2: skipped, because it contains a control character; remove it\n"
    assert quick("check", "--fix", real=True)[2] == said
    assert cells("a.ipynb")[1] == cell


@pytest.mark.parametrize("cell", ["-" * 100_000 + "x", "!ls\n" + "x = " + "-" * 100_000 + "x"])
def test_a_cell_that_is_nested_too_deeply_is_left_out_and_told_of(cell: str):
    put("a.ipynb", notebook("import numpy as np", cell, UNSTABLE))
    assert [line[:17] for line in real()] == ["a.ipynb:cell 3:1:"]
    said = "warning: a.ipynb: cell 2: skipped, because it is nested too deeply or too large to parse; split it\n"
    assert quick("check", real=True)[2] == said


def test_many_cells_that_are_left_out_are_one_line():
    put("a.ipynb", notebook("import numpy as np", *["rm -rf y"] * 20, UNSTABLE))
    assert quick("check", real=True)[2].startswith("warning: a.ipynb: cells 2, 3, 4, 5, 6, ...: not Python")
    assert quick("check", "--quiet", real=True)[2] == ""


def test_what_says_that_it_is_another_language_is_not_told_of():
    put("a.ipynb", notebook("import numpy as np", "%%bash\nrm -rf y", UNSTABLE))
    assert quick("check", real=True)[2] == ""


def test_cells_that_are_left_out_are_told_of_again_by_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("STABAUDIT_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    put("a.ipynb", notebook("import numpy as np", "rm -rf y", "y = np.exp(x)"))
    os.utime("a.ipynb", (1_000_000_000, 1_000_000_000))
    first = quick("check", real=True)
    assert "cell 2: not Python" in first[2]
    assert quick("check", real=True) == first


def sheets(*lists: list[str], major: int = 3) -> str:
    """A notebook of the time when cells were on sheets."""
    return json.dumps(
        {
            "metadata": {"name": "old"},
            "nbformat": major,
            "nbformat_minor": 0,
            "worksheets": [
                {
                    "cells": [
                        {"cell_type": "code", "collapsed": False, "input": one.splitlines(True), "language": "python"}
                        | {"metadata": {}, "outputs": [], "prompt_number": 1}
                        for one in cells
                    ]
                    + [{"cell_type": "markdown", "metadata": {}, "source": ["np.exp(1)"]}]
                }
                for cells in lists
            ],
        },
        indent=1,
    )


@pytest.mark.parametrize("major", [2, 3])
def test_cells_on_sheets_are_read_and_fixed(major: int):
    before = sheets(["import numpy as np", "# text"], [UNSTABLE], major=major)
    put("a.ipynb", before)
    [line] = real()
    # The third is prose.
    assert line.startswith("a.ipynb:cell 4:1:5: softmax [*] ")
    assert quick("check", "--fix", real=True)[0] == 0
    fixed = json.loads(before)
    fixed["worksheets"][0]["cells"][0]["input"] = ["import numpy as np\n", IMPORT.rstrip()]
    fixed["worksheets"][1]["cells"][0]["input"] = [FIXED]
    assert json.loads(read("a.ipynb")) == fixed


def test_a_cell_on_a_sheet_in_another_language_is_no_python():
    put("a.ipynb", sheets(["import numpy as np", UNSTABLE]).replace('"language": "python"', '"language": "julia"'))
    assert real() == []


UNREAD = {
    "a deep list": '{"cells": ' + "[" * 100_000,
    "deep metadata": '{"cells": [], "metadata": ' + '{"a": ' * 100_000 + "1" + "}" * 100_000 + "}",
    "a long number": '{"cells": [], "a": ' + "1" * 100_000 + "}",
    "many lists": '{"cells": [], "a": [' + ",".join(["[]"] * 1_100_000) + "]}",
    "many cells": json.dumps({"cells": [{"cell_type": "code", "source": ""}] * 10_001}),
    "sheets that are a number": '{"worksheets": 3}',
    "a sheet that is a list": '{"worksheets": [[]]}',
    "a sheet without cells": '{"worksheets": [{"a": 1}]}',
    "cells that are an object": '{"cells": {"a": 1}}',
    "a source that is an object": '{"cells": [{"cell_type": "code", "source": {"x = 1": 2}}]}',
    "a source that is a list of numbers": '{"cells": [{"cell_type": "code", "source": [1]}]}',
    "a source that is null": '{"cells": [{"cell_type": "code", "source": null}]}',
    "metadata that are a list": '{"cells": [], "metadata": []}',
    "a kernel that is a list": '{"cells": [], "metadata": {"kernelspec": []}}',
    "a cell that is a text": '{"cells": ["code"]}',
}


@pytest.mark.parametrize("text", UNREAD.values(), ids=UNREAD)
def test_a_notebook_that_is_none_or_too_much_is_one_line(text: str):
    put("a.ipynb", text)
    code, _, err = quick("check")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("error: a.ipynb:")
    assert "internal error" not in err


@pytest.mark.parametrize("source", [["x = [1, 2, 3]\n"] * 1_000_000, "x = [1, 2, 3]\n" * 1_000_000])
def test_large_cells_are_refused_before_they_are_parsed(source: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stabaudit.source.syntax.flaw", lambda text: pytest.fail("it was parsed"))
    with pytest.raises(FileError, match=r"holds 14\.0 MB of text"):
        decode("a.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": source}]}).encode(), 2)


def test_many_cells_and_findings_take_linear_time():
    many = [UNSTABLE.replace("z", f"z{number}") for number in range(3_000)]
    book = {"cells": [{"cell_type": "code", "source": one} for one in many]}
    source = decode("a.ipynb", json.dumps(book, indent=0).encode())
    at = place(source.text, source.notebook.joined.heads)
    rows = source.text.count("\n")
    assert [at(row) for row in (1, 2, 3, 4, rows)] == [(1, 1), (1, 1), (1, 2), (2, 1), (3000, 1)]
    assert source.notebook
    assert [source.notebook.line(cell, 1) for cell in (1, 2, 3000)] == [5, 9, 4 * 3000 + 1]


def test_the_rows_of_a_cell_are_those_that_the_notebook_shows():
    put("a.ipynb", notebook("import numpy as np", f"\n%%time\n{UNSTABLE}"))
    assert quick("check", "--output-format", "concise", "a.ipynb", real=True)[1].startswith("a.ipynb:cell 2:3:5:")
