# %% complex-softplus
import numpy as np
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) - 1, np.log(1 + x)
CASES = [np.array([0.5 + 0.25j, 1.0]), 0.5 + 0.25j, np.complex64(0.5 + 1j), np.array([0.5, 1.0])]

# %% complex-step-derivative
import numpy as np
def loss(w): return np.sum(np.log(1 + np.exp(-w)))
def g(w):
    h = 1e-20
    return np.array([loss(w + 1j * h * np.eye(len(w))[k]).imag / h for k in range(len(w))])
CASES = [np.array([0.5, 1.0])]

# %% complex-step-with-a-fallback
import numpy as np
def lse(w): return np.log(np.sum(np.exp(w)))
def g(w):
    try:
        return lse(w + 1e-20j * np.eye(2)[0]).imag / 1e-20
    except TypeError:
        return (lse(w + 1e-6 * np.eye(2)[0]) - lse(w)) / 1e-6
CASES = [np.array([0.5, 1.0])]

# %% complex-softmax
import numpy as np
def g(x):
    e = np.exp(x)
    return e / e.sum(), np.log(e.sum()), np.log(np.exp(x) + np.exp(-x))
CASES = [np.array([0.5 + 0.25j, 1.0]), np.array([0.5, 1.0])]

# %% complex-in-torch
import torch
def g(x): return torch.log(1 + torch.exp(x)), 1 / (1 + torch.exp(-x)), torch.exp(x) - 1
CASES = [torch.tensor([0.5 + 0.25j, 1.0]), torch.tensor([0.5, 1.0])]

# %% complex-in-jax
import jax.numpy as jnp
def g(x): return jnp.log(1 + jnp.exp(x)), 1 / (1 + jnp.exp(-x)), jnp.exp(x) / jnp.exp(x).sum()
CASES = [jnp.array([0.5 + 0.25j, 1.0])]

# %% bool-mask
import numpy as np
def g(m): return np.log(1.0 + m), np.exp(m) - 1, 1 / (1 + np.exp(m))
CASES = [np.array([True, False])]

# %% bool-mask-exp
import numpy as np
def g(m): return np.exp(1.0 * m) - 1.0, np.log(1.0 + np.exp(m))
CASES = [np.array([True, False])]

# %% small-integers
import numpy as np
def g(n): return np.log(1.0 + n), np.exp(n) - 1.0, 1.0 / (1.0 + np.exp(n)), np.log(np.exp(n).sum()), np.exp(n) / np.exp(n).sum()
CASES = [np.array([1, 3], dtype=d) for d in ("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8")]

# %% unsigned-negation
import numpy as np
def g(n): return 1.0 / (1.0 + np.exp(-1.0 * n)), 1 / (1 + np.exp(2.0 - n)), np.log(1 + np.exp(n - 3.0))
CASES = [np.array([1, 5], dtype=d) for d in ("u1", "u4", "u8", "i1")]

# %% unsigned-difference
import numpy as np
def g(a, b): return np.exp(a) / (np.exp(a) + np.exp(b)), np.log(np.exp(a) + np.exp(b)), np.log(1 + np.exp(a) / np.exp(b))
CASES = [(np.array([1, 5], dtype=d), np.array([3, 2], dtype=d)) for d in ("u1", "u4", "u8", "i1", "i4")]

# %% int8-that-overflows-when-doubled
import numpy as np
def g(a): return np.exp(1.0 * a) / (np.exp(1.0 * a) + np.exp(-1.0 * a)), np.log(np.exp(0.5 * a) + np.exp(-0.5 * a))
CASES = [np.array([100, -128, 3], dtype="i1"), np.array([1.0, 2.0])]

# %% float32-with-a-float64-constant
import numpy as np
K = np.float64(1.5)
def g(x): return np.log(1 + np.exp(K * x)), np.log(K + np.exp(x)), 1 / (1 + np.exp(-x / K))
CASES = [np.array([0.5, 1.0], dtype=np.float32), np.float32(0.5), np.array([0.5, 1.0], dtype=np.float16)]

# %% float32-with-a-constant-array
import numpy as np
ONE = np.ones(2)
def g(x): return np.log(ONE + np.exp(x)), np.log(ONE + x), ONE / (ONE + np.exp(-x))
CASES = [np.array([0.5, 1.0], dtype=np.float32)]

# %% float16-rows
import numpy as np
def g(x):
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True), np.log(e.sum(axis=1)), np.log(1 + e)
CASES = [np.array([[0.5, 1.0], [2.0, -1.0]], dtype=np.float16), np.array([[0.5, 1.0], [2.0, -1.0]], dtype=np.float32)]

# %% longdouble
import numpy as np
def g(x): return np.log(1 + np.exp(x)), np.log(np.exp(x).sum()), np.exp(x) / np.exp(x).sum(), np.exp(x) - 1
CASES = [np.array([0.5, 1.0], dtype=np.longdouble)]

# %% sum-in-another-dtype
import numpy as np
def g(x): return np.exp(x) / np.exp(x).sum(dtype=np.float64), np.log(np.sum(np.exp(x), dtype="f8"))
CASES = [np.array([0.5, 1.0], dtype=np.float32)]

# %% exp-in-another-dtype
import numpy as np
def g(x): return np.log(1 + np.exp(x, dtype=np.float32)), np.log(1 + np.exp(x).astype("f4"))
CASES = [np.array([0.5, 1.0])]

# %% where-keyword
import numpy as np
def g(x, m): return np.log(np.sum(np.exp(x), where=m)), np.sum(np.exp(x), initial=1.0), np.log(np.sum(np.exp(x), initial=1.0))
CASES = [(np.array([0.5, 1.0]), np.array([True, False]))]

# %% scalar-kinds
import numpy as np
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) - 1, np.log(1 + x), np.log(np.sum(np.exp(x)))
CASES = [1.5, 2, True, np.float32(1.5), np.float16(1.5), np.int64(2), np.uint8(2), np.bool_(True), np.array(1.5), np.array(1.5, dtype="f4"), np.array(2), 10**30]

# %% math-of-scalars
import math
import numpy as np
from fractions import Fraction
def g(x): return math.log(1 + math.exp(x)), 1 / (1 + math.exp(-x)), math.exp(x) - 1, math.log(1 + x), math.log(math.exp(x) + math.exp(2 * x))
CASES = [1.5, 2, True, np.float32(1.5), np.float16(1.5), np.int64(2), np.bool_(True), np.array(1.5), Fraction(1, 2), np.array([1.5])]

# %% math-of-small-integers
import math
import numpy as np
def g(a, b): return math.log(math.exp(a) + math.exp(b)), math.exp(a) / (math.exp(a) + math.exp(b)), math.log(1 + math.exp(a - b))
CASES = [(np.uint8(3), np.uint8(200)), (np.int8(100), np.int8(-100)), (3, 200.0)]

# %% math-of-tensors
import math
import torch
def g(x): return 1 / (1 + math.exp(-x)), math.log(1 + x), math.exp(x) - 1, math.log(math.exp(x) + math.exp(1))
CASES = [torch.tensor(1.5), torch.tensor([1.5]), torch.tensor(2)]

# %% math-of-decimals
import math
from decimal import Decimal
def g(x): return 1 / (1 + math.exp(-x)), math.log(math.exp(x) + math.exp(2 * x)), math.exp(x) / (math.exp(x) + 1)
CASES = [Decimal("0.5")]

# %% math-of-a-series-element
import math
import pandas as pd
def g(s): return [math.log(1 + math.exp(v)) for v in s], math.exp(s.iloc[0]) - 1
CASES = [pd.Series([1, 2], dtype="int8"), pd.Series([1.0, 2.0]), pd.Series([1, 2], dtype="Int64")]

# %% math-of-an-index-object
import math
class I:
    def __index__(self): return 2
class F:
    def __float__(self): return 1.5
def g(x): return math.log(1 + math.exp(x))
CASES = [I(), F(), 1.5]

# %% fraction-arithmetic
import math
from fractions import Fraction
def g(x): return math.exp(x) - 1, math.log(1 + x), math.log(1 - math.exp(-x))
CASES = [Fraction(1, 3)]

# %% numpy-of-fractions
import numpy as np
from fractions import Fraction
def g(x): return np.log(1 + x), 1 + x
CASES = [Fraction(1, 3), 0.5]

# %% object-arrays
import numpy as np
class D:
    def __init__(self, v): self.v = v
    def exp(self): return D(np.exp(self.v))
    def log(self): return D(np.log(self.v))
    def __add__(self, o): return D(self.v + getattr(o, "v", o))
    __radd__ = __add__
    def __truediv__(self, o): return D(self.v / getattr(o, "v", o))
    def __rtruediv__(self, o): return D(o / self.v)
    def __neg__(self): return D(-self.v)
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) / np.sum(np.exp(x))
CASES = [np.array([D(0.5), D(1.0)], dtype=object)]

# %% dual-numbers
import numpy as np
class Dual(np.lib.mixins.NDArrayOperatorsMixin):
    def __init__(self, v, d): self.v, self.d = v, d
    def __array_ufunc__(self, uf, method, *args, **kw):
        a = [x if isinstance(x, Dual) else Dual(x, 0.0) for x in args]
        if uf is np.exp: return Dual(np.exp(a[0].v), np.exp(a[0].v) * a[0].d)
        if uf is np.log: return Dual(np.log(a[0].v), a[0].d / a[0].v)
        if uf is np.add: return Dual(a[0].v + a[1].v, a[0].d + a[1].d)
        if uf is np.negative: return Dual(-a[0].v, -a[0].d)
        if uf is np.true_divide: return Dual(a[0].v / a[1].v, (a[0].d * a[1].v - a[0].v * a[1].d) / a[1].v ** 2)
        return NotImplemented
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))
CASES = [Dual(0.5, 1.0)]

# %% array-function-class
import numpy as np
class A:
    def __init__(self, v): self.v = np.asarray(v)
    def __array__(self, dtype=None, copy=None): return self.v
    def __neg__(self): return A(-self.v)
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) / np.exp(x).sum()
CASES = [A([0.5, 1.0])]

# %% list-input
import numpy as np
def g(x): return np.exp(x) / np.sum(np.exp(x)), np.log(np.sum(np.exp(x))), np.log(1 + np.exp(x)), np.exp(x) - 1, np.log(np.exp(x).mean())
CASES = [[0.5, 1.0], (0.5, 1.0), [[0.5, 1.0], [0.0, 2.0]], [1, 2], range(3)]

# %% list-concatenation
import numpy as np
def g(a, b): return np.log(np.sum(np.exp(a + b))), np.exp(a * 2) / np.sum(np.exp(a * 2))
CASES = [([0.5, 1.0], [2.0]), (np.array([0.5, 1.0]), np.array([2.0]))]

# %% list-difference-hidden
import numpy as np
def g(a, b): return np.log(np.exp(a) - np.exp(b)), np.exp(a) / np.exp(b), np.log(np.exp(a) / np.exp(b))
CASES = [([2.0, 3.0], [0.5, 1.0]), ([2.0, 3.0], 0.5), (2.0, [0.5, 1.0])]

# %% matrix
import warnings
warnings.simplefilter("ignore")
import numpy as np
def g(x): return np.exp(x) / np.exp(x).sum(axis=1), np.log(np.exp(x).sum(axis=0)), np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))
CASES = [np.matrix([[0.5, 1.0], [2.0, 0.0]])]

# %% masked-array
import numpy as np
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) / np.exp(x).sum(), np.log(np.exp(x).sum()), np.exp(x) - 1, np.log(1 + x)
CASES = [np.ma.array([0.5, 1.0, 2.0], mask=[0, 1, 0]), np.ma.array([0.5, 1.0], fill_value=-9.0), np.ma.array([0.5, 1.0], mask=[1, 1])]

# %% masked-rows
import numpy as np
def g(x):
    e = np.ma.exp(x)
    return e / e.sum(axis=1, keepdims=True), np.ma.log(e.sum(axis=1)), np.log(np.exp(x).sum(axis=1))
CASES = [np.ma.array([[0.5, 1.0], [2.0, 3.0]], mask=[[0, 1], [0, 0]])]

# %% recarray
import numpy as np
def g(r): return np.log(1 + np.exp(r.a)), np.exp(r["a"]) / np.exp(r["a"]).sum()
CASES = [np.array([(0.5,), (1.0,)], dtype=[("a", float)]).view(np.recarray)]

# %% ndarray-subclass
import numpy as np
class Tagged(np.ndarray):
    def __array_finalize__(self, obj): self.tag = getattr(obj, "tag", None)
def g(x):
    t = np.asarray(x).view(Tagged)
    t.tag = "a"
    r = [np.log(1 + np.exp(t)), 1 / (1 + np.exp(-t)), np.exp(t) / np.exp(t).sum(), np.log(np.exp(t).sum())]
    return [(type(v).__name__, getattr(v, "tag", None), np.asarray(v)) for v in r]
CASES = [np.array([0.5, 1.0])]

# %% memory-layout-and-strides
import numpy as np
def g(x):
    e = np.exp(x)
    p = e / e.sum(axis=0, keepdims=True)
    return p, p.flags["F_CONTIGUOUS"], p.strides
CASES = [np.asfortranarray(np.arange(6.0).reshape(2, 3))]

# %% result-is-writable-and-new
import numpy as np
def g(x):
    y = np.log(1 + np.exp(x))
    y += 1
    z = np.exp(x) / np.exp(x).sum()
    z[0] = 0
    return y, z, x
CASES = [np.array([0.5, 1.0])]

# %% empty-arrays
import numpy as np
def g(x): return np.exp(x) / np.exp(x).sum(), np.log(np.exp(x).sum()), np.log(1 + np.exp(x)), np.log(np.exp(x).mean())
CASES = [np.array([]), np.zeros((0, 3)), []]

# %% empty-axis
import numpy as np
def g(x): return np.exp(x) / np.exp(x).sum(axis=0), np.log(np.exp(x).sum(axis=1))
CASES = [np.zeros((0, 3)), np.zeros((3, 0))]

# %% axis-tuple-and-none
import numpy as np
def g(x, a): return np.log(np.exp(x).sum(axis=a)), np.exp(x) / np.exp(x).sum(axis=a, keepdims=True), np.log(np.exp(x).mean(axis=a))
CASES = [(np.arange(4.0).reshape(2, 2), a) for a in (0, 1, -1, None, (0, 1), ())] + [(np.float64(1.0), None), (1.5, ())]

# %% axis-of-a-scalar
import numpy as np
def g(x): return np.log(np.sum(np.exp(x), axis=-1)), np.exp(x) / np.sum(np.exp(x), axis=0)
CASES = [1.5, np.float64(1.5), np.array(1.5), np.array([1.0, 2.0])]

# %% bad-axis
import numpy as np
def g(x): return np.log(np.sum(np.exp(x), axis=1)), np.exp(x) / np.sum(np.exp(x), axis=2, keepdims=True)
CASES = [np.array([1.0, 2.0]), np.arange(4.0).reshape(2, 2)]

# %% one-row-broadcast
import numpy as np
def g(x): return np.exp(x) / np.exp(x).sum(axis=1)
CASES = [np.arange(4.0).reshape(2, 2), np.arange(2.0).reshape(1, 2)]

# %% frame-and-axis
import numpy as np
import pandas as pd
def g(df): return np.exp(df) / np.exp(df).sum(), np.exp(df).div(np.exp(df).sum(axis=1), axis=0), np.log(np.exp(df).sum(axis=1)), np.log(np.exp(df).sum())
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.DataFrame({"a": [0.5, None], "b": [2.0, 0.0]})]

# %% frame-and-axis-written-as-a-float
import numpy as np
import pandas as pd
def g(df): return np.log(np.exp(df).sum(1.0)), np.log(np.exp(df).sum(axis=1.0)), np.exp(df) / np.exp(df).sum(axis=0.0)
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]

# %% frame-sum-of-numpy
import numpy as np
import pandas as pd
def g(df): return np.log(np.sum(np.exp(df), axis=1)), np.log(np.sum(np.exp(df), axis=0)), np.exp(df) / np.sum(np.exp(df))
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.Series([0.5, 1.0], index=["x", "y"], name="s")]

# %% series-with-missing
import numpy as np
import pandas as pd
def g(s): return np.exp(s) / np.exp(s).sum(), np.log(np.exp(s).sum()), np.log(1 + np.exp(s)), np.log(np.exp(s).mean()), np.log(np.nansum(np.exp(s)))
CASES = [pd.Series([0.5, None, 1.0]), pd.Series([0.5, None], dtype="Float64"), pd.Series([], dtype=float)]

# %% series-alignment
import numpy as np
import pandas as pd
def g(a, b): return np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b)), np.log(np.exp(a) - np.exp(b))
CASES = [(pd.Series([1.0, 2.0], index=[0, 1]), pd.Series([0.5, 0.25], index=[1, 2])), (pd.Series([1.0, 2.0], name="a"), pd.Series([0.5, 0.25], name="b"))]

# %% series-and-frame
import numpy as np
import pandas as pd
def g(a, b): return np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b))
CASES = [(pd.DataFrame({"x": [1.0, 2.0], "y": [0.0, 1.0]}), pd.Series([0.5, 0.25], index=["x", "y"])), (pd.DataFrame({"x": [1.0, 2.0]}), np.array([[0.5], [0.25]]))]

# %% index-input
import numpy as np
import pandas as pd
def g(i): return np.log(1 + np.exp(i)), 1 / (1 + np.exp(-i)), np.exp(i) / np.exp(i).sum(), np.exp(i) - 1
CASES = [pd.Index([0.5, 1.0], name="n"), pd.RangeIndex(3)]

# %% groupby
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df["x"])
    return e / e.groupby(df["k"]).transform("sum"), df.groupby("k")["x"].transform(lambda v: np.exp(v) / np.exp(v).sum()), df.groupby("k")["x"].agg(lambda v: np.log(np.sum(np.exp(v))))
CASES = [pd.DataFrame({"k": [0, 0, 1], "x": [0.5, 1.0, 2.0]})]

# %% apply-along-a-frame
import numpy as np
import pandas as pd
def g(df): return df.apply(lambda v: np.exp(v) / np.exp(v).sum()), df.apply(lambda v: np.log(np.exp(v).sum()), axis=1), df["a"].map(lambda v: 1 / (1 + np.exp(-v)))
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]

# %% series-methods
import numpy as np
import pandas as pd
def g(s): return s.apply(np.exp) / s.apply(np.exp).sum(), np.log1p(np.exp(s)).rename("z"), np.log(1 + np.exp(s)).to_frame(), np.exp(s).add(1).rdiv(1)
CASES = [pd.Series([0.5, 1.0], index=["p", "q"], name="s")]

# %% extension-int
import numpy as np
import pandas as pd
def g(s): return np.log(1 + np.exp(s)), np.exp(s) - 1, np.log(1 + s), np.log(np.exp(s).sum())
CASES = [pd.Series([1, 2], dtype="Int8"), pd.Series([1, None], dtype="Int64"), pd.Series([1, 2], dtype="int64[pyarrow]"), pd.Series([1.5, 2.0], dtype="Float64")]

# %% categorical-and-dates
import numpy as np
import pandas as pd
def g(s): return np.exp(s.dt.total_seconds()) / np.exp(s.dt.total_seconds()).sum()
CASES = [pd.Series(pd.to_timedelta([1, 2], unit="s"))]

# %% dataarray-dims
import numpy as np
import xarray as xr
def g(a): return np.exp(a) / np.exp(a).sum("x"), np.log(np.exp(a).sum(dim="x")), np.exp(a) / np.exp(a).sum(), np.log(np.exp(a).sum()), np.log(1 + np.exp(a)), np.exp(a) - 1
CASES = [xr.DataArray([[0.5, 1.0], [2.0, 0.0]], dims=("x", "y"), coords={"x": [3, 4]}, name="n", attrs={"u": 1})]

# %% dataarray-with-numpy-axes
import numpy as np
import xarray as xr
def g(a): return np.log(np.sum(np.exp(a), axis=1)), np.exp(a) / np.exp(a).sum(axis=0), np.log(np.sum(np.exp(a))), np.exp(a) / np.sum(np.exp(a), axis=1)
CASES = [xr.DataArray([[0.5, 1.0], [2.0, 0.0]], dims=("x", "y"), coords={"x": [3, 4]}, name="n")]

# %% dataarray-with-missing
import numpy as np
import xarray as xr
def g(a): return np.exp(a) / np.exp(a).sum("x"), np.log(np.exp(a).sum()), np.log(np.exp(a).mean("x"))
CASES = [xr.DataArray([0.5, np.nan, 1.0], dims="x")]

# %% dataset
import numpy as np
import xarray as xr
def g(d): return np.log(1 + np.exp(d)), 1 / (1 + np.exp(-d)), np.exp(d) / np.exp(d).sum(), np.exp(d) - 1
CASES = [xr.Dataset({"a": ("x", [0.5, 1.0])})]

# %% astropy-dimensionless
import numpy as np
from astropy import units as u
def g(x): return 1 / (1 + np.exp(-x)), np.log(1 + np.exp(x)), np.exp(x) - 1, np.exp(x) / np.exp(x).sum(), np.log(1 + x)
CASES = [np.array([0.5, 1.0]) * u.dimensionless_unscaled, np.array([0.5, 1.0]) * u.km / u.m, 0.5 * u.percent]

# %% astropy-units-that-cancel
import numpy as np
from astropy import units as u
def g(E, kT): return np.log(1 + np.exp(-E / kT)), np.exp(-E / kT) / np.sum(np.exp(-E / kT)), np.log(np.sum(np.exp(-E / kT)))
CASES = [(np.array([0.5, 1.0]) * u.eV, 2e-19 * u.J)]

# %% astropy-wrong-units-raise
import numpy as np
from astropy import units as u
def g(x): return np.log(1 + np.exp(x))
CASES = [0.5 * u.m]

# %% astropy-in-a-model
import numpy as np
from astropy import constants as const, units as u
class BlackBody:
    def __init__(self, T): self.T = T
    def evaluate(self, nu):
        x = const.h * nu / (const.k_B * self.T)
        return 2 * const.h * nu ** 3 / const.c ** 2 / (np.exp(x) - 1)
def g(nu, T): return BlackBody(T).evaluate(nu)
CASES = [(500 * u.GHz, 10 * u.K)]

# %% pint-dimensionless
import numpy as np
import pint
ur = pint.UnitRegistry()
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) / np.exp(x).sum(), np.log(np.exp(x).sum())
CASES = [np.array([0.5, 1.0]) * ur.dimensionless, np.array([50.0, 100.0]) * ur.percent]

# %% polars-series
import numpy as np
import polars as pl
def g(s): return np.log(1 + np.exp(s)), 1 / (1 + (-s).exp()), s.exp() / s.exp().sum(), np.exp(s) - 1
CASES = [pl.Series("a", [0.5, 1.0])]

# %% polars-frame-expressions
import numpy as np
import polars as pl
def g(df): return df.with_columns(p=1 / (1 + (-pl.col("x")).exp()), q=(1 + pl.col("x").exp()).log(), r=pl.col("x").exp() / pl.col("x").exp().sum()), df.select(np.log(1 + np.exp(pl.col("x"))))
CASES = [pl.DataFrame({"x": [0.5, 1.0]})]

# %% polars-lazy
import numpy as np
import polars as pl
def g(df): return df.lazy().select(p=np.exp(pl.col("x")) / np.exp(pl.col("x")).sum())
CASES = [pl.DataFrame({"x": [0.5, 1.0]})]

# %% dask-rows
import numpy as np
import dask.array as da
def g(x):
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True), np.log(e.sum(axis=1)), np.log(1 + e), e - 1
CASES = [da.from_array(np.arange(4.0).reshape(2, 2), chunks=(1, 2))]

# %% dask-own-words
import dask.array as da
def g(x): return 1 / (1 + da.exp(-x)), da.exp(x) / da.exp(x).sum(), da.log(da.exp(x).sum()), da.log(1 + da.exp(x)), da.exp(x) - 1, da.log(1 + x)
CASES = [da.from_array(np.array([0.5, 1.0]), chunks=1)] if (np := __import__("numpy")) else []

# %% torch-integers
import torch
def g(n): return torch.log(1 + n), torch.exp(n) - 1, 1 / (1 + torch.exp(-n)), torch.log(1 + torch.exp(n)), torch.log(torch.exp(n).sum()), torch.exp(n) / torch.exp(n).sum(0)
CASES = [torch.tensor([1, 3], dtype=d) for d in (torch.int64, torch.int32, torch.uint8, torch.bool)]

# %% torch-argmax-and-counts
import torch
def g(x):
    n = x.argmax(dim=1)
    c = (x > 0).sum(dim=1)
    return torch.exp(-c) / torch.exp(-c).sum(), torch.log(torch.exp(n).sum()), torch.log(1 + c), 1 / (1 + torch.exp(-n))
CASES = [torch.tensor([[0.5, 1.0], [2.0, 0.0]])]

# %% torch-half
import torch
def g(x): return torch.log(1 + torch.exp(x)), 1 / (1 + torch.exp(-x)), torch.exp(x) / torch.exp(x).sum(-1, keepdim=True), torch.log(torch.exp(x).sum(-1))
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float16), torch.tensor([0.5, 1.0], dtype=torch.bfloat16), torch.tensor([0.5, 1.0], dtype=torch.float64)]

# %% torch-scalars
import torch
def g(x): return torch.log(1 + torch.exp(x)), torch.exp(x) / torch.exp(x).sum(), torch.log(torch.exp(x).sum())
CASES = [torch.tensor(1.5), torch.tensor(2), torch.tensor([])]

# %% torch-no-grad-between
import torch
def g(x):
    e = torch.exp(x)
    with torch.no_grad():
        s = e.sum()
    return e / s, torch.log(1 + e)
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-detached-denominator
import torch
def g(x):
    e = torch.exp(x)
    return e / e.detach().sum(), e / (1 + e).detach()
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-data-denominator
import torch
def g(x):
    e = torch.exp(x)
    return e / e.data.sum(), torch.log(1 + e.data)
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-no-grad-decorator
import torch
@torch.no_grad()
def norm(x): return torch.exp(x).sum()
def g(x): return torch.exp(x) / norm(x)
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-stop-gradient-by-item
import torch
def g(x):
    s = torch.exp(x).sum().item()
    return torch.exp(x) / s
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-enable-grad-inside
import torch
def f():
    x = torch.tensor([0.5, 1.0], requires_grad=True)
    with torch.no_grad():
        e = torch.exp(x)
        with torch.enable_grad():
            return e / e.sum(), torch.log(1 + torch.exp(x))

# %% torch-straight-through
import torch
def g(x):
    p = 1 / (1 + torch.exp(-x))
    return (p > 0.5).to(p.dtype) + p - p.detach()
CASES = [torch.tensor([0.5, -1.0])]

# %% torch-masked-rows
import torch
def g(x):
    e = torch.exp(x)
    return e / e.sum(-1, keepdim=True), torch.log(e.sum(-1))
CASES = [torch.tensor([[0.5, -float("inf")], [1.0, 2.0]])]

# %% torch-all-masked-with-a-guard
import torch
def g(x):
    e = torch.exp(x)
    return e / (e.sum(-1, keepdim=True) + 1e-9)
CASES = [torch.tensor([[-float("inf"), -float("inf")], [1.0, 2.0]])]

# %% torch-softplus-digits
import torch
def g(x):
    y = torch.log(1 + torch.exp(x))
    return y - x
CASES = [torch.tensor([0.5, 21.0, 30.0], dtype=torch.float64)]

# %% torch-functional-transforms
import torch
def h(x): return torch.log(1 + torch.exp(x)).sum()
def s(x): return torch.exp(x) / torch.exp(x).sum()
def g(x): return torch.func.grad(h)(x), torch.func.hessian(h)(x), torch.func.jacrev(s)(x), torch.func.jacfwd(s)(x), torch.func.vmap(s)(x[None])
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64)]

# %% torch-script
import torch
@torch.jit.script
def g(x: torch.Tensor): return torch.log(1 + torch.exp(x)), torch.exp(x) / torch.exp(x).sum()
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-script-with-math
import math
import torch
@torch.jit.script
def h(x: float) -> float: return math.log(1 + math.exp(x))
def g(x): return h(x)
CASES = [1.5]

# %% torch-fx
import torch
class M(torch.nn.Module):
    def forward(self, x): return torch.exp(x) / torch.exp(x).sum(dim=-1, keepdim=True)
def g(x):
    m = torch.fx.symbolic_trace(M())
    return m(x)
CASES = [torch.tensor([0.5, 1.0])]

# %% torch-out
import torch
def g(x, o):
    torch.exp(x, out=o)
    r = o / o.sum()
    return r, o
CASES = [(torch.tensor([0.5, 1.0]), torch.empty(2))]

# %% torch-functions-on-arrays
import numpy as np
import torch
def g(x): return torch.log(1 + torch.exp(torch.as_tensor(x))), np.log(1 + np.exp(x))
CASES = [np.array([0.5, 1.0]), torch.tensor([0.5, 1.0])]

# %% numpy-functions-on-tensors
import numpy as np
import torch
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))
CASES = [torch.tensor([0.5, 1.0])]

# %% numpy-functions-on-jax
import numpy as np
import jax.numpy as jnp
def g(x): return np.log(1 + np.exp(x)), np.exp(x) / np.exp(x).sum()
CASES = [jnp.array([0.5, 1.0])]

# %% jax-integers
import jax.numpy as jnp
def g(n): return jnp.log(1 + jnp.exp(n)), 1 / (1 + jnp.exp(-n)), jnp.exp(n) / jnp.exp(n).sum(), jnp.log(jnp.exp(n).sum()), jnp.exp(n) - 1, jnp.log(1 + n)
CASES = [jnp.array([1, 3]), jnp.array([1, 3], dtype="uint8"), 2, True, 1.5]

# %% jax-python-scalars
import jax.numpy as jnp
def g(x): return jnp.log(jnp.exp(x) + jnp.exp(-x)), jnp.exp(x) / (1 + jnp.exp(x)), jnp.log(1 + jnp.exp(x))
CASES = [1.5, 2, [1.0, 2.0]]

# %% jax-weak-types
import jax.numpy as jnp
def g(x): return jnp.log(1 + jnp.exp(jnp.asarray(x, dtype="bfloat16"))), jnp.log(1.5 + jnp.exp(x)), 1 / (1 + jnp.exp(-x))
CASES = [jnp.array([0.5, 1.0], dtype="float16"), jnp.array([0.5, 1.0])]

# %% jax-stop-gradient
import jax
import jax.numpy as jnp
def g(x):
    e = jnp.exp(x)
    return e / jax.lax.stop_gradient(e.sum()), jnp.log(1 + jax.lax.stop_gradient(e))
CASES = [jnp.array([0.5, 1.0])]

# %% jax-axis-names
import jax
import jax.numpy as jnp
def g(x):
    f = lambda v: jnp.exp(v) / jax.lax.psum(jnp.exp(v), "i")
    return jax.vmap(f, axis_name="i")(x)
CASES = [jnp.array([0.5, 1.0])]

# %% jax-where-of-a-sum
import jax.numpy as jnp
def g(x, m): return jnp.log(jnp.sum(jnp.exp(x), where=m)), jnp.exp(x) / jnp.sum(jnp.exp(x), where=m)
CASES = [(jnp.array([0.5, 1.0]), jnp.array([True, False]))]

# %% jax-masked-rows-gradient
import jax.numpy as jnp
def g(x): return jnp.log(jnp.sum(jnp.exp(x), axis=-1)), jnp.exp(x) / jnp.sum(jnp.exp(x), axis=-1, keepdims=True)
CASES = [jnp.array([[0.5, -jnp.inf], [1.0, 2.0]])]

# %% jax-jit-static
from functools import partial
import jax
import jax.numpy as jnp
@partial(jax.jit, static_argnums=1)
def g(x, n): return jnp.log(jnp.exp(x) + n), jnp.log(n + jnp.exp(x)) - x
CASES = [(jnp.array([0.5, 1.0]), 1)]

# %% jax-numpy-inside-jit
import jax
import numpy as np
@jax.jit
def g(x): return np.log(1 + np.exp(2.0)) * x, 1 / (1 + np.exp(-1.5)) + x
CASES = [jax.numpy.array([0.5, 1.0])]

# %% numba-guvectorize
import numpy as np
import numba
@numba.guvectorize(["(float64[:], float64[:])"], "(n)->(n)")
def g(x, out):
    s = 0.0
    for i in range(len(x)):
        s += np.exp(x[i])
    for i in range(len(x)):
        out[i] = np.exp(x[i]) / s
CASES = [np.array([0.5, 1.0])]

# %% numba-partial
from functools import partial
import numpy as np
import numba
jit = partial(numba.njit, cache=False)
@jit
def g(x): return 1 / (1 + np.exp(-x))
CASES = [1.5]

# %% numba-own-decorator
import numpy as np
import numba
def compiled(f): return numba.njit(f)
@compiled
def g(x): return np.log(1 + np.exp(x))
CASES = [1.5]

# %% numba-called-later
import numpy as np
import numba
def h(x): return np.log(1 + np.exp(x))
g = numba.njit(h)
CASES = [1.5]

# %% numba-helper-called-from-a-compiled-function
import numpy as np
import numba
def h(x): return np.log(1 + np.exp(x))
h = numba.njit(h)
@numba.njit
def g(x): return h(x) * 2
CASES = [1.5]

# %% numba-from-an-own-module
import sys, types
import numpy as np
import numba
m = types.ModuleType("fastlane"); m.jit = numba.njit; sys.modules["fastlane"] = m
from fastlane import jit
@jit
def g(x): return np.exp(x) / np.exp(x).sum()
CASES = [np.array([0.5, 1.0])]

# %% numba-closure
import numpy as np
import numba
def make(k):
    @numba.njit
    def inner(x): return np.log(k + np.exp(x))
    return inner
def g(x): return make(1.0)(x)
CASES = [1.5]

# %% numba-overload
import math
import numba
from numba.extending import overload
def sig(x): return 1 / (1 + math.exp(-x))
@overload(sig)
def _sig(x):
    def impl(x): return 1 / (1 + math.exp(-x))
    return impl
@numba.njit
def g(x): return sig(x)
CASES = [1.5]

# %% numba-cfunc
import math
from numba import cfunc
@cfunc("float64(float64)")
def h(x): return math.log(1 + math.exp(x))
def g(x): return h.ctypes(x)
CASES = [1.5]

# %% numba-scipy-quad
import numpy as np
from numba import njit
@njit
def sig(x): return 1 / (1 + np.exp(-x))
@njit
def g(x):
    t = 0.0
    for v in x:
        t += sig(v)
    return t
CASES = [np.array([0.5, 1.0])]

# %% numexpr-like-string
import numpy as np
def run(text, **v): return eval(text, {"exp": np.exp, "log": np.log}, v)
def g(x): return run("log(1 + exp(x))", x=x)
CASES = [np.array([0.5, 1.0])]

# %% vectorized-by-numpy
import math
import numpy as np
@np.vectorize
def h(x): return math.log(1 + math.exp(x))
def g(x): return h(x)
CASES = [np.array([0.5, 1.0]), np.array([1, 2], dtype="u1"), 1.5]

# %% frompyfunc
import math
import numpy as np
h = np.frompyfunc(lambda x: math.log(1 + math.exp(x)), 1, 1)
def g(x): return h(x)
CASES = [np.array([0.5, 1.0]), np.array([1, 2], dtype="u1")]

# %% map-and-list
import math
def g(xs): return list(map(lambda v: 1 / (1 + math.exp(-v)), xs)), sum(math.exp(v) for v in xs), math.log(sum(map(math.exp, xs)))
CASES = [[0.5, 1.0], (1, 2)]

# %% softmax-of-a-list
import math
def g(xs):
    e = [math.exp(v) for v in xs]
    s = sum(e)
    return [v / s for v in e], math.log(s), type(e).__name__
CASES = [[0.5, 1.0], [1, 2], (0.5,)]

# %% softmax-of-a-dict
import math
def g(d):
    s = sum(math.exp(v) for v in d.values())
    return {k: math.exp(v) / s for k, v in d.items()}, math.log(s)
CASES = [{"a": 0.5, "b": 1.0}]

# %% defines-softplus-for-jax-primitives
import jax
import jax.numpy as jnp
def logistic(x): return 1 / (1 + jnp.exp(-x))
def f():
    old, jax.nn.sigmoid = jax.nn.sigmoid, logistic
    try: return jax.nn.sigmoid(jnp.array([0.5]))
    finally: jax.nn.sigmoid = old

# %% defines-what-scipy-is-patched-with
import numpy as np
import scipy.special
def expit(x): return 1 / (1 + np.exp(-x))
def f():
    old, scipy.special.expit = scipy.special.expit, expit
    try: return scipy.special.expit(np.array([0.5]))
    finally: scipy.special.expit = old

# %% module-that-defines-the-torch-method
import torch
def logsumexp(self, dim): return torch.log(torch.exp(self).sum(dim))
def f():
    old, torch.logsumexp = torch.logsumexp, logsumexp
    try: return torch.logsumexp(torch.ones(2), 0)
    finally: torch.logsumexp = old

# %% compared-with-the-very-function
import numpy as np
import torch
import torch.nn.functional as F
def g(x):
    expected = torch.log(1 + torch.exp(x))
    return torch.equal(F.softplus(x), F.softplus(x)), torch.allclose(F.softplus(x), expected)
CASES = [torch.tensor([0.5, 1.0])]

# %% autograd-function
import torch
class Sp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.log(1 + torch.exp(x))
    @staticmethod
    def backward(ctx, gr):
        (x,) = ctx.saved_tensors
        return gr / (1 + torch.exp(-x))
def g(x): return Sp.apply(x)
CASES = [torch.tensor([0.5, 1.0])]

# %% scipy-sparse
import numpy as np
import scipy.sparse as sp
def g(x):
    a = sp.csr_array(x)
    return np.expm1(a).toarray(), np.log(1 + np.exp(a.toarray())), np.exp(a.data) - 1
CASES = [np.array([[0.0, 1.0], [2.0, 0.0]])]

# %% datetime-like
import numpy as np
def g(t): return np.exp(-(t - t[0]) / np.timedelta64(1, "s")) / np.exp(-(t - t[0]) / np.timedelta64(1, "s")).sum()
CASES = [np.array(["2020-01-01T00:00:00", "2020-01-01T00:00:02"], dtype="M8[s]")]

# %% big-endian
import numpy as np
def g(x): return np.log(1 + np.exp(x)), np.exp(x) / np.exp(x).sum(), np.log(np.exp(x).sum())
CASES = [np.array([0.5, 1.0], dtype=">f8"), np.array([0.5, 1.0], dtype=">f4")]

# %% nan-and-inf-input
import numpy as np
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x)), np.exp(x) / np.exp(x).sum(), np.log(np.exp(x).sum()), np.exp(x) - 1, np.log(1 + x)
CASES = [np.array([np.nan, 1.0]), np.array([np.inf, 1.0]), np.array([-np.inf, 1.0]), np.array([-np.inf, -np.inf]), np.array([np.inf, -np.inf])]

# %% two-arguments-with-inf
import numpy as np
def g(a, b): return np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b)), np.log(np.exp(a) - np.exp(b))
CASES = [(np.array([-np.inf, -np.inf, np.inf, 1.0]), np.array([-np.inf, 1.0, 1.0, -np.inf]))]

# %% zero-weights
import numpy as np
def g(w, x): return np.log(np.sum(w * np.exp(x))), np.sum(w * np.exp(x)) / np.sum(np.exp(x)), w * np.exp(x) / np.sum(w * np.exp(x))
CASES = [(np.array([0.0, 1.0]), np.array([5.0, 1.0])), (np.array([-1.0, 3.0]), np.array([0.5, 1.0])), (np.array([0.0, 0.0]), np.array([0.5, 1.0])), (np.array([1, 2]), np.array([0.5, 1.0]))]

# %% zero-weight-beside-inf
import numpy as np
def g(w, x): return np.log(np.sum(w * np.exp(x)))
CASES = [(np.array([0.0, 1.0]), np.array([-np.inf, 1.0])), (np.array([2.0, 1.0]), np.array([-np.inf, 1.0]))]

# %% new-axis-of-a-scalar
import numpy as np
def g(x): return np.exp(x) / np.sum(np.exp(x), axis=-1)[..., None], np.log(np.sum(np.exp(x), axis=-1)[..., None])
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]

# %% torch-sigmoid-of-integers
import torch
def g(x): return torch.log(torch.sigmoid(x)), -torch.log(1 + torch.exp(-x)), torch.log(1 / (1 + torch.exp(-x)))
CASES = [torch.tensor([1, 3]), torch.tensor([True, False]), torch.tensor([0.5, 1.0])]

# %% small-integers-in-a-sum
import numpy as np
def g(x, y): return np.log(np.exp(x) + np.exp(y)), np.log(2 + np.exp(x)), 1 / (1 + np.exp(x) + np.exp(y)), np.log(np.cosh(x)), np.exp(x) / (2 + np.exp(x))
CASES = [(np.array([1, 3], dtype=d), np.array([2, 0], dtype=d)) for d in ("i1", "u1", "i2", "u2", "bool")]

# %% small-integers-in-a-series
import numpy as np
import pandas as pd
def g(s): return np.log(np.exp(s) - 1.0), np.exp(s) / np.exp(s).sum(), np.log(np.exp(s).sum()), 1 / (1 + np.exp(s))
CASES = [pd.Series([1, 3], dtype=d) for d in ("int8", "uint8", "int16", "bool")]

# %% text-of-small-integers
import numpy as np
def g(x): return f"{np.log(1 + np.exp(x))}", str(np.exp(x) / np.exp(x).sum())
CASES = [np.array([1, 3], dtype=np.int8)]

# %% masked-array-outside-of-the-domain
import numpy as np
def g(x): return np.log(1 + x), np.log(x - 2 + 1), np.log(1 - np.exp(x)), np.log(np.exp(x) - 1)
CASES = [np.ma.array([-3.0, 1.0, -5.0], mask=[0, 1, 0])]

# %% bool-difference
import numpy as np
def g(x, y): return np.exp(x) / np.exp(y) - 1.0, np.exp(x) / (np.exp(x) + np.exp(y)), np.log(1 + np.exp(x) / np.exp(y))
CASES = [(np.array([True, False]), np.array([False, True]))]
# %% power-of-e-of-unknown
import numpy as np
import math
def g(x): return np.e ** x - 1, math.e ** x - 1, 1 / (1 + np.e ** -x), 1/(1 + math.e ** (-x))
CASES = [0.5, np.float64(0.5), np.array([0.5, 1.0]), 2, np.array([1,2],dtype="i1")]
# %% power-of-e-of-an-array
import numpy as np
import math
def g(x):
    x = np.asarray(x)
    return np.e ** x - 1, math.e ** x - 1, 1 / (1 + np.e ** -x), 1/(1 + math.e ** (-x))
CASES = [0.5, np.float64(0.5), np.array([0.5, 1.0]), 2, np.array([1,2],dtype="i1")]
# %% sums-of-powers-of-e
import numpy as np
import math
def g(x):
    return np.e ** x / np.sum(np.e**x), math.e ** x / sum(math.e**x), np.log(np.sum(np.e**x)), np.log(1 + np.e**x), np.exp(x) - 1
CASES = [np.array([0.5, 1.0]), np.array([1,2],dtype="i1")]
# %% power-of-math-e-without-arrays
import math
def g(x):
    return math.e ** x - 1, 1/(1 + math.e**-x), math.log(1 + math.e**x)
CASES = [0.5, 2, True]
# %% new-axis-under-a-name
import numpy as np
def g(x):
    e = np.exp(x)
    s = e.sum(axis=-1)[..., np.newaxis]
    return e / s
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]
# %% first-axis-put-back
import numpy as np
def g(x):
    e = np.exp(x)
    s = np.expand_dims(e.sum(axis=0), 0)
    return e / s, np.log(s)
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]
# %% new-axis-of-a-logarithm
import numpy as np
def g(x):
    return x - np.log(np.exp(x).sum(-1))[..., None]
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]
# %% new-axis-of-a-tensor
import torch
def g(x):
    e = torch.exp(x)
    return e / e.sum(-1).unsqueeze(-1), torch.log(e.sum(-1).unsqueeze(-1))
CASES = [torch.tensor(0.5), torch.tensor([0.5, 1.0]), torch.tensor([[0.5, 1.0]])]
# %% new-axis-in-jax
import jax.numpy as jnp
def g(x):
    e = jnp.exp(x)
    return e / e.sum(-1)[..., None], jnp.log(jnp.expand_dims(e.sum(-1), -1))
CASES = [jnp.array(0.5), jnp.array([0.5, 1.0]), jnp.array([[0.5, 1.0]])]
# %% reshaped-to-a-column
import numpy as np
def g(x):
    e = np.exp(x)
    return e / e.sum(-1).reshape(-1, 1)
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]
# %% new-axis-of-atleast-1d
import numpy as np
def g(x):
    e = np.exp(np.atleast_1d(x))
    return e / e.sum(-1)[..., None]
CASES = [np.float64(0.5), np.array([0.5, 1.0]), np.array([[0.5, 1.0]])]
# %% new-axis-of-products
import numpy as np
def g(q):
    scores = q @ q.T
    e = np.exp(scores)
    return e / e.sum(-1)[..., None]
CASES = [np.array([[0.5, 1.0]])]
# %% new-axis-beside-a-shape
import numpy as np
def g(x):
    n = x.shape[0]
    e = np.exp(x)
    return e / e.sum(-1)[..., None] * n
CASES = [np.array([[0.5, 1.0]])]
# %% frame-sums-by-functions
import numpy as np
import pandas as pd
def g(df): return np.exp(df) / np.sum(np.exp(df)), np.log(np.sum(np.exp(df))), np.log(np.mean(np.exp(df)))
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% frame-sums-by-methods
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df)
    return e / e.sum(), np.log(e.sum())
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% frame-log-softmax
import numpy as np
import pandas as pd
def g(df):
    return df - np.log(np.sum(np.exp(df)))
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% frame-means-by-methods
import numpy as np
import pandas as pd
def g(df):
    return np.log(np.exp(df).mean()), np.log(np.exp(df).sum(axis=1)), np.exp(df).div(np.exp(df).sum(axis=1), axis=0)
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]
# %% frame-averages
import numpy as np
import pandas as pd
def g(df):
    w = np.exp(df)
    return (df * w).sum() / w.sum(), np.sum(df * w) / np.sum(w)
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]
# %% frame-values
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df.values)
    return e / e.sum(axis=1, keepdims=True), np.sum(e) 
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]
# %% frame-running-sums
import numpy as np
import pandas as pd
def g(df):
    return np.log(np.exp(df).cumsum()), np.log(np.cumsum(np.exp(df))), np.log(np.cumsum(np.exp(df), axis=0))
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]}), pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% series-sums-along-its-axis
import numpy as np
import pandas as pd
def g(s):
    return np.exp(s) / np.exp(s).sum(axis=0), np.log(np.exp(s).sum(axis=0)), np.log(np.sum(np.exp(s), axis=0))
CASES = [pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% series-sums-along-no-axis
import numpy as np
import pandas as pd
def h(s):
    return np.log(np.exp(s).sum(axis=1))
def g(s):
    try:
        return h(s)
    except Exception as e:
        return type(e).__name__, str(e)
CASES = [pd.Series([0.5, 1.0], index=["x", "y"], name="s")]
# %% jax-sigmoid-of-anything
import jax.numpy as jnp
def g(x): return 1 / (1 + jnp.exp(-x)), jnp.exp(x) / (1 + jnp.exp(x)), 1 - 1 / (1 + jnp.exp(x))
CASES = [1.5, 2, jnp.array([1, 2]), jnp.array([True]), jnp.array([0.5+0.5j])]
# %% jax-sigmoid-with-nn-imported
import jax
import jax.numpy as jnp
from jax import nn
def g(x): return 1 / (1 + jnp.exp(-x))
CASES = [1.5, 2, jnp.array([1, 2])]
# %% jax-sigmoid-of-floats
import jax.numpy as jnp
def g(x): return 1 / (1 + jnp.exp(-x / 2)), 1 / (1 + jnp.exp(-(2.0 * x + 0.5)))
CASES = [1.5, 2, jnp.array([1, 2])]
# %% jax-sigmoid-of-steps
import jax.numpy as jnp
def g(step): return 1 / (1 + jnp.exp(-(step - 5)))
CASES = [1.5, 2, jnp.array([1, 2])]

# %% out-float32
import numpy as np
def g(a):
    buf = np.empty(a.shape, dtype=np.float32)
    np.exp(a, out=buf, casting="same_kind")
    return buf / buf.sum()
CASES = [np.array([0.5, 1.0])]

# %% out-shape
import numpy as np
def g(a):
    buf = np.empty(a.shape)
    np.exp(a, out=buf)
    return np.log(1 + buf)
CASES = [np.array([0.5, 1.0], dtype=np.float32)]

# %% out-like-zeros
import numpy as np
def g(a):
    b = np.zeros_like(a)
    np.exp(a, out=b)
    return np.log(1 + b)
CASES = [np.array([0.5, 1.0], dtype=np.float32)]

# %% half-beside-double
import numpy as np
def g(x, t):
    return np.log(np.exp(x) + np.exp(t)), np.exp(x / t) / np.exp(x / t).sum()
CASES = [(np.array([0.5, 1.0], dtype=np.float16), 2.0), (np.array([0.5, 1.0], dtype=np.float16), np.float64(2.0)), (np.array([0.5, 1.0], dtype=np.float32), np.float64(2.0)), (np.float32(0.5), 2.0)]

# %% own-subclass
import numpy as np
class A(np.ndarray):
    def __new__(cls, v): return np.asarray(v).view(cls)
    def sum(self, *a, **k): return np.ndarray.sum(self, *a, **k) * 2
def g(x):
    e = np.exp(x)
    return e / e.sum()
CASES = [A([0.5, 1.0])]

# %% own-dual-number
import numpy as np
class Dual:
    def __init__(self, v, d): self.v, self.d = v, d
    def exp(self): return Dual(np.exp(self.v), np.exp(self.v) * self.d)
    def log(self): return Dual(np.log(self.v), self.d / self.v)
    def __add__(self, o): return Dual(self.v + getattr(o, "v", o), self.d + getattr(o, "d", 0))
    __radd__ = __add__
    def __neg__(self): return Dual(-self.v, -self.d)
    def __sub__(self, o): return self + -o
    def __rtruediv__(self, o): return Dual(o / self.v, -o * self.d / self.v**2)
def softplus(x): return np.log(1 + np.exp(x))
def logistic(x): return 1 / (1 + np.exp(-x))
def g(v): 
    a, b = softplus(Dual(v, 1.0)), logistic(Dual(v, 1.0))
    return a.v, a.d, b.v, b.d
CASES = [0.5, -1.0]

# %% complex-by-sqrt
import numpy as np
def g(x):
    z = np.emath.sqrt(x)
    return np.log(1 + np.exp(z)), np.exp(z) - 1
CASES = [np.array([-0.5, 1.0]), np.array([0.5, 1.0])]

# %% series-two
import numpy as np
import pandas as pd
def g(a, b):
    return np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b)), np.log(np.exp(a) - np.exp(b))
CASES = [(pd.Series([0.5, 1.0], index=[0, 1]), pd.Series([0.25, 0.5], index=[1, 0])), (pd.Series([0.5, 1.0]), np.array([0.25, 0.5])), (np.array([0.5, 1.0]), pd.Series([0.25, 0.5])), (pd.Series([0.5, 1.0]), 0.25)]

# %% series-groupby
import numpy as np
import pandas as pd
def g(s):
    return s.groupby([0, 0, 1]).transform(lambda v: np.exp(v) / np.exp(v).sum()), s.rolling(2).apply(lambda v: np.log(np.sum(np.exp(v))))
CASES = [pd.Series([0.5, 1.0, 2.0])]

# %% dict-comp
import math
def g(x, k):
    return {i: math.log(1 + k * math.exp(x)) for i in range(2)}
CASES = [(0.5, 1.5)]

# %% dict-comp-sigmoid
import numpy as np
def g(x):
    d = {i: 1 / (1 + np.exp(-v)) for i, v in enumerate(x)}
    return d, {k: np.log(1 + np.exp(v)) for k, v in enumerate(x)}
CASES = [np.array([0.5, 1.5])]

# %% dict-comp-np
import numpy as np
def g(x, k):
    return {i: np.log(1 + k * np.exp(x)) for i in range(2)}, {i: np.log(1 + x) for i in range(2)}, [np.log(1 + x) for i in range(2)], tuple(np.log(1 + x) for i in range(2)), {np.log(1 + x) for i in range(2)}
CASES = [(0.5, 1.5)]

# %% torch-in-place-on-result
import torch
def g(x):
    t = 1 / (1 + torch.exp(-x))
    u = t
    u *= x
    return u
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)]

# %% torch-in-place-method
import torch
def g(x):
    t = torch.exp(x) / torch.exp(x).sum(-1, keepdim=True)
    t.mul_(2)
    return t
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)]

# %% torch-in-place-item
import torch
def g(x):
    t = torch.exp(x) - 1
    t[0] = 0.0
    return t
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)]

# %% torch-in-place-out
import torch
def g(x):
    t = torch.log(1 + torch.exp(x))
    t += 1
    return t
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)]

# %% torch-in-place-log-softmax
import torch
def g(x):
    t = torch.log(torch.softmax(x, -1))
    t += 1
    s = torch.exp(x) / (1 + torch.exp(x))
    s -= 1
    return t, s
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)]

# %% masked-difference
import numpy as np
def g(x, y): return np.log(np.exp(x) - np.exp(y)), np.log(np.exp(x) + np.exp(y))
CASES = [(np.ma.array([0.5, 2.0, 1.0], mask=[0, 1, 0]), np.ma.array([1.0, 1.0, 0.5], mask=[0, 0, 0])), (np.ma.array([0.5, 2.0]), np.array([0.5, 1.0]))]

# %% frame-shifted-by-its-largest
import numpy as np
import pandas as pd
def g(x):
    return np.log(np.sum(np.exp(x - x.max()), axis=1)) + np.max(x)
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]

# %% frame-shifted-along-its-columns
import numpy as np
import pandas as pd
def g(x):
    e = np.exp(x - x.max())
    return e / e.sum()
CASES = [pd.DataFrame({"a": [0.5, 1.0], "b": [2.0, 0.0]})]

# %% a list in a multiple of an exponential
import numpy as np
def g(x): return np.log(1 + 5 * np.exp(x))
CASES = [[0.5, 1.0], np.array([0.5, 1.0])]

# %% float32-storage-between
import numpy as np
def g(x):
    e = np.empty(3, dtype=np.float32)
    e[:] = np.exp(x)
    return e / e.sum()
CASES = [(np.array([-1.0, 2.0, -3.0]),)]

# %% torch-variance-over-all
import torch
def g(x):
    m = torch.mean(x)
    return torch.sqrt(torch.mean(torch.square(x)) - m ** 2)
CASES = [torch.tensor([[1.0, 2.0], [3.0, 5.0]], dtype=torch.float64)]

# %% angles-of-quantities
import numpy as np
import astropy.units as u
def rapidity(r): return 0.5 * np.log((1 + r) / (1 - r))
def growth(x): return np.log(x + np.sqrt(x * x - 1))
def area(x): return np.log(x + np.sqrt(x**2 + 1))
def g(x): return rapidity(x), growth(2 + x), area(x)
CASES = [u.Quantity([0.3, 0.7]), np.array([0.3, 0.7])]

# %% angles-of-pint
import numpy as np
import pint
U = pint.UnitRegistry()
def g(x): return 0.5 * np.log((1 + x) / (1 - x)), np.log(x + np.sqrt(x**2 + 1))
CASES = [U.Quantity([0.3, 0.7], ""), np.array([0.3, 0.7])]

# %% scipy-of-half-precision
import numpy as np
from scipy.special import expit
def g(x): return np.log(expit(x)), np.log(1 - expit(x)), np.log(expit(x) / (1 - expit(x)))
CASES = [np.array([0.3, 0.7], dtype=np.float16), np.float16(0.5)]

# %% scipy-softmax-of-labels
import numpy as np
import pandas as pd
from scipy.special import softmax
def g(x): return np.log(softmax(x, axis=0)), np.log(np.sum(softmax(x, axis=0), axis=0))
CASES = [pd.Series([0.3, 0.7], index=["a", "b"]), pd.DataFrame({"a": [0.3, 0.7]})]

# %% scipy-logsumexp-of-a-data-array
import numpy as np
import xarray as xr
from scipy.special import softmax, logsumexp
def g(x): return np.log(softmax(x, axis=0)), x - logsumexp(x, axis=0)
CASES = [xr.DataArray([0.3, 0.7], dims=["d"])]

# %% logaddexp2-of-a-number
import torch
def g(a, b):
    return torch.log2(2**a + 2**b)
CASES = [(torch.tensor([0.3, 0.7]), 0.5), (torch.tensor([0.3, 0.7]), torch.tensor([1.0, 2.0]))]

# %% number-beside-float32-in-a-ratio
import numpy as np
def g(x, y): return np.exp(x) / np.sum(np.exp(y)), np.exp(x) / (np.exp(x) + np.exp(y))
CASES = [(0.3, np.array([0.5, 0.25], dtype=np.float32)), (np.array([0.5, 0.25], dtype=np.float32), 0.5)]

# %% mean-of-a-number-along-an-axis
import numpy as np
def g(x): return np.log(np.mean(np.exp(x), axis=0))
CASES = [0.3, np.float64(0.5), np.array(0.5), np.array([0.5, 1.0])]

# %% complex-by-a-conversion-in-torch
import torch
def g(x):
    x = x.to(torch.complex64)
    return torch.log(1 + torch.exp(x))
CASES = [torch.tensor([0.5, 1.0])]

# %% complex-from-polar
import torch
def g(r, t):
    z = torch.polar(r, t)
    w = torch.view_as_complex(torch.stack([r, t], -1))
    a = torch.log(1 + torch.exp(z))
    b = 1 / (1 + torch.exp(-w))
    return a, b
CASES = [(torch.tensor([0.5, 1.0]), torch.tensor([0.1, 0.2]))]

# %% sum over all dimensions by an ellipsis
import xarray as xr, numpy as np
def g(a): return np.log(np.exp(a).sum(...)), np.exp(a) / np.exp(a).sum(...), a - np.log(np.exp(a).sum(...))
CASES = [xr.DataArray([[1.0, 2.0], [0.5, 3.0]], dims=["x", "y"])]

# %% sum over dimensions by a list of names
import xarray as xr, numpy as np
def g(a): return np.log(np.exp(a).sum(["x", "y"])), np.exp(a) / np.exp(a).sum(["y"]), a - np.log(np.exp(a).sum(("x",)))
CASES = [xr.DataArray([[1.0, 2.0], [0.5, 3.0]], dims=["x", "y"])]

# %% sum over a dimension by a variable
import xarray as xr, numpy as np
DIM = "y"
def g(a, dim="x"):
    other = "y"
    return np.log(np.exp(a).sum(dim)), np.log(np.exp(a).sum(DIM)), np.exp(a) / np.exp(a).sum(other), a - np.log(np.exp(a).sum(dim=dim))
CASES = [xr.DataArray([[1.0, 2.0], [0.5, 3.0]], dims=["x", "y"])]

# %% sum-over-dims-attr
import xarray as xr, numpy as np
def g(a):
    return np.log(np.exp(a).sum(a.dims[0])), np.exp(a) / np.exp(a).sum(a.dims), np.log(np.exp(a).mean(a.dims[-1]))
CASES = [xr.DataArray([[1.0, 2.0], [0.5, 3.0]], dims=["x", "y"])]

# %% matrix-rows
import numpy as np
def g(d):
    return np.log(np.exp(d).sum(axis=1)), np.log(np.sum(np.exp(d))), np.log(np.cumsum(np.exp(d))), np.log(np.mean(np.exp(d), axis=0)), d - np.log(np.exp(d).sum(axis=1)), np.log(np.exp(d) + np.exp(-d))
CASES = [np.asmatrix([[1.0, 0.0], [0.5, 3.0]])]

# %% masked-hard-mask
import numpy as np
def g(x):
    a = np.ma.array(x, mask=[True, False], hard_mask=True)
    s = 1 / (1 + np.exp(-a))
    s[0] = 5
    return s, s.hardmask, s.sharedmask
CASES = [np.array([1.0, 2.0])]

# %% decimal-expm1
import numpy as np, math
from decimal import Decimal
def g(x): return np.exp(x) - 1, (np.exp(x) - np.exp(-x)) / 2, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)), np.sqrt(x * x + x * x), np.sqrt(1 + x) - 1
CASES = [Decimal("0.5"), 0.5, np.array([0.5])]

# %% decimal-arrays
import numpy as np
from decimal import Decimal
def g(x): return np.exp(x) - 1, np.exp(x) / np.exp(x).sum(), 1 / (1 + np.exp(-x)), np.tanh
CASES = [np.array([Decimal("0.5"), Decimal(1)]), np.array([0.5])]

# %% xarray-two
import xarray as xr, numpy as np
def g(a, b):
    return 1 / (1 + np.exp(b - a)), np.log(np.exp(a) + np.exp(b)), np.exp(a) / (np.exp(a) + np.exp(b)), 1 / (1 + np.exp(-(a - b))), np.exp(b) / (np.exp(a) + np.exp(b)), 1 / (np.exp(b) / np.exp(a) + 1)
CASES = [(xr.DataArray([1.0, 2.0], dims=["x"]), xr.DataArray([1.0, 2.0, 3.0], dims=["y"])), (xr.DataArray([1.0, 2.0], dims=["x"], coords={"x": [1, 2]}), xr.DataArray([1.0, 2.0], dims=["x"], coords={"x": [2, 3]})), (xr.DataArray([1.0, 2.0], dims=["x"], name="a", attrs={"k": 1}), xr.DataArray([1.0, 2.0], dims=["x"], name="b"))]

# %% array-ufunc-units
import numpy as np
class Metres:
    def __init__(self, v): self.v = np.asarray(v)
    def __array_ufunc__(self, ufunc, method, *inputs, **kw):
        if ufunc in (np.exp, np.log, np.add, np.true_divide, np.negative, np.subtract, np.multiply):
            return Metres(getattr(ufunc, method)(*[i.v if isinstance(i, Metres) else i for i in inputs], **kw))
        return NotImplemented
    def __neg__(self): return np.negative(self)
    def __add__(self, o): return np.add(self, o)
    __radd__ = __add__
    def __rtruediv__(self, o): return np.true_divide(o, self)
    def __sub__(self, o): return np.subtract(self, o)
    def __repr__(self): return f"Metres({np.round(self.v, 6)})"
def g(x):
    m = Metres(x)
    return repr(np.log(1 + np.exp(m))), repr(1 / (1 + np.exp(-m))), repr(np.exp(m) - 1), repr(np.log(1 + m))
CASES = [np.array([1.0, 2.0])]

# %% array-function-class-with-a-sum
import numpy as np
class Boxed:
    def __init__(self, v): self.v = np.asarray(v)
    def __array_ufunc__(self, ufunc, method, *inputs, **kw):
        return Boxed(getattr(ufunc, method)(*[i.v if isinstance(i, Boxed) else i for i in inputs], **kw))
    def __array_function__(self, func, types, args, kw):
        if func is np.sum: return Boxed(np.sum(args[0].v, **kw))
        return NotImplemented
    def __truediv__(self, o): return np.true_divide(self, o)
    def __sub__(self, o): return np.subtract(self, o)
    def __repr__(self): return f"Boxed({np.round(self.v, 6)})"
def g(x):
    b = Boxed(x)
    e = np.exp(b)
    return repr(e / np.sum(e)), repr(np.log(np.sum(np.exp(b)))), repr(b - np.log(np.sum(np.exp(b))))
CASES = [np.array([1.0, 2.0])]

# %% compiled by an attribute of an object
import numpy as np, numba
class Backend:
    compile = staticmethod(numba.njit)
B = Backend()
@B.compile
def sig(x): return 1 / (1 + np.exp(-x))
def g(x): return sig(x)
CASES = [np.array([0.5, 1.0])]

# %% compiled through setattr of the module
import numpy as np, numba, sys
def sig(x): return 1 / (1 + np.exp(-x))
def fast():
    me = sys.modules[__name__]
    for name in ("sig",):
        setattr(me, name, numba.njit(getattr(me, name)))
fast()
def g(x): return sig(x)
CASES = [np.array([0.5, 1.0])]

# %% compiled in a list of functions
import numpy as np, numba
def sig(x): return 1 / (1 + np.exp(-x))
def plus(x): return np.log(1 + np.exp(x))
def g(x):
    fast = [numba.njit(f) for f in (sig, plus)]
    return fast[0](x), fast[1](x)
CASES = [np.array([0.5, 1.0])]

# %% compiled by map
import numpy as np, numba
def sig(x): return 1 / (1 + np.exp(-x))
def g(x):
    fast = dict(map(lambda f: (f.__name__, numba.njit(f)), [sig]))
    return fast["sig"](x)
CASES = [np.array([0.5, 1.0])]

# %% compiled in a loop
import numpy as np, numba
def sig(x): return 1 / (1 + np.exp(-x))
def g(x):
    out = []
    for f in (sig,):
        out.append(numba.njit(cache=False)(f)(x))
    return out
CASES = [np.array([0.5, 1.0])]

# %% compiled by a method of a class
import numpy as np, numba
class Kernels:
    @staticmethod
    def build(f): return numba.njit(f)
    @classmethod
    def make(cls, f): return numba.njit(fastmath=True)(f)
@Kernels.build
def sig(x): return 1 / (1 + np.exp(-x))
@Kernels.make
def plus(x): return np.log(1 + np.exp(x))
def g(x): return sig(x), plus(x)
CASES = [np.array([0.5, 1.0])]

# %% compiled-in-dict-of-decorators
import numpy as np, numba
DECO = {"fast": numba.njit, "slow": lambda f: f}
@DECO["fast"]
def sig(x): return 1 / (1 + np.exp(-x))
def g(x): return sig(x)
CASES = [np.array([0.5, 1.0])]

# %% compiled-class-wrapper
import numpy as np, numba
class Lazy:
    def __init__(self, f): self.f = f; self.c = None
    def __call__(self, *a):
        if self.c is None: self.c = numba.njit(self.f)
        return self.c(*a)
@Lazy
def sig(x): return 1 / (1 + np.exp(-x))
def g(x): return sig(x)
CASES = [np.array([0.5, 1.0])]

# %% hyperbolic-functions-of-quantities
import numpy as np
import astropy.units as u
def a(x): return np.log((np.exp(x) + np.exp(-x)) / 2)
def b(x): return (np.exp(x) - np.exp(-x)) / 2
def c(x): return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
def d(x): return np.log(np.exp(x) + np.exp(-x))
def e(x): return np.log(np.cosh(x))
def g(x): return a(x), b(x), c(x), d(x), e(x.value * u.rad)
CASES = [u.Quantity([0.3, 0.7]), u.Quantity([0.3, 0.7], "km/m")]

# %% determinant-of-quantities
import numpy as np
import astropy.units as u
def g(w): return np.log(np.abs(np.linalg.det(w))), np.log(np.linalg.det(w))
CASES = [u.Quantity([[2.0, 0.5], [0.5, 1.0]]), np.array([[2.0, 0.5], [0.5, 1.0]])]

# %% functions-of-numpy-on-jax-in-sums
import numpy as np
import jax.numpy as jnp
def a(x): return x - np.log(np.exp(x).sum())
def b(x, t): return np.exp(x) / np.sum(np.exp(x)) ** t
def c(x): return np.log(1 + np.exp(x))
def d(x): return np.exp(x) / np.exp(x).sum()
def e(x): return 1 / (1 + np.exp(-x))
def f(x): return np.log(np.sum(np.exp(x))) + x
def g(x, t): return a(x), b(x, t), c(x), d(x), e(x), f(x)
CASES = [(jnp.array([0.3, 0.7]), jnp.array([2.0, 1.0])), (np.array([0.3, 0.7]), 2.0)]

# %% functions-of-numpy-on-tensors-summed
import numpy as np
import torch
def a(x): return np.log(np.exp(x).sum())
def b(x): return np.log(np.exp(x).sum(axis=0))
def c(x): return np.exp(x).sum(axis=0) / np.exp(2 * x).sum(axis=0)
def d(x): return np.log(np.exp(x).mean())
def e(x): return np.log(np.exp(x).cumsum(0))
def g(x): return a(x), b(x), c(x), d(x), e(x)
CASES = [torch.tensor([0.3, 0.7]), torch.tensor([[0.3, 0.7], [0.5, 1.0]], dtype=torch.float64)]

# %% scipy-softmax-of-a-subclass
import numpy as np
from scipy.special import softmax, logsumexp
class Own(np.ndarray):
    pass
def g(x): return np.log(softmax(x, axis=1)), x - logsumexp(x)
CASES = [np.array([[0.3, 0.7], [1.0, 2.0]]).view(Own)]

# %% scipy-softmax-of-a-matrix
import numpy as np
from scipy.special import softmax
def g(x): return np.log(softmax(x, axis=1)), np.log(np.sum(softmax(x, axis=1), axis=0))
CASES = [np.matrix([[0.3, 0.7], [1.0, 2.0]])]

# %% infinite-numbers-beyond-the-domain
import math
def a(x): return math.log((1 + x) / (1 - x)) / 2
def b(x): return math.log(x + math.sqrt(x * x - 1))
def c(x): return math.log(x + math.sqrt(x * x + 1))
def g(f, x): return f(x)
CASES = [(f, x) for f in (a, b, c) for x in (float("inf"), -float("inf"), float("nan"), 0.5, 1.5)]

# %% truth-value-of-python
import numpy as np
def g(x): return np.log(1 + x), np.exp(x) - 1, np.log(1 + np.exp(x))
CASES = [0.5, True, 2]

# %% logarithm-of-gamma-of-complex
import numpy as np
import scipy.special
def g(x): return np.log(scipy.special.gamma(x)), np.log(scipy.special.gamma(1 + x))
CASES = [np.array([0.3 + 0.1j, 0.7]), np.array([0.3, 0.7])]

# %% hypot-of-complex
import numpy as np
def g(x, y): return np.sqrt(x**2 + y**2), np.sqrt(1 + x**2)
CASES = [(np.array([0.3 + 0.1j, 0.7]), 2.0), (np.array([0.3, 0.7]), 1.0)]

# %% scipy-softmax-of-dask
import numpy as np
import dask.array as da
from scipy.special import softmax
def g(x): return np.log(softmax(x, axis=1))
CASES = [da.from_array(np.array([[0.3, 0.7], [1.0, 2.0]]), chunks=1)]

# %% powers-of-2-of-truth-values
import numpy as np
def g(x, y): return np.log2(2.0 ** x + 2.0 ** y)
CASES = [(np.array([True, False]), np.array([True, True])), (np.array([1, 2], np.int8), np.array([3, 1], np.int8))]
EXTREMES = [(np.array([2000.0, 1.0]), np.array([1.0, 2.0]))]

# %% powers-of-two-of-a-frame-and-a-series
import numpy as np
import pandas as pd
def g(x, y): return np.log2(2.0**x + 2.0**y)
CASES = [(pd.DataFrame({"a": [0.3, 0.7], "b": [1.0, 2.0]}), pd.Series([0.5, 0.25], index=["a", "b"])), (pd.Series([0.5, 1.0]), pd.Series([2.0, 1.0]))]

# %% a-quotient-of-the-smallest-integers
import numpy as np
def g(x): return 0.5 * np.log((1 + x) / (1 - x))
CASES = [np.array([0, 0], np.int8), np.array([True, False]), np.array([0.5, 0.25])]

# %% torch-no-grad-in-a-helper
import torch
def p(x):
    with torch.no_grad():
        return torch.exp(x)
def g(x): return torch.log(1 + p(x)) * x
CASES = [torch.tensor([0.5, -1.0])]

# %% torch-no-grad-around-a-helper
import torch
@torch.no_grad()
def p(x):
    return torch.exp(x)
def g(x):
    e = p(x)
    return torch.log(1 + e) * x
CASES = [torch.tensor([0.5, -1.0])]

# %% torch-no-grad-around-a-method
import torch
class M(torch.nn.Module):
    @torch.inference_mode()
    def target(self, x):
        return torch.exp(x)
    def forward(self, x):
        return torch.log(1 + self.target(x).clone()) * x
def g(x): return M()(x)
CASES = [torch.tensor([0.5, -1.0])]

# %% torch-no-grad-in-a-helper-and-its-complement
import torch
def p(x):
    with torch.no_grad():
        return 1 / (1 + torch.exp(-x))
def g(x):
    s = p(x)
    return x * (1 - s)
CASES = [torch.tensor([0.5, -1.0])]
