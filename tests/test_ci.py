"""What runs on every change: the workflow, the hooks of this repository, and `.ci/run` agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.run import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
PROJECT = (ROOT / "pyproject.toml").read_text()
HOOKS = {
    hook["id"]: hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]
}


def steps() -> Iterator[dict[str, Any]]:
    for job in WORKFLOW["jobs"].values():
        yield from job["steps"]


def commands() -> set[str]:
    return {step["run"] for step in steps() if "run" in step}


def test_the_matrix_begins_with_the_oldest_python_that_is_supported():
    matrix = WORKFLOW["jobs"]["versions"]["strategy"]["matrix"]
    oldest = matrix["python"][0]
    assert f'requires-python = ">={oldest}"' in PROJECT
    assert matrix["python"] == [f"3.{minor}" for minor in range(10, 10 + len(matrix["python"]))]
    assert {system.split("-")[0] for system in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_actions_are_pinned_by_the_commits_that_the_documents_name():
    documented = re.findall(r"uses: (\S+@[0-9a-f]{40})", (ROOT / "docs" / "integrations.md").read_text())
    assert {step["uses"] for step in steps() if "uses" in step} <= set(documented)


def test_the_workflow_may_only_read_and_keeps_no_credentials():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    checkouts = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == len(WORKFLOW["jobs"])
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_every_job_ends():
    assert all("timeout-minutes" in job for job in WORKFLOW["jobs"].values())


def test_the_script_and_the_workflow_run_the_same_tools():
    script = re.findall(r'^"\$environment/bin/(\w+)" ?(.*?) \|\|', (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    tools = {f"{name} {words}".strip() for name, words in script}
    assert {"ruff check .", "ruff format --check .", "mypy", "pytest -q -n auto --dist worksteal"} == tools
    assert tools <= commands() | {"pytest -q -n auto --dist worksteal"}
    assert "pytest -n auto --dist worksteal" in commands()


def test_the_hook_of_this_repository_is_the_one_that_it_offers():
    offered = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert HOOKS["stabaudit"]["entry"] == offered["stabaudit"]["entry"]
    assert set(HOOKS) == {"ruff-check", "ruff-format", "stabaudit"}


def test_what_the_hook_leaves_out_are_folders_of_this_repository():
    left_out = re.fullmatch(r"\^\((.*)\)/", HOOKS["stabaudit"]["exclude"])
    assert left_out
    assert all((ROOT / folder).is_dir() for folder in left_out[1].split("|"))


def test_the_changelog_begins_with_what_is_unreleased():
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
