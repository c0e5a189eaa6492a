# %% OverflowError around the denominator
import math
def g(x):
    try:
        return 1 / (math.exp(x) - 1)
    except (OverflowError, ZeroDivisionError):
        return -1.0
CASES = [1.0, 0.0, 800.0]
# %% ZeroDivisionError
import math
def g(x):
    try:
        return x / (math.exp(x) - 1)
    except ZeroDivisionError:
        return 1.0
CASES = [1.0, 0.0]
# %% a bare except
import math
def g(x):
    try:
        y = math.log(1 - math.exp(x))
    except:
        y = None
    return y
CASES = [-1.0, 0.0, 1.0]
# %% Exception, and a step in the body alone
import math
def g(x):
    try:
        e = math.exp(x)
    except Exception:
        return "large"
    return math.log(1 + e)
CASES = [1.0, 800.0]
# %% a name for the errors
import math
ERRORS = (ValueError, OverflowError)
def g(x):
    try:
        return math.log(1 - math.exp(x))
    except ERRORS:
        return None
CASES = [-1.0, 0.0, 1.0]
# %% the caller takes it
import math
def h(x): return math.log(1 - math.exp(x))
def g(x):
    try:
        return h(x)
    except ValueError:
        return 0.0
CASES = [-1.0, 0.0, 1.0]
# %% the caller's caller takes it
import math
class M:
    def low(self, x): return math.log(1 - math.exp(x))
    def mid(self, x): return self.low(x) * 2
    def top(self, x):
        try:
            return self.mid(x)
        except ArithmeticError:
            return "arithmetic"
        except ValueError:
            return "value"
def g(x): return M().top(x)
CASES = [-1.0, 0.0, 1.0]
# %% suppressed
import contextlib, math
def g(x):
    r = "none"
    with contextlib.suppress(ValueError, OverflowError):
        r = math.log(1 - math.exp(x))
    return r
CASES = [-1.0, 0.0, 1.0]
# %% expected by a test
import math
import pytest
def f():
    with pytest.raises(OverflowError):
        math.log(1 + math.exp(1000.0 * len("a")))
    return True
# %% expected by a unit test
import math, unittest
def logit_loss(x): return math.log(1 + math.exp(x))
class T(unittest.TestCase):
    def runTest(self):
        self.assertRaises(OverflowError, logit_loss, 1000.0)
        with self.assertRaises(OverflowError):
            logit_loss(900.0)
def f():
    r = unittest.TestResult()
    T().run(r)
    return len(r.failures), len(r.errors)
# %% numpy told to raise elsewhere
import numpy as np
def g(x):
    old = np.seterr(all="raise")
    try:
        return 1 / (1 + np.exp(-x))
    except Exception:
        return "raised"
    finally:
        np.seterr(**old)
CASES = [np.float64(1.0), np.float64(-800.0)]
# %% a warning taken for a sign
import warnings
import numpy as np
def g(x):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        y = np.log(1 + np.exp(x))
    return y if not seen else "warned"
CASES = [np.float64(1.0), np.float64(800.0)]
# %% a warning raised
import warnings
import numpy as np
def g(x):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.log(np.sum(np.exp(x)))
        except RuntimeWarning:
            return "warned"
CASES = [np.array([1.0, 2.0]), np.array([800.0, 2.0])]
# %% errstate-call-elsewhere
import numpy as np
hits = []
def g(x):
    with np.errstate(over="call", call=lambda *a: hits.append(a[0])):
        a = np.sum(x)
    return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([1.0, 2.0]), np.array([-1000.0])]
# %% seterr-call
import numpy as np
hits = []
np.seterr(over="call")
np.seterrcall(lambda *a: hits.append(a[0]))
def g(x):
    return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([1.0, 2.0]), np.array([-1000.0])]
# %% seterr-call-by-position
import numpy as np
hits = []
np.seterr("call")
np.seterrcall(lambda *a: hits.append(a[0]))
def g(x):
    return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([1.0, 2.0]), np.array([-1000.0])]
# %% errstate-print
import numpy as np
def g(x):
    with np.errstate(over="print"):
        return 1 / (1 + np.exp(-x))
CASES = [np.array([1.0, 2.0]), np.array([-1000.0])]
# %% errstate-call-in-a-variable
import numpy as np
hits = []
quiet = np.errstate(over="call", call=lambda *a: hits.append(a[0]))
def g(x):
    with quiet:
        return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([-1000.0])]
# %% errstate-call-as-decorator
import numpy as np
hits = []
@np.errstate(over="call", call=lambda *a: hits.append(a[0]))
def g(x):
    return 1 / (1 + np.exp(-x)), len(hits)
CASES = [np.array([-1000.0])]
# %% errstate-call-of-the-caller
import numpy as np
hits = []
def s(x):
    return 1 / (1 + np.exp(-x))
def g(x):
    with np.errstate(over="call", call=lambda *a: hits.append(a[0])):
        return s(x), len(hits)
CASES = [np.array([-1000.0])]
# %% errstate-log
import numpy as np
class Log:
    def __init__(self): self.n = 0
    def write(self, text): self.n += 1
log = Log()
old = np.seterrcall(log)
def g(x):
    with np.errstate(all="log"):
        r = 1 / (1 + np.exp(-x))
    return r, log.n
CASES = [np.array([-1000.0])]

# %% handler-of-type-error
import numpy as np
def g(x):
    try:
        return np.log(1 + np.exp(x))
    except TypeError:
        return "no number"
CASES = [np.array([0.5]), "a", np.array(["a"]), np.array([0.5, None], dtype=object)]

# %% handler-of-attribute-error
import numpy as np
import pandas as pd
def g(i):
    try:
        return np.exp(i) / np.exp(i).sum()
    except AttributeError:
        return "index"
CASES = [pd.Index([0.5, 1.0]), np.array([0.5, 1.0])]

# %% handler-of-bool-negation
import numpy as np
def g(x):
    try:
        return 1 / (1 + np.exp(-x))
    except TypeError:
        return "bool"
CASES = [np.array([True]), np.array([0.5])]

# %% warnings-as-errors-elsewhere
import warnings
import numpy as np
def s(x): return 1 / (1 + np.exp(-x))
def g(x):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return s(x)
    except Exception as error:
        return type(error).__name__
CASES = [np.array([0.5]), np.array([-1000.0])]

# %% errstate-raise-inside
import numpy as np
def g(x):
    with np.errstate(over="raise"):
        try:
            return np.log(1 + np.exp(x))
        except FloatingPointError:
            return x
CASES = [np.array([0.5, 1.0]), np.array([1000.0])]

# %% errstate-in-class
import numpy as np
class Guard:
    def __enter__(self):
        self.old = np.seterr(over="raise")
    def __exit__(self, kind, *rest):
        np.seterr(**self.old)
        return kind is FloatingPointError
def g(x):
    with Guard():
        return np.exp(x) / np.sum(np.exp(x))
    return "overflow"
CASES = [(np.array([1.0, 2.0]),), (np.array([1.0, 1000.0]),)]

# %% exit-swallows
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
def g(x):
    r = None
    with Swallow():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-by-generator
import math
from contextlib import contextmanager
@contextmanager
def swallow():
    try:
        yield
    except OverflowError:
        pass
def g(x):
    r = "big"
    with swallow():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% map-with-handler-elsewhere
import math
def f(x):
    return math.log(1 + math.exp(x))
def attempt(fn, *a):
    try:
        return fn(*a)
    except OverflowError:
        return "big"
def g(x):
    return attempt(f, x)
CASES = [(1.0,), (1000.0,)]

# %% handler-through-a-dict-of-functions
import math
def f(x):
    return 1 / (1 + math.exp(-x))
TABLE = {"sig": f}
def g(name, x):
    try:
        return TABLE[name](x)
    except OverflowError:
        return "big"
CASES = [("sig", 1.0), ("sig", -1000.0)]

# %% future-exception
import math
from concurrent.futures import ThreadPoolExecutor
def f(x):
    return 1 / (1 + math.exp(-x))
def g(x):
    with ThreadPoolExecutor(1) as pool:
        fut = pool.submit(f, x)
        return fut.result() if fut.exception() is None else type(fut.exception()).__name__
CASES = [(1.0,), (-1000.0,)]

# %% gather-return-exceptions
import math, asyncio
async def f(x):
    return 1 / (1 + math.exp(-x))
async def g(x):
    r = await asyncio.gather(f(x), f(1.0), return_exceptions=True)
    return [v if isinstance(v, float) else type(v).__name__ for v in r]
CASES = [(1.0,), (-1000.0,)]

# %% finally-returns
import math
def g(x):
    r = "none"
    try:
        r = 1 / (1 + math.exp(-x))
    finally:
        return r
CASES = [(1.0,), (-1000.0,)]

# %% finally-breaks
import math
def g(x):
    r = "none"
    for part in [x]:
        try:
            r = 1 / (1 + math.exp(-part))
        finally:
            break
    return r
CASES = [(1.0,), (-1000.0,)]

# %% finally-continues
import math
def g(*xs):
    found = []
    for x in xs:
        try:
            found.append(1 / (1 + math.exp(-x)))
        finally:
            if x < 0:
                continue
    return found
CASES = [(1.0, 2.0), (-1000.0, 1.0)]

# %% finally-breaks-after-an-inner-loop
import math
def g(x):
    r = "none"
    while True:
        try:
            r = 1 / (1 + math.exp(-x))
        finally:
            for _ in range(2):
                continue
            else:
                break
    return r
CASES = [(1.0,), (-1000.0,)]

# %% exit-swallows-in-a-variable
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
guard = Swallow()
def g(x):
    r = None
    with guard:
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-in-a-local-variable
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
def g(x):
    guard = Swallow()
    r = None
    with guard:
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-in-an-argument
import math, threading
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
guard = threading.Lock()
def h(x, guard):
    r = None
    with guard:
        r = math.log(1 + math.exp(x))
    return r
def g(x): return h(x, Swallow())
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-in-an-attribute
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
class M:
    def __init__(self): self.guard = Swallow()
    def run(self, x):
        r = None
        with self.guard:
            r = math.log(1 + math.exp(x))
        return r
def g(x): return M().run(x)
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-by-another-name
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
Quiet = Swallow
def g(x):
    r = None
    with Quiet():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-if-asked
import contextlib, math
def g(x, quiet):
    r = None
    with contextlib.suppress(OverflowError) if quiet else contextlib.nullcontext():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0, True), (1000.0, True)]

# %% suppressed-in-a-variable
import contextlib, math
def g(x):
    guard = contextlib.suppress(OverflowError)
    r = None
    with guard:
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-by-a-base
import math
class Swallow:
    def __enter__(self): return self
    def __exit__(self, *a): return True
class Quiet(Swallow): pass
class Quieter(Quiet): pass
def g(x):
    r = None
    with Quieter():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-by-a-generator-that-returns-in-finally
import math
from contextlib import contextmanager
@contextmanager
def swallow():
    try:
        yield
    finally:
        return
def g(x):
    r = "big"
    with swallow():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% exit-swallows-by-a-function-that-returns-it
import contextlib, math
def quietly(): return contextlib.suppress(OverflowError)
def g(x):
    r = None
    with quietly():
        r = math.log(1 + math.exp(x))
    return r
CASES = [(1.0,), (1000.0,)]

# %% contextlib-suppress-yield
import math
from contextlib import contextmanager, suppress
@contextmanager
def quiet():
    with suppress(OverflowError):
        yield
def g(x):
    r = None
    with quiet():
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% exitstack-enter
import math
from contextlib import ExitStack, suppress
def g(x):
    r = None
    with ExitStack() as stack:
        stack.enter_context(suppress(OverflowError))
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% exitstack-own
import math
from contextlib import ExitStack
class Swallow:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return t is OverflowError
def g(x):
    r = None
    with ExitStack() as stack:
        stack.enter_context(Swallow())
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% exitstack-push
import math
from contextlib import ExitStack
def g(x):
    r = None
    with ExitStack() as stack:
        stack.push(lambda t, v, tb: True)
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% context-decorator-class
import math
from contextlib import ContextDecorator
class Swallow(ContextDecorator):
    def __enter__(self): return self
    def __exit__(self, *a): return True
@Swallow()
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% context-decorator-function
import math
from contextlib import contextmanager
@contextmanager
def quiet():
    try:
        yield
    except OverflowError:
        pass
@quiet()
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% suppress-as-decorator-by-variable
import math
from contextlib import suppress, ContextDecorator
class Q(suppress, ContextDecorator): pass
@Q(OverflowError)
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% decorator-that-catches
import math, functools
def safe(f):
    @functools.wraps(f)
    def wrapper(*a):
        try:
            return f(*a)
        except OverflowError:
            return -1.0
    return wrapper
@safe
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% decorator-with-arguments-that-catches
import math, functools
def safe(default):
    def deco(f):
        @functools.wraps(f)
        def wrapper(*a, **k):
            try:
                return f(*a, **k)
            except Exception:
                return default
        return wrapper
    return deco
@safe(-1.0)
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% decorator-class-that-catches
import math
class Safe:
    def __init__(self, f): self.f = f
    def __call__(self, *a):
        try:
            return self.f(*a)
        except OverflowError:
            return -1.0
@Safe
def g(x):
    return 1 / (1 + math.exp(-x))
CASES = [0.5, -800.0]

# %% exit-assigned
import math
class Swallow:
    def __enter__(self): return self
    __exit__ = lambda self, *a: True
def g(x):
    r = None
    with Swallow():
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% exit-from-function
import math
def leave(self, *a): return True
class Swallow:
    def __enter__(self): return self
    __exit__ = leave
def g(x):
    r = None
    with Swallow():
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% stack-in-helper
import math
from contextlib import ExitStack, suppress
def enter(stack):
    stack.enter_context(suppress(OverflowError))
def g(x):
    r = None
    with ExitStack() as stack:
        enter(stack)
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% async-exit-stack
import math
from contextlib import AsyncExitStack, suppress
async def g(x):
    r = None
    async with AsyncExitStack() as stack:
        stack.enter_context(suppress(OverflowError))
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% manager-of-manager
import math
from contextlib import contextmanager, suppress
@contextmanager
def inner():
    with suppress(ArithmeticError):
        yield
@contextmanager
def outer():
    with inner():
        yield
def g(x):
    r = None
    with outer():
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% manager-stack-yield
import math
from contextlib import contextmanager, suppress, ExitStack
@contextmanager
def outer():
    with ExitStack() as s:
        s.enter_context(suppress(ArithmeticError))
        yield s
def g(x):
    r = None
    with outer():
        r = 1 / (1 + math.exp(-x))
    return r
CASES = [0.5, -800.0]

# %% numpy-assert-raises
import math
from numpy.testing import assert_raises
def sig(x): return 1 / (1 + math.exp(-x))
def g(x):
    assert_raises(OverflowError, sig, -800.0)
    return sig(x)
CASES = [0.5]

# %% numpy-testing-with-assert-raises
import math
import numpy as np
def sig(x): return 1 / (1 + math.exp(-x))
def g(x):
    with np.testing.assert_raises(OverflowError):
        sig(-800.0)
    return sig(x)
CASES = [0.5]

# %% showwarning-hook
import numpy as np, warnings
seen = []
def sig(x): return 1 / (1 + np.exp(-x))
def g(x):
    old = warnings.showwarning
    warnings.showwarning = lambda *a, **k: seen.append(str(a[0]))
    try:
        r = sig(x)
    finally:
        warnings.showwarning = old
    return r, len(seen)
CASES = [np.array([0.5, -800.0])]

# %% map-with-fallback
import math
def sig(x): return 1 / (1 + math.exp(-x))
def attempt(f, x, d=None):
    try:
        return f(x)
    except Exception:
        return d
def g(x): return attempt(sig, x), attempt(lambda v: math.log(1 + math.exp(v)), -x)
CASES = [0.5, -800.0]

# %% retry-decorator-unknown
import math
from functools import partial
def run(f):
    try:
        return f()
    except OverflowError:
        return "o"
def g(x):
    return run(partial(lambda v: 1 / (1 + math.exp(-v)), x))
CASES = [0.5, -800.0]

# %% thread-excepthook
import math, threading
def sig(x, out):
    out.append(1 / (1 + math.exp(-x)))
def g(x):
    out = []; seen = []
    threading.excepthook = lambda a: seen.append(a.exc_type.__name__)
    t = threading.Thread(target=sig, args=(x, out)); t.start(); t.join()
    return out, seen
CASES = [0.5, -800.0]

# %% asyncio-task-exception
import math, asyncio
async def sig(x):
    return 1 / (1 + math.exp(-x))
async def g(x):
    t = asyncio.ensure_future(sig(x))
    await asyncio.wait([t])
    return str(t.exception())
CASES = [0.5, -800.0]

# %% pool-map-error-callback
import math
from multiprocessing.pool import ThreadPool
def sig(x): return 1 / (1 + math.exp(-x))
def g(x):
    seen = []
    with ThreadPool(1) as p:
        r = p.apply_async(sig, (x,), error_callback=lambda e: seen.append(type(e).__name__))
        r.wait()
        return r.successful(), seen
CASES = [0.5, -800.0]

# %% doctest-with-overflow
import math
def sig(x):
    """
    >>> sig(-800.0)
    Traceback (most recent call last):
    OverflowError: math range error
    """
    return 1 / (1 + math.exp(-x))
def g(x):
    import doctest
    t = doctest.DocTestFinder().find(sig, "sig", globs={"sig": sig})
    import io
    return sig(x), doctest.DocTestRunner().run(t[0], out=lambda s: None).failed
CASES = [0.5]
