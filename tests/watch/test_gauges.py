"""What gauges see of a value, and that the program cannot notice them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from stabaudit.watch import live
from stabaudit.watch.gauges import GAUGES
from stabaudit.watch.values import INF, nearest

TINY = 5e-324


def seen(name: str, *values: Any) -> dict[str, float]:
    """What a gauge says after these values, each of which it gave back."""
    gauge = GAUGES[name]()
    for value in values:
        assert gauge.see(value) is value
    return gauge.told()


@pytest.mark.parametrize(
    ("gauge", "values", "said"),
    [
        ("exp", [1.0, 12.5, 3.0], {"calls": 3, "overflows": 0, "exponent": 12.5}),
        ("exp", [1.0, 800.0, 800.0], {"calls": 3, "overflows": 2, "exponent": 800.0}),
        ("exp", [2, 1000], {"calls": 2, "overflows": 1}),
        ("exp", [math.inf, math.nan, -math.inf], {"calls": 3, "overflows": 0, "odd": 3 - 1}),
        ("exp", [np.float64(5), np.array([[1.0, 7.0]])], {"calls": 2, "exponent": 7.0}),
        (
            "exp",
            [np.array([100.0], np.float32), np.array([100.0])],
            {"overflows": 1, "exponent": 100.0, "limit": 88.72},
        ),
        ("exp", [np.array([12.0], np.float16), np.array([100], np.int8)], {"overflows": 2}),
        ("exp", ["text", None, np.array([]), np.array(["a"]), 1j, 10**400], {"calls": 0, "unseen": 6}),
        ("exp2", [1025.0], {"overflows": 1}),
        ("cosh", [-800.0, 3.0, np.array([-2.0, 1.0])], {"calls": 3, "overflows": 1}),
        ("log", [1.0, 0.5, 2.0], {"calls": 3, "zeros": 0, "argument": 0.5}),
        ("log", [0.0, np.array([1.0, 0.0]), 0], {"calls": 3, "zeros": 3, "argument": 0.0}),
        ("result", [1.0, math.nan, -math.inf, np.array([1.0, math.inf])], {"calls": 4, "undefined": 3}),
        ("small", [0.5, 1e-3, -1e-12, 0.0, 2.0, math.nan], {"calls": 6, "lossy": 1, "lost": pytest.approx(12)}),
        ("small", [np.array([0.0, -1e-5], np.float32)], {"lossy": 1, "lost": pytest.approx(5), "digits": 7}),
        ("square", [1e-5], {"lossy": 1, "lost": pytest.approx(10)}),
        ("remainder", [0.0, 0.25], {"calls": 2, "lossy": 1, "lost": 16}),
    ],
)
def test_a_gauge_remembers_how_far_values_went(gauge: str, values: list[Any], said: dict[str, float]):
    told = seen(gauge, *values)
    assert {name: told[name] for name in said} == said


@pytest.mark.parametrize("size", [3, 40])
@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "g", "i4"])
def test_the_number_nearest_to_zero_is_found_in_each_kind_of_array(kind: str, size: int):
    array = np.zeros(size, kind)
    assert (nearest(array, zero=False), nearest(array, zero=True)) == (INF, 0.0)
    array[1] = -2
    assert nearest(array, zero=False) == 2.0
    assert nearest(array[::-1], zero=False) == 2.0
    if kind in ("f2", "f4", "f8"):
        array[2] = least = np.finfo(kind).smallest_subnormal
        assert nearest(array, zero=False) == float(least)


@pytest.mark.parametrize("name", GAUGES)
def test_no_warning_of_numpy_comes_from_a_gauge(name: str):
    with np.errstate(all="raise"):
        for kind in ("f2", "f4", "f8", "g"):
            for size in (4, 40):
                array = np.full(size, TINY, kind)
                array[:3] = np.inf, -np.inf, np.nan
                seen(name, array, array[3:])


class Loud(float):
    """A number of the program's own, which may do anything when it is looked at."""

    def __le__(self, other: object) -> bool:
        raise AssertionError

    __lt__ = __gt__ = __ge__ = __le__
    __float__ = __abs__ = __le__  # type: ignore[assignment]


@pytest.mark.parametrize("name", GAUGES)
def test_types_of_the_program_are_not_looked_at(name: str):
    assert seen(name, Loud(1.0))["unseen"] == 1


def test_a_gauge_that_is_not_here_does_nothing():
    value = object()
    assert live.gauge_of_another_process(value) is value
    with pytest.raises(AttributeError):
        live.anything_else  # noqa: B018


def test_a_logarithm_of_minus_infinity_is_no_number_of_the_results():
    told = seen("log", -math.inf, np.array([-math.inf, 2.0]), 0.5)
    assert (told["calls"], told["argument"]) == (3, 0.5)


class TestTorch:
    """Tensors, and the ways in which a program of torch is read by something else than Python."""

    torch = pytest.importorskip("torch")

    @pytest.mark.parametrize("kind", ["float32", "float64", "bfloat16", "float16"])
    def test_tensors_are_seen(self, kind: str):
        tensor = self.torch.tensor([1.0, 5.0], dtype=getattr(self.torch, kind), requires_grad=True)
        assert seen("exp", tensor)["exponent"] == 5.0
        assert seen("log", self.torch.nn.Parameter(tensor.detach()))["argument"] == 1.0

    def test_a_gradient_goes_through(self):
        tensor = self.torch.tensor([1.0, 5.0], requires_grad=True)
        GAUGES["exp"]().see(tensor).sum().backward()
        assert tensor.grad is not None
        assert tensor.grad.tolist() == [1.0, 1.0]

    @pytest.mark.filterwarnings("ignore:.*torch.jit:DeprecationWarning")
    def test_what_is_traced_or_transformed_holds_no_gauge(self):
        gauge = GAUGES["exp"]()

        def function(x: Any) -> Any:
            return self.torch.exp(gauge.see(x))

        rows = self.torch.ones(2, 3)
        traced = self.torch.jit.trace(function, (rows,))
        assert [node.kind() for node in traced.graph.nodes()] == ["aten::exp"]
        self.torch.func.vmap(function)(rows)
        self.torch.func.grad(lambda x: function(x).sum())(rows)
        graph = self.torch.fx.symbolic_trace(function).graph
        assert [node.op for node in graph.nodes] == ["placeholder", "call_function", "output"]
        assert gauge.told()["exponent"] == 1.0

    @pytest.mark.slow
    def test_what_is_compiled_is_one_graph_without_a_gauge(self):
        gauge = GAUGES["exp"]()
        graphs = []

        def backend(module: Any, inputs: Any) -> Any:
            graphs.append([node.op for node in module.graph.nodes])
            return module.forward

        def function(x: Any) -> Any:
            return self.torch.exp(gauge.see(x))

        compiled = self.torch.compile(function, backend=backend, fullgraph=True)
        for _ in range(3):
            compiled(self.torch.ones(2))
        assert graphs == [["placeholder", "call_function", "output"]]
        assert gauge.told()["calls"] == 0


def test_arrays_of_jax_are_seen_and_tracers_are_not():
    jax = pytest.importorskip("jax")
    gauge = GAUGES["exp"]()

    def function(x: Any) -> Any:
        return jax.numpy.exp(gauge.see(x))

    function(jax.numpy.asarray([1.0, 5.0]))
    jax.jit(function)(jax.numpy.asarray([9.0]))
    assert gauge.told()["exponent"] == 5.0


def test_columns_of_pandas_are_seen():
    pandas = pytest.importorskip("pandas")
    assert seen("exp", pandas.Series([1.0, 5.0]))["exponent"] == 5.0
    assert seen("exp", pandas.Series(["a"]))["unseen"] == 1
