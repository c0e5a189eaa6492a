"""What a formula is blamed for, and what not."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text

HEAD = "import numpy as np\nimport torch\nimport torch.nn.functional as F\n\n\n"


def found(source: str) -> list[str]:
    """The rules of which a finding is told in some code."""
    return [finding.rule for finding in check_text(HEAD + dedent(source).lstrip())]


# From a loss of the library trl: of the overflow in its rewards the stable function that is given them was blamed.
REWARDS = """
    def loss(self, a, b):
        r = (1 - torch.exp(a).pow(-self.alpha)) / self.alpha
        s = (1 - torch.exp(b).pow(-self.alpha)) / self.alpha
        return -F.logsigmoid(self.beta * (r - s)) * (1 - self.smoothing)
"""


def test_a_stable_function_is_not_blamed_for_what_overflows_in_what_it_is_given():
    assert found(REWARDS) == ["expm1", "expm1"]
    assert not found("def f(x, k):\n    return -F.logsigmoid(torch.exp(x) * k) * (1 - k)\n")


@pytest.mark.parametrize("written", ["torch.log(torch.sigmoid(x))", "torch.log(1 / (1 + torch.exp(-x)))"])
def test_the_same_function_is_blamed_for_what_overflows_in_itself(written: str):
    assert "log-sigmoid" in found(f"def f(x):\n    return {written}\n")


# From optuna, timm and gluonts: shifted log-sum-exps whose maximum is changed, pooled, or MXNet's.
SHIFTED = {
    "a maximum that is changed": """
        def f(w):
            max_ = w.max(axis=1)
            max_[np.isneginf(max_)] = 0
            return np.log(np.exp(w - max_[:, None]).sum(axis=1)) + max_
    """,
    "a multiple of what is pooled": """
        def f(self, x):
            x_max = F.adaptive_max_pool2d(x, 1)
            s = torch.exp(self.r * (x - x_max)).mean(dim=(2, 3), keepdim=True)
            return x_max + (1.0 / self.r) * torch.log(s)
    """,
    "a maximum of a module that is given": """
        def f(F, x):
            m = F.max_axis(x, axis=-1, keepdims=True)
            return F.log(F.sum(F.exp(F.broadcast_minus(x, m)), axis=-1, keepdims=True)) + m
    """,
}
UNSHIFTED = {
    "something else that is subtracted": """
        def f(F, x, y):
            return F.log(F.sum(F.exp(F.broadcast_minus(x, y)), axis=-1, keepdims=True)) + y
    """,
    "a curve that is moved along its axis": """
        def f(t, shift, scale):
            return np.log(np.sum(np.exp((t - shift) * scale)))
    """,
    "a rate that is called the largest": """
        def f(a, max_rate, t):
            return np.log(np.sum(np.exp(a - max_rate * t)))
    """,
}


@pytest.mark.parametrize("source", SHIFTED.values(), ids=SHIFTED)
def test_what_is_called_a_maximum_is_a_shift(source: str):
    assert found(source) == []


@pytest.mark.parametrize("source", UNSHIFTED.values(), ids=UNSHIFTED)
def test_what_is_none_is_no_shift(source: str):
    assert found(source) == ["logsumexp"]


@pytest.mark.parametrize(
    "count",
    ["num_words", "self.n_docs", "nobs", "self.document_count", "counts", "count_a", "len(x)", "x.shape[0]"],
)
def test_a_count_is_no_small_number(count: str):
    assert found(f"def f(self, x, num_words, nobs, counts, count_a):\n    return np.log(1 + {count})\n") == []


@pytest.mark.parametrize("value", ["num", "n_e", "discount", "self.rate", "np.random.randn(num_words)"])
def test_what_only_looks_like_a_count_may_be_small(value: str):
    assert found(f"def f(self, num, n_e, discount, num_words):\n    return np.log(1 + {value})\n") == ["log1p"]


@pytest.mark.parametrize("count", ["x[0].shape[-1]", "x.shape[0] // 2", "int(x.shape[0] // 2)", "np.prod(x.shape[1:])"])
def test_what_is_computed_of_lengths_alone_is_a_count(count: str):
    assert found(f"def f(x):\n    return np.log(1 + {count})\n") == []


@pytest.mark.parametrize("value", ["x.reshape(-1, x.shape[-1])", "x[: y.shape[0]]", "x.view((x.shape[0], -1))"])
def test_an_array_is_no_count_because_a_length_is_named_on_the_way(value: str):
    assert found(f"def f(x, y):\n    return np.log(np.sum(np.exp({value}), axis=1))\n") == ["logsumexp"]


# From torchmetrics, aeon and trieste: a curve around zero in two dimensions, bounds that are computed once.
SOUND = {
    "a Gaussian of views": """
        def f(size, sigma):
            g = (torch.arange(size) - (size - 1) / 2)**2
            g = torch.exp(-(g.unsqueeze(0) + g.unsqueeze(1)) / (2.0 * sigma**2))
            return g / torch.sum(g)
    """,
    "a bound that is a logarithm": """
        EPS = np.finfo(np.float32).eps
        LOG_EPS = np.log(EPS)

        def f(x):
            e = np.exp(x.clip(LOG_EPS, -LOG_EPS))
            return e / np.sum(e, axis=-1, keepdims=True)
    """,
    "a constant of TensorFlow": """
        import tensorflow as tf

        def f(x):
            log2 = tf.constant(np.log(2), dtype=x.dtype)
            return tf.where(-log2 < x, tf.math.log(-tf.math.expm1(x)), tf.math.log1p(-tf.exp(x)))
    """,
}


@pytest.mark.parametrize("source", SOUND.values(), ids=SOUND)
def test_what_is_sound_is_let_alone(source: str):
    assert found(source) == []


def test_a_bound_that_is_too_far_is_no_bound():
    source = "FAR = np.log(1e-300) * 4\n\n\ndef f(x):\n    e = np.exp(x.clip(FAR, -FAR))\n    return e / np.sum(e)\n"
    assert found(source) == ["softmax"]


QUOTIENTS = ["1 / (1 + np.exp(g * (c - y / {})))", "(1 - 1 / (1 + np.exp(y / {}))) * g", "np.log1p(np.exp(y / {}))"]


@pytest.mark.parametrize("width", ["(a - b)", "(x[1] - x[0])", "scale", "(2 - a)"])
@pytest.mark.parametrize("written", QUOTIENTS)
def test_a_difference_that_may_be_zero_hides_nothing(width: str, written: str):
    code = f"def f(x, y, g, c, a, b):\n    scale = a - b\n    return {written.format(width)}\n"
    [finding] = check_text(HEAD + code)
    assert finding.fix is not None
    assert finding.fix.applicability == "safe"


# From pysal, PaddlePaddle and unilm: a logarithm under a name, and a multiple of that.
NAMED = {
    "a multiple": "a = np.log(1 - r)\n    return -a * w",
    "a product in place": "a = torch.log(r + 1)\n    a *= w\n    return a",
    "a share": "a = np.log(np.sum(r, axis=0) + 1)\n    a = a / np.sum(a)\n    return a",
    "a mean of two": "a, b = torch.log(1 + r), torch.log(1 + w)\n    return (1 + c) / 2 * a + (1 - (1 + c) / 2) * b",
}


@pytest.mark.parametrize("body", NAMED.values(), ids=NAMED)
def test_a_lost_digit_is_told_of_where_a_name_is_given_its_value(body: str):
    logarithms = body.count(".log(")
    assert found(f"def f(r, w, c):\n    {body}\n") == ["log1p"] * logarithms


# From the discretized logistic mixtures of PixelCNN++ and its kin: `exp(-log_scale)` overflows, and not the formula.
@pytest.mark.parametrize("formula", ["y - F.softplus(y)", "y - torch.logsumexp(torch.stack([y, 0 * y]), 0)"])
def test_a_formula_is_not_blamed_for_what_overflows_in_what_it_is_given(formula: str):
    assert found(f"def f(s, x):\n    y = torch.exp(-s) * x\n    return {formula}\n") == []


@pytest.mark.parametrize("formula", ["1 / (np.exp(1 / t) - 1)", "np.log(1 / t + 1)", "1 - np.exp(-3 / (2 * t))"])
def test_what_is_small_where_something_is_large_loses_its_digits_there(formula: str):
    assert found(f"def f(t):\n    return {formula}\n") == ["log1p" if "log" in formula else "expm1"]


def test_a_slope_of_a_twentieth_overflows_and_one_of_a_thousandth_does_not():
    assert found("def f(v):\n    return 1 / (1 + np.exp(-(v + 36) / 20))\n") == ["sigmoid"]
    assert found("def f(h):\n    return 1 / (1 + np.exp(-h / 8000))\n") == []


def test_a_guard_against_a_division_by_zero_makes_no_sigmoid():
    assert found("def f(v, eps):\n    return 1 / (np.exp(v) + 1e-7), 1 / (np.exp(v) + eps)\n") == []
    assert found("def f(v, k):\n    return k / (np.exp(v) + k), 1 / (1 + np.exp(v) / 2)\n") == ["sigmoid"] * 2
