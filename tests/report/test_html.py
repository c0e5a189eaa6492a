"""The page for a browser, read by Python's own parser, which needs no browser."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stabaudit.catalogue.load import load
from stabaudit.proof.curve import LINE, curve
from stabaudit.report.plot import failing, picture, title
from tests.run import NONE, SAFE, UNSAFE, put, quick

EMPTY = {"meta", "input", "rect", "line", "polyline", "circle", "use", "br"}


class Page(HTMLParser):
    """The elements of a page, with what stands in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def text(self, tag: str) -> str:
        return "".join(data for name, data in self.texts if name == tag)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*words: str) -> Page:
    return Page(quick("check", "--output-format", "html", "--quiet", *words)[1])


def test_each_finding_is_there_with_its_place_witness_and_fix():
    put("in/a.py", SAFE + UNSAFE)
    put("b.py", NONE)
    put("c.py", "def (\n")
    page = shown()
    items = [item for item in page.all("li") if "data-rule" in item]
    assert [(one["data-severity"], one["data-rule"], one["data-folder"]) for one in items] == [
        ("error", "softmax", "."),
        ("error", "softplus", "in"),
        ("error", "expm1", "in"),
    ]
    assert "Found 3 findings in 2 files" in page.text("p")
    assert page.text("mark") == "SOFTlog(1+exp(x))exp(x) - 1"
    assert "x = 1e3" in page.text("td")
    assert "stable.softplus(x)" in page.text("ins")
    assert "log(1+exp(x))" in page.text("del")
    assert "No fix: a comment stands inside." in page.text("p")
    assert " Unsafe: the dtype is not known." in page.text("p")
    assert "c.py:1:5: cannot be parsed" in page.text("li")


def test_the_page_needs_nothing_and_runs_nothing_but_its_own():
    put("a.py", SAFE)
    page = shown()
    assert {tag for tag, _ in page.elements}.isdisjoint({"link", "img", "iframe", "object", "embed", "base"})
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name in ("style", "src") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    [policy] = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv")]
    assert policy
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        digest = b64encode(sha256(page.text(tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


HOSTILE = ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "<!--", "]]>", "'/*"]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_that_the_tree_says_is_markup(said: str):
    put("a.py", f"s = {said!r}; {NONE}# {said}\n{SAFE}")
    put(f"{said.replace('/', '_')}/b{said.replace('/', '_')}.py", NONE)
    page = shown()
    assert [item["data-order"] for item in page.all("li")] == ["0", "1", "2"]
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert said in page.text("pre")


def test_a_long_line_and_a_long_finding_are_cut():
    put("a.py", "x" * 100_000 + "; " + NONE)
    assert len(quick("check", "--output-format", "html")[1]) < 60_000


def test_nothing_is_a_page_too():
    put("a.py", "x = 1\n")
    assert "Found nothing in 1 file." in shown().text("p")


def test_a_plot_is_there_once_for_each_rule_however_often_it_is_met():
    put("a.py", SAFE * 50)
    page = shown()
    assert [one["id"] for one in page.all("symbol")] == ["plot-softplus"]
    assert {one["href"] for one in page.all("use")} == {"#plot-softplus"}


def test_each_rule_with_a_stable_twin_fails_somewhere_on_its_curve_and_its_twin_nowhere():
    for rule in load():
        found = curve(rule)
        if found is None:
            tried = [f for f in rule.forms if f.stable is not None and f.equal and not f.traits.gradient]
            assert all(f.traits.samples for f in tried), rule.name
            continue
        assert 8 <= len(found.points) <= 60
        assert [point.x for point in found.points] == [x for x in LINE if x in {one.x for one in found.points}]
        assert any(point.fails or point.overflows for point in found.points), rule.name
        # An exponent that is handed on as a float costs as many digits as it has before the point.
        assert all(point.after < 5 for point in found.points), rule.name


def test_a_plot_says_what_it_shows_to_who_does_not_see_it():
    [softplus] = [rule for rule in load() if rule.name == "softplus"]
    found = curve(softplus)
    assert found
    assert title(found).startswith("Digits lost of 16 by log(1 + exp(x)) and by softplus(x) at x = t.")
    assert title(found).endswith("More than half are lost from -710 to -20 and from 710 to 2000.")
    drawn = picture(found)
    assert len(re.findall('class="fails"', drawn)) == len(failing(found.points)) == 2
    assert Page(drawn).all("svg")[0]["role"] == "img"
