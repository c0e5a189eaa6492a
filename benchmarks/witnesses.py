"""Whether the scripts of witnesses show what the report says: `python -m benchmarks.witnesses N --seed S DIR...`.

N findings below the folders are drawn at random, and the script of each is run. It shows what the report says if it
gives the value that is named, or raises the exception, warns of the overflow, or has a gradient that is nan.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
import warnings
from collections import Counter
from contextlib import redirect_stdout
from typing import Any

from stabaudit.proof.value_text import show


def main() -> int:
    """Run the scripts, and count; the exit code is 1 if one does not show what its report says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("folders", nargs="+", metavar="DIR")
    options = parser.parse_args()
    findings = _found(options.folders)
    drawn = random.Random(options.seed).sample(findings, min(options.number, len(findings)))
    outcomes = Counter[str]()
    for finding in drawn:
        outcome = shows(finding["witness"])
        outcomes[outcome] += 1
        if outcome != "shown":
            print(f"{finding['filename']}:{finding['location']['row']}: {finding['name']}: {outcome}")
            print(f"    {finding['witness']['text']}")
    print(f"{outcomes['shown']} of {len(drawn)} scripts show what the report says")
    return int(outcomes["shown"] < len(drawn))


def shows(witness: dict[str, Any]) -> str:
    """`shown`, or what became of the script instead."""
    if witness["script"] is None:
        return "no script"
    names: dict[str, Any] = {}
    with warnings.catch_warnings(record=True) as warned, redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        try:
            exec(compile(witness["script"], "<witness>", "exec"), names)
        except Exception as error:
            if "an error" in witness["gives"]:
                return "shown"
            return f"{type(error).__name__}: {error}"
    value = names["value"]
    if witness["note"] is not None and "gradient" in witness["note"]:
        return (
            "shown" if any(bool(g.isnan().any()) for g in names["gradients"] if g is not None) else "no gradient is nan"
        )
    given = value if isinstance(value, str) else show(value)
    if given != witness["gives"]:
        return f"it gives {given}"
    if witness["note"] is not None and not any(issubclass(w.category, RuntimeWarning) for w in warned):
        return "nothing warns"
    return "shown"


def _found(folders: list[str]) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "stabaudit", "check", "--isolated", "--output-format", "json", *folders]
    done = subprocess.run(words, capture_output=True, text=True)
    found = [one for one in json.loads(done.stdout) if one["witness"] is not None]
    return sorted(found, key=lambda one: (one["filename"], one["location"]["row"], one["location"]["column"]))


if __name__ == "__main__":
    sys.exit(main())
