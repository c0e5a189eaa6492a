"""The texts the project started from: what is found in their code, and what the fixed code gives.

T. Vieira, "Exp-normalize trick" (Graduate Descent, 2014); an article on the log-sum-exp trick for
classifiers; a question with answers on a numerically stable softmax.
"""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import mpmath
import numpy as np
import pytest

from stabaudit import runtime as stable
from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

MIXED = [-1000, 1000, -1000, 5, 10, 0.001]


def found(source: str) -> list[tuple[str, int]]:
    """Rule and line of each finding."""
    return [(finding.rule, finding.start.row) for finding in check_text(dedent(source).lstrip())]


def fixed(source: str) -> str:
    """The source after all safe fixes; nothing is left in it."""
    outcome = fix_text(dedent(source).lstrip(), check_text, "safe")
    assert outcome.reason is None
    assert list(outcome.left) == []
    return outcome.text


def run(source: str) -> dict[str, Any]:
    """The names a source defines; a warning in it is an error."""
    names: dict[str, Any] = {}
    exec(compile(source, "<seed>", "exec"), names)
    return names


SOFTMAX = """
    import numpy as np

    def softmax(x):
        return np.exp(x) / np.sum(np.exp(x))
"""
LOGSUMEXP = """
    import numpy as np

    def LSE_initial(x):
        return np.log(np.sum(np.exp(x)))
"""


# Exp-normalize.


def test_the_naive_softmax_of_integers_has_a_nan_and_warns():
    source = """
        import numpy as np

        x = np.array([1, -10, 1000])
        p = np.exp(x) / np.exp(x).sum()
    """
    with pytest.warns(RuntimeWarning) as warned:
        p = run(dedent(source))["p"]
    assert {str(w.message).split()[0] for w in warned} == {"overflow", "invalid"}
    np.testing.assert_array_equal(p, [0, 0, np.nan])
    assert found(source) == [("softmax", 4)]


@pytest.mark.parametrize("values", ["[1, -10, 1000]", "np.array([1, -10, 1000])"])
def test_the_fixed_softmax_of_integers_is_0_0_1_without_a_warning(values: str):
    source = f"import numpy as np\nx = {values}\np = np.exp(x) / np.exp(x).sum()\n"
    assert found(source) == [("softmax", 3)]
    assert run(fixed(source))["p"].tolist() == [0, 0, 1]


def test_exp_normalize_is_silent():
    source = """
        import numpy as np

        def exp_normalize(x):
            b = x.max()
            y = np.exp(x - b)
            return y / y.sum()
    """
    assert found(source) == []


def test_a_stable_logsumexp_and_the_log_probabilities_made_with_it_are_silent():
    source = """
        from numpy import exp, log

        def logsumexp(x):
            b = x.max()
            return b + log((exp(x - b)).sum())

        def log_probabilities(x):
            return x - logsumexp(x)
    """
    assert found(source) == []


def test_a_naive_logsumexp_beside_them_is_found():
    source = """
        from numpy import exp, log, sum

        def logsumexp(x):
            b = x.max()
            return b + log(sum(exp(x - b)))

        def naive(x):
            return log(sum(exp(x)))
    """
    assert found(source) == [("logsumexp", 8)]
    assert run(fixed(source))["naive"](np.array([1, -10, 1000])) == 1000.0


@pytest.mark.parametrize("library", ["numpy", "math"])
def test_each_one_sided_sigmoid_is_found_and_fixed_for_both_ends(library: str):
    source = f"""
        from {library} import exp

        def positive(x):
            return 1 / (1 + exp(-x))

        def negative(x):
            return exp(x) / (exp(x) + 1)
    """
    assert found(source) == [("sigmoid", 4), ("sigmoid", 7)]
    names = run(fixed(source))
    for sigmoid in (names["positive"], names["negative"]):
        assert [sigmoid(x) for x in (-1000.0, 0.0, 1000.0)] == [0, 0.5, 1]


@pytest.mark.parametrize("library", ["numpy", "math"])
def test_a_sigmoid_that_branches_on_the_sign_is_silent(library: str):
    source = f"""
        from {library} import exp

        def sigmoid(x):
            "Numerically stable sigmoid function."
            if x >= 0:
                z = exp(-x)
                return 1 / (1 + z)
            else:
                # if x is less than zero then z will be small, denom can't be
                # zero because it's 1+z.
                z = exp(x)
                return z / (1 + z)
    """
    assert found(source) == []


def test_the_runtime_softmax_is_at_least_as_accurate_as_by_way_of_logsumexp():
    chance = np.random.default_rng(2014)
    worst_softmax = worst_logsumexp = 0.0
    for _ in range(50):
        x = chance.normal(scale=chance.choice([1, 30, 300]), size=8)
        with mpmath.workdps(60):
            total = mpmath.fsum(mpmath.exp(v) for v in x)
            true = np.array([float(mpmath.exp(v) / total) for v in x])
        true[true < np.finfo(float).tiny] = 0
        seen = true > 0
        for_softmax = np.abs(stable.softmax(x) - true)[seen] / np.spacing(true[seen])
        by_logsumexp = np.abs(np.exp(x - stable.logsumexp(x)) - true)[seen] / np.spacing(true[seen])
        worst_softmax = max(worst_softmax, for_softmax.max())
        worst_logsumexp = max(worst_logsumexp, by_logsumexp.max())
    assert worst_softmax < worst_logsumexp


# The log-sum-exp trick for classifiers.


def test_one_component_of_a_softmax_by_way_of_a_variable_is_found_and_fixed():
    source = """
        import numpy as np

        x = np.array([-100, 1000, -100, 5, 10, 0.001])
        exp_x = np.exp(x)
        probability = np.exp(x[3]) / np.sum(exp_x)
    """
    assert found(source) == [("exp-ratio", 5)]
    # The first exponentials are the user's own and still overflow.
    with pytest.warns(RuntimeWarning, match="overflow"):
        names = run(fixed(source))
    assert names["probability"] == 0


def test_one_component_of_a_softmax_in_a_function_is_found_and_fixed():
    source = """
        import numpy as np

        def probability(x):
            return np.exp(x[3]) / np.sum(np.exp(x))
    """
    assert found(source) == [("exp-ratio", 4)]
    probability = run(fixed(source))["probability"]
    assert probability(np.array([-100, 1000, -100, 5, 10, 0.001])) == 0
    assert probability(np.array([-100, 10, -100, 1000, 10, 0.001])) == 1


def test_the_naive_logsumexp_is_right_for_small_values_and_inf_for_large_ones():
    naive = run(dedent(LOGSUMEXP))["LSE_initial"]
    assert naive(np.array([11, 12, -1000, 5, 10, 0.001])) == 12.408216490736713
    with pytest.warns(RuntimeWarning):
        assert naive(np.array(MIXED)) == np.inf


def test_the_fixed_logsumexp_is_right_for_both():
    assert found(LOGSUMEXP) == [("logsumexp", 4)]
    logsumexp = run(fixed(LOGSUMEXP))["LSE_initial"]
    assert logsumexp(np.array([11, 12, -1000, 5, 10, 0.001])) == 12.408216490736713
    assert logsumexp(np.array(MIXED)) == 1000.0


@pytest.mark.parametrize(
    ("values", "true"),
    [("[11, 12, -1000, 5, 10, 0.001]", 12.408216490736713), ("[-1000, 1000, -1000, 5, 10, 0.001]", 1000.0)],
)
def test_a_logsumexp_of_literals_is_found_and_fixed(values: str, true: float):
    source = f"import numpy as np\nx = np.array({values})\ny = np.log(np.sum(np.exp(x)))\n"
    assert found(source) == [("logsumexp", 3)]
    assert run(fixed(source))["y"] == true


def test_of_a_naive_and_a_stable_function_side_by_side_only_the_naive_one_is_found():
    source = """
        import numpy as np

        def LSE_initial(x):
            return np.log(np.sum(np.exp(x)))

        def LSE(x):
            c = np.max(x)
            return c + np.log(np.sum(np.exp(x - c)))

        def softmax_initial(x):
            return np.exp(x) / np.sum(np.exp(x))

        def softmax(x):
            return np.exp(x - LSE(x))
    """
    assert found(source) == [("logsumexp", 4), ("softmax", 11)]
    names = run(fixed(source))
    x = np.array(MIXED)
    assert names["LSE_initial"](x) == names["LSE"](x) == 1000.0
    assert names["softmax_initial"](x).tolist() == names["softmax"](x).tolist() == [0, 1, 0, 0, 0, 0]


def test_the_fixed_softmax_of_mixed_values_is_0_1_0_0_0_0_and_sums_to_exactly_1():
    with pytest.warns(RuntimeWarning):
        assert np.isnan(run(dedent(SOFTMAX))["softmax"](np.array(MIXED))).any()
    p = run(fixed(SOFTMAX))["softmax"](np.array(MIXED))
    assert p.tolist() == [0, 1, 0, 0, 0, 0]
    assert p.sum() == 1


# A question on a numerically stable softmax.


def test_a_ratio_of_two_different_arrays_is_found_and_fixed_with_logsumexp():
    source = """
        import numpy as np

        def ratio(x, y):
            return np.exp(x) / np.sum(np.exp(y))
    """
    assert found(source) == [("exp-ratio", 4)]
    text = fixed(source)
    assert "return stable.exp(x - stable.logsumexp(y))" in text
    ratio = run(text)["ratio"]
    assert ratio(np.array([1000.0, -1000.0]), np.array([1000.0, 0.0])).tolist() == [1, 0]


@pytest.mark.parametrize(
    "body",
    [
        "z = x - max(x); num = np.exp(z); den = np.sum(num); return num / den",
        "z = x - np.max(x, axis=-1, keepdims=True); num = np.exp(z); "
        "den = np.sum(num, axis=-1, keepdims=True); return num / den",
        "z = x - x.max(axis=-1, keepdims=True); e = np.exp(z); return e / e.sum(axis=-1, keepdims=True)",
        "e = np.exp(x - np.max(x)); return e / e.sum()",
    ],
)
def test_the_answers_that_shift_by_the_maximum_are_silent(body: str):
    assert found(f"import numpy as np\ndef softmax(x): {body}\n") == []


@pytest.mark.parametrize(
    ("x", "axis", "p"),
    [
        ([12345, 67890, 99999999], None, [0, 0, 1]),
        (np.array([12345, 67890, 99999999]), None, [0, 0, 1]),
        ([[12345, 67890, 99999999]], -1, [[0, 0, 1]]),
        ([[12345, 67890, 99999999], [123, 678, 88888888]], -1, [[0, 0, 1], [0, 0, 1]]),
        (np.array([[12345, 67890, 99999999], [123, 678, 88888888]]), 1, [[0, 0, 1], [0, 0, 1]]),
        ((12345, 67890, 99999999), 0, [0, 0, 1]),
    ],
)
def test_the_runtime_softmax_takes_lists_of_lists_integers_and_axes(x: Any, axis: int | None, p: Any):
    assert np.asarray(stable.softmax(x, axis=axis)).tolist() == p


def test_a_fixed_softmax_along_the_last_axis_takes_what_the_naive_one_took():
    source = """
        import numpy as np

        def softmax(x):
            return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
    """
    assert found(source) == [("softmax", 4)]
    softmax = run(fixed(source))["softmax"]
    assert softmax([12345, 67890, 99999999]).tolist() == [0, 0, 1]
    assert softmax([[12345, 67890, 99999999], [88888888, 0, 0]]).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_nothing_is_raised_where_numpy_is_told_to_raise_everything():
    naive, softmax = run(dedent(SOFTMAX))["softmax"], run(fixed(SOFTMAX))["softmax"]
    logsumexp = run(fixed(LOGSUMEXP))["LSE_initial"]
    with np.errstate(all="raise"):
        with pytest.raises(FloatingPointError):
            naive(np.array(MIXED))
        assert softmax(np.array(MIXED)).tolist() == [0, 1, 0, 0, 0, 0]
        assert softmax([12345, 67890, 99999999]).tolist() == [0, 0, 1]
        assert logsumexp(np.array(MIXED)) == 1000.0
        assert stable.sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0, 1]
        assert stable.log_softmax(np.array([-1000.0, 1000.0])).tolist() == [-2000, 0]


def test_the_softmax_of_a_scalar_is_1():
    assert stable.softmax(800) == 1.0
    assert run(fixed(SOFTMAX))["softmax"](800) == 1.0


def test_a_torch_shift_by_the_maximum_over_everything_is_found():
    source = """
        import torch

        def log_sum_exp(x):
            x_max = x.data.max()
            return torch.log(torch.sum(torch.exp(x - x_max), 1, keepdim=True)) + x_max
    """
    assert found(source) == [("global-shift", 5)]
    assert "return torch.logsumexp(x, dim=1, keepdim=True)" in fixed(source)


def test_a_torch_shift_by_the_maximum_of_each_row_is_silent():
    source = """
        import torch

        def log_sum_exp(x):
            x_max, _ = x.data.max(1, keepdim=True)
            return torch.log(torch.sum(torch.exp(x - x_max), 1, keepdim=True)) + x_max
    """
    assert found(source) == []
