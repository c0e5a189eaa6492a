# %% nanmax-becomes-max
import numpy as np
def g(x): return np.exp(x - np.nanmax(x)) / np.sum(np.exp(x - np.nanmax(x))), 1 / (1 + np.exp(-np.nanmax(x)))
CASES = [np.array([1.0, np.nan, 5.0]), np.array([1.0, 2.0])]

# %% nanmean-nanmin
import numpy as np
def g(x):
    m, n = np.nanmean(x), np.nanmin(x)
    return np.log(1 + np.exp(m)), np.log(1 + np.exp(n))
CASES = [np.array([1.0, np.nan, 5.0])]

# %% nansum-of-exponentials
import numpy as np
def g(x): return np.log(np.nansum(np.exp(x))), np.exp(x) / np.nansum(np.exp(x)), np.nansum(np.exp(x), axis=0)
CASES = [np.array([1.0, np.nan, 5.0]), np.array([[1.0, np.nan], [5.0, 2.0]])]

# %% fmax-becomes-maximum
import numpy as np
def g(x, y):
    t = np.fmax(x, y)
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(np.fmin(x, y)))
CASES = [(np.array([1.0, np.nan]), np.array([0.5, 2.0]))]

# %% max-of-lists
import numpy as np
def g(x, y):
    t = max(x, y)
    return 1 / (1 + np.exp(-np.array(t)))
CASES = [([1.0, 9.0], [2.0, 0.0])]

# %% max-of-numbers
import math
def g(x, y): return 1 / (1 + math.exp(-max(x, y))), math.log(1 + math.exp(min(x, y))), 1 / (1 + math.exp(-abs(x)))
CASES = [(1.0, 2.0), (1, 2.5), (float("nan"), 1.0), (1.0, float("nan"))]

# %% square-of-lists
import numpy as np
def g(x, y):
    t = np.square(x)
    u = np.subtract(x, y)
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(u)), np.exp(np.negative(x)) / np.exp(np.negative(x)).sum()
CASES = [([1.0, 2.0], [0.5, 0.5])]

# %% multiply-and-divide-of-lists
import numpy as np
def g(x, y): return 1 / (1 + np.exp(-np.multiply(x, y))), np.log(1 + np.exp(np.divide(x, y))), np.log(1 + np.exp(np.add(x, y)))
CASES = [([1.0, 2.0], [0.5, 0.25]), ([1, 2], [3, 4])]

# %% frame-max
import numpy as np
import pandas as pd
def g(x):
    e = np.exp(-x.max())
    return 1 / (1 + e)
CASES = [pd.DataFrame({"a": [1.0, 2.0], "b": [0.5, np.nan]}), pd.Series([1.0, np.nan]), np.array([1.0, 2.0])]

# %% frame-mean
import numpy as np
import pandas as pd
def g(x):
    m = x.mean()
    return np.log(1 + np.exp(m)), 1 / (1 + np.exp(-x.sum()))
CASES = [pd.DataFrame({"a": [1.0, 2.0], "b": [0.5, np.nan]}), pd.Series([1.0, np.nan])]

# %% builtin-sum-of-a-matrix
import numpy as np
def g(a):
    n = sum(a)
    return np.log(1 + np.exp(n)), 1 / (1 + np.exp(-n))
CASES = [np.array([[0.5, 1.0], [2.0, 0.0]]), [np.array([0.5]), np.array([1.0])]]

# %% builtin-sum-of-exponentials
import numpy as np
def g(a): return np.log(sum(np.exp(a))), np.exp(a) / sum(np.exp(a))
CASES = [np.array([[0.5, 1.0], [2.0, 0.0]]), np.array([0.5, 1.0])]

# %% builtin-sum-with-a-start
import numpy as np
def g(a): return np.log(sum(np.exp(a), 1.0)), np.log(sum(np.exp(a), start=2.0))
CASES = [np.array([0.5, 1.0])]

# %% builtin-sum-of-strings-of-tensors
import torch
def g(ts):
    s = sum(torch.exp(t) for t in ts)
    return torch.log(s), [torch.exp(t) / s for t in ts]
CASES = [[torch.tensor([0.5, 1.0]), torch.tensor([2.0, 0.0])]]

# %% add-reduce-of-rows
import numpy as np
def g(a): return np.log(np.add.reduce(np.exp(a))), np.exp(a) / np.add.reduce(np.exp(a)), np.log(np.add.reduce(np.exp(a), axis=1))
CASES = [np.array([[0.5, 1.0], [2.0, 0.0]])]

# %% multiply-reduce
import numpy as np
def g(a):
    t = np.multiply.reduce(a)
    m = np.maximum.reduce(a)
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(m))
CASES = [np.array([[0.5, 1.0], [2.0, 0.0]])]

# %% einsum-and-dot
import numpy as np
def g(a, b): return np.log(1 + np.exp(a @ b)), 1 / (1 + np.exp(-np.dot(a, b))), np.log(1 + np.exp(np.einsum("ij,j->i", a, b))), 1 / (1 + np.exp(-a.dot(b)))
CASES = [(np.array([[0.5, 1.0], [2.0, 0.0]]), np.array([1.0, -1.0]))]

# %% choice-by-a-scalar
import numpy as np
def g(x, y, positive):
    t = x if positive else x / y
    return 1 / (1 + np.exp(-t))
CASES = [(np.array([1.0, 2.0]), 0.0, True), (np.array([1.0, 2.0]), np.array([0.5, 0.5]), False)]

# %% choice-that-guards-a-division
import math
def g(x, y):
    t = x / y if y else x
    return math.log(1 + math.exp(t))
CASES = [(1.0, 0.0), (1.0, 2.0)]

# %% choice-that-guards-an-index
import numpy as np
def g(xs):
    t = xs[0] if xs else 0.0
    return 1 / (1 + np.exp(-t))
CASES = [[], [1.0]]

# %% short-circuit
import numpy as np
def g(x, y):
    t = y is not None and y or x
    return np.log(1 + np.exp(t))
CASES = [(1.0, None), (1.0, 2.0), (1.0, 0.0)]

# %% statement-choice
import numpy as np
def g(x, y=None):
    if y is None:
        t = x
    else:
        t = x + y
    return 1 / (1 + np.exp(-t))
CASES = [(np.array([1.0, 2.0]),), (np.array([1.0, 2.0]), np.array([0.5, 0.5]))]

# %% statement-choice-by-dimension
import numpy as np
def g(x):
    if x.ndim == 1:
        t = x[None, :]
    else:
        t = x
    return np.exp(t) / np.exp(t).sum(axis=1, keepdims=True)
CASES = [np.array([1.0, 2.0]), np.array([[1.0, 2.0]])]

# %% boolean-arithmetic
import numpy as np
def g(x, m):
    t = x * (m > 0)
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(x[m > 0]))
CASES = [(np.array([1.0, 2.0]), np.array([1, 0]))]

# %% integer-division-and-modulo
import numpy as np
def g(n):
    t = n // 2
    u = n % 3
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(u)), np.log(1 + np.exp(n >> 1))
CASES = [np.array([5, 7]), 5]

# %% integer-power
import numpy as np
def g(n, k): return np.log(1 + np.exp(n ** k)), 1 / (1 + np.exp(-(2 ** n)))
CASES = [(np.array([1, 2]), 2), (np.array([1.0, 2.0]), 2), (2, -1)]

# %% rounding-words
import numpy as np
def g(x):
    t = np.round(x, 1)
    u = np.floor(x)
    return 1 / (1 + np.exp(-t)), np.log(1 + np.exp(u)), 1 / (1 + np.exp(-int(x[0])))
CASES = [np.array([1.26, 2.74])]

# %% real-and-imag
import numpy as np
def g(z): return np.log(1 + np.exp(z.real)), 1 / (1 + np.exp(-np.imag(z))), np.log(1 + np.exp(np.abs(z)))
CASES = [np.array([1 + 2j, 0.5j])]

# %% log10-of-powers
import numpy as np
def g(x): return np.log10(1 + x) == np.round(np.log10(x + 1)), np.log10(x + 1), np.log10(1 + x) % 1
CASES = [np.array([99.0, 999.0, 9999.0]), 999.0, 999]

# %% log2-of-powers
import numpy as np
def g(x):
    y = np.log2(1 + x)
    return y, np.floor(np.log2(1 + x)), np.ceil(np.log2(x + 1)), np.floor(y), y == np.round(y), y.astype(int) if y.ndim else int(y)
CASES = [np.array([1.0, 3.0, 7.0, 2.0 ** 29 - 1]), 7, np.arange(1, 64)]

# %% floor-of-log10
import math
def g(n): return int(math.log10(n + 1)), math.floor(math.log10(1 + n)), math.ceil(math.log2(n + 1))
CASES = [9, 99, 999, 9999, 99999, 1023, 7]

# %% bits-of-a-count
import numpy as np
def g(n): return int(np.ceil(np.log(1 + n) / np.log(2))), int(np.log(n + 1) / np.log(10))
CASES = [7, 1023, 999, 99]

# %% constant-by-name-printed
import numpy as np
KB = 8.617333262e-05
def g(E, T): return 1 / (1 + np.exp(E / (KB * T))), np.log(1 + np.exp(-E / (KB * T)))
CASES = [(np.array([0.1, 0.2]), 300.0)]

# %% constant-set-from-outside
import numpy as np
SCALE = 0.5
def set_scale(v):
    globals()["SCALE"] = v
def g(x):
    set_scale(2.0)
    return 1 / (1 + np.exp(-SCALE * x)), np.log(1 + np.exp(x / SCALE))
CASES = [np.array([0.5, 1.0])]

# %% constant-monkeypatched
import sys
import numpy as np
ALPHA = 0.1
def g(x):
    sys.modules[__name__].ALPHA = 0.7
    return np.log(ALPHA) - np.log(ALPHA + np.exp(x)), np.log(ALPHA * np.exp(x) + np.exp(2 * x))
CASES = [np.array([0.5, 1.0])]

# %% constant-of-a-class
import numpy as np
class C:
    ONE = 1.0
    def run(self, x): return np.log(self.ONE + x), self.ONE / (self.ONE + np.exp(-x))
class D(C):
    ONE = 2.0
def g(x): return C().run(x), D().run(x)
CASES = [np.array([0.5, 1.0])]

# %% default-argument-of-one
import numpy as np
def h(x, one=1.0, k=1): return np.log(one + np.exp(k * x)), one / (one + np.exp(-x))
def g(x): return h(x), h(x, 2.0), h(x, k=3)
CASES = [np.array([0.5, 1.0])]

# %% constant-under-if
import numpy as np
import sys
if sys.maxsize > 0:
    EPS = 2.0
else:
    EPS = 1.0
def g(x): return np.log(EPS + x)
CASES = [np.array([0.5, 1.0])]

# %% constant-from-a-loop
import numpy as np
one = 1.0
for one in (1.0, 3.0):
    pass
def g(x): return np.log(one + np.exp(x))
CASES = [np.array([0.5, 1.0])]

# %% constant-augmented
import numpy as np
one = 1.0
one += 1
def g(x): return np.log(one + np.exp(x))
CASES = [np.array([0.5, 1.0])]

# %% literal-of-many-digits
import numpy as np
def g(x): return 1 / (1 + np.exp(-(0.1 + 0.2) * x)), np.log(1 + np.exp(1e-3 * x + 1 / 3)), 1 / (1 + np.exp(-(x - 1234567.89) / 1e5))
CASES = [np.array([0.5, 1.0])]

# %% fstring-debug
import numpy as np
def g(x): return f"{1 / (1 + np.exp(-x)) = :.3f}", f"{np.log(1 + np.exp(x))!r:>30}"
CASES = [1.0]

# %% fstring-nested-quotes
import numpy as np
def g(d): return f"{np.log(1 + np.exp(d['x'])):.3f}", f'{1 / (1 + np.exp(-d["x"])):.3f}'
CASES = [{"x": 1.0}]

# %% assert-message
import numpy as np
def g(x):
    try:
        assert np.log(1 + np.exp(x)) < 1, f"{np.log(1 + np.exp(x)):.3f}"
    except AssertionError as error:
        return str(error)
CASES = [1.0]

# %% names-of-the-runtime-taken
import numpy as np
stable = "taken"
softmax = 3
def g(x): return np.log(1 + np.exp(x)), np.exp(x) / np.exp(x).sum(), stable, softmax
CASES = [np.array([0.5, 1.0])]

# %% runtime-name-as-a-parameter
import numpy as np
def g(x, stable=True): return np.log(1 + np.exp(x)) if stable else 0.0
CASES = [np.array([0.5, 1.0])]

# %% runtime-name-in-a-comprehension
import numpy as np
def g(xs): return [np.log(1 + np.exp(stable)) for stable in xs]
CASES = [[0.5, 1.0]]

# %% runtime-name-set-by-globals
import numpy as np
globals()["stable"] = 7
def g(x): return np.log(1 + np.exp(x)), stable
CASES = [0.5]

# %% module-with-all
import numpy as np
__all__ = ["g"]
def g(x): return np.log(1 + np.exp(x)), __all__
CASES = [0.5]

# %% docstring-first
"""Doc."""
from __future__ import annotations
import numpy as np
def g(x: np.ndarray) -> object: return np.log(1 + np.exp(x)), __doc__
CASES = [0.5]

# %% doctest-in-a-docstring
import numpy as np
def g(x):
    """
    >>> np.log(1 + np.exp(0.0))
    0.6931471805599453
    """
    return np.log(1 + np.exp(x)), g.__doc__
CASES = [0.5]

# %% one-line-class
import numpy as np
class K: x = 1.5; y = np.log(1 + np.exp(x)); z = 1 / (1 + np.exp(-x))
def f(): return K.y, K.z

# %% class-body-reads-its-names
import numpy as np
x = 9.0
class K:
    x = 1.5
    e = np.exp(x)
    p = e / (1 + e)
    f = lambda self: np.log(1 + np.exp(x))
def f(): return K.p, K().f(), sorted(n for n in vars(K) if not n.startswith("_"))

# %% walrus-in-a-condition
import numpy as np
def g(x):
    if (e := np.exp(x)).sum() > 1:
        return e / e.sum(), np.log(1 + e)
    return e
CASES = [np.array([0.5, 1.0])]

# %% walrus-in-a-comprehension
import math
def g(xs): return [y for x in xs if (y := math.log(1 + math.exp(x))) > 1], [(e := math.exp(x)) / (1 + e) for x in xs]
CASES = [[0.5, 1.0, 2.0]]

# %% lambda-default
import numpy as np
def g(x):
    f = lambda v, e=np.exp(x): e / e.sum() + v
    return f(1.0)
CASES = [np.array([0.5, 1.0])]

# %% chained-comparison
import numpy as np
def g(x): return 0 < np.log(1 + np.exp(x)) < 1, (1 / (1 + np.exp(-x)) > 0.5) == (x > 0)
CASES = [0.5, -0.5]

# %% starred-and-keywords
import numpy as np
def h(*a, **k): return a, k
def g(x): return h(*[np.log(1 + np.exp(x))], **{"p": 1 / (1 + np.exp(-x))})
CASES = [0.5]

# %% precedence
import numpy as np
def g(x): return -np.log(1 + np.exp(x)) ** 2, 2 ** -(1 / (1 + np.exp(-x))), 1 - 1 / (1 + np.exp(-x)) * 3, -1 / (1 + np.exp(x)), not 1 / (1 + np.exp(-x))
CASES = [0.5]

# %% unary-and-power-of-differences
import numpy as np
def g(x): return (np.exp(x) - 1) ** 2, 2 ** (np.exp(x) - 1), -(np.exp(x) - 1), (np.exp(x) - 1) @ x, 1 / (np.exp(x) - 1)
CASES = [np.array([0.5, 1.0])]

# %% result-discarded
import numpy as np
def g(x):
    np.log(1 + np.exp(x))
    1 / (1 + np.exp(-x))
    return x
CASES = [np.array([0.5, 1.0])]

# %% stable-already
import numpy as np
def g(x):
    e = np.expm1(x)
    s = np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0)
    return e, s, np.log(e + 1), np.exp(np.log1p(x)) - 1
CASES = [np.array([0.5, 1.0])]

# %% log-of-1-minus-a-draw
import numpy as np
def g(n):
    rng = np.random.default_rng(0)
    return -np.log(1 - rng.random(n)), -np.log(1.0 - np.random.rand(n))
CASES = [3]

# %% log-of-a-count
import numpy as np
def g(a, b): return np.log(1 + len(a) + b), np.log(len(a) + 1), np.log(1 + a.size), np.log(a.shape[0] + 1)
CASES = [(np.array([1.0, 2.0]), 3)]

# %% axis-beside-a-float-of-its-value
import numpy as np
def h(x): return 2 / (1 + np.exp(x + 0.0)), 2 / (1 + np.exp(1.0 * x))
def g(x): return np.exp(np.log(np.sum(np.exp(x), axis=0))), np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True), h(x)
CASES = [np.array([[0.5, 1.0], [2.0, 0.0]])]

# %% integer-beside-a-float-of-its-value
import numpy as np
def h(x): return 2 / (1 + np.exp(x + 2.0)), 2 / (1 + np.exp(3.0 * x))
def g(n): return np.log(1 + np.exp(2 * n)), 1 / (1 + np.exp(-n ** 3)), np.log(1 + np.exp(n - 2))
CASES = [np.array([1, 2]), np.array([1.5, 2.0]), 2]

# %% power-of-math-e-of-a-float
import math
import numpy as np
def g(x): return math.e ** x - 1, math.log(1 + math.e ** x), 1 / (1 + math.e ** -x)
CASES = [0.5, np.float64(0.5), np.array([0.5, 1.0])[:1], 2]

# %% axis-of-the-same-sum-in-another-function
import numpy as np
ONE = 1.0
def never(x, y):
    t = np.exp(y)
    s = t.sum(axis=ONE)
    return np.exp(x) / s
def g(x, y):
    t = np.exp(y)
    s = t.sum(axis=1)
    return np.exp(x) / s
CASES = [(np.array([0.5, 1.0]), np.array([[1.0, 2.0], [3.0, 4.0]]))]

# %% sign-of-a-floor-division
import numpy as np
def g(x, b):
    return 1 / (1 + np.exp(-x // b)), 1 / (1 + np.exp(-x % b)), 1 / (1 + np.exp(-(x // b) * b))
CASES = [(np.array([3.0, -1.0, 7.0]), 2.0)]
EXTREMES = [(np.array([1600.0, -1601.0]), 2.0)]

# %% factor-before-a-matrix-product
import numpy as np
def g(A, b, k):
    return 1 - np.exp(-k) ** (A @ b), np.exp(A @ b) ** k / (1 + np.exp(A @ b) ** k), 1 / (1 + np.exp(-A @ b))
CASES = [(np.array([[1.0, 2.0], [0.5, 0.1]]), np.array([0.3, 0.2]), np.array([1.0, 2.0]))]

# %% factor-before-a-remainder
import numpy as np
def g(x, b, k):
    return 1 - np.exp(-k) ** (x % b), np.log(1 + np.exp(k) * np.exp(b) ** (x // b))
CASES = [(np.array([3.0, 1.0, 7.0]), 2.0, 0.3)]
