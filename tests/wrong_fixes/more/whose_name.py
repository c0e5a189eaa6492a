# %% np rebound below
import numpy as np
def g(x): return np.log(1 + np.exp(x))
class Fake:
    def __getattr__(self, k): return lambda v: v + 1
np_old, np = np, Fake()
CASES = [1.5]
# %% np rebound under if
import math
import numpy as np
if math.pi > 3:
    class np:
        log = staticmethod(lambda v: v + 1)
        exp = staticmethod(lambda v: 2 * v)
def g(x): return np.log(1 + np.exp(x))
CASES = [1.5]
# %% exp imported, then defined under try
from math import exp, log
try:
    1 / 0
except ZeroDivisionError:
    def exp(v): return 3 * v
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% exp bound by a loop
from math import exp, log
def g(x): return log(1 + exp(x))
for exp in (lambda v: v * v,):
    pass
CASES = [1.5]
# %% exp bound by with
import contextlib
from math import exp, log
def g(x): return log(1 + exp(x))
with contextlib.nullcontext(lambda v: v * v) as exp:
    pass
CASES = [1.5]
# %% a global set by a function
from math import exp, log
def use(f):
    global exp
    exp = f
use(lambda v: 4 * v)
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% a helper set by a function
import numpy as np
def act(x): return np.exp(x)
def use():
    global act
    act = np.exp2
use()
def g(x): return act(x) / act(x).sum()
CASES = [np.array([1.0, 2.0])]
# %% a helper whose np is rebound
import numpy as np
def ex(x): return np.exp(x)
def g(x): return ex(x) / ex(x).sum()
real = np
class np:
    exp = staticmethod(real.exp2)
CASES = [real.array([1.0, 2.0])]
# %% a star of a library not known, behind
import sys, types
m = types.ModuleType("fastmath1"); m.exp = lambda v: 2 * v; sys.modules["fastmath1"] = m
from math import *
from fastmath1 import *
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% a star of a library not known, before
import sys, types
m = types.ModuleType("fastmath2"); m.exp = lambda v: 2 * v; sys.modules["fastmath2"] = m
from fastmath2 import *
from math import *
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% numpy and cmath by their stars
from numpy import *
from cmath import exp, log
def g(x): return log(1 + exp(x))
CASES = [1.5, 1 + 2j]
# %% the builtin sum from a star
import sys, types
import math
m = types.ModuleType("sums1"); m.sum = lambda v: 7.0; sys.modules["sums1"] = m
from sums1 import *
def g(xs): return math.log(sum([math.exp(v) for v in xs]))
CASES = [[1.0, 2.0]]
# %% exec with the names of the module
import numpy as np
def setup(): exec("np = __import__('math')", globals())
setup()
def g(x): return np.log(1 + np.exp(x)), np.__name__
CASES = [1.0]
# %% names set by globals()
import numpy as np
from math import exp, log
globals()["exp"] = lambda v: 5 * v
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% names set by globals().update
import numpy as np
from math import exp, log
globals().update(exp=lambda v: 5 * v)
def g(x): return log(1 + exp(x))
CASES = [1.5]
# %% a module's function is set
import math
old = math.exp
math.exp = lambda v: 2 * v
def g(x):
    return math.log(1 + math.exp(x))
CASES = [1.5]
# %% a module's function is set for a test
import math
from unittest import mock
def h(x): return math.log(1 + math.exp(x))
def g(x):
    with mock.patch("math.exp", lambda v: 2 * v):
        return h(x)
CASES = [1.5]
# %% np imported anew as another library
import numpy as np
def g(x): return type(np.log(1 + np.exp(x))).__name__
import jax.numpy as np
CASES = [1.5]
# %% helper-bound-again-below
import numpy as np
def my_exp(v):
    return np.exp(v)
def g(x, y):
    t1 = x - y
    t2 = my_exp(t1)
    return (1 + t2) ** (-1.0)
my_exp = abs
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% helper-inline-bound-again-below
import numpy as np
def my_exp(v):
    return np.exp(v)
def g(x, y):
    return 1 / (1 + my_exp(-x))
my_exp = abs
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% helper-of-a-helper-bound-again
import numpy as np
def inner(v):
    return np.exp(v)
def outer(v):
    return 1 + inner(v)
def g(x, y):
    t = outer(-x)
    return 1 / t
inner = abs
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% method-of-a-class-set-again
import numpy as np
class A:
    def e(self, v):
        return np.exp(v)
    def s(self, v):
        t = self.e(-v)
        return 1 / (1 + t)
A.e = lambda self, v: abs(v)
def g(x, y):
    return A().s(x)
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% method-overridden-in-a-subclass
import numpy as np
class A:
    def e(self, v):
        return np.exp(v)
    def s(self, v):
        t = self.e(-v)
        return 1 / (1 + t)
class B(A):
    def e(self, v):
        return abs(v)
def g(x, y):
    return B().s(x)
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% method-hidden-by-an-attribute
import numpy as np
class A:
    def __init__(self):
        self.e = abs
    def e(self, v):
        return np.exp(v)
    def s(self, v):
        t = self.e(-v)
        return 1 / (1 + t)
def g(x, y):
    return A().s(x)
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]
# %% method-of-an-object-set-again
import numpy as np
class A:
    def e(self, v):
        return np.exp(v)
    def s(self, v):
        t = self.e(-v)
        return 1 / (1 + t)
def g(x, y):
    a = A()
    a.e = abs
    return a.s(x)
CASES = [(np.array([1.0, -2.0]), np.array([0.5, 1.0]))]

# %% helper-bound-again-below-a-lambda-that-calls-it
import numpy as np
my_exp = lambda v: np.exp(v)
def g(x):
    total = (lambda: np.sum(my_exp(x)))()
    return np.log(total)
if True:
    my_exp = abs
CASES = [np.array([0.5, 1.0])]
