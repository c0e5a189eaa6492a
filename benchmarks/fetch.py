"""Published packages, their Python files unpacked side by side."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

#: Wheels are looked at and never installed, so those of any Linux will do.
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux1_x86_64", "any")
SOURCE = ("--no-binary=:all:",)


def fetch(packages: Path, tree: Path) -> None:
    """Download what `packages` lists and is not there yet."""
    tree.mkdir(parents=True, exist_ok=True)
    with packages.open(encoding="utf-8", newline="") as file:
        for package, version, kind in csv.reader(file, delimiter="\t"):
            home = tree / f"{package}-{version}"
            if not home.exists():
                print(f"fetching {package} {version}", file=sys.stderr)
                with TemporaryDirectory() as folder:
                    said = _downloaded(f"{package}=={version}", kind, folder)
                    if kind != "wheel" and not os.listdir(folder):
                        said = _aged(f"{package}=={version}", folder)
                    for archive in Path(folder).iterdir():
                        _unpack(archive, home)
                if not home.exists():
                    print(f"not fetched: {package} {version}: {said}", file=sys.stderr)


def _downloaded(requirement: str, kind: str, folder: str) -> str:
    """Download one archive; what pip said last."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, requirement]
    if kind == "wheel":
        command += ["--only-binary=:all:", "--python-version", "3.11"]
        command += [word for platform in PLATFORMS for word in ("--platform", platform)]
    else:
        command += SOURCE
    return _said(command)


def _aged(requirement: str, folder: str) -> str:
    """Download a source archive so old that today's tools cannot tell its name; what pip said last."""
    with TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [f"{home}/bin/python", "-m", "pip"]
        subprocess.run([*pip, "install", "-q", "-U", "pip", "setuptools<66", "wheel", "numpy", "cython"], check=True)
        return _said([*pip, "download", "-q", "--no-deps", "--no-build-isolation", *SOURCE, "-d", folder, requirement])


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stderr.strip().splitlines() or ["nothing was said"])[-1]


def _unpack(archive: Path, home: Path) -> None:
    for name, data in _files(archive):
        # What an archive calls a file must not lead out of the folder.
        path = (home / name).resolve()
        if path.is_relative_to(home.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _files(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as opened:
            yield from ((n, opened.read(n)) for n in opened.namelist() if n.endswith(".py"))
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(".py") and (file := tar.extractfile(member)):
                yield member.name.partition("/")[2], file.read()
