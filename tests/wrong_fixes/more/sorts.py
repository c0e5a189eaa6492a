# %% dataclass-replace
import numpy as np
from dataclasses import dataclass, replace
@dataclass
class P:
    w: object
    def probs(self):
        e = np.exp(self.w)
        return e / e.sum()
def g(x):
    p = P(x)
    q = replace(p, w=p.w * 2)
    return p.probs(), q.probs()
CASES = [(np.array([1.0, 2.0, 3.0]),)]
EXTREMES = [(np.array([1.0, 800.0]),)]

# %% frozen-dataclass-post-init
import numpy as np
from dataclasses import dataclass, field
@dataclass(frozen=True)
class P:
    w: object
    z: float = field(init=False)
    def __post_init__(self):
        object.__setattr__(self, "z", np.log(np.sum(np.exp(self.w))))
    def probs(self):
        return np.exp(self.w - self.z)
def g(x):
    return P(x).probs(), P(x).z
CASES = [(np.array([1.0, 2.0, 3.0]),)]
EXTREMES = [(np.array([1.0, 800.0]),)]

# %% lru-cache-key
import math
from functools import lru_cache
@lru_cache(maxsize=None)
def sig(t):
    return 1 / (1 + math.exp(-t))
def g(a, b):
    r = sig(a) - 1.0, sig(b)
    return r, sig.cache_info().misses
CASES = [(1.0, 2.0), (1, 1.0)]

# %% lru-cache-of-helper-with-complement
import math
from functools import lru_cache
@lru_cache(maxsize=None)
def sig(t):
    return 1 / (1 + math.exp(-t))
def g(a):
    return sig(a), 1 - sig(a)
CASES = [(1.0,), (-2.0,)]
EXTREMES = [(40.0,), (-800.0,)]

# %% singledispatch
import numpy as np
from functools import singledispatch
@singledispatch
def lse(x):
    return np.log(np.sum(np.exp(x)))
@lse.register(list)
def _(x):
    return [lse(np.asarray(v)) for v in x]
def g(x):
    return lse(x), lse([x, x])
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([1.0, 900.0]),)]

# %% partial-of-helper
import numpy as np
from functools import partial
def f(x, axis, shift):
    return np.log(np.sum(np.exp(x + shift), axis=axis))
h = partial(f, axis=-1, shift=1.0)
def g(x):
    return h(x)
CASES = [(np.array([[1.0, 2.0], [3.0, 4.0]]),)]
EXTREMES = [(np.array([[1.0, 900.0]]),)]

# %% generator-close-finally
import numpy as np
log = []
def steps(x):
    try:
        yield np.exp(x) / np.sum(np.exp(x))
    finally:
        log.append("closed")
def g(x):
    s = steps(x)
    r = next(s)
    s.close()
    return r, list(log)
CASES = [(np.array([1.0, 2.0, 3.0]),)]
EXTREMES = [(np.array([1.0, 900.0]),)]

# %% match-sequence-pattern
import numpy as np
def g(v):
    match v:
        case [a, b]:
            return np.log(np.exp(a) + np.exp(b))
        case [a, *rest]:
            return np.log(np.exp(a) + sum(np.exp(r) for r in rest))
        case {"x": x}:
            return np.log(1 + np.exp(x))
CASES = [([1.0, 2.0],), ([1.0, 2.0, 3.0],), ({"x": 1.0},)]
EXTREMES = [([1.0, 900.0],), ({"x": 900.0},)]

# %% star-expression-call
import numpy as np
def f(a, b):
    return np.log(np.exp(a) + np.exp(b))
def g(x):
    return f(*x), f(**{"a": x[0], "b": x[1]})
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([1.0, 900.0]),)]

# %% ufunc-where-out
import numpy as np
def g(x):
    out = np.full(3, -1.0)
    np.log(1 - np.exp(x), out=out, where=x < 0)
    return out
CASES = [(np.array([-1.0, 2.0, -3.0]),)]

# %% assign-into-int-array
import numpy as np
def g(x):
    out = np.zeros(3, dtype=int)
    out[:] = 1000 * np.log(1 + np.exp(x))
    return out
CASES = [(np.array([-1.0, 2.0, -3.0]),)]

# %% float16-sums
import numpy as np
def g(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
CASES = [(np.array([[-1.0, 2.0, -3.0]], dtype=np.float16),)]
EXTREMES = [(np.array([[1.0, 20.0]], dtype=np.float16),)]

# %% bool-plus-exp
import numpy as np
def g(m):
    return np.log(1 + np.exp(m))
CASES = [(np.array([True, False]),), (np.array([1, 2], dtype=np.int64),), (np.array([1, 2], dtype=np.uint16),)]

# %% zero-d
import numpy as np
def g(x):
    e = np.exp(x)
    return e / np.sum(e), np.log(1 + e)
CASES = [(np.array(1.0),), (np.float64(2.0),), (3.0,)]

# %% empty
import numpy as np
def g(x):
    return np.log(np.sum(np.exp(x)))
CASES = [(np.zeros(0),), (np.zeros((0, 3)),), (np.ones((2, 0)),)]

# %% empty-with-axis
import numpy as np
def g(x):
    return np.log(np.sum(np.exp(x), axis=0)), np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
CASES = [(np.zeros((0, 3)),), (np.ones((2, 0)),)]

# %% nan-rows
import numpy as np
def g(x):
    return np.log(np.sum(np.exp(x), axis=1))
CASES = [(np.array([[np.nan, 1.0], [1.0, 2.0], [-np.inf, 0.0]]),), (np.array([[np.inf, 1.0], [-np.inf, -np.inf]]),)]

# %% inf-in-softmax
import numpy as np
def g(x):
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)
CASES = [(np.array([[np.nan, 1.0], [1.0, 2.0], [-np.inf, 0.0]]),), (np.array([[-np.inf, -np.inf], [0.0, 1.0]]),)]

# %% inf-in-sigmoid-and-softplus
import numpy as np
def g(x):
    return 1 / (1 + np.exp(-x)), np.log(1 + np.exp(x)), np.log(1 - np.exp(-abs(x)))
CASES = [(np.array([np.inf, -np.inf, np.nan, 0.0, -0.0]),)]

# %% negative-zero-division
import numpy as np
def g(x):
    with np.errstate(all="ignore"):
        return 1 / (np.exp(x) - 1), np.copysign(1.0, np.log(1 + x))
CASES = [(np.array([0.0, 1.0]),)]

# %% copysign-of-expm1
import math
def g(x):
    return math.copysign(2.0, math.exp(x) - 1)
CASES = [(0.0,), (1.0,), (-1.0,), (1e-20,)]

# %% tanh-zero-sign
import numpy as np
def g(x):
    t = (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)
    return np.signbit(t), t
CASES = [(np.array([0.0, 1.0, -1.0]),)]

# %% isnan-replace
import numpy as np
def g(x):
    p = np.exp(x) / np.sum(np.exp(x))
    p[np.isnan(p)] = 1.0
    return p
CASES = [(np.array([1.0, 2.0]),)]

# %% nan-to-num-afterwards
import numpy as np
def g(x):
    return np.nan_to_num(np.log(1 + np.exp(x)), posinf=99.0)
CASES = [(np.array([1.0, 2.0]),), (np.array([1.0, 1000.0]),)]

# %% clip-of-inf
import numpy as np
def g(x):
    return np.minimum(np.log(1 + np.exp(x)), 50.0)
CASES = [(np.array([1.0, 2.0, 30.0]),)]
EXTREMES = [(np.array([1.0, 1000.0]),)]

# %% xarray-attrs-and-name
import numpy as np
import xarray as xr
def g(x):
    p = 1 / (1 + np.exp(-x))
    p.attrs["k"] = 1
    return p
CASES = [(xr.DataArray([1.0, 2.0], dims="t", name="n", attrs={"u": "m"}),)]

# %% xarray-dataset-apply
import numpy as np
import xarray as xr
def g(x):
    ds = xr.Dataset({"a": ("t", x)})
    ds["b"] = np.log(1 + np.exp(ds["a"]))
    ds["c"] = np.log(1 - np.exp(-abs(ds.a)))
    return ds
CASES = [(np.array([1.0, 2.0]),)]

# %% xarray-broadcast-by-name
import numpy as np
import xarray as xr
def g(a, b):
    return np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b))
CASES = [(xr.DataArray([1.0, 2.0], dims="t"), xr.DataArray([1.0, 2.0, 3.0], dims="s"))]

# %% xarray-misaligned
import numpy as np
import xarray as xr
def g(a, b):
    return np.log(np.exp(a) + np.exp(b)), np.exp(a) - np.exp(b)
CASES = [(xr.DataArray([1.0, 2.0], dims="t", coords={"t": [0, 1]}), xr.DataArray([1.0, 2.0], dims="t", coords={"t": [1, 2]}))]

# %% frame-assign-method
import numpy as np
import pandas as pd
def g(x):
    df = pd.DataFrame({"x": x})
    return df.assign(p=lambda d: 1 / (1 + np.exp(-d.x)), q=lambda d: 1 - d.p)
CASES = [(np.array([1.0, 2.0]),)]

# %% groupby-transform
import numpy as np
import pandas as pd
def g(x):
    df = pd.DataFrame({"k": [0, 0, 1], "x": x})
    return df.groupby("k")["x"].transform(lambda s: np.exp(s) / np.exp(s).sum())
CASES = [(np.array([1.0, 2.0, 3.0]),)]

# %% series-map
import math
import pandas as pd
def g(x):
    return pd.Series(x).map(lambda v: math.log(1 + math.exp(v))), pd.Series(x).apply(lambda v: 1 / (1 + math.exp(-v)))
CASES = [([1.0, 2.0],), ([1, 2],)]

# %% categorical-index-series
import numpy as np
import pandas as pd
def g(s):
    e = np.exp(s)
    return e / e.sum()
CASES = [(pd.Series([1.0, 2.0], index=pd.CategoricalIndex(["a", "b"]), name="v"),), (pd.Series([1.0, None], dtype="Float64"),)]

# %% series-with-object-dtype
import numpy as np
import pandas as pd
def g(s):
    return 1 / (1 + np.exp(-s.astype(float)))
CASES = [(pd.Series([1.0, 2.0], dtype=object),)]

# %% frame-where
import numpy as np
import pandas as pd
def g(d):
    return np.log(1 + np.exp(d)).where(d > 0)
CASES = [(pd.DataFrame({"a": [1.0, -2.0], "b": [0.5, 0.1]}),)]

# %% frame-in-softmax-of-axis-1
import numpy as np
import pandas as pd
def g(d):
    e = np.exp(d)
    return e.div(e.sum(axis=1), axis=0)
CASES = [(pd.DataFrame({"a": [1.0, -2.0], "b": [0.5, 0.1]}),)]

# %% frame-values-softmax
import numpy as np
import pandas as pd
def g(d):
    v = d[["a", "b"]].values
    e = np.exp(v)
    return e / e.sum(axis=1)[:, None]
CASES = [(pd.DataFrame({"a": [1.0, -2.0], "b": [0.5, 0.1]}),)]
EXTREMES = [(pd.DataFrame({"a": [1.0, -2.0], "b": [900, 0.1]}),)]

# %% frame-to-numpy-int
import numpy as np
import pandas as pd
def g(d):
    v = d["a"].to_numpy()
    return np.log(1 + v), np.log(1 + np.exp(v))
CASES = [(pd.DataFrame({"a": [1, 2]}),), (pd.DataFrame({"a": np.array([1, 2], dtype=np.int8)}),)]

# %% timedelta-arithmetic
import numpy as np
import pandas as pd
def g(dt):
    hours = dt / np.timedelta64(1, "h")
    return 1 - np.exp(-hours)
CASES = [(pd.Series(pd.to_timedelta([1, 2], "h")),), (np.array([1, 2], dtype="timedelta64[h]"),)]

# %% masked-array-softmax
import numpy as np
def g(x):
    m = np.ma.masked_invalid(x)
    e = np.exp(m)
    return e / e.sum()
CASES = [(np.array([1.0, np.nan, 2.0]),)]

# %% masked-array-by-caller
import numpy as np
def soft(x):
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
def g(x):
    return soft(np.ma.masked_greater(x, 2.5)), np.log(1 + np.exp(np.ma.masked_less(x, 0)))
CASES = [(np.array([[1.0, 3.0, 2.0]]),)]

# %% masked-log1p
import numpy as np
def f(x):
    return np.log(1 + x)
def g(x):
    return f(np.ma.array(x, mask=[0, 1, 0]))
CASES = [(np.array([1.0, -3.0, 2.0]),)]

# %% subclass-with-finalize
import numpy as np
class Tagged(np.ndarray):
    def __new__(cls, a, tag=None):
        o = np.asarray(a).view(cls); o.tag = tag; return o
    def __array_finalize__(self, o):
        self.tag = getattr(o, "tag", None)
def f(x):
    return np.log(1 + np.exp(x)), np.exp(x) / np.sum(np.exp(x))
def g(x):
    a, b = f(Tagged(x, "t"))
    return a.tag, b.tag, type(a).__name__, np.asarray(b)
CASES = [(np.array([1.0, -3.0, 2.0]),)]

# %% subclass-with-array-ufunc
import numpy as np
class Logged(np.ndarray):
    calls = []
    def __array_ufunc__(self, ufunc, method, *inputs, **kw):
        Logged.calls.append(ufunc.__name__)
        inputs = [np.asarray(i) if isinstance(i, Logged) else i for i in inputs]
        return getattr(ufunc, method)(*inputs, **kw)
def f(x):
    return np.log(1 + np.exp(x))
def g(x):
    Logged.calls.clear()
    r = f(x.view(Logged))
    return r, list(Logged.calls)
CASES = [(np.array([1.0, -3.0, 2.0]),)]

# %% subclass-with-own-arithmetic
import numpy as np
class LogNum:
    def __init__(self, v): self.v = v
    def __neg__(self): return LogNum(-self.v)
    def exp(self): return LogNum(np.exp(self.v))
    def __radd__(self, o): return LogNum(o + self.v)
    def __rtruediv__(self, o): return LogNum(o / self.v)
def f(x):
    return 1 / (1 + np.exp(-x))
def g(x):
    return f(np.array([LogNum(v) for v in x], dtype=object))[0].v
CASES = [([1.0, 2.0],)]

# %% structured-array-field
import numpy as np
def g(x):
    r = np.zeros(3, dtype=[("w", "f4"), ("p", "f4")])
    r["w"] = x
    e = np.exp(r["w"])
    r["p"] = e / e.sum()
    return r["p"], r["w"]
CASES = [(np.array([1.0, -3.0, 2.0]),)]
EXTREMES = [(np.array([1.0, 300.0]),)]

# %% array-module-array
import array, math
def g(x):
    a = array.array("f", x)
    a[0] = math.log(1 + math.exp(a[1]))
    return list(a)
CASES = [([1.0, 2.0],)]

# %% dask-softmax
import numpy as np
import dask.array as da
def g(x):
    d = da.from_array(x, chunks=2)
    e = np.exp(d)
    return e / e.sum(axis=-1, keepdims=True)
CASES = [(np.array([[1.0, -3.0, 2.0]]),)]

# %% dask-da-functions
import dask.array as da
def g(x):
    d = da.from_array(x, chunks=2)
    return da.log(1 + da.exp(d)), da.log(da.exp(d).sum())
import numpy as np
CASES = [(np.array([[1.0, -3.0, 2.0]]),)]
EXTREMES = [(np.array([[1.0, 900.0]]),)]

# %% dask-map-blocks
import numpy as np
import dask.array as da
def block(b):
    return np.exp(b) / np.sum(np.exp(b), axis=-1, keepdims=True)
def g(x):
    return da.from_array(x, chunks=(1, 3)).map_blocks(block).compute()
CASES = [(np.array([[1.0, -3.0, 2.0]]),)]
EXTREMES = [(np.array([[1.0, 900.0, 2.0]]),)]

# %% polars-map-batches
import numpy as np
import polars as pl
def g(x):
    s = pl.Series("a", x)
    return np.log(1 + np.exp(s)), 1 / (1 + np.exp(-s))
CASES = [([1.0, 2.0],)]

# %% polars-expr-np
import numpy as np
import polars as pl
def g(x):
    df = pl.DataFrame({"a": x})
    return df.select(np.log(1 + np.exp(pl.col("a"))))
CASES = [([1.0, 2.0],)]

# %% astropy-quantity-dimensionless-scaled
import numpy as np
import astropy.units as u
def f(x):
    return 1 / (1 + np.exp(-x)), np.log(1 + np.exp(x)), 1 - np.exp(-x)
def g(x):
    return f(x * u.m / u.km)
CASES = [(np.array([1.0, 2000.0]),), (5.0,)]

# %% astropy-planck
import numpy as np
import astropy.units as u
from astropy.constants import h, c, k_B
def g(nu, t):
    nu, t = nu * u.Hz, t * u.K
    x = h * nu / (k_B * t)
    return (2 * h * nu**3 / c**2 / (np.exp(x) - 1)).to(u.W / u.m**2 / u.Hz)
CASES = [(np.array([1e12, 1e13]), 300.0)]

# %% astropy-magnitude
import numpy as np
import astropy.units as u
def g(tau):
    t = tau * u.dimensionless_unscaled
    return 1 - np.exp(-t), np.log(1 + t)
CASES = [(np.array([1.0, 0.5]),)]

# %% pint-ratio
import numpy as np
import pint
U = pint.UnitRegistry()
def f(x):
    return 1 - np.exp(-x), np.log(1 + x), 1 / (1 + np.exp(-x))
def g(x):
    return f(x * U.meter / U.kilometer)
CASES = [(np.array([1.0, 2000.0]),)]

# %% complex-inputs
import numpy as np
def g(z):
    return np.exp(z) - 1, np.log(1 + z), (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), 1 / (1 + np.exp(-z))
CASES = [(np.array([1 + 2j, 0.5 - 1j, 3j]),), (1 + 1j,)]

# %% complex-log-branch
import numpy as np
def g(a, b):
    return np.log(np.exp(a) + np.exp(b))
CASES = [(np.array([1 + 3j]), np.array([2 - 3j])), (np.array([1 + 10j]), np.array([2.0]))]

# %% numpy-poly
import numpy as np
def g(x):
    p = np.poly1d([1.0, 2.0])
    return np.log(1 + np.exp(p(x))), np.exp(p(x)) - 1
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([1.0, 800.0]),)]

# %% string-dtype-conversion
import numpy as np
def g(x):
    v = np.array(x).astype(float)
    return np.log(1 + np.exp(v)), 1 / (1 + np.exp(-v))
CASES = [(["1.0", "2"],)]

# %% bytes-to-floats
import numpy as np
def g(b):
    v = np.frombuffer(b, dtype=np.uint8)
    return np.log(1.0 + v), np.log(1 + v)
CASES = [(b"\x01\x02",)]

# %% tfidf
import numpy as np
def g(n, df):
    return np.log((1 + n) / (1 + df)) + 1, np.log(1 + n / df)
CASES = [(10, np.array([1, 2])), (10, np.array([1, 2], dtype=np.int8))]

# %% entropy-of-bool-mean
import numpy as np
def g(b):
    p = b.mean()
    return -p * np.log(p) - (1 - p) * np.log(1 - p)
CASES = [(np.array([True, False, True]),)]

# %% float-of-decimal
from decimal import Decimal
import math
def g(x):
    return math.log(1 + x), math.exp(x) - 1
CASES = [(Decimal("0.5"),), (1,), (True,)]

# %% fractions
from fractions import Fraction
import math
def g(x):
    return 1 / (1 + math.exp(-x)), math.log(1 + x), 1 - math.exp(-x)
CASES = [(Fraction(1, 2),)]

# %% int-huge-difference
import math
def g(n, m):
    return math.log(n + 1) - math.log(m + 1)
CASES = [(10**5, 10), (0.5, 2)]

# %% sum-then-minus-in-caller
import numpy as np
def soft(x):
    e = np.exp(x)
    return e / e.sum()
def g(x):
    return 1 - soft(x), 1 - soft(x).sum()
CASES = [(np.array([1.0, 2.0]),)]

# %% caller-log-of-helper
import math
def s(x):
    return 1 / (1 + math.exp(-x))
def g(x):
    return math.log(s(x)), math.log(1 - s(x))
CASES = [(1.0,), (5.0,)]
EXTREMES = [(40.0,), (-800.0,)]

# %% caller-log-of-method
import math
class S:
    def s(self, x):
        return 1 / (1 + math.exp(-x))
    def ll(self, x, y):
        p = self.s(x)
        return y * math.log(p) + (1 - y) * math.log(1 - p)
def g(x, y):
    return S().ll(x, y)
CASES = [(1.0, 1.0), (5.0, 0.0)]
EXTREMES = [(40.0, 0.5)]

# %% where-complement
import numpy as np
def g(x, y):
    p = 1 / (1 + np.exp(-x))
    return np.where(y == 1, p, 1 - p)
CASES = [(np.array([1.0, 2.0]), np.array([1, 0]))]
EXTREMES = [(np.array([40.0, 50.0]), np.array([1, 0]))]

# %% stack-of-p-and-complement
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    return np.column_stack([1 - p, p])
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([40.0, 50.0]),)]

# %% in-place-complement
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    out = np.empty((2, len(x)))
    out[1] = p
    out[0] = 1 - p
    return out
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([40.0, 50.0]),)]

# %% complement-of-complement
import numpy as np
def g(x):
    q = 1 - 1 / (1 + np.exp(-x))
    return 1 - q, q
CASES = [(np.array([1.0, 2.0]),)]
EXTREMES = [(np.array([40.0, -50.0]),)]

# %% entropy-of-softmax
import numpy as np
def g(x):
    e = np.exp(x)
    p = e / e.sum()
    return -np.sum(p * np.log(p))
CASES = [(np.array([1.0, 2.0, 3.0]),)]
EXTREMES = [(np.array([40.0, 2.0, 3.0]),)]

# %% kl-of-softmaxes
import numpy as np
def soft(x):
    e = np.exp(x)
    return e / e.sum()
def g(x, y):
    p, q = soft(x), soft(y)
    return np.sum(p * np.log(p / q))
CASES = [(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 1.0]))]

# %% annuity-rate
import math
def g(r, n):
    return (math.exp(r) - 1) / (1 - math.exp(-r * n)), (math.exp(r * n) - 1) / (math.exp(r) - 1)
CASES = [(0.05, 10)]
EXTREMES = [(1e-12, 10)]

# %% negative-weights
import numpy as np
def g(x, w):
    return np.sum(w * np.exp(x)) / np.sum(np.exp(x)), np.log(np.dot(w, np.exp(x)))
CASES = [(np.array([1.0, 2.0]), np.array([0.5, 0.7])), (np.array([1.0, 2.0]), np.array([3.0, -0.1]))]

# %% zwanzig
import numpy as np
def g(dU, beta):
    return -np.log(np.mean(np.exp(-beta * dU))) / beta
CASES = [(np.array([1.0, 2.0]), 1.7)]
EXTREMES = [(np.array([-800.0, 2.0]), 1.7)]

# %% glauber
import math, random
def g(dE, T):
    random.seed(1)
    return random.random() < 1 / (1 + math.exp(dE / T))
CASES = [(1.0, 2.0), (-1.0, 1.0)]
EXTREMES = [(2000.0, 1.0)]

# %% comment-between-lines
import numpy as np
def g(x):
    e = np.exp(x)  # may overflow
    # normalise
    return e / e.sum()  # rows
CASES = [(np.array([1.0, 2.0]),)]

# %% backslash-lines
import numpy as np
def g(x):
    e = np.exp(x)
    r = e / \
        e.sum()
    return r
CASES = [(np.array([1.0, 2.0]),)]

# %% one-line-if
import numpy as np
def g(x):
    if x is None: return 0
    return np.log(1 + np.exp(x)) if len(x) else x
CASES = [(np.array([1.0, 2.0]),), (None,)]

# %% one-line-def
import numpy as np
def g(x): e = np.exp(x); return e / e.sum()
CASES = [(np.array([1.0, 2.0]),)]

# %% string-with-code
import numpy as np
def g(x):
    """e = np.exp(x); e / e.sum()"""
    s = "np.log(1 + np.exp(x))"
    return np.log(1 + np.exp(x)), s, g.__doc__
CASES = [(np.array([1.0, 2.0]),)]

# %% fstring-value
import numpy as np
def g(x):
    return f"{np.log(1 + np.exp(x)):.3f} {1 / (1 + np.exp(-x)):.2e}"
CASES = [(1.0,)]

# %% nested-fstring
import math
def g(x):
    return f"{'a' if x else 'b'}{math.log(1 + math.exp(x)):{'.3f'}}"
CASES = [(1.0,)]

# %% decorator-arguments
import numpy as np
def deco(v):
    return lambda f: (lambda x: f(x) + v)
@deco(np.log(1 + np.exp(2.0)))
def g(x):
    return np.log(1 + np.exp(x))
CASES = [(1.0,)]

# %% global-level-formula
import numpy as np
x = np.array([1.0, 2.0])
e = np.exp(x)
p = e / e.sum()
def g():
    return p, e
CASES = [()]

# %% global-e-read-by-import
import numpy as np
x = np.array([1.0, 2.0])
_e = np.exp(x)
p = _e / _e.sum()
def g():
    return globals()["_e"]
CASES = [()]

# %% del-after-use
import numpy as np
def g(x):
    e = np.exp(x)
    s = e.sum()
    r = e / s
    del e, s
    return r
CASES = [(np.array([1.0, 2.0]),)]

# %% del-one
import numpy as np
def g(x):
    e = np.exp(x)
    r = e / e.sum()
    del e
    return r
CASES = [(np.array([1.0, 2.0]),)]

# %% nonlocal-e
import numpy as np
def g(x):
    e = None
    def f():
        nonlocal e
        e = np.exp(x)
        return e / e.sum()
    return f(), e
CASES = [(np.array([1.0, 2.0]),)]

# %% type-comment-annotation
import numpy as np
def g(x):
    e: np.ndarray = np.exp(x)
    s: float = e.sum()
    return e / s
CASES = [(np.array([1.0, 2.0]),)]

# %% tuple-assign
import numpy as np
def g(x):
    e, n = np.exp(x), len(x)
    s, m = e.sum(), n
    return e / s, m
CASES = [(np.array([1.0, 2.0]),)]

# %% try-finally-restore
import numpy as np
def g(x):
    old = np.seterr(all="ignore")
    try:
        e = np.exp(x)
        return e / e.sum()
    finally:
        np.seterr(**old)
CASES = [(np.array([1.0, 2.0]),)]

# %% assert-not-inf
import numpy as np
def g(x):
    s = np.log(np.sum(np.exp(x)))
    assert np.isfinite(s)
    return s
CASES = [(np.array([1.0, 2.0]),)]

# %% chained-compare
import math
def g(x):
    return 0 < math.log(1 + math.exp(x)) < 10, 0.2 < 1 / (1 + math.exp(-x)) <= 0.9
CASES = [(1.0,), (20.0,)]

# %% lambda-key-sort
import math
def g(xs):
    return sorted(xs, key=lambda v: 1 / (1 + math.exp(-v))), max(xs, key=lambda v: math.log(1 + math.exp(v)))
CASES = [([1.0, -3.0, 2.0],)]

# %% dict-key-of-rounded
import math
def g(xs):
    return {round(1 / (1 + math.exp(-v)), 3): v for v in xs}
CASES = [([1.0, -3.0, 2.0],)]

# %% int-of-exp
import math
def g(x):
    return int(100 * (1 - math.exp(-x))), int(10 * math.log(1 + x)), round(1 / (1 + math.exp(-x)), 2)
CASES = [(1.0,), (0.5,)]

# %% geometric-variate
import math, random
def g(p):
    random.seed(3)
    return int(math.log(1 - random.random()) / math.log(1 - p)) + 1
CASES = [(0.3,), (0.01,)]

# %% exponential-variate
import math, random
def g(lam):
    random.seed(3)
    return -math.log(1.0 - random.random()) / lam, -math.log(1 - random.uniform(0, 1)) / lam
CASES = [(0.3,), (2.0,)]

# %% numpy-inverse-transform
import numpy as np
def g(k):
    rng = np.random.default_rng(0)
    u = rng.random(3)
    return (-np.log(1 - u)) ** (1 / k), -np.log(1 - rng.uniform(size=2))
CASES = [(2.0,)]

# %% math-star-then-numpy
from math import *
import numpy as np
def g(x):
    return log(1 + exp(x)), np.log(1 + np.exp(x))
CASES = [(0.5,)]
EXTREMES = [(800.0,)]

# %% import-in-function
def g(x):
    import numpy as np
    return np.log(1 + np.exp(x))
import numpy
CASES = [(numpy.array([0.5]),)]

# %% import-in-try
try:
    import numpy as np
except ImportError:
    np = None
def g(x):
    return np.log(1 + np.exp(x)), 1 - np.exp(-x)
CASES = [(1.0,)]

# %% vectorize-scalar
import math
import numpy as np
@np.vectorize
def sig(v):
    return 1 / (1 + math.exp(-v))
def g(x):
    return sig(x)
CASES = [(np.array([0.5, 1.0]),), (np.array([1, 2]),)]

# %% frompyfunc
import math
import numpy as np
f = np.frompyfunc(lambda v: math.log(1 + math.exp(v)), 1, 1)
def g(x):
    return f(x)
CASES = [(np.array([0.5, 1.0]),)]

# %% reduce-logaddexp
import math
from functools import reduce
def g(xs):
    return reduce(lambda a, b: math.log(math.exp(a) + math.exp(b)), xs)
CASES = [([0.5, 1.0, 2.0],), ([1],)]
EXTREMES = [([800.0, 1.0],)]

# %% accumulate
import math
from itertools import accumulate
def g(xs):
    return list(accumulate(xs, lambda a, b: math.log(math.exp(a) + math.exp(b))))
CASES = [([0.5, 1.0, 2.0],)]
EXTREMES = [([800.0, 1.0],)]

# %% recursion
import math
def g(x, n=3):
    return x if n == 0 else g(math.log(1 + math.exp(x)), n - 1)
CASES = [(1.0,)]
EXTREMES = [(800.0,)]

# %% zip-and-enumerate
import math
def g(a, b):
    return [math.log(math.exp(u) + math.exp(v)) * i for i, (u, v) in enumerate(zip(a, b))]
CASES = [([0.5, 1.0], [2.0, 3.0])]
EXTREMES = [([0.5, 800.0], [2.0, 3.0])]
