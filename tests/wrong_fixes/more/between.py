# %% frombuffer
import numpy as np
def g(b):
    x = np.frombuffer(b, dtype=np.float64)
    e = np.exp(x)
    b[:8] = np.float64(3.0).tobytes()
    return e / e.sum()
CASES = [bytearray(np.array([1.0, 2.0]).tobytes())]

# %% hsplit
import numpy as np
def g(a):
    x, y = np.hsplit(a, 2)
    e = np.exp(x)
    a *= np.arange(4.0)
    return np.log(np.sum(e))
CASES = [np.array([1.0, 2.0, 3.0, 4.0])]

# %% require
import numpy as np
def g(a):
    x = np.require(a, dtype=np.float64, requirements="C")
    e = np.exp(x)
    a *= 3
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% astype-without-copy
import numpy as np
def g(a):
    x = a.astype(np.float64, copy=False)
    e = np.exp(x)
    a -= 1.5
    return 1 / (1 + e)
CASES = [np.array([1.0, 2.0])]

# %% array-without-copy
import numpy as np
def g(a):
    x = np.array(a, copy=None)
    e = np.exp(x)
    a[0] = 9.0
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% ravel-and-reshape
import numpy as np
def g(a):
    x = a.reshape(-1)
    e = np.exp(x)
    a.ravel()[1] = 0.0
    return e / e.sum()
CASES = [np.array([[1.0, 2.0]])]

# %% transpose-of-a-slice
import numpy as np
def g(a):
    v = a.T[0]
    e = np.exp(v)
    a[:, 0] += np.arange(2.0)
    return np.log(e.sum())
CASES = [np.array([[1.0, 2.0], [0.5, 0.0]])]

# %% swapaxes-and-squeeze
import numpy as np
def g(a):
    v = np.squeeze(np.swapaxes(a, 0, 1))
    e = np.exp(v)
    np.negative(a, out=a)
    return np.log(1 + e)
CASES = [np.array([[1.0, 2.0]])]

# %% broadcast-to
import numpy as np
def g(a):
    v = np.broadcast_to(a, (2, 2))
    e = np.exp(v)
    a[...] = 0
    return np.log(e.sum(axis=1))
CASES = [np.array([1.0, 2.0])]

# %% nditer-writes
import numpy as np
def g(a):
    e = np.exp(a)
    with np.nditer(a, op_flags=["readwrite"]) as it:
        for v in it:
            v[...] = 2 * v
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% flat-writes
import numpy as np
def g(a):
    e = np.exp(a)
    a.flat[0] = 5.0
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% put-place-copyto-fill
import numpy as np
def g(a, b, c, d):
    e, f, h, i = np.exp(a), np.exp(b), np.exp(c), np.exp(d)
    np.put(a, 0, 5.0)
    np.place(b, b > 1.5, 0.0)
    np.copyto(c, 0.25)
    d.fill(1.0)
    return e / e.sum(), f / f.sum(), np.log(h.sum()), np.log(1 + i)
CASES = [tuple(np.array([1.0, 2.0]) for _ in range(4))]

# %% sort-in-place
import numpy as np
def g(a):
    e = np.exp(a)
    a.sort()
    return e / e.sum()
CASES = [np.array([2.0, 1.0])]

# %% partition-resize-setfield
import numpy as np
def g(a):
    e = np.exp(a)
    a.partition(1)
    return e / np.sum(e)
CASES = [np.array([3.0, 2.0, 1.0])]

# %% ufunc-at
import numpy as np
def g(a):
    e = np.exp(a)
    np.add.at(a, [0, 0], 1.0)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% out-keyword-of-another-call
import numpy as np
def g(a):
    e = np.exp(a)
    m = np.multiply(a, 2, out=a)
    return e / e.sum(), m
CASES = [np.array([1.0, 2.0])]

# %% out-by-position
import numpy as np
def g(a):
    e = np.exp(a)
    np.add(a, 1.0, a)
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% out-tuple
import numpy as np
def g(a):
    e = np.exp(a)
    r = np.modf(a, out=(a, np.empty(2)))
    return 1 / (1 + e), r[0]
CASES = [np.array([1.5, 2.5])]

# %% cumsum-out
import numpy as np
def g(a):
    e = np.exp(a)
    s = a.cumsum(out=a)
    return e / e.sum(), s
CASES = [np.array([1.5, 2.5])]

# %% torch-in-place-word
import torch
def g(w):
    e = torch.exp(w)
    v = w.mul_(torch.arange(2.0))
    return e / e.sum(), v
CASES = [torch.tensor([1.0, 2.0])]

# %% torch-copy-into
import torch
def g(w, v):
    e = torch.exp(w)
    w.copy_(v)
    return torch.log(1 + e)
CASES = [(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 1.0]))]

# %% torch-view-changed
import torch
def g(a):
    w = a.view(-1)
    e = torch.exp(w)
    a.zero_()
    return e / e.sum()
CASES = [torch.tensor([[1.0, 2.0]])]

# %% torch-narrow-chunk-unbind
import torch
def g(a):
    w, v = a.unbind(0)
    e = torch.exp(w)
    a += torch.arange(2.0)
    return e / e.sum(), v
CASES = [torch.tensor([[1.0, 2.0], [3.0, 4.0]])]

# %% torch-from-numpy
import numpy as np, torch
def g(a):
    w = torch.from_numpy(a)
    e = torch.exp(w)
    a[0] = 7.0
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% torch-numpy-of-a-tensor
import numpy as np, torch
def g(t):
    a = t.numpy()
    e = np.exp(a)
    t.add_(torch.arange(2.0))
    return e / e.sum()
CASES = [torch.tensor([1.0, 2.0])]

# %% init-functions
import torch
def g(w):
    e = torch.exp(w)
    torch.nn.init.constant_(w, 3.0)
    return torch.log(1 + e)
CASES = [torch.tensor([1.0, 2.0])]

# %% clip-grad-norm
import torch
def g(w):
    w.grad = w * 3
    e = torch.exp(w.grad)
    n = torch.nn.utils.clip_grad_norm_([w], 1.0)
    return e / e.sum(), n
CASES = [torch.tensor([1.0, 2.0])]

# %% zip-of-arrays
import numpy as np
def g(xs):
    out = []
    for x in xs:
        e = np.exp(x)
        for y in xs:
            y += 1
        out.append(np.log(e.sum()))
    return out
CASES = [[np.array([1.0, 2.0]), np.array([0.5, 0.0])]]

# %% list-element-replaced
import numpy as np
def g(xs):
    e = np.exp(xs[0])
    xs[0] = xs[0] * 2
    return e / e.sum()
CASES = [[np.array([1.0, 2.0])]]

# %% list-pop
import numpy as np
def g(xs):
    e = np.exp(xs[0])
    xs.pop(0)
    return e / e.sum()
CASES = [[np.array([1.0, 2.0]), np.array([5.0, 0.0])]]

# %% dict-update
import numpy as np
def g(d):
    e = np.exp(d["w"])
    d.update(w=d["w"] * 2)
    return np.log(1 + e)
CASES = [{"w": np.array([1.0, 2.0])}]

# %% dict-pop
import numpy as np
def g(d):
    e = np.exp(d["w"])
    v = d.pop("w")
    return np.log(1 + e), v
CASES = [{"w": np.array([1.0, 2.0])}]

# %% del-item
import numpy as np
def g(d):
    e = np.exp(d["w"])
    del d["w"]
    return e / e.sum()
CASES = [{"w": np.array([1.0, 2.0])}]

# %% del-name
import numpy as np
def g(x):
    y = x * 2
    e = np.exp(y)
    del y
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% setattr
import numpy as np
class O: pass
def g(x):
    o = O()
    o.w = x
    e = np.exp(o.w)
    setattr(o, "w", x * 2)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% property-with-a-counter
import numpy as np
class O:
    n = 0
    @property
    def w(self):
        self.n += 1
        return np.array([1.0, 2.0]) * self.n
def g(_):
    o = O()
    e = np.exp(o.w)
    p = e / e.sum()
    return p, np.log(1 + e), o.n
CASES = [0]

# %% property-that-reads-another-attribute
import numpy as np
class O:
    def __init__(self): self.t = 1.0
    @property
    def w(self): return np.array([1.0, 2.0]) / self.t
def g(_):
    o = O()
    e = np.exp(o.w)
    o.t = 0.5
    return e / e.sum()
CASES = [0]

# %% getattr-hook
import numpy as np
class O:
    def __init__(self): self.log = []
    def __getattr__(self, name):
        self.log.append(name)
        return np.array([1.0, 2.0])
def g(_):
    o = O()
    e = np.exp(o.w)
    return e / e.sum(), np.log(1 + e), o.log
CASES = [0]

# %% descriptor-set-by-with
import contextlib
import numpy as np
class O:
    def __init__(self): self.w = np.array([1.0, 2.0])
    @contextlib.contextmanager
    def scaled(self):
        old, self.w = self.w, self.w * 3
        yield self
        self.w = old
def g(_):
    o = O()
    e = np.exp(o.w)
    with o.scaled():
        return e / e.sum()
CASES = [0]

# %% generator-between
import numpy as np
def rows(x):
    e = np.exp(x)
    yield "ready"
    yield e / e.sum()
def g(x):
    r = rows(x)
    next(r)
    x += np.arange(2.0)
    return next(r)
CASES = [np.array([1.0, 2.0])]

# %% yield-from-between
import numpy as np
def inner(x):
    x *= 2
    yield 0
def rows(x):
    e = np.exp(x)
    yield from inner(x)
    yield np.log(1 + e)
def g(x): return list(rows(x))
CASES = [np.array([1.0, 2.0])]

# %% send-into-a-generator
import numpy as np
def rows(x):
    e = np.exp(x)
    k = yield
    yield e / e.sum(), k
def g(x):
    r = rows(x)
    next(r)
    x -= np.arange(2.0)
    return r.send(1)
CASES = [np.array([1.0, 2.0])]

# %% async-for-between
import asyncio
import numpy as np
async def ticks(o):
    for i in range(2):
        o["w"] = o["w"] * 2
        yield i
async def work(o):
    e = np.exp(o["w"])
    async for _ in ticks(o):
        pass
    return e / e.sum()
def g(x): return asyncio.run(work({"w": x}))
CASES = [np.array([1.0, 2.0])]

# %% lambda-called-between
import numpy as np
def g(x):
    e = np.exp(x)
    f = lambda: x.__imul__(2)
    f()
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% nonlocal-in-a-closure
import numpy as np
def g(x):
    def step():
        nonlocal x
        x = x * 2
        return 0
    e = np.exp(x)
    r = step()
    return e / e.sum(), r
CASES = [np.array([1.0, 2.0])]

# %% default-of-a-function-changes
import numpy as np
def bump(v, acc=[]):
    acc.append(v)
    v -= len(acc)
    return len(acc)
def g(x):
    e = np.exp(x)
    n = bump(x)
    return np.log(1 + e) + n
CASES = [np.array([1.0, 2.0])]

# %% operator-of-an-own-class
import numpy as np
class Adder:
    def __add__(self, a):
        a += 1
        return self
def g(x):
    e = np.exp(x)
    k = Adder() + x
    return e / (1 + e)
CASES = [np.array([1.0, 2.0])]

# %% comparison-of-an-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __lt__(self, o):
        self.a *= 2
        return True
def g(x):
    e = np.exp(x)
    if C(x) < 3:
        return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% bool-of-an-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __bool__(self):
        self.a *= 2
        return True
def g(x):
    c = C(x)
    e = np.exp(x)
    if c:
        return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% iteration-of-an-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __iter__(self):
        self.a *= 2
        return iter([0])
def g(x):
    e = np.exp(x)
    for _ in C(x):
        pass
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% format-of-an-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __format__(self, s):
        self.a *= 2
        return ""
def g(x):
    e = np.exp(x)
    t = f"{C(x)}"
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% decorated-helper
import numpy as np
def twice(f): return lambda v: 2 * f(v)
@twice
def ex(v): return np.exp(v)
def g(x): return 1 / (1 + ex(-x)), np.log(1 + ex(x))
CASES = [np.array([1.0, 2.0])]

# %% helper-rebound-by-a-loop
import numpy as np
def ex(v): return np.exp(v)
for ex in (np.exp2,):
    pass
def g(x): return np.log(1 + ex(x))
CASES = [np.array([1.0, 2.0])]

# %% helper-rebound-through-globals
import numpy as np
def ex(v): return np.exp(v)
globals()["ex"] = np.exp2
def g(x): return np.log(1 + ex(x))
CASES = [np.array([1.0, 2.0])]

# %% method-overridden-in-a-subclass
import numpy as np
class A:
    def ex(self, v): return np.exp(v)
    def run(self, v): return np.log(1 + self.ex(v))
class B(A):
    def ex(self, v): return np.exp2(v)
def g(x): return B().run(x)
CASES = [np.array([1.0, 2.0])]

# %% method-set-on-an-instance
import numpy as np
class A:
    def ex(self, v): return np.exp(v)
    def run(self, v): return self.ex(v) / self.ex(v).sum()
def g(x):
    a = A()
    a.ex = np.exp2
    return a.run(x)
CASES = [np.array([1.0, 2.0])]

# %% np-rebound-in-a-function
import numpy as np
def g(x):
    import jax.numpy as np
    return np.log(1 + np.exp(x))
CASES = [1.0]

# %% np-as-a-parameter
import numpy as np
import jax.numpy as jnp
def h(x, np=np): return np.log(1 + np.exp(x))
def g(x): return h(x, jnp), h(x)
CASES = [1.0]

# %% np-rebound-under-if
import numpy as np
if hasattr(np, "exp"):
    import jax.numpy as np
def g(x): return np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))
CASES = [1.0]

# %% np-with-attributes-set
import numpy as np
import types
np = types.SimpleNamespace(exp=lambda v: 2 * v, log=lambda v: v + 1)
def g(x): return np.log(1 + np.exp(x))
CASES = [1.0]

# %% exp-as-a-loop-variable
from numpy import exp, log, exp2, log2
for exp, log in [(exp2, log2)]:
    pass
def g(x): return log(1 + exp(x))
CASES = [1.5]

# %% exp-as-a-parameter
from numpy import exp, log, exp2
def h(x, exp): return log(1 + exp(x))
def g(x): return h(x, exp2)
CASES = [1.5]

# %% log-of-a-class-body
import numpy as np
class K:
    exp = staticmethod(np.exp2)
    log = staticmethod(np.log)
    v = log(1 + exp(1.5))
def f(): return K.v

# %% pylab-star
import sys, types
m = types.ModuleType("pylab"); m.exp = lambda v: 2 * v; m.log = lambda v: v + 1; sys.modules["pylab"] = m
from math import exp, log
from pylab import *
def g(x): return log(1 + exp(x))
CASES = [1.5]

# %% star-of-math-then-numpy
from numpy import *
from math import *
def g(x): return log(1 + exp(x)), type(log(1 + exp(x))).__name__
CASES = [1.5, 2]

# %% global-statement
import numpy as np
exp = np.exp
def switch():
    global exp
    exp = np.exp2
def g(x):
    switch()
    return np.log(1 + exp(x))
CASES = [np.array([1.0, 2.0])]

# %% monkeypatched-module
import numpy as np
import math
def g(x):
    old, math.exp = math.exp, lambda v: 2 * v
    try:
        return math.log(1 + math.exp(x))
    finally:
        math.exp = old
CASES = [1.5]

# %% overflow-as-control-flow
import math
def g(x):
    try:
        return 1 / (1 + math.exp(-x))
    except OverflowError:
        return "far"
CASES = [-1.0, -800.0]

# %% zero-division-as-control-flow
import math
def g(x):
    try:
        return x / (math.exp(x) - 1)
    except ZeroDivisionError:
        return 1.0
CASES = [1.0, 0.0, 1e-18]

# %% exception-in-the-caller
import math
def h(x): return math.log(1 - math.exp(x))
def g(x):
    try:
        return h(x)
    except ValueError:
        return "none"
CASES = [-1.0, 0.0, 1.0]

# %% bare-except
import math
def g(x):
    try:
        r = math.log(math.exp(x) - 1)
    except:
        r = None
    return r
CASES = [1.0, 0.0, -1.0, 800.0]

# %% suppress
import contextlib
import math
def g(x):
    r = -1.0
    with contextlib.suppress(OverflowError):
        r = math.log(1 + math.exp(x))
    return r
CASES = [1.0, 800.0]

# %% warnings-as-errors
import warnings
import numpy as np
def g(x):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.log(np.sum(np.exp(x)))
        except RuntimeWarning:
            return "overflow"
CASES = [np.array([1.0, 2.0]), np.array([1000.0, 2.0])]

# %% errstate-call
import numpy as np
hits = []
def g(x):
    with np.errstate(over="call", call=lambda *a: hits.append(a[0])):
        return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([1.0, 2.0]), np.array([-1000.0])]

# %% isinf-as-control-flow
import numpy as np
def g(x):
    s = np.log(np.sum(np.exp(x)))
    if np.isinf(s):
        return x.max()
    return s
CASES = [np.array([1.0, 2.0]), np.array([1000.0, 2.0])]

# %% nan-as-control-flow
import numpy as np
def g(x):
    p = np.exp(x) / np.sum(np.exp(x))
    p[np.isnan(p)] = -1.0
    return p
CASES = [np.array([1.0, 2.0])]

# %% eval-reads-a-local
import numpy as np
def g(x):
    e = np.exp(x)
    p = e / e.sum()
    return p, eval("e * 2")
CASES = [np.array([1.0, 2.0])]

# %% locals-reads-a-local
import numpy as np
def g(x):
    e = np.exp(x)
    p = e / e.sum()
    return p, sorted(locals())
CASES = [np.array([1.0, 2.0])]

# %% query-of-a-frame-reads-a-local
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(-df["x"].max())
    p = 1 / (1 + e)
    return p, df.query("x > @e")
CASES = [pd.DataFrame({"x": [1.0, 2.0]})]

# %% frame-inspection
import inspect
import numpy as np
def peek(): return sorted(inspect.currentframe().f_back.f_locals)
def g(x):
    e = np.exp(x)
    p = e / e.sum()
    return p, peek()
CASES = [np.array([1.0, 2.0])]

# %% source-inspection
import numpy as np
def g(x):
    return np.log(1 + np.exp(x)), g.__code__.co_varnames
CASES = [1.0]

# %% finally-changes
import numpy as np
def g(x):
    try:
        e = np.exp(x)
    finally:
        x *= 2
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% else-of-a-loop
import numpy as np
def g(x):
    e = np.exp(x)
    for i in range(2):
        pass
    else:
        x += np.arange(2.0)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% while-condition
import numpy as np
def g(x):
    e = np.exp(x)
    n = 0
    while x.__iadd__(1).sum() < 9:
        n += 1
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]

# %% match-guard
import numpy as np
def bump(x):
    x *= 2
    return True
def g(x):
    e = np.exp(x)
    match x.shape:
        case (2,) if bump(x):
            return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% assert-with-an-effect
import numpy as np
def bump(x):
    x *= 2
    return True
def g(x):
    e = np.exp(x)
    assert bump(x)
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% comprehension-with-an-effect
import numpy as np
def g(x):
    e = np.exp(x)
    n = [x.__isub__(1).sum() for _ in range(2)]
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]

# %% swap
import numpy as np
def g(x, y):
    e = np.exp(x)
    x, y = y, x
    return e / e.sum(), y
CASES = [(np.array([1.0, 2.0]), np.array([0.0, 5.0]))]

# %% augmented-view-of-the-exponential
import numpy as np
def g(x):
    e = np.exp(x)
    e[0] *= 3
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% in-place-step-kept-as-an-argument
import numpy as np
def g(x):
    x -= 1
    np.exp(x, out=x)
    x /= x.sum()
    return x
CASES = [np.array([1.0, 2.0])]

# %% sum-kept-in-a-closure
import numpy as np
def g(x):
    total = np.exp(x).sum()
    def part(i): return np.exp(x[i]) / total
    x += np.arange(2.0)
    return part(0), part(1)
CASES = [np.array([1.0, 2.0])]

# %% late-binding-in-a-list-of-lambdas
import numpy as np
def g(x):
    fs = []
    for k in (1.0, 2.0):
        e = np.exp(k * x)
        fs.append(lambda: e / e.sum())
    return [f() for f in fs]
CASES = [np.array([1.0, 2.0])]

# %% module-name-read-later
import numpy as np
T = 2.0
def g(x):
    global T
    e = np.exp(x / T)
    T = 1.0
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% class-attribute-read-later
import numpy as np
class C:
    T = 2.0
def cool(): C.T = 1.0
def g(x):
    e = np.exp(x / C.T)
    cool()
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]

# %% random-draws
import numpy as np
def g(n):
    rng = np.random.default_rng(0)
    x = rng.normal(size=n)
    e = np.exp(rng.normal(size=n))
    return e / e.sum(), x, np.log(1 + np.exp(rng.normal())), rng.normal()
CASES = [3]

# %% draw-read-twice
import numpy as np
def g(n):
    np.random.seed(1)
    return 1 / (1 + np.exp(-np.random.normal(size=n))), np.random.normal()
CASES = [3]

# %% iterator-consumed
import numpy as np
def g(xs):
    it = iter(xs)
    e = np.exp(next(it))
    p = e / e.sum()
    return p, list(it)
CASES = [[np.array([1.0, 2.0]), np.array([3.0])]]

# %% generator-of-exponentials-consumed
import math
def g(xs):
    e = (math.exp(x) for x in xs)
    s = sum(e)
    return [math.exp(x) / s for x in xs], math.log(s), list(e)
CASES = [[1.0, 2.0]]

# %% file-like-reads
import io
import numpy as np
def g(t):
    f = io.StringIO(t)
    e = np.exp(float(f.readline()))
    return 1 / (1 + e), f.readline()
CASES = ["1.0\n2.0\n"]

# %% cached-property
import functools
import numpy as np
class O:
    n = 0
    @functools.cached_property
    def w(self):
        O.n += 1
        return np.array([1.0, 2.0])
def g(_):
    o = O()
    e = np.exp(o.w)
    return e / e.sum(), O.n
CASES = [0]

# %% series-set-by-loc
import numpy as np
import pandas as pd
def g(s):
    e = np.exp(s)
    s.loc[0] = 5.0
    return e / e.sum()
CASES = [pd.Series([1.0, 2.0])]

# %% frame-column-by-iloc
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df["x"])
    df.iloc[0, 0] = 5.0
    return np.log(1 + e)
CASES = [pd.DataFrame({"x": [1.0, 2.0]})]

# %% frame-drop-in-place
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df)
    df.drop(columns="y", inplace=True)
    return np.log(1 + e)
CASES = [pd.DataFrame({"x": [1.0, 2.0], "y": [0.0, 1.0]})]

# %% frame-insert
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df)
    df.insert(0, "z", 0.0)
    return 1 / (1 + e)
CASES = [pd.DataFrame({"x": [1.0, 2.0], "y": [0.0, 1.0]})]

# %% xarray-set-by-a-dict
import numpy as np
import xarray as xr
def g(a):
    e = np.exp(a)
    a[dict(x=0)] = 7.0
    return np.log(1 + e)
CASES = [xr.DataArray([1.0, 2.0], dims="x")]

# %% xarray-values
import numpy as np
import xarray as xr
def g(a):
    e = np.exp(a)
    a.values[0] = 7.0
    return np.log(1 + e)
CASES = [xr.DataArray([1.0, 2.0], dims="x")]
# %% frames-of-the-stack
import inspect
import numpy as np
def peek(): return sorted(inspect.stack()[1].frame.f_locals)
def g(x):
    e = np.exp(x)
    p = e / e.sum()
    return p, peek()
CASES = [np.array([1.0, 2.0])]
# %% frames-by-number
import sys
import numpy as np
def peek(): return sorted(sys._getframe(1).f_locals)
def g(x):
    e = np.exp(x)
    s = e.sum()
    return e / s, peek()
CASES = [np.array([1.0, 2.0])]
# %% class-attribute-asked-for
import numpy as np
def g(x):
    class C:
        t = np.exp(x)
        r = t / t.sum()
    return C.r, hasattr(C, "t")
CASES = [np.array([1.0, 2.0])]
# %% class-attribute-read-elsewhere
import numpy as np
def g(x):
    class C:
        t = np.exp(x)
        r = t / t.sum()
    return C
def h(c): return c.t
def f():
    C = g(np.array([1.0, 2.0]))
    return C.r, h(C)
# %% bool-of-own-class-if
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __bool__(self):
        self.a *= 2
        return True
def g(x):
    c = C(x)
    e = np.exp(x)
    r = 1 if c else 2
    return np.log(1 + e), r
CASES = [np.array([1.0, 2.0])]
# %% bool-of-own-class-and
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __bool__(self):
        self.a *= 2
        return True
def g(x):
    c = C(x)
    e = np.exp(x)
    r = c and 3
    return np.log(1 + e), r
CASES = [np.array([1.0, 2.0])]
# %% add-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __add__(self, other):
        self.a += other
        return self
def g(x):
    c = C(x)
    e = np.exp(x)
    c = c + 2
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]
# %% getitem-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __getitem__(self, other):
        self.a += other
        return self
def g(x):
    c = C(x)
    e = np.exp(x)
    c[3]
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]
# %% contains-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __contains__(self, other):
        self.a += other
        return True
def g(x):
    c = C(x)
    e = np.exp(x)
    d = 3 in c
    return np.log(1 + e), d
CASES = [np.array([1.0, 2.0])]
# %% getattr-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __getattr__(self, name):
        self.a += 1
        return 7
def g(x):
    c = C(x)
    e = np.exp(x)
    d = c.seven
    return np.log(1 + e), d
CASES = [np.array([1.0, 2.0])]
# %% iter-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __iter__(self):
        self.a += 1
        yield 1
def g(x):
    c = C(x)
    e = np.exp(x)
    n = 0
    for i in c:
        n += i
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% unpack-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __iter__(self):
        self.a += 1
        yield 1
        yield 2
def g(x):
    c = C(x)
    e = np.exp(x)
    p, q = c
    return np.log(1 + e), p, q
CASES = [np.array([1.0, 2.0])]
# %% len-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __len__(self):
        self.a += 1
        return 3
def g(x):
    c = C(x)
    e = np.exp(x)
    n = len(c)
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% str-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __str__(self):
        self.a += 1
        return "C"
def g(x):
    c = C(x)
    e = np.exp(x)
    n = f"{c}"
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% eq-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __eq__(self, other):
        self.a += 1
        return False
def g(x):
    c = C(x)
    e = np.exp(x)
    n = c == 3
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% match-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __eq__(self, other):
        self.a += 1
        return False
def g(x):
    c = C(x)
    e = np.exp(x)
    match c:
        case 3: n = 1
        case _: n = 2
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% del-of-own-class
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __del__(self):
        self.a += 1
def g(x):
    c = C(x)
    e = np.exp(x)
    del c
    return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]
# %% descriptors
import numpy as np
class D:
    def __get__(self, obj, kind):
        obj.a += 1
        return 5
class C:
    b = D()
    def __init__(self, a): self.a = a
def g(x):
    c = C(x)
    e = np.exp(x)
    n = c.b
    return np.log(1 + e), n
CASES = [np.array([1.0, 2.0])]
# %% hash-in-dict
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __hash__(self):
        self.a += 1
        return 5
def g(x):
    c = C(x)
    e = np.exp(x)
    n = {c: 1}
    return np.log(1 + e), len(n)
CASES = [np.array([1.0, 2.0])]
# %% pure-dunder-stays
import numpy as np
class C:
    def __init__(self, a): self.a = a
    def __bool__(self): return True
    def __add__(self, o): return C(self.a + o)
def g(x):
    c = C(x)
    e = np.exp(x)
    if c:
        return np.log(1 + e)
CASES = [np.array([1.0, 2.0])]

# %% async-gather
import asyncio
import numpy as np
async def part(box, x):
    e = np.exp(box[0])
    await asyncio.sleep(0)
    return np.log(1 + e)
async def change(box):
    box[0] = box[0] * 3
async def both(x):
    box = [x]
    a, _ = await asyncio.gather(part(box, x), change(box))
    return a
def g(x): return asyncio.run(both(x))
CASES = [np.array([0.5, 1.0])]

# %% generator-expression-step-late
import numpy as np
def g(x):
    e = np.exp(-x)
    lazy = (1 / (1 + e) for _ in range(2))
    x = x * 2
    return list(lazy)
CASES = [np.array([0.5, 1.0])]

# %% dict-missing
import numpy as np
from collections import defaultdict
def g(x):
    d = defaultdict(lambda: x * 2)
    e = np.exp(d["a"])
    return np.log(1 + e), sorted(d)
CASES = [np.array([0.5])]

# %% closure-nonlocal-rebind
import numpy as np
def g(x):
    e = np.exp(x)
    def change():
        nonlocal e
        e = e * 2
    change()
    return e / (1 + e)
CASES = [np.array([0.5, 1.0])]

# %% match-class-pattern-calls-attribute
import numpy as np
class P:
    __match_args__ = ("w",)
    def __init__(self, w): self.v = w; self.n = 0
    @property
    def w(self):
        self.v *= 2
        return self.v
def g(x):
    p = P(x)
    e = np.exp(x)
    match p:
        case P(w):
            return e / e.sum(), w
CASES = [(np.array([1.0, 2.0, 3.0]),)]

# %% divided in place by a sum that is used again
import numpy as np
def g(x):
    e = np.exp(x)
    s = e.sum()
    e /= s
    return e, s
CASES = [np.array([1.0, 2.0])]

# %% divided in place by a sum that is printed
import numpy as np
def g(x):
    e = np.exp(x)
    total = e.sum()
    e /= total
    print(total)
    return e
CASES = [np.array([1.0, 2.0])]

# %% multiplied-in-place
import numpy as np
def g(x):
    e = np.exp(x)
    r = 1 / e.sum()
    e *= r
    return e, r
CASES = [np.array([1.0, 2.0])]

# %% aug-closure
import numpy as np
def g(x):
    e = np.exp(x)
    s = e.sum()
    def f(): return s
    e /= s
    return e, f()
CASES = [np.array([1.0, 2.0])]
