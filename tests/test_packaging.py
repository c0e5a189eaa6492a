"""What an installed copy holds: the lists in pyproject.toml name all there is."""

from __future__ import annotations

import re
from pathlib import Path

import stabaudit
from stabaudit.report.address import SITE

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text()


def listed(key: str) -> list[str]:
    """The strings of a list in pyproject.toml; `tomllib` is not there before Python 3.11."""
    match = re.search(rf"^{key} = \[(.*?)\]", PYPROJECT, re.MULTILINE | re.DOTALL)
    assert match
    return re.findall(r'"([^"]+)"', match[1])


def test_every_folder_with_modules_is_a_package_that_is_installed():
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "stabaudit").rglob("*.py")}
    names = {".".join(folder.parts) for folder in folders}
    assert sorted(listed("packages")) == sorted(names | {"stabaudit.rules"})


def test_the_rules_are_installed_as_a_package_of_ours():
    assert '"stabaudit.rules" = "rules"' in PYPROJECT
    assert (ROOT / "rules" / "__init__.py").is_file()


def test_types_are_shown_to_users():
    assert (ROOT / "stabaudit" / "py.typed").is_file()
    assert 'stabaudit = ["py.typed", "shipped/*"]' in PYPROJECT


def test_the_changelog_tells_of_this_version():
    text = (ROOT / "CHANGELOG.md").read_text()
    headings = (f"## {stabaudit.__version__}", f"## Unreleased\n\nThese changes become {stabaudit.__version__},")
    assert any(f"\n{heading}" in text for heading in headings)


def test_reports_lead_to_the_site_that_the_package_names():
    named = re.search(r'^Documentation = "([^"]+)"', PYPROJECT, re.MULTILINE)
    assert (named[1] if named else "") == SITE
    assert not SITE or SITE.endswith("/")
