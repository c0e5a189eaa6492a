"""Every library in its own words: what is found, and what the fix says."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from stabaudit.check import check_text
from stabaudit.dialects import dialects
from stabaudit.dialects.dialect import Dialect
from stabaudit.fix.apply import fix_text

TF, KERAS, K = "import tensorflow as tf", "from keras import ops", "from tensorflow.keras import backend as K"
MX = "import mlx.core as mx"
F, CP = "import chainer.functions as F", "import cupy as cp\nimport cupyx.scipy.special"
AG, DA = "import autograd.numpy as np\nimport autograd.scipy.special as special", "import dask.array as da"

XP = "from cupy import get_array_module\n\nxp = get_array_module(1)"

SPOKEN = [
    (TF, "tf.exp(x) / tf.reduce_sum(tf.exp(x), axis=1, keepdims=True)", "softmax", "tf.nn.softmax(x, axis=1)"),
    (TF, "tf.math.log(tf.reduce_sum(tf.exp(x), axis=1))", "logsumexp", "tf.math.reduce_logsumexp(x, axis=1)"),
    (TF, "tf.math.log(tf.nn.softmax(x))", "log-softmax", "tf.nn.log_softmax(x)"),
    (TF, "1. / (1. + tf.exp(-x))", "sigmoid", "tf.math.sigmoid(x)"),
    (TF, "tf.math.log(1. + tf.exp(x))", "softplus", "tf.math.softplus(x)"),
    (TF, "tf.divide(tf.exp(x), tf.reduce_sum(tf.exp(x), -1, True))", "softmax", "tf.nn.softmax(x)"),
    (KERAS, "ops.exp(x) / ops.sum(ops.exp(x), axis=-1, keepdims=True)", "softmax", "ops.softmax(x)"),
    (KERAS, "ops.log(ops.sigmoid(x))", "log-sigmoid", "ops.log_sigmoid(x)"),
    (K, "K.exp(x) / K.sum(K.exp(x), axis=-1, keepdims=True)", "softmax", "K.softmax(x)"),
    (K, "K.log(1 + K.exp(x))", "softplus", "K.softplus(x)"),
    (F, "F.log(1 + F.exp(x))", "softplus", "F.softplus(x)"),
    (F, "1 / (1 + F.exp(-x))", "sigmoid", "F.sigmoid(x)"),
    (CP, "1 / (1 + cp.exp(-x))", "sigmoid", "cupyx.scipy.special.expit(x)"),
    (CP, "cp.log(cp.sum(cp.exp(x), axis=0))", "logsumexp", "cupyx.scipy.special.logsumexp(x, axis=0)"),
    (AG, "np.log(np.sum(np.exp(x), axis=-1))", "logsumexp", "special.logsumexp(x, axis=-1)"),
    (AG, "1 / (1 + np.exp(-x))", "sigmoid", "special.expit(x)"),
    (MX, "mx.exp(x) / mx.sum(mx.exp(x), axis=-1, keepdims=True)", "softmax", "mx.softmax(x, axis=-1)"),
    (MX, "mx.log(mx.sum(mx.exp(x), axis=0))", "logsumexp", "mx.logsumexp(x, axis=0)"),
    (XP, "xp.log(xp.exp(-x) + 1)", "softplus", "xp.logaddexp(0, -x)"),
    (XP, "xp.exp(x) - 1", "expm1", "xp.expm1(x)"),
    (DA, "da.log(da.exp(a) + da.exp(b))", "logaddexp", "da.logaddexp(a, b)"),
]


@pytest.mark.parametrize(("imports", "naive", "rule", "fixed"), SPOKEN, ids=[naive for _, naive, *_ in SPOKEN])
def test_a_fix_speaks_the_language_of_its_file(imports: str, naive: str, rule: str, fixed: str):
    text = f"{imports}\n\n\ndef f(x, a, b):\n    return {naive}\n"
    (finding,) = check_text(text)
    assert finding.rule == rule
    assert fix_text(text, check_text, "safe").text == text.replace(naive, fixed)


@pytest.mark.parametrize(
    ("imports", "naive", "rule"),
    [
        ("import dask.array as da", "da.log(da.sum(da.exp(x), axis=-1))", "logsumexp"),
        ("import paddle", "paddle.log(1 + paddle.exp(x))", "softplus"),
        ("from mxnet import nd", "nd.log(nd.sum(nd.exp(x), axis=-1))", "logsumexp"),
        (TF, "tf.exp(x) / tf.reduce_sum(tf.exp(x))", "softmax"),
        (KERAS, "ops.exp(x) / ops.sum(ops.exp(x))", "softmax"),
        ("import torch\n\nTINY = 1e-3", "torch.log(torch.exp(x) + TINY)", "logaddexp"),
        ("from mine import xp", "xp.exp(x) / xp.sum(xp.exp(x), axis=-1, keepdims=True)", "softmax"),
    ],
)
def test_a_library_without_the_function_is_told_of_and_left(imports: str, naive: str, rule: str):
    (finding,) = check_text(f"{imports}\n\n\ndef f(x):\n    return {naive}\n")
    assert (finding.rule, finding.fix) == (rule, None)
    assert finding.withheld


@pytest.mark.parametrize("dialect", [d for d in dialects() if d.packages and d.functions], ids=lambda d: d.name)
def test_every_name_of_a_library_that_is_installed_is_there(dialect: Dialect):
    # SciPy's own names for NumPy's functions, and `numpy.math`, are those of old releases.
    current = [p for p in dialect.functions if not p.startswith("numpy.math.")]
    paths = [p for p in current if not p.startswith("scipy.") or p.startswith("scipy.special.")]
    roots = {path.split(".")[0] for path in paths}
    if missing := [root for root in roots if importlib.util.find_spec(root) is None]:
        pytest.skip(f"{', '.join(missing)} is not installed")
    assert [path for path in paths if not _is_there(path)] == []


def _is_there(path: str) -> bool:
    root, *parts = path.split(".")
    thing = importlib.import_module(root)
    for i, part in enumerate(parts, 1):
        if not hasattr(thing, part):
            try:
                importlib.import_module(".".join([root, *parts[:i]]))
            except ImportError:
                return False
        thing = getattr(thing, part)
    return True
