"""What random programs stand in, and what stands between the lines of one.

In a statement `|` is the end of a line, `V` the name of an array, `Y` another one, `T` a new name.
"""

from __future__ import annotations

import re

#: Where steps that lead to a result may stand: `BODY` and `RESULT` in the function `g_N_` of x, y, z, w and k.
ENCLOSURES: dict[str, str] = dict(
    re.findall(
        r"# (.*)\n((?:.+\n|\n(?!# ))+)",
        """
# a function
def g_N_(x, y, z, w, k):
    BODY
    return RESULT

# a function once more, as it is the most common
def g_N_(x, y, z, w, k):
    BODY
    return RESULT

# a name for the result
def g_N_(x, y, z, w, k):
    BODY
    r = RESULT
    return r

# arguments as they are afterwards
def g_N_(x, y, z, w, k):
    BODY
    r = RESULT
    return r, x, y

# something printed
def g_N_(x, y, z, w, k):
    BODY
    r = RESULT
    print(type(r).__name__)
    return r

# a method
class K_N_:
    def run(self, x, y, z, w, k):
        BODY
        return RESULT

def g_N_(x, y, z, w, k):
    return K_N_().run(x, y, z, w, k)

# a closure
def g_N_(x, y, z, w, k):
    BODY
    def inner():
        return RESULT
    return inner()

# a closure that is called later
def g_N_(x, y, z, w, k):
    BODY
    inner = lambda: RESULT
    x = y
    return inner()

# an inner function
def g_N_(x, y, z, w, k):
    def inner(x):
        BODY
        return RESULT
    return inner(x)

# a generator
def g_N_(x, y, z, w, k):
    BODY
    yield RESULT
    yield RESULT

# a generator that waits
def rows_N_(x, y, z, w, k):
    BODY
    yield 0
    yield RESULT

def g_N_(x, y, z, w, k):
    rows = rows_N_(x, y, z, w, k)
    next(rows)
    x *= 2
    return next(rows)

# a coroutine
async def g_N_(x, y, z, w, k):
    BODY
    return RESULT

# a coroutine that waits
async def g_N_(x, y, z, w, k):
    BODY
    await asyncio.sleep(0)
    return RESULT

# a loop
def g_N_(x, y, z, w, k):
    out = []
    for i in range(2):
        BODY
        out.append(RESULT)
    return out

# a loop that changes what it reads
def g_N_(x, y, z, w, k):
    out = []
    for i in range(2):
        BODY
        out.append(RESULT)
        x = x * 0.5
    return out

# a loop around the result
def g_N_(x, y, z, w, k):
    out = []
    BODY
    for i in range(2):
        out.append(RESULT)
        x = x * 0.5
    return out

# a while loop
def g_N_(x, y, z, w, k):
    n = 0
    while n < 2:
        BODY
        r = RESULT
        n += 1
    return r

# a branch
def g_N_(x, y, z, w, k):
    if k > 0:
        BODY
        return RESULT
    return x

# a match statement
def g_N_(x, y, z, w, k):
    match k:
        case 0:
            return x
        case _:
            BODY
            return RESULT

# a finally block
def g_N_(x, y, z, w, k):
    try:
        BODY
        return RESULT
    finally:
        print('done')

# a handler
def g_N_(x, y, z, w, k):
    try:
        BODY
        return RESULT
    except (ValueError, ArithmeticError):
        return None

# a handler of the caller
def inner_N_(x, y, z, w, k):
    BODY
    return RESULT

def g_N_(x, y, z, w, k):
    try:
        return inner_N_(x, y, z, w, k)
    except Exception as error:
        return type(error).__name__

# a context
def g_N_(x, y, z, w, k):
    with nullcontext():
        BODY
        return RESULT

# a list comprehension
def g_N_(x, y, z, w, k):
    BODY
    return [RESULT for x in (x, y)]

# a dict comprehension
def g_N_(x, y, z, w, k):
    BODY
    return {i: RESULT for i in range(2)}

# a walrus
def g_N_(x, y, z, w, k):
    BODY
    if (r := RESULT) is not None:
        return r, r

# a choice
def g_N_(x, y, z, w, k):
    BODY
    return RESULT if k > 0 else x

# defaults
def g_N_(x, y, z, w, k):
    def inner(x=x, k=2 * k):
        BODY
        return RESULT
    return inner()

# a class body
def g_N_(x, y, z, w, k):
    class C:
        BODY
        r = RESULT
    return C.r

# a decorator
def twice_N_(f):
    def inner(*a):
        f(*a)
        return f(*a)
    return inner

@twice_N_
def g_N_(x, y, z, w, k):
    BODY
    return RESULT

# a helper that is called twice
def h_N_(x, y, z, w, k):
    BODY
    return RESULT

def g_N_(x, y, z, w, k):
    return h_N_(x, y, z, w, k) + h_N_(y, x, z, w, k)

# an item
def g_N_(x, y, z, w, k):
    BODY
    q = [RESULT]
    q[0] = q[0] * 2
    return q

# stars
def g_N_(x, y, z, w, k):
    BODY
    return tuple([*(RESULT,), x])

# a constant for one
ONE_N_ = 1.0

def g_N_(x, y, z, w, k):
    BODY
    return RESULT
""",
    )
)

#: Between two steps; the last group is for arrays, which can be changed in place.
STATEMENTS = """
V = V * 2
V = Y
V += 1
V = -V
k = k + 1
k *= 2
T = V
T = V * 2
print(V)
pass
o.x = y
o.x = o.x * 2
o = O_N_(y)
T = o.touch(V)
o.touch(V)
setattr(o, 'x', y)
vars(o).update(x=y)
d['x'] = y
d['n'] = d.get('n', 0) + 1
d.update(x=y)
xs[0] = y
xs.append(y)
xs.reverse()
x, y = y, x
T = [V for V in (y, z)]
del V|V = y
for V in [V * 0.5]:|    pass
if k > 1:|    V = V + 1
try:|    V = V * 3|except ValueError:|    pass
if (V := V * 0.5) is not None:|    pass
global G_N_|G_N_ = k
def T():|    return V
match k:|    case 1:|        V = y|    case _:|        pass
"""
CHANGES = """
V *= 2
V -= Y
V[0] = 1.5
V[...] = y
V[V > 0] = 0.25
T = V|T *= 2
T = V[:1]|T += 1
T = V.copy()|T *= 2
T = V + 0|T += 1
T = V.T|T *= 2
T = V.reshape(-1)|T += 1
bump_N_(V)
T = bump_N_(V)
T = [bump_N_(V) for _ in range(2)]
if bump_N_(V) is not None:|    pass
(lambda a: bump_N_(a))(V)
for T in range(2):|    V *= 0.5
o.keep(V)|o.halve()
d['v'] = V|d['v'] *= 2
xs.append(V)|xs[-1] += 1
"""
#: How a step may get its name: `N` the name, `E` the expression.
NAMINGS = """
N: object = E
N, _ = E, 0
N = _ = E
o.N = E|N = o.N
d['N'] = E|N = d['N']
if k is not None:|    N = E|else:|    N = 0
N = (lambda: E)()
for _ in range(2):|    N = E
try:|    N = E|finally:|    pass
assert (N := E) is not None
with nullcontext():|    N = E
"""
#: Other names of a function `A` of the library, `F`.
ALIASES = """
A = F
def A(v):|    return F(v)
A = lambda v: F(v)
def A(v, base=None):|    if base is None:|        return F(v)|    return F(v) / base
"""
#: Afterwards the name is something else.
REBOUND = """
A = abs
if LATER_N_:|    A = abs
"""
CLASS = """class O_N_:
    def __init__(self, x):
        self.x = x

    def touch(self, v):
        self.x = v
        return v

    def keep(self, v):
        self.kept = v

    def halve(self):
        self.kept *= 0.5
"""


def block(text: str, body: list[str]) -> str:
    """`text` with `body` in the place of its line `BODY`."""
    return re.sub(r"^( *)BODY$", lambda m: "\n".join(m[1] + line for line in body), text, flags=re.MULTILINE)


def lines(text: str) -> list[str]:
    """The statements of a list above."""
    return [line.replace("|", "\n") for line in text.split("\n") if line]
