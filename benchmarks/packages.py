"""Published packages fixed with `stabaudit check --fix`, and their own tests before and after.

    python benchmarks/packages.py                 all of them, a Markdown table at the end
    python benchmarks/packages.py gensim nengo    these
    python benchmarks/packages.py --work DIR      virtual environments are kept there, and used again

Each package is installed from its wheel in a virtual environment of its own. Its tests are those of the wheel, or of
the source archive where the wheel has none, and are left as they are. The exit code is 1 if a test that passed before
does not pass after.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: What of a package is not fixed: its tests are to judge the fixes.
TESTS = "tests,test,testing,conftest.py"


@dataclass(frozen=True)
class Package:
    """A pinned package, the folder it is imported from, and those of its tests that run what is fixed."""

    name: str
    version: str
    folder: str
    tests: tuple[str, ...]
    also: tuple[str, ...] = ()
    #: Whether its tests come with its source archive alone, beside the package.
    apart: bool = False


PACKAGES = (
    Package(
        "scikit-learn", "1.9.1", "sklearn",
        ("ensemble/tests/test_weight_boosting.py", "ensemble/tests/test_gradient_boosting.py",
         "gaussian_process/tests", "neural_network/tests/test_rbm.py", "_loss/tests"),
    ),
    Package("qutip", "5.3.1", "qutip", ("tests/core/test_environment.py", "tests/solver/test_floquet.py")),
    Package("gensim", "4.4.0", "gensim", ("test/test_hdpmodel.py", "test/test_ldamodel.py"), ("testfixtures",)),
    Package("nengo", "4.1.0", "nengo", ("tests/test_neurons.py", "networks/tests"),
            ("pytest<8", "pytest-rng", "pytest-allclose", "pytest-plt", "matplotlib", "scipy")),
    Package("colossus", "1.4.0", "colossus", ("tests",), ("matplotlib",)),
    Package("stingray", "2.3.2", "stingray", ("tests/test_stats.py", "tests/test_powerspectrum.py"), ("matplotlib",)),
    Package(
        "statsmodels", "0.15.0", "statsmodels",
        ("genmod/tests/test_bayes_mixed_glm.py", "genmod/tests/test_gee.py", "genmod/tests/test_glm.py",
         "genmod/families/tests", "miscmodels/tests", "nonparametric/tests/test_asymmetric.py",
         "othermod/tests/test_beta.py", "stats/tests/test_correlation.py", "stats/tests/test_multi.py",
         "tsa/statespace/tests/test_exponential_smoothing.py", "tsa/tests/test_tsa_tools.py"),
    ),
    Package(
        "colour-science", "0.4.7", "colour",
        ("appearance/tests/test_zcam.py", "contrast/tests", "models/tests/test_sucs.py", "quality/tests"),
    ),
    Package("networkx", "3.6.1", "networkx", ("algorithms/link_analysis/tests",), ("numpy", "scipy")),
    Package("lmfit", "1.3.4", "lmfit", ("tests/test_lineshapes.py", "tests/test_models.py"), apart=True),
    Package(
        "pvlib", "0.16.1", "pvlib",
        ("tests/test_clearsky.py", "tests/test_iam.py", "tests/test_irradiance.py", "tests/test_pvarray.py",
         "tests/test_pvsystem.py", "tests/test_singlediode.py", "tests/spectrum"),
        ("pytest-mock", "pytest-timeout", "pytest-rerunfailures", "requests-mock"), apart=True,
    ),
    Package("galpy", "1.12.1", "galpy", ("tests/test_util.py", "tests/test_sphericaldf.py"), apart=True),
    Package("numpyro", "0.22.0", "numpyro", ("test/test_distributions.py",), ("scipy",), apart=True),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of a package: changed files, fixes by rule, and the tests that passed before and after."""

    package: Package
    files: int
    fixes: str
    before: frozenset[str]
    after: frozenset[str]

    @property
    def broken(self) -> list[str]:
        """The tests that passed before alone."""
        return sorted(self.before - self.after)

    def row(self) -> str:
        """A row of the table."""
        tests = f"{len(self.before)} / {len(self.after)}"
        return f"| {self.package.name} | {self.package.version} | {self.files} | {self.fixes} | {tests} |"


def main() -> int:
    """Fix the packages that are named, or all; print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="packages (default: all)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "stabaudit-packages")
    arguments = parser.parse_args()
    chosen = [p for p in PACKAGES if not arguments.names or p.name in arguments.names]
    outcomes = [outcome(package, arguments.work / package.name) for package in chosen]
    print("| package | version | files changed | fixes | tests passed before / after |")
    print("|---|---|---|---|---|")
    print("\n".join(o.row() for o in outcomes))
    for test in (t for o in outcomes for t in o.broken):
        print(f"no longer passes: {test}")
    return 1 if any(o.broken or not o.before for o in outcomes) else 0


def outcome(package: Package, work: Path) -> Outcome:
    """Install a package, run its tests, fix it, run them again."""
    python = installed(package, work)
    site = next((work / "venv").glob("lib/python*/site-packages"))
    folder, pristine = site / package.folder, work / "pristine"
    if pristine.exists():
        shutil.rmtree(folder)
        shutil.copytree(pristine, folder)
    else:
        shutil.copytree(folder, pristine)
    before = passed(package, python, site, work / "before.xml")
    old = digests(folder)
    # In a copy elsewhere: what is installed is left out by default.
    copy = work / "fixed" / package.folder
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(folder, copy)
    done = run([sys.executable, "-m", "stabaudit", "check", "--fix", "--exit-zero", "--no-cache", "--isolated",
                "--extend-exclude", TESTS, str(copy)], cwd=ROOT)  # fmt: skip
    new = digests(copy)
    changed = [name for name in old if old[name] != new[name]]
    for name in changed:
        shutil.copy(copy / name, folder / name)
    after = passed(package, python, site, work / "after.xml")
    return Outcome(package, len(changed), counts(done), before, after)


def installed(package: Package, work: Path) -> Path:
    """The Python of an environment with the package, and with this checkout for the functions that fixes call."""
    python = work / "venv" / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", str(work / "venv")])
        wanted = [f"{package.name}=={package.version}", "pytest", *package.also]
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
        site = next((work / "venv").glob("lib/python*/site-packages"))
        (site / "stabaudit-checkout.pth").write_text(f"{ROOT}\n")
        if package.apart:
            unpack_tests(package, python, site)
    return python


def unpack_tests(package: Package, python: Path, site: Path) -> None:
    """Put the tests of the source archive beside the package."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = [f"{package.name}=={package.version}", "--no-deps", "--no-binary", ":all:", "-d", folder]
        run([str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *wanted])
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            for member in archive:
                member.name = member.name.partition("/")[2]
                if member.name.partition("/")[0] == package.tests[0].partition("/")[0]:
                    archive.extract(member, site, filter="data")


def passed(package: Package, python: Path, site: Path, report: Path) -> frozenset[str]:
    """The tests that pass."""
    report.unlink(missing_ok=True)
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore",
             f"--junitxml={report}"]  # fmt: skip
    tests = package.tests if package.apart else [f"{package.folder}/{test}" for test in package.tests]
    run([str(python), *words, *tests], cwd=site, may_fail=True)
    cases = ElementTree.parse(report).iter("testcase")
    return frozenset(f"{c.get('classname')}::{c.get('name')}" for c in cases if not len(c.findall("*[@message]")))


def digests(folder: Path) -> dict[str, str]:
    """What is in each Python file below a folder."""
    files = sorted(folder.rglob("*.py"))
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def counts(output: str) -> str:
    """The fixes by rule, from the last line of a run: `1 expm1, 2 sigmoid`."""
    found = re.search(r"Fixed \d+ findings? in \d+ files? \((.*?)\)", output)
    return found[1] if found else "none"


def run(words: Iterable[str], cwd: Path | None = None, *, may_fail: bool = False) -> str:
    """What a command writes."""
    done = subprocess.run([*words], cwd=cwd, capture_output=True, text=True)
    if done.returncode and not may_fail:
        sys.exit(f"{' '.join(words)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
