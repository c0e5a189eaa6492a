"""Programs run in processes of their own, forked from one that has all libraries loaded.

`python -m tests.wrong_fixes.run` is that process: it reads pickled jobs and writes pickled runs.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import os
import pickle
import random
import re
import select
import signal
import subprocess
import sys
import time
import types
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from tests.wrong_fixes.compared import Call, Run
from tests.wrong_fixes.described import Seen, describe
from tests.wrong_fixes.exact import exactly
from tests.wrong_fixes.finished import finished

ROOT = Path(__file__).parents[2]
LIBRARIES = ("numpy", "scipy.special", "scipy.stats", "pandas", "xarray", "torch", "jax", "jax.numpy", "numba",
             "dask.array", "astropy.units", "pint", "polars", "pyarrow", "sympy")  # fmt: skip
SECONDS = 120
FOREIGN = re.compile(r"\b(torch|jax|numba)\b")
#: Libraries that take no numbers but their own.
INEXACT = re.compile(r"\b(torch|jax|numba|pandas|xarray|astropy|pint|polars|dask)\b")


class Runner:
    """A process that runs programs, each in a fork of its own."""

    def __init__(self, libraries: tuple[str, ...] = LIBRARIES) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.wrong_fixes.run", *libraries]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "JAX_PLATFORMS": "cpu"}
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **threads}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def __call__(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work` gives for `arguments` in a fork, or a `Run` that says how it ended."""
        assert self.process.stdin
        assert self.process.stdout
        pickle.dump((work, arguments), self.process.stdin)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)

    def close(self) -> None:
        """Let the process end."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def serve(libraries: list[str]) -> None:
    """Run what is asked for on standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for name in libraries:
        if find_spec(name.partition(".")[0]):
            __import__(name)
    while True:
        try:
            work, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        answers.write(forked(work, arguments))
        answers.flush()


def forked(work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float = SECONDS) -> bytes:
    """The pickled result of `work` in a fork of this process."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code = 1
        try:
            os.setpgid(0, 0)
            with open(writing, "wb") as stream:
                stream.write(pickle.dumps(work(*arguments)))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    pieces, end = [], time.monotonic() + seconds
    while select.select([reading], [], [], max(0, end - time.monotonic()))[0]:
        piece = os.read(reading, 1 << 20)
        if not piece:
            break
        pieces.append(piece)
    else:
        os.kill(child, signal.SIGKILL)
    os.close(reading)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGKILL:
        return pickle.dumps(Run(failed="no end"))
    return b"".join(pieces) if status == 0 else pickle.dumps(Run(failed=f"died: {status}"))


def observe(text: str) -> Run:
    """All that the program `text` does: called on its cases, called where every float error raises, differentiated."""
    try:
        space, calls = _calls(text, "", called)
        # Only NumPy knows `errstate`, and JAX and Numba compile anew each time.
        if not FOREIGN.search(text):
            with np.errstate(all="raise"):
                calls += _calls(text, "under errstate", called)[1]
        calls += _calls(text, "extreme", called, "EXTREMES")[1]
        if "torch" in text or "jax" in text:
            few = 2 if "jax" in text else None
            calls += _calls(text, "gradient of case", differentiated, few=few)[1]
    except SystemExit as error:
        return Run(failed=f"ended: {error}")
    except Exception as error:
        return Run(failed=f"{type(error).__name__}")
    return Run(tuple(calls), _left(space))


def truths(text: str) -> dict[str, Seen]:
    """The exact results of the calls of the program `text` by their names, where they can be computed.

    A program may say them itself, in a function `truth`.
    """
    found: dict[str, Seen] = {}
    if "def truth" not in text and INEXACT.search(text):
        return found
    for what, cases in (("case", "CASES"), ("extreme", "EXTREMES")):
        space, calls = _calls(text, what, lambda function, arguments: arguments, cases)
        for name, arguments in calls:
            if "truth" in space:
                seen = describe(space["truth"](*arguments)) if what == "extreme" else None
            else:
                seen = exactly(space["g"], space, arguments) if "g" in space else None
            if seen is not None:
                found[name] = seen
    return found


def _calls(
    text: str, what: str, call: Callable[..., Any], cases: str = "CASES", few: int | None = None
) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    module = types.ModuleType("program")
    sys.modules["program"] = module
    space = vars(module)
    seeded()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        # torch.jit.script and Numba read the source.
        linecache.cache["<program>"] = (len(text), None, text.splitlines(keepends=True), "<program>")
        exec(compile(text, "<program>", "exec"), space)
    calls = []
    if cases in space:
        for number, case in enumerate(space[cases][:few]):
            case = case if isinstance(case, tuple) else (case,)
            calls.append((f"{what or 'case'} {number}", call(space["g"], case)))
    elif cases == "CASES" and "f" in space:
        calls.append((what or "f()", call(space["f"], ())))
    return space, calls


def seeded() -> None:
    random.seed(0)
    np.random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


def called(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Call:
    size = _size(arguments)
    result, raised = None, None
    with contextlib.redirect_stdout(io.StringIO()) as out, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = describe(finished(function(*arguments)))
        except Exception as error:
            raised = describe(error)
    warned = tuple(sorted({_warning(w) for w in caught}))
    return Call(result, raised, describe(arguments), out.getvalue(), warned, size)


def _warning(caught: warnings.WarningMessage) -> str:
    text = str(caught.message)
    kind = next((k for k in ("overflow", "underflow", "divide by zero", "invalid value") if k in text), "")
    return f"{caught.category.__name__} {kind}".strip()


def _size(value: Any) -> float:
    """The largest number in the arguments, infinite where one is not finite."""
    if isinstance(value, (list, tuple)):
        return max(map(_size, value), default=0.0)
    try:
        if hasattr(value, "detach"):
            value = value.detach().double()
        numbers = np.abs(np.asarray(getattr(value, "magnitude", value), dtype=complex))
    except (TypeError, ValueError, RuntimeError, AttributeError):
        return 1.0
    if numbers.size == 0:
        return 0.0
    return float(np.max(numbers)) if np.all(np.isfinite(numbers)) else np.inf


def differentiated(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Call:
    """First and second derivatives of the result, each number of it with a weight of its own."""
    gradients, raised = None, None
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            gradients = describe([*_torch_gradients(function, arguments), *_jax_gradients(function, arguments)])
        except Exception as error:
            raised = describe(error)
    return Call(gradients, raised, Seen(()), "", (), _size(arguments))


def _torch_gradients(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[Any]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    leaves = [a for a in arguments if isinstance(a, torch.Tensor) and a.is_floating_point() and a.is_leaf]
    for leaf in leaves:
        leaf.requires_grad_()
    tensors = [t for t in _flat(finished(function(*arguments))) if isinstance(t, torch.Tensor) and t.requires_grad]
    leaves = leaves or _leaves(tensors)
    if not tensors or not leaves:
        return []
    weighted = sum((t.double().flatten() * _weights(torch, t)).sum() for t in tensors if t.is_floating_point())
    first = torch.autograd.grad(weighted, leaves, allow_unused=True, create_graph=True)
    again = [t for t in first if t is not None and t.requires_grad]
    second: Any = [None] * len(leaves)
    # A second derivative of few digits has none left.
    if again and all(leaf.dtype == torch.float64 for leaf in leaves):
        total = sum((t.double().flatten() * _weights(torch, t)).sum() for t in again)
        second = torch.autograd.grad(total, leaves, allow_unused=True)
    # Whether a second derivative of zero has a graph is not promised.
    return [
        [None if t is None else t.detach() for t in first],
        [torch.zeros_like(leaf) if t is None else t.detach() for t, leaf in zip(second, leaves, strict=True)],
    ]


def _weights(torch: Any, tensor: Any) -> Any:
    return torch.arange(1, tensor.numel() + 1, dtype=torch.float64)


def _leaves(tensors: list[Any]) -> list[Any]:
    """The leaves of the graphs of `tensors`, in the order they are met."""
    found: dict[int, Any] = {}
    todo, seen = [t.grad_fn for t in tensors if t.grad_fn is not None], set()
    while todo:
        node = todo.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            found[id(node.variable)] = node.variable
        todo += [inner for inner, _ in node.next_functions]
    return sorted(found.values(), key=lambda leaf: leaf.detach().double().tolist().__repr__())


def _jax_gradients(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[Any]:
    jax = sys.modules.get("jax")
    if jax is None or not arguments:
        return []
    wanted = [n for n, a in enumerate(arguments) if isinstance(a, jax.Array) and a.dtype.kind == "f"]
    if not wanted:
        return []

    def total(*given: Any) -> Any:
        results = [r for r in _flat(finished(function(*given))) if isinstance(r, jax.Array)]
        return sum(
            (r.ravel().astype("float32") * (1 + jax.numpy.arange(r.size))).sum() for r in results if r.dtype.kind == "f"
        )

    compiled = jax.jit(total)(*arguments)
    first = jax.grad(total, argnums=tuple(wanted))
    second = jax.grad(lambda *a: sum(g.sum() for g in first(*a)), argnums=tuple(wanted))
    return [compiled, list(first(*arguments)), list(second(*arguments))]


def _flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for part in value for leaf in _flat(part)] if isinstance(value, (list, tuple)) else [value]


def _left(space: dict[str, Any]) -> Seen:
    """The global data of the program: what is no function, class or module."""
    code = (types.FunctionType, types.ModuleType, type, types.BuiltinFunctionType, np.ufunc)
    data = {
        name: value
        for name, value in space.items()
        if not name.startswith("__")
        and not isinstance(value, code)
        and not callable(value)
        and name not in ("CASES", "EXTREMES")
    }
    return Seen((), None, tuple((name, describe(value)) for name, value in sorted(data.items())))


if __name__ == "__main__":
    sys.modules["tests.wrong_fixes.run"] = sys.modules["__main__"]
    serve(sys.argv[1:])
