"""What a file imports of its project was written by strangers as well, and may be anything."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

import pytest

from tests.test_hostile_files import Tree, pipe, sparse, tree, zero

__all__ = ["tree"]

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes as POSIX has them")

HELPER = "import numpy as np\n\n\ndef h(x):\n    return {}\n"
#: Who takes over all of the one knows the logarithm of the other.
LOG, STAR = "from numpy import log\n", "from {} import *\n\n\ndef f(x):\n    return log(1 + x)\n"


def importing(line: str) -> str:
    """A file with a fault that imports something and calls it."""
    return f"import numpy as np\n{line}\n\n\ndef f(x):\n    h(x)\n    return np.log(1 + x)\n"


def assert_found(tree: Tree, files: Mapping[str, str], found: Collection[str] | None = None) -> None:
    """Of these files the faults of `found`, or of all, are found, and nothing is refused."""
    for name, text in files.items():
        tree.put(name, text)
    done = tree.run("check", "--no-cache", "--output-format", "concise", *files, "good.py")
    assert (done.code, done.errors) == (1, [])
    seen = {line.partition(":")[0] for line in done.out.splitlines() if ": log1p" in line}
    assert seen == {*(files if found is None else found), "good.py"}


LINES = [
    "from m import [ as h",
    "from m import x((h|h)*)*y as h",
    "from m import *h as h",
    "from m import h as if",
    "from m import \\1 as h",
    "from m import h h h h",
    "from m import ,,,",
    f"from {'.' * 100_000} what is no import",
    f"from {'.' * 100_000} import h",
    f"from {'a.' * 50_000}a import h",
    f"from .{'a' * 5000} import h",
]


def test_a_line_in_a_string_that_begins_as_an_import_may_go_on_as_it_likes(tree: Tree):
    tree.put("m.py", HELPER.format("np.exp(x)"))
    quoted = [importing(f"r'''\n{line}\n'''") for line in LINES]
    assert_found(tree, {f"a{number}.py": text for number, text in enumerate(quoted)})


HELPERS = {
    "conditions": " or ".join(["x"] * 7500) + " or np.exp(x)",
    "signs": f"np.exp({'-' * 2000}x)",
    "attributes": f"np.exp(x{'.a' * 1500})",
    "digits": "np.exp(x) + 0x" + "f" * 5000,
    "exponent": "np.exp(x) * 1e999999999",
    "itself": "np.exp(h(x) + h(h(x)))",
    "lambdas": f"np.exp({'lambda: ' * 500}x)",
}


def test_a_function_that_cannot_be_read_is_no_fault_of_the_file_that_imports_it(tree: Tree):
    for name, body in HELPERS.items():
        tree.put(f"{name}_.py", HELPER.format(body))
    assert_found(tree, {f"{name}.py": importing(f"from {name}_ import h") for name in HELPERS})


def test_a_module_that_is_no_file_is_not_waited_for(tree: Tree):
    files = {}
    for make in (pipe, zero, sparse):
        make(tree.root / f"{make.__name__}_.py")
        for name in ("*", "h"):
            files[f"{make.__name__}_{len(files)}.py"] = importing(f"from {make.__name__}_ import {name}")
    assert_found(tree, files)


OUTSIDE = ["outside.common", "common", "linked", "folder.common", "..common", "...outside.common"]


def test_a_star_reads_nothing_outside_of_what_is_checked(tree: Tree):
    for path in (tree.outside / "common.py", tree.root.parent / "common.py"):
        path.write_text(LOG)
    tree.link("folder", "../outside")
    tree.link("linked.py", "../outside/common.py")
    files = {f"a{number}.py": STAR.format(name) for number, name in enumerate(OUTSIDE)}
    assert_found(tree, files, found=set())


def test_a_star_reads_what_is_checked(tree: Tree):
    tree.put("common.py", LOG)
    tree.link("folder", ".")
    tree.link("linked.py", "common.py")
    names = ["common", ".common", "linked", "folder.common"]
    assert_found(tree, {f"a{number}.py": STAR.format(name) for number, name in enumerate(names)})


def test_stars_in_a_circle_and_stars_upon_stars_end(tree: Tree):
    stars = "".join(f"from m{number} import *\n" for number in range(60))
    for number in range(60):
        tree.put(f"m{number}.py", stars)
    assert_found(tree, {"a.py": importing(stars)})


DEEP = ["x = " + "-" * 900 + "1", "__all__ = " + "[" * 90 + "]" * 90, "x" + ".a" * 3000 + " = 1"]


def test_a_star_of_what_is_nested_deeply_is_one_of_nothing(tree: Tree):
    for number, text in enumerate(DEEP):
        tree.put(f"m{number}.py", text)
    assert_found(tree, {f"a{number}.py": importing(f"from m{number} import *") for number in range(len(DEEP))})
