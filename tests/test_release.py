"""What a release needs that no machine here can try: checked by its form, and by a dry run of what can be run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
PROJECT = (ROOT / "pyproject.toml").read_text()


def missing(tag: str, root: Path) -> list[str]:
    """What the script of the workflow says of a tag."""
    program = root / ".ci" / "release.py"
    done = subprocess.run([sys.executable, str(program), tag], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (int(bool(done.stdout)), "")
    return done.stdout.splitlines()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    names = (".ci/release.py", "pyproject.toml", "stabaudit/__init__.py", "stabaudit/report/address.py")
    for name in (*names, "CITATION.cff", "CHANGELOG.md", "docs/integrations.md", "Dockerfile"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def test_a_release_waits_until_all_is_filled_in(tree: Path):
    before = missing("v0.1.0", tree)
    assert any("`OWNER` is to be filled in" in line for line in before)
    assert any("SITE" in line for line in before)
    change(tree / "docs/integrations.md", ("OWNER", "somebody"), ("@COMMIT", "@" + "0" * 40))
    change(tree / "CITATION.cff", ("OWNER", "somebody"))
    change(tree / "stabaudit/report/address.py", ('SITE = ""', 'SITE = "https://docs.example/"'))
    change(tree / "CHANGELOG.md", ("## Unreleased", "## 0.1.0"))
    assert missing("v0.1.0", tree) == []
    assert missing("v0.2.0", tree) == [
        f"{name}: does not name 0.2.0"
        for name in ("pyproject.toml", "stabaudit/__init__.py", "CITATION.cff", "CHANGELOG.md", "docs/integrations.md")
    ]
    assert "0.1.0: a tag is a v and three numbers" in missing("0.1.0", tree)


def test_what_is_to_be_filled_in_is_in_the_list_of_the_document(tree: Path):
    document = (ROOT / "RELEASING.md").read_text()
    for line in missing("v0.1.0", tree):
        assert line.partition(":")[0] in document, line


def test_the_workflow_publishes_what_it_built_without_a_token():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    build, publish = WORKFLOW["jobs"]["build"], WORKFLOW["jobs"]["publish"]
    assert publish["permissions"] == {"id-token": "write"}
    assert (publish["needs"], publish["environment"]) == ("build", "pypi")
    steps = [*build["steps"], *publish["steps"]]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    assert all("${{" not in step.get("run", "") for step in steps)
    assert "secrets" not in (ROOT / ".github" / "workflows" / "release.yml").read_text()
    assert all("timeout-minutes" in job for job in WORKFLOW["jobs"].values())


def test_the_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "version", "license"}
    assert f'version = "{citation["version"]}"' in PROJECT


def test_the_recipe_asks_for_what_the_package_asks_for():
    recipe = (ROOT / "conda" / "meta.yaml").read_text()
    wanted = re.search(r"^dependencies = \[(.*)\]", PROJECT, re.MULTILINE)
    assert wanted
    for name, release in re.findall(r'"([\w-]+)>=([\d.]+)', wanted[1]):
        assert f"    - {name} >={release}\n" in recipe
    assert re.search(r'version = "(.*?)"', PROJECT)[1] in recipe  # type: ignore[index]


def test_the_image_is_made_in_ten_lines_and_runs_as_nobody_special():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert len(lines) <= 10
    assert "USER checker" in lines
    assert lines[-1] == 'ENTRYPOINT ["stabaudit"]'


def test_the_job_for_gitlab_runs_the_command_of_the_document():
    [job] = yaml.safe_load((ROOT / "templates" / "stabaudit.gitlab-ci.yml").read_text()).values()
    assert "stabaudit check --output-format concise --output-file gitlab:code-quality.json" in job["script"][1]
    assert f"    - {job['script'][1].removesuffix(' $STABAUDIT_ARGS')}" in (ROOT / "docs/integrations.md").read_text()
