# %% base one a subclass that overrides a property
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def e(self): return 1 - np.exp(self.x)
    def run(self):
        return -self.e
class B(A):
    @property
    def e(self): return self.x ** 2 + 1
def g(x):
    return B(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% used in the subclass log1 shadows by a class attribute
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def e(self): return np.exp(self.x)
class B(A):
    e = np.array([3.0, 4.0, 5.0])
    def run(self):
        return np.log(1 + self.e)
def g(x):
    return B(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% diamond
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def e(self): return np.exp(self.x)
class L(A): pass
class R(A):
    @property
    def e(self): return self.x ** 2 + 1
class D(L, R):
    def run(self): return np.log(1 + self.e)
def g(x): return D(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% first base's method second's property
import numpy as np
class A:
    e = 3.0
class M:
    @property
    def e(self): return np.exp(self.x)
class B(A, M):
    def __init__(self, x): self.x = x
    def run(self): return np.log(1 + self.e) + self.x
def g(x): return B(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% cached before change elsewhere
import numpy as np
from functools import cached_property
class A:
    def __init__(self, x): self.x = x
    @cached_property
    def e(self): return np.exp(self.x)
    def warm(self): self.e
    def move(self): self.x = self.x * 2
    def run(self): return np.log(1 + self.e)
def g(x):
    a = A(x); a.warm(); a.move()
    return a.run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% cached value edited in place
import numpy as np
from functools import cached_property
class A:
    def __init__(self, x): self.x = x
    @cached_property
    def e(self): return np.exp(self.x)
    def run(self):
        self.e[0] = 7
        return self.e / self.e.sum()
def g(x): return A(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% effect moves the state
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def e(self):
        self.x = self.x + 1
        return np.exp(self.x)
    def run(self): return self.e / self.e.sum()
def g(x): return A(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% setter changes
import numpy as np
class A:
    def __init__(self, x): self._x = x
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    def run(self, v):
        e = np.exp(self.x)
        self.x = v
        return e / np.exp(self.x).sum()
def g(x): return A(x).run(x + 1)
CASES = [np.array([1.0, 2.0, -1.0])]
# %% setter on the made
import numpy as np
class A:
    def __init__(self, x): self._p = x
    @property
    def p(self): return np.exp(self._p)
    @p.setter
    def p(self, v): self._p = np.log(v) + 1
    def run(self, v):
        self.p = 1 + np.exp(v)
        return np.log(self.p)
def g(x): return A(x).run(x + 1)
CASES = [np.array([1.0, 2.0, -1.0])]
# %% rebound on the instance
import numpy as np
class A:
    def e(self, x): return np.exp(x)
    def run(self, x): return np.log(1 + self.e(x))
def g(x):
    a = A(); a.e = lambda x: x ** 2
    return a.run(x)
CASES = [np.array([1.0, 2.0, -1.0])]
# %% dataclass
import numpy as np
from dataclasses import dataclass
@dataclass
class A:
    x: object
    e: object = None
    def run(self): return np.log(1 + self.e)
@dataclass
class B(A):
    @property
    def e(self): return np.exp(self.x)
    @e.setter
    def e(self, v): pass
    def run2(self): return self.e / self.e.sum()
def g(x): return B(x).run2()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% super method with a twist
import numpy as np
class A:
    def e(self, x): return np.exp(x)
    def run(self, x): return np.log(1 + self.e(x))
class B(A):
    def e(self, x): return super().e(2 * x)
    def run(self, x): return super().run(x) + np.log(1 + self.e(x))
def g(x): return B().run(x)
CASES = [np.array([1.0, 2.0, -1.0])]
# %% inherited property reads an overridden one
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def u(self): return np.exp(self.x)
    @property
    def e(self): return 1 + self.u
class B(A):
    @property
    def u(self): return self.x ** 2
    def run(self): return np.log(self.e)
def g(x): return B(x).run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% torch forward inherited
import numpy as np
import torch
class M(torch.nn.Module):
    def act(self, x): return torch.sigmoid(x)
    def forward(self, x): return torch.log(self.act(x))
class N(M):
    def act(self, x): return x ** 2 + 1
def f(): return N()(torch.tensor([1.0, 2.0]))
# %% torch no_grad property
import numpy as np
import torch
class M(torch.nn.Module):
    def __init__(self):
        super().__init__(); self.w = torch.nn.Parameter(torch.tensor([0.5, 1.0, -1.0]))
    @property
    @torch.no_grad()
    def p(self): return torch.exp(self.w)
    def forward(self): return self.w + torch.log(1 + self.p)
def f():
    m = M(); m()[0].backward()
    return m.w.grad
# %% growing list
import numpy as np
class A:
    def __init__(self): self.vs = []
    @property
    def e(self): return np.exp(np.array(self.vs))
    def run(self, x):
        out = []
        for v in x:
            self.vs.append(v)
            out.append(self.e / self.e.sum())
        return out
def g(x): return A().run(x)
CASES = [np.array([1.0, 2.0, -1.0])]
# %% property of a global
import numpy as np
X = None
class A:
    @property
    def e(self): return np.exp(X)
    def run(self):
        s = self.e.sum()
        move()
        return self.e / s
def move():
    global X
    X = X * 2
def g(x):
    global X
    X = x
    return A().run()
CASES = [np.array([1.0, 2.0, -1.0])]
# %% extremes half
import numpy as np
class A:
    def __init__(self, x): self.x = x
    @property
    def e(self): return np.exp(self.x)
    @property
    def p(self): return self.e / self.e.sum()
    def run(self): return np.log(self.p)
def g(x): return A(x).run()
EXTREMES = [np.array([1000.0, 0.0, -1000.0])]
CASES = [np.array([1.0, 2.0, -1.0])]
