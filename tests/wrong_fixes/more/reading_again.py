# %% a sum, a clip by an own function, a ratio
import numpy as np
def bound(a): a.clip(0, 1, out=a)
def g(x):
    s = np.exp(x).sum()
    bound(x)
    return np.exp(x) / s
CASES = [np.array([1.0, 2.0, -1.0])]
# %% a walrus between
import numpy as np
def g(x):
    e = np.exp(x)
    if (x := x * 2).max() > 0:
        return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a loop rebinds at its end
import numpy as np
def g(x):
    out = []
    t = 1 + np.exp(x)
    for i in range(3):
        out.append(np.log(t))
        x = x + 1
    return out
CASES = [np.array([1.0, 2.0])]
# %% the condition of a while loop changes it
import numpy as np
class Counter:
    def __init__(self): self.n = 0
    def more(self, a): a += 1; self.n += 1; return self.n < 3
def g(x):
    c = Counter()
    t = 1 + np.exp(x)
    out = []
    while c.more(x):
        out.append(np.log(t))
    return out
CASES = [np.array([1.0, 2.0])]
# %% what is read in a branch of an earlier round
import numpy as np
def g(x):
    e = np.ones(2)
    out = []
    for i in range(3):
        if i == 0:
            e = np.exp(x)
        out.append(e / e.sum())
        x[0] += i
    return out
CASES = [np.array([1.0, 2.0])]
# %% a finally block changes it
import numpy as np
def g(x):
    try:
        e = np.exp(x)
    finally:
        x *= 2
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a context manager changes it on leaving
import contextlib
import numpy as np
@contextlib.contextmanager
def scaled(a):
    a *= 2
    yield
    a /= 4
def g(x):
    with scaled(x):
        e = np.exp(x)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a generator's caller changes it
import numpy as np
def rows(x):
    e = np.exp(x)
    yield 1
    yield e / e.sum()
def g(x):
    r = rows(x)
    next(r)
    x *= 2
    return next(r)
CASES = [np.array([1.0, 2.0])]
# %% a generator that runs in between
import numpy as np
def grow(a):
    while True:
        a += 1
        yield
def g(x):
    it = grow(x)
    e = np.exp(x)
    next(it)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a closure changes it
import numpy as np
def g(x):
    def halve():
        x[:] = x / 2
    e = np.exp(x)
    halve()
    return np.log(e.sum())
CASES = [np.array([1.0, 2.0])]
# %% a closure rebinds it
import numpy as np
def g(x):
    def halve():
        nonlocal x
        x = x / 2
    e = np.exp(x)
    halve()
    return np.log(e.sum())
CASES = [np.array([1.0, 2.0])]
# %% a global is rebound by a function
import numpy as np
T = 2.0
def cool():
    global T
    T = T / 2
def g(x):
    e = np.exp(x / T)
    cool()
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a callback given by the caller
import numpy as np
def g(x, hook):
    e = np.exp(x)
    hook(x)
    return e / e.sum()
CASES = [(np.array([1.0, 2.0]), lambda a: a.sort()), (np.array([3.0, 2.0]), lambda a: a.fill(0.0))]
# %% a callback that is given nothing
import numpy as np
X = np.array([1.0, 2.0])
def shift(): X[:] = X * 3
def g(n):
    x = X
    e = np.exp(x)
    shift()
    return np.log(np.sum(e)) * n
CASES = [1.0]
# %% a list of arrays
import numpy as np
def g(x):
    held = [x]
    e = np.exp(x)
    held[0] *= 2
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a list of arrays that grew
import numpy as np
def g(x):
    held = []
    held.append(x)
    e = np.exp(x)
    for a in held:
        a *= 2
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a row of an array
import numpy as np
def g(x):
    for row in x:
        e = np.exp(row)
        x -= 1
        row[:] = e / e.sum()
    return x
CASES = [np.array([[1.0, 2.0], [0.5, 3.0]])]
# %% a view by a subclass
import numpy as np
class Rows(np.ndarray):
    pass
def g(x):
    r = x.view(Rows)
    e = np.exp(x)
    r *= 2
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% memory of a buffer
import numpy as np
def g(n):
    raw = bytearray(np.array([1.0, 2.0]).tobytes())
    x = np.frombuffer(raw)
    e = np.exp(x)
    raw[8:] = np.array([5.0]).tobytes()
    return np.log(e.sum()) * n
CASES = [1.0]
# %% a ufunc's out as a tuple
import numpy as np
def g(x):
    e = np.exp(x)
    np.multiply(x, 3, out=(x,))
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a ufunc's out by its place
import numpy as np
def g(x):
    e = np.exp(x)
    np.multiply(x, 3, x)
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% ufunc.at and functions that write to what they are given
import numpy as np
def g(x, y):
    e = np.exp(x)
    np.add.at(x, [0], 3.0)
    f = np.exp(y)
    np.copyto(y, [0.0, 1.0])
    return e / e.sum(), f / f.sum()
CASES = [(np.array([1.0, 2.0]), np.array([3.0, 2.0]))]
# %% put, place, putmask, fill_diagonal
import numpy as np
def g(x, y, z):
    e, f, h = np.exp(x), np.exp(y), np.exp(z)
    a = np.put(x, [0], 7.0)
    b = np.putmask(y, y > 2, 0.0)
    c = np.fill_diagonal(z, 0.0)
    return e / e.sum(), f / f.sum(), np.log(h.sum())
CASES = [(np.array([1.0, 2.0]), np.array([3.0, 2.0]), np.eye(2))]
# %% a sort in place, as a method and as a function
import numpy as np
def g(x):
    e = np.exp(x)
    x.sort()
    p = e / e.sum()
    f = np.exp(x)
    y = np.sort(x)[::-1]
    return p, f / f.sum(), y
CASES = [np.array([2.0, 1.0, 3.0])]
# %% an attribute by setattr
import numpy as np
class K:
    def __init__(self): self.w = np.array([1.0, 2.0])
    def run(self):
        e = np.exp(self.w)
        setattr(self, "w", self.w * 2)
        return e / e.sum()
def f(): return K().run()
# %% an attribute by its dictionary
import numpy as np
class K:
    def __init__(self): self.w = np.array([1.0, 2.0])
    def run(self):
        e = np.exp(self.w)
        self.__dict__["w"] = self.w * 2
        return e / e.sum()
def f(): return K().run()
# %% an attribute of an attribute
import numpy as np
class P:
    w = np.array([1.0, 2.0])
class K:
    def __init__(self): self.p = P()
    def run(self):
        e = np.exp(self.p.w)
        self.p = P()
        self.p.w = np.array([5.0, 2.0])
        return e / e.sum()
def f(): return K().run()
# %% a property that is set
import numpy as np
class K:
    def __init__(self): self.w = np.array([1.0, 2.0])
    @property
    def scale(self): return 1.0
    @scale.setter
    def scale(self, v): self.w *= v
    def run(self):
        x = self.w
        e = np.exp(x)
        self.scale = 3.0
        return e / e.sum()
def f(): return K().run()
# %% a property that counts
import numpy as np
class K:
    n = 0
    @property
    def w(self):
        self.n += 1
        return np.array([1.0, 2.0]) * self.n
    def run(self):
        e = np.exp(self.w)
        q = self.w
        return e / e.sum(), np.log(1 + e), self.n, q
def f(): return K().run()
# %% an operator of an own class
import numpy as np
class Acc:
    def __init__(self, a): self.a = a
    def __iadd__(self, v): self.a += v; return self
def g(x):
    acc = Acc(x)
    e = np.exp(x)
    acc += 1.5
    return np.log(e.sum())
CASES = [np.array([1.0, 2.0])]
# %% an item of an own class is stored
import numpy as np
class Box:
    def __init__(self, a): self.a = a
    def __setitem__(self, k, v): self.a *= v
def g(x):
    box = Box(x)
    e = np.exp(x)
    box[0] = 2.0
    return np.log(e.sum())
CASES = [np.array([1.0, 2.0])]
# %% deleted and made anew
import numpy as np
def g(d):
    e = np.exp(d["x"])
    del d["x"]
    d["x"] = np.zeros(2)
    return e / e.sum()
CASES = [{"x": np.array([1.0, 2.0])}]
# %% an import that changes it
import sys, types
import numpy as np
m = types.ModuleType("heats"); m.T = 1.0; sys.modules["heats"] = m
import heats
def warm(): heats.T = 9.0
def g(x):
    e = np.exp(x / heats.T)
    warm()
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% a call in the same expression, before and after
import numpy as np
def bump(a): a *= 2; return 0.0
def g(x, y):
    e, f = np.exp(x), np.exp(y)
    p = bump(x) + np.log(e.sum())
    q = np.log(f.sum()) + bump(y)
    return p, q
CASES = [(np.array([1.0, 2.0]), np.array([1.0, 2.0]))]
# %% a call within the formula
import numpy as np
def bump(a): a *= 2; return a.sum()
def g(x):
    return np.log(np.exp(x) + np.exp(bump(x)))
CASES = [np.array([1.0, 2.0])]
# %% a comprehension that changes it
import numpy as np
def g(x):
    e = np.exp(x)
    done = [x.__setitem__(i, 0.0) for i in range(2)]
    return e / e.sum(), done
CASES = [np.array([1.0, 2.0])]
# %% a lambda that is called later
import numpy as np
def g(x):
    t = 1 + np.exp(x)
    later = lambda: np.log(t)
    x = x * 2
    return later(), x
CASES = [np.array([1.0, 2.0])]
# %% a match statement binds it
import numpy as np
def g(x, shape):
    e = np.exp(x)
    match shape:
        case (2, x):
            pass
    return np.log(e.sum()), x
CASES = [(np.array([1.0, 2.0]), (2, 3))]
# %% an exception's name
import numpy as np
def g(x):
    e = np.exp(x)
    y = x
    try:
        raise ValueError("v")
    except ValueError as x:
        z = str(x)
    return np.log(e.sum()), z
CASES = [np.array([1.0, 2.0])]
# %% a tensor's words that end in an underscore
import torch
def g(x):
    e = torch.exp(x)
    y = x.mul_(2)
    z = torch.relu_(x)
    return e / e.sum(dim=0, keepdim=True), y, z
CASES = [torch.tensor([1.0, 2.0])]
# %% the weights of a layer
import torch
def f():
    torch.manual_seed(0)
    m = torch.nn.Linear(2, 1)
    e = torch.exp(m.weight)
    with torch.no_grad():
        torch.nn.init.constant_(m.weight, 0.5)
    return (e / e.sum(dim=1, keepdim=True)).detach()
# %% a load of states
import torch
def f():
    m = torch.nn.Linear(2, 1, bias=False)
    torch.nn.init.constant_(m.weight, 0.5)
    e = torch.exp(m.weight)
    m.load_state_dict({"weight": torch.tensor([[3.0, 1.0]])})
    return torch.log(e.sum(dim=1)).detach()
# %% a column of a frame by its name
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df["x"])
    df.loc[:, "x"] = df["x"] * 2
    return e / e.sum()
CASES = [pd.DataFrame({"x": [1.0, 2.0]})]
# %% a frame's words in place
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df["x"])
    df.drop(index=0, inplace=True)
    return e / e.sum()
CASES = [pd.DataFrame({"x": [1.0, 2.0]})]
# %% a query that reads a local name
import numpy as np
import pandas as pd
def g(df):
    e = np.exp(df["x"])
    m = e.max()
    p = e / e.sum()
    return p, df.query("x < @m"), df.eval("y = x + @m")
CASES = [pd.DataFrame({"x": [1.0, 2.0]})]
# %% the text of an expression
import numpy as np
def g(x):
    return f"{1 / (1 + np.exp(-x)) = }", f"{np.log(np.sum(np.exp(x)))=!r:>40}"
CASES = [np.float64(1.5)]
# %% an item that is computed when it is read
import numpy as np
class Stream:
    def __init__(self): self.n = 0
    def __getitem__(self, k): self.n += 1; return np.array([1.0, 2.0]) * self.n
def f():
    s = Stream()
    e = np.exp(s[0])
    return e / e.sum(), np.log(1 + e), s.n
# %% an attribute that is computed when it is read
import numpy as np
class Stream:
    def __init__(self): self.n = 0
    def __getattr__(self, k): self.n += 1; return np.array([1.0, 2.0]) * self.n
def f():
    s = Stream()
    e = np.exp(s.z)
    return e / e.sum(), np.log(1 + e), s.n
# %% an iterator is advanced
import numpy as np
def g(x):
    it = iter(x)
    e = np.exp(next(it))
    s = e.sum()
    return e / s, np.exp(next(it)) / s
CASES = [[np.array([1.0, 2.0]), np.array([0.5, 0.0])]]
# %% names in a class body
import numpy as np
class K:
    x = np.array([1.0, 2.0])
    e = np.exp(x)
    x = x * 2
    p = e / e.sum()
def f(): return K.p, K.x
# %% a module's own names
import numpy as np
x = np.array([1.0, 2.0])
def double():
    global x
    x = x * 2
e = np.exp(x)
double()
p = e / e.sum()
def f(): return p, x
# %% a thread in between
import threading
import numpy as np
def g(x):
    e = np.exp(x)
    t = threading.Thread(target=x.fill, args=(0.0,))
    t.start(); t.join()
    return e / e.sum()
CASES = [np.array([1.0, 2.0])]
# %% swapped names
import numpy as np
def g(x, y):
    e = np.exp(x)
    x, y = y, x
    return e / e.sum(), np.log(1 + np.exp(x))
CASES = [(np.array([1.0, 2.0]), np.array([0.5, 3.0]))]
# %% a name rebound twice
import numpy as np
def g(x):
    x = x + 1
    s = np.exp(x).sum()
    x = x * 2
    x = np.exp(x)
    x = x / s
    return x
CASES = [np.array([1.0, 2.0])]
# %% an index that moves
import numpy as np
def g(x):
    i = 0
    e = np.exp(x[i])
    i += 1
    p = e / e.sum()
    return p, x[i]
CASES = [np.array([[1.0, 2.0], [0.5, 3.0]])]
# %% an axis that changes
import numpy as np
def g(x):
    axis = 0
    s = np.exp(x).sum(axis=axis, keepdims=True)
    axis = 1
    return np.exp(x) / s, np.log(np.exp(x).sum(axis=axis))
CASES = [np.array([[1.0, 2.0], [0.5, 3.0]])]
# %% a temperature that falls
import math
def g(energies):
    t, out = 2.0, []
    for e in energies:
        w = math.exp(e / t)
        t *= 0.5
        out.append(w / (1 + w))
    return out
CASES = [[1.0, 2.0, 0.5]]

# %% a name for the argument and then for its exponential, before a yield
import numpy as np
def rows(x):
    t = x
    t = np.exp(t)
    yield 0
    yield np.log(t + 2)
def g(x):
    each = rows(x)
    next(each)
    x *= 2
    return next(each)
CASES = [np.array([0.5, 1.0])]

# %% a name for a view and then for its exponential, before a call
import numpy as np
def inner(x, call):
    t = x.T
    t = np.exp(t)
    call()
    return np.log(t + 2)
def g(x):
    return inner(x, lambda: x.fill(3.0))
CASES = [np.array([0.5, 1.0])]

# %% a draw after another one
import numpy as np
def g(x):
    np.random.seed(0)
    e = np.exp(x + np.random.rand(2))
    r = np.random.rand(1)
    return e / e.sum(), r
CASES = [np.array([1.0, 2.0])]

# %% a tensor drawn after another one
import torch
def g(x):
    torch.manual_seed(0)
    e = torch.exp(x + torch.rand(2))
    r = torch.rand(1)
    return e / e.sum(-1, keepdim=True), r
CASES = [torch.tensor([1.0, -2.0])]

# %% a dropout before a draw
import torch
import torch.nn.functional as F
def g(x):
    torch.manual_seed(0)
    e = torch.exp(F.dropout(x, 0.5))
    r = torch.rand(1)
    return e / e.sum(-1, keepdim=True), r
CASES = [torch.tensor([1.0, -2.0])]

# %% a draw by a function of the module
import numpy as np
def noise(n):
    return np.random.normal(size=n)
def g(x):
    np.random.seed(0)
    e = np.exp(x + noise(2))
    r = noise(1)
    return e / e.sum(), r
CASES = [np.array([1.0, 2.0])]

# %% item-of-a-dictionary-with-two-names
import numpy as np
def g(x, y):
    d = {}
    d['p'] = np.exp(x)
    e = d
    e['p'] = y
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% column-of-a-frame-with-two-names
import numpy as np, pandas as pd
def g(x, y):
    d = pd.DataFrame({"x": x})
    d['p'] = np.exp(d['x'])
    e = d
    e['p'] = y
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% item-that-a-call-sets
import numpy as np
def put(d, y): d['p'] = y
def g(x, y):
    d = {'p': np.exp(x)}
    put(d, y)
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% item-by-a-variable
import numpy as np
def g(x, y, k):
    d = {'p': np.exp(x)}
    d[k] = y
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]), 'p')]

# %% item-that-is-taken-out
import numpy as np
def g(x, y):
    d = {'p': np.exp(x)}
    d.pop('p')
    d.setdefault('p', y)
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% items-of-two-dictionaries
import numpy as np
def g(x, y):
    d = {'p': np.exp(x)}
    d |= {'p': y}
    e = d | {'p': y + 1}
    return np.log(1 + d['p']), np.log(1 + e['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% item-that-a-closure-sets
import numpy as np
def g(x, y):
    d = {'p': np.exp(x)}
    def h(): d['p'] = y
    h()
    return np.log(1 + d['p'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% items-of-one-array
import numpy as np
def g(x):
    d = {'x': x, 'e': np.exp(x)}
    d['x'] *= 2
    return np.log(1 + d['e']), d['e'] / d['e'].sum()
CASES = [np.array([0.5, -1.0])]

# %% item-changed-by-another-name
import numpy as np
def g(x):
    d = {'e': np.exp(x)}
    v = d['e']
    v[0] = 7
    return np.log(1 + d['e']), d['e'] / d['e'].sum()
CASES = [np.array([0.5, -1.0])]

# %% item-changed-by-the-name-it-had
import numpy as np
def g(x):
    e = np.exp(x)
    d = {'e': e}
    e[0] = 7
    return np.log(1 + d['e']), d['e'] / d['e'].sum()
CASES = [np.array([0.5, -1.0])]

# %% items-set-in-a-loop
import numpy as np
def g(x, y):
    d = {'e': np.exp(x)}
    for k in d:
        d[k] = y
    return np.log(1 + d['e'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% item-set-in-a-branch
import numpy as np
def g(x, y):
    d = dict(e=np.exp(x))
    if y[0] > 0:
        d['e'] = y
    return np.log(1 + d['e'])
CASES = [(np.array([0.5, -1.0]), np.array([0.1, 0.2]))]

# %% class-called-dict
import numpy as np
class D(dict):
    def __getitem__(self, k): return 0.25
dict = D
def g(x):
    d = dict(e=np.exp(x))
    return np.log(1 + d['e'])
CASES = [np.array([0.5, -1.0])]
# %% a tensor that is normalised in place
import torch
def g(x):
    e = torch.exp(x)
    e.div_(e.sum())
    return e * 2
CASES = [torch.tensor([1.0, 2.0, -1.0])]
# %% a tensor whose exponential is left in it
import torch
def g(x):
    y = x.exp_()
    p = y / y.sum()
    return p, x
CASES = [torch.tensor([1.0, 2.0, -1.0])]
# %% a chain in place
import torch
def g(x):
    p = 1 / x.neg_().exp_().add_(1)
    return p, x
CASES = [torch.tensor([1.0, 2.0, -1.0])]
