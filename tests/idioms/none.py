# %%
def f(x):
    m = x.max(axis=1, keepdims=True)
    e = np.exp(x - m)
    return e / e.sum(axis=1, keepdims=True)


# %%
def f(eta):
    eta = eta - eta.max()
    r = np.exp(eta)
    return r / np.cumsum(r[::-1])[::-1]


# %%
def f(x, v):
    w = np.exp(x - x.max())
    return (w * v).sum() / w.sum()


# %%
def f(x):
    a = max(x)
    return a + math.log(sum(math.exp(v - a) for v in x))


# %%
def f(logits):
    m = max(logits)
    e = [np.exp(l - m) for l in logits]
    s = sum(e)
    return [l / s for l in e]


# %%
def f(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


# %%
def f(d, s):
    w = np.exp(-d ** 2 / (2 * s ** 2))
    return w / w.sum()


# %%
def f(d, s, v):
    w = np.exp(-0.5 * (d / s) ** 2)
    return np.sum(w * v) / np.sum(w)


# %%
def f(x):
    p = scipy.special.softmax(x)
    return -np.sum(p * np.log(p + 1e-12))


# %%
def f(x, a):
    return a * np.exp(x) / (b + c)


# %%
def f(x):
    return np.exp(np.log(x).mean())


# %%
def f(p, q):
    return np.sum(p * np.log(p / q))


# %%
def f(x):
    w = x ** 2
    return w / w.sum()


# %%
def f(a, b):
    return np.logaddexp(a, b)


# %%
def f(x):
    return np.log(np.sum(x ** 2))


# %%
def f(x):
    return np.cumsum(np.exp(-x ** 2))


# %%
def f(x):
    return np.average(x, weights=np.exp(-np.arange(10)))


# %%
def f(r):
    return np.exp(-r) / (1 + r)


# %%
def f(x):
    lse = scipy.special.logsumexp(x)
    return np.exp(x - lse)


# %%
def f(x):
    lse = np.log(np.sum(np.exp(x - x.max()))) + x.max()
    return np.exp(x - lse)


# %%
def f(x, y):
    p = scipy.special.log_softmax(x, axis=1)
    return -p[np.arange(len(y)), y].mean()


# %%
def f(probs, y):
    return -np.log(probs[np.arange(len(y)), y]).mean()


# %%
def f(df):
    df['w'] = df['x'] ** 2
    df['p'] = df['w'] / df['w'].sum()
    return df


# %%
def f(x):
    return np.exp(x) / x


# %%
def f(k, n):
    return np.exp(-2j * np.pi * k / n) / np.sum(np.exp(-2j * np.pi * k / n))


# %%
def f(x):
    return np.tanh(x / 2)


# %%
def f(E, beta):
    E = E - E.min()
    w = np.exp(-beta * E)
    return np.sum(E * w) / np.sum(w)


# %%
def f(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))


# %%
def f(self, x):
    self.e = np.exp(x - x.max())
    self.s = self.e.sum()
    return self.e / self.s


# %%
def f(x):
    return torch.log_softmax(x, 1)[torch.arange(3), y]


# %%
def f(w, v):
    return np.dot(w, v) / np.sum(w)


# %%
def f(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


# %%
def f(x, a):
    return 1 / (1 + np.exp(-np.clip(x, -50, 50)))


# %%
def f(x):
    return np.log(np.exp(2) + 1)


# %%
def f(p):
    odds = np.exp(np.log(p / (1 - p)))
    return odds / (1 + odds)


# %%
def f(x):
    s = sum(map(abs, x))
    return [v / s for v in x]


# %%
def f(xs):
    den = xs[0].copy()
    for x in xs[1:]:
        den += x
    return [x / den for x in xs]


# %%
def f(a, mask):
    a = a - np.max(np.where(mask, a, -np.inf), axis=1, keepdims=True)
    e = np.where(mask, np.exp(a), 0)
    return e / e.sum(axis=1, keepdims=True)


# %%
def f(c, r, T):
    return c * np.exp(-r * T)


# %%
def f(x, b):
    x = x - x.max()
    e = np.exp(x)
    return e / (e.sum() + 1e-8)


# %%
def f(log_w):
    log_w -= np.max(log_w)
    w = np.exp(log_w)
    w /= np.sum(w)
    return np.sum(w) ** 2 / np.sum(w ** 2)


# %%
def f(x):
    p = scipy.special.softmax(x, axis=1)
    return -np.sum(p * np.log(p + 1e-12), axis=1)


# %%
def clip_fraction(logp, old, clip):
    ratio = (logp - old).exp()
    return ((ratio - 1.0).abs() > clip).float().mean()


# %%
def durations(log_durations):
    return torch.clamp(torch.round(torch.exp(log_durations) - 1).long(), min=0)


# %%
def log_cdf(x, mean, log_scale):
    scaled = torch.exp(-log_scale) * (x - mean)
    return scaled - F.softplus(scaled)


# %%
def precision(log_variance, eps):
    return 1.0 / (log_variance.exp() + eps)


# %%
def ranks(n):
    return [1 / math.log2(rank + 1) for rank in range(1, n)]


# %%
def transfer(q):
    return np.log(math.e + 1.8 * q)


# %%
def start(n, d, offset):
    with np.errstate(over="ignore", divide="ignore"):
        value = float(np.log(n.sum() / (d * np.exp(-offset)).sum()))
    if not np.isfinite(value):
        value = 0.0
    return value


# %%
def f(x, n):
    e = np.exp(x)
    return e / np.repeat(e.sum(axis=1), n)


# %%
def logit(u):
    return np.log(u) - np.log(1 - u)


# %%
def decay(n):
    return np.log(1 + np.arange(1, n + 1))


# %%
def distances(n):
    positions = torch.arange(-n + 1, n).float()
    return torch.log(positions.abs() + 1)


# %%
import paddle.fluid.layers as layers
def softmax(logits):
    e = layers.exp(logits - layers.reduce_max(logits))
    return e / layers.reduce_sum(e, dim=1)


# %%
def precision(x, w):
    return 1 / (w + np.exp(x))


# %%
def current(r, i, v):
    return v - i + r * np.expm1(r * i / v) + i / r


# %%
def of_bits(x):
    return torch.log(torch.sigmoid(x).view(torch.float64))


# %%
def clip(x, lo, hi):
    assert lo < hi
    if x is None:
        return None
    return np.minimum(np.maximum(x, lo), hi)
def f(x):
    return 1/(1+np.exp(-clip(x, -30, 30)))


# %%
def shifted_either_way(x, axis):
    if axis is None:
        e = np.exp(x - x.max())
        s = e.sum()
    else:
        e = np.exp(x - x.max(axis=1, keepdims=True))
        s = e.sum(axis=1, keepdims=True)
    return e / np.maximum(s, 1e-12)


# %%
def shifted_if_large(x):
    if np.max(x) > 50:
        e = np.exp(x - np.max(x))
    else:
        e = np.exp(np.maximum(x, -50))
    return e / e.sum()


# %%
def neighbours(x, n):
    e = np.exp(x)
    for i in range(n):
        e[i] = e[i + 1] / np.exp(x[i + 1])
    return e


# %%
def keys_are_no_values(scores):
    e = {k: math.exp(v) for k, v in scores.items()}
    return [k / len(e) for k in e]


# %%
def shifted_dictionary(scores):
    top = max(scores.values())
    e = {k: math.exp(v - top) for k, v in scores.items()}
    total = sum(e.values())
    return {k: v / total for k, v in e.items()}


# %%
def f(x):
    assert -10 <= x <= 10
    return 1/(1+math.exp(-x))

# %%
def f(x):
    assert abs(x) < 20
    return 1/(1+math.exp(-x))

# %%
def clip(x, lo, hi):
    assert lo < hi
    if x < lo:
        return lo
    if x > hi:
        return hi
    return x

def f(x):
    return 1/(1+math.exp(-clip(x, -30, 30)))

# %%
from util import clip
def f(x):
    return 1/(1+np.exp(-clip(x, -30, 30)))

# %%
class A:
    def _clip(self, x):
        return np.clip(x, -100, 100)
    def f(self, x):
        return 1/(1+np.exp(-self._clip(x)))

# %%
def f(n):
    i = 0
    while i < n:
        print(math.log(1+i))
        i += 1

# %%
class A:
    def step(self):
        self.time += 1
        return self.base*math.log(1+self.time)

# %%
class A:
    def __init__(self):
        self.t = 0
    def step(self):
        self.t += 1
    def eps(self):
        return 1/np.log(1+self.t)

# %%
def f(x):
    c = np.bincount(x)
    return np.log(c + 1)

# %%
from collections import Counter
def f(words):
    c = Counter(words)
    return {w: math.log(1 + c[w]) for w in c}

# %%
from collections import Counter
def f(words):
    return {w: math.log(1 + n) for w, n in Counter(words).items()}

# %%
def f(words):
    d = {}
    for w in words:
        d[w] = d.get(w, 0) + 1
    return {w: math.log(1 + d[w]) for w in d}

# %%
def f(x):
    k = x.astype(int)
    return np.log(1 + k)

# %%
def f(x):
    return math.log(1 + int(x))

# %%
def f():
    x = np.linspace(0, 1)
    return np.exp(x)/np.exp(x).sum()

# %%
def f():
    x = np.linspace(-5, 5, 100)
    return 1/(1+np.exp(-x))

# %%
def f(eta, n):
    w = np.exp(np.linspace(-eta, 0, n))
    return w/w.sum()

# %%
def f(n):
    return [1/(1+math.exp(-i/n)) for i in range(n)]

# %%
def f(p):
    p = np.clip(p, 1e-15, 1-1e-15)
    return np.log(1-p)

# %%
def f(y, p):
    p = np.clip(p, 1e-15, 1-1e-15)
    return -(y*np.log(p) + (1-y)*np.log(1-p)).mean()

# %%
def f(logp, log_evidence):
    w = np.exp(logp - log_evidence)
    return w/w.sum()

# %%
def f(x, axis):
    if axis == 1:
        m = x.max(axis=1)[:, None]
    else:
        m = x.max(axis=0)
    e = np.exp(x - m)
    if axis == 1:
        return e/e.sum(axis=1)[:, None]
    return e/e.sum(axis=0)

# %%
def f(x):
    m = x.max(dim=1, keepdim=True)[0].clamp_min(0)
    e = torch.exp(x - m)
    return e/(torch.exp(-m) + e.sum(dim=1, keepdim=True))

# %%
def f(a, b):
    a = F.normalize(a, dim=1)
    b = F.normalize(b, dim=1)
    s = torch.exp(a @ b.t())
    return s/s.sum(1, keepdim=True)

# %%
def f(a, b):
    a = F.normalize(a, dim=1)
    b = F.normalize(b, dim=1)
    s = torch.exp(torch.mm(a, b.t()) / 0.5)
    return -torch.log(torch.diag(s)/s.sum(1))

# %%
def f(a, b):
    a = a / np.linalg.norm(a, axis=1, keepdims=True)
    b = b / np.linalg.norm(b, axis=1, keepdims=True)
    s = np.exp(a @ b.T)
    return s/s.sum(axis=1, keepdims=True)

# %%
def rate(V):
    return 1/(np.exp((V+20)/5) + np.exp(-(V+30)/8))

# %%
from jaxtyping import Float, Array
import jax.numpy as jnp
def f(x: Float[Array, ' n']):
    e = jnp.exp(x - jnp.max(x, axis=-1))
    return e/jnp.sum(e, axis=-1)

# %%
def f(x):
    '''Weights.

    Parameters
    ----------
    x : ndarray, shape (n_samples,)
    '''
    e = np.exp(x - np.max(x, axis=0))
    return e/e.sum(axis=0)

# %%
def f(x):
    '''
    Args:
        x: array of shape (n,)
    '''
    e = np.exp(x - x.max())
    return e/e.sum(axis=-1)

# %%
def f(a, b):
    return np.exp(a) + (np.exp(b) - 1)

# %%
def f(x):
    return np.log(1 + np.abs(np.fft.fft2(x)))

# %%
def f(x):
    s = np.abs(np.fft.fftshift(np.fft.fft2(x)))
    return np.log(s + 1)


# %%
def f(x):
    return 2/(np.exp(x) + np.exp(-x))


# %%
def shifted_by_the_smallest(x):
    sizes = {label: measure(label, x) for label in x}
    smallest = min(sizes.values())
    weights = {label: math.exp(smallest - size) for label, size in sizes.items()}
    total = sum(weights.values())
    return {label: w / total for label, w in weights.items()}


# %%
def rows_that_are_masked(x, axis):
    top = np.max(x, axis=-1, keepdims=True)
    masked = np.isneginf(top)
    safe = np.where(masked, 0.0, top)
    e = np.exp(x - safe)
    s = np.sum(e, axis=-1, keepdims=True)
    s = np.where(s == 0, 1.0, s)
    return e / s


# %%
import jax
def shifted_by_segment(x, i, n):
    m = jax.ops.segment_max(x, i, n)
    e = jnp.exp(x - m[i])
    return e / jax.ops.segment_sum(e, i, n)[i]


# %%
from torch_scatter import scatter_add, scatter_max
def shifted_by_edge(x, index, n):
    x = x - scatter_max(x, index, dim=0, dim_size=n)[0][index]
    e = x.exp()
    return e / (scatter_add(e, index, dim=0, dim_size=n)[index] + 1e-16)


# %%
def shifted_in_place(x, i, n):
    top = np.full(n, -np.inf)
    np.maximum.at(top, i, x)
    e = np.exp(x - top[i])
    s = np.zeros(n)
    np.add.at(s, i, e)
    return e / s[i]


# %%
def counted(x, i, n):
    s = np.zeros(n)
    np.add.at(s, i, 1)
    return np.exp(-np.abs(x)) / s[i]


# %%
def f():
    x = 1.0 + np.random.rand(4, 3, 2).astype("f4") / 10.0
    return np.log(np.sum(np.exp(x), axis=1))


# %%
def f(energy, lowest, t):
    w = np.exp((lowest - energy) / t)
    return w / w.sum()


# %%
def shifted_by_the_first_in_order(x):
    x = np.sort(x)[::-1]
    e = np.exp(x - x[0])
    return e / e.sum()


# %%
def shifted_by_the_first_of_sorted(xs):
    ys = sorted(xs, reverse=True)
    e = [math.exp(y - ys[0]) for y in ys]
    return np.array(e) / sum(e)


# %%
def log1mexp(x):
    log2 = constant(math.log(2), x)
    small = -log2 < x
    return torch.where(small, (-x.expm1()).log(), (-x.exp()).log1p())


# %%
def log1pexp(x):
    mask = x <= 18
    return torch.where(mask, (lambda z: z.exp().log1p())(x.masked_fill(~mask, 0)), x)


# %%
class Hazards:
    def f(self, hazard):
        return (1 - hazard).add(self.epsilon).log()


# %%
def f(s, eps=1e-7):
    if s < eps:
        s = eps
    elif s > (1 - eps):
        s = 1 - eps
    return np.log(1 - s)


# %%
def f(s, eps=1e-7):
    s = eps if s < eps else s
    return np.log(1 - s)


# %%
def f(x, y):
    H, xs, ys = np.histogram2d(x, y)
    v, n = np.unique(x, return_counts=True)
    return np.log10(1 + H), np.log(1 + n)


# %%
def forward(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), x
def cost(x, y):
    p, z = forward(x)
    return np.log(np.abs(z) + 2) * p


# %%
from scipy.spatial.distance import cdist
def kernel_of_one_set(A, h):
    D = cdist(A, A)
    K = np.exp(-D ** 2 / (2 * h ** 2))
    return K / K.sum(axis=1, keepdims=True)


# %%
def f(makers, x):
    a, b = makers[0](x)
    return np.log(2 + abs(a)) + makers[1](x)


# %%
def log1mexp_by_pieces(x):
    cond = x < np.log(0.5)
    return np.piecewise(
        x,
        [cond, ~cond],
        [lambda x: np.log1p(-np.exp(x)), lambda x: np.log(-np.expm1(x))],
    )


# %%
def boltzmann(self, q):
    e = np.exp(np.clip(q / self.tau, self.clip[0], self.clip[1]))
    return e / np.sum(e)


# %%
def f(x, n, s):
    dist = x.pow(2.0)
    if n > 0:
        dist = dist - dist.min(-1, keepdim=True)[0]
    g = torch.exp(-dist / s)
    return g / g.sum(-1, keepdim=True)


# %%
def f(g):
    for i in range(3):
        top = g[i, 0]
        left = g[0, i]
        diag = g[i, i]
        m = top
        if left > m:
            m = left
        if diag > m:
            m = diag
        g[i, i + 1] = m + np.log(np.exp(top - m) + np.exp(left - m) + np.exp(diag - m))
    return g


# %%
from functools import reduce
from operator import add, mul


def largest_first(x):
    top = reduce(max, x)
    return top + math.log(reduce(add, [math.exp(v - top) for v in x]))


def product_of_exponentials(x):
    return math.log(reduce(mul, [2 + math.exp(v) for v in x]))


def begins_with_three(x):
    return math.log(reduce(lambda a, b: a - b, [math.exp(v) for v in x], 3))


# %%
def normalizer(energy, t):
    return 1 / np.sum(np.exp(-energy / t))


# %%
def shifted_table(u, n, m):
    top = max(u[i][j] for i in range(n) for j in range(m))
    return math.log(sum(math.exp(u[i][j] - top) for i in range(n) for j in range(m))) + top


# %%
def angles(a, b):
    s = torch.acos(torch.clamp(a, -1 + 1e-7, 1 - 1e-7))
    t = torch.acos(torch.clamp(b, -1 + 1e-7, 1 - 1e-7))
    return torch.log(torch.sigmoid(s - t))


# %%
# the elements of a row that is read one by one are the numbers written there
def f(x):
    z = [0.4, -0.3]
    w = np.array([0.2, 0.3])
    return x * math.exp(-(z[0] ** 2) / w[0]) / math.exp(-(z[1] ** 2) / w[-1])


# %%
# no x > 0 is left, where alone the density of the tail vanishes
def f(x: torch.Tensor):
    negative = x.masked_fill(x > 0, 0)
    return torch.special.erfc(negative).log()


# %%
# a setting has the order of its default
def f(x, smallest_slope=1e-3):
    return x + np.log(np.exp(1 - smallest_slope) - 1)


# %%
class Hue:
    def __init__(self, most=0.1):
        self.most = most

    def __call__(self, x):
        return x * random.uniform(math.log(1 - self.most), -math.log(1 - self.most))


# %%
# positions that fill an array of floats
def f(hits):
    ranks = np.zeros_like(hits, dtype=float)
    ranks[:, :] = np.arange(1, hits.shape[1] + 1)
    return np.cumsum(hits / np.log(ranks + 1), axis=1)


# %%
# vectors of length one are at most 2 apart
def f(x: torch.Tensor):
    x = abs(F.normalize(x, dim=-1))
    return torch.pdist(x, p=2).pow(2).mul(-2).exp().mean().log()


# %%
# frames: a shift by the maximum of each row
def f(frame):
    e = np.exp(frame.sub(frame.max(axis=1), axis=0))
    return e.div(e.sum(axis=1), axis="index")


# %%
# the larger and the smaller of two
def f(a, b):
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high))


# %%
def f(a, b):
    low, high = sorted((a, b))
    return high + math.log1p(math.exp(low - high))


# %%
# a distance is not negative
def f(distances):
    w = np.exp(-distances / distances.max())
    return w / w.sum()


# %%
def f(x):
    return np.log(1 + np.asarray(x).astype(np.int32))


# %%
def guarded_density(x, m, s):
    p = np.exp(-((x - m) ** 2) / (2 * s**2)) / np.sqrt(2 * np.pi * s**2)
    return np.sum(np.log(p + 1e-300))


# %%
def clipped_density(x):
    return np.log(np.clip(np.exp(-x), 1e-12, 1))


# %%
def bounded(x):
    return np.log(np.exp(np.tanh(x)))


# %%
def weights_from_round_to_round(w, losses):
    for loss in losses:
        w = w * np.exp(-loss)
    return w / w.sum()


# %%
def sums_of_squares(x):
    total, k = 0.0, 0
    while k < len(x):
        total += x[k] ** 2
        k += 1
    return np.log(total) + np.exp(-x[0] ** 2)


# %%
# what is smaller than a guard does not show
EPS = 1e-10
def guarded(p):
    return torch.log(1 - p + EPS)


# %%
SMALLEST = 1e-3
def by_a_constant_of_the_module(x, smallest=SMALLEST):
    return x + np.log(np.exp(1 - smallest) - 1)


# %%
def between_limits(shifts, limits):
    total = 0.0
    for shift in shifts:
        total += torch.exp(torch.clamp(shift, *limits))
    return torch.log(1.0 + total)


# %%
def amplified(index, out):
    deg = degree(index)
    return out * torch.log(deg + 1)


# %%
# a parameter with the name of a class is not that class
class A:
    @staticmethod
    def e(x):
        return np.exp(x)


def f(A, x):
    return np.log(A.e(x).sum())


# %%
def logit_to_base_ten(p):
    return np.log10(1 - p) - np.log10(p)


# %%
def shifted_by_a_repeated_maximum(x, axis=0):
    largest = np.amax(x, axis=axis)
    if axis == 0:
        repeated = np.tile(largest, (x.shape[0], 1))
    else:
        largest = np.reshape(largest, (x.shape[0], 1))
        repeated = np.tile(largest, (1, x.shape[1]))
    return np.log(np.sum(np.exp(x - repeated), axis=axis))


# %%
def decay_from_zero_on(values):
    weights = np.exp(-np.arange(0, len(values)))
    return weights / weights.sum()


# %%
# the shift is right, and a sum of zero is left out
def f(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    total = e.sum(axis=1, keepdims=True)
    return np.divide(e, total, out=np.zeros_like(e), where=total != 0)


# %%
# what is not computed holds whatever was in memory
def f(x):
    return np.log(1 + x, where=x > 0)


# %%
def entropy(p):
    return -np.sum(p * np.log(p, out=np.zeros_like(p), where=p > 0))


# %%
# the output may be the very array that is read
def f(x):
    return np.exp(x, out=x.ravel()) - 1


# %%
def f(x):
    e = np.exp(x - max(x))
    return e / max(e.sum(), 1e-12)


# %%
def f(x, y):
    e = np.exp(x - np.max(x))
    return np.log(np.sum(e)) + e[y > 0] / e.sum()


# %%
def f(x):
    p = F.softmax(x, dim=1)
    p = p[p > 0]
    return -(p * torch.log(p)).sum()


# %%
def f(x, y):
    p = F.log_softmax(x, dim=1)
    return -p[y > 0].sum()


# %%
def f(x):
    out = np.zeros_like(x)
    out[x > 0] = 1 / (1 + np.exp(-x)[x > 0])
    return out


# %%
# lengths and distances are never negative
def f(x):
    return 1 / (1 + np.exp(-np.linalg.norm(x)))


# %%
def f(x, y):
    return 1 / (1 + torch.exp(-torch.cdist(x, y)))


# %%
def f(x):
    return 1 / (1 + torch.exp(-x.norm(dim=1)))


# %%
# nor are sums of squares, one for each element of a list
def f(rows):
    p = np.array([np.exp(-np.sum(row**2)) for row in rows])
    return 1 / (1 + p)


# %%
# who selects by the sign of a factor has positive widths
def f(dt, width):
    out = np.zeros(len(dt))
    out[dt >= 0] = np.exp(-dt[dt >= 0] / width) / (1 + np.exp(-dt[dt >= 0] / width))
    out[dt < 0] = 1 / (1 + np.exp(dt[dt < 0] / width))
    return out


# %%
def f(x, s):
    if x >= 0:
        return 1 / (1 + np.exp(-x / s))
    return np.exp(x / s) / (1 + np.exp(x / s))


# %%
# the real part of a real number is that number
def f(x, y):
    first = x.real > y.real
    most = jnp.where(first, x, y)
    less = jnp.where(first, y - x, x - y)
    return most + jnp.log1p(jnp.exp(less))


# %%
from scipy.stats import gamma, multivariate_normal, norm
def window(n, s):
    w = norm.pdf(np.linspace(-3, 3, n))
    return w / w.sum()
def weights(x, s):
    w = norm.pdf(x, 0, s)
    return w / w.sum()
def response(t, a):
    h = gamma.pdf(t, a)
    return h / h.sum()
def kernel(grid, cov):
    w = multivariate_normal.pdf(grid, mean=np.zeros(2), cov=cov)
    return w / w.sum()


# %%
# the smallest of what a comprehension runs over, taken from each
def f(items, T):
    lowest = min(b.energy for b in items)
    weights = [math.exp(-(b.energy - lowest) / T) for b in items]
    total = sum(weights)
    return [w / total for w in weights]


# %%
# an element of an array that is shifted in place
def f(h, i):
    h[i] -= np.amax(h[i])
    h[i] = np.exp(h[i])
    h[i] /= np.sum(h[i])
    return h


# %%
# a decay over a grid
def f(length, tau):
    t = torch.arange(0.0, length, 1.0)
    kernel = torch.exp(-t / tau)
    kernel /= kernel.sum()
    return kernel


# %%
# a shift along whatever axis is asked for
def f(x, axis=None):
    m = x.max(axis=axis)
    if axis is None:
        x = x - m
    elif axis == 1:
        x = x - m[:, np.newaxis]
    elif axis == 0:
        x = x - m[np.newaxis, :]
    return np.log(np.sum(np.exp(x), axis=axis)) + m


# %%
# the value at the place of the largest one
def f(values, n):
    ratios = np.array([v[0] for v in values])
    best = ratios.argmax()
    top = ratios[best]
    total = sum([math.exp(r - top) for r in ratios])
    return top + math.log(total / n)


# %%
def f(x):
    w = torch.exp(x - x.max(-1, keepdim=True)[0])
    return F.normalize(w, p=1.0, dim=-1)


# %%
def densities(factors, exponents):
    largest = np.max(exponents, axis=1)[:, np.newaxis]
    p = factors[np.newaxis] * np.exp(exponents - largest)
    p /= np.sum(p, axis=1)[:, np.newaxis]
    return p


# %%
class Player:
    def expected(self, other):
        high, low = (self.rating, other.rating) if self.rating >= other.rating else (other.rating, self.rating)
        return 1.0 / (1.0 + math.exp((low - high) / self._scale))


# %%
def f(x):
    return np.exp(x - x[np.argmax(x)]) / np.sum(np.exp(x - x[np.argmax(x)]))


# %%
from functools import partial


def shifted(x, m):
    return np.exp(x - m)


def f(x):
    w = partial(shifted, m=np.max(x))
    e = w(x)
    return e / e.sum()


# %%
# What `partial` is given it keeps, whatever the name holds later.
from functools import partial


def shifted(x, m):
    return np.exp(x - m)


def f(x):
    m = x.max()
    w = partial(shifted, m=m)
    m = 0
    e = w(x)
    return e / e.sum()


# %%
def half(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def f(x):
    s = np.vectorize(half)
    return s(x) - 0.5


# %%
def f(rows, scale):
    m = np.max(rows)
    total = 0
    for row in rows:
        total += np.sum(np.exp(row - m))
    return np.log(total) + m


# %%
# kept from zero by an `if`
def f(q):
    if q < 1e-6:
        q = 1e-6
    return math.log(1 - q)


# %%
# kept between two limits by an `if` and an `elif`
def f(q):
    eps = 1e-6
    if q < eps:
        q = eps
    elif q > 1 - eps:
        q = 1 - eps
    return -np.log(1 - q)


# %%
def f(rate):
    if rate <= 0.01:
        rate = 0.01
    return 1 - math.exp(-rate)


# %%
# a class that is derived computes it in its own way
class Model:
    def energies(self, x):
        return np.exp(self.w @ x)


class Stable(Model):
    def energies(self, x):
        z = self.w @ x
        return np.exp(z - z.max())

    def probabilities(self, x):
        e = self.energies(x)
        return e / e.sum()


# %%
# a property that is set may hold anything
class Policy:
    @property
    def scores(self):
        return np.exp(self._w)

    @scores.setter
    def scores(self, value):
        self._scores = value

    def probabilities(self):
        return self.scores / np.sum(self.scores)


# %%
class Choice:
    @property
    def weights(self):
        return np.exp(self.utilities - np.max(self.utilities))

    def shares(self):
        return self.weights / self.weights.sum()


# %%
# a shift in place
def f(x):
    x.sub_(x.max())
    x.exp_()
    return x / x.sum()


# %%
# a class attribute hides the property of a base
class Model:
    @property
    def energies(self):
        return np.exp(self.w)


class Fixed(Model):
    energies = np.array([3.0, 4.0])

    def share(self):
        return self.energies / self.energies.sum()


# %%
# the second base is asked before the one that both are derived from
class Model:
    @property
    def energies(self):
        return np.exp(self.w)


class Named(Model):
    pass


class Squared(Model):
    @property
    def energies(self):
        return self.w**2 + 1


class Both(Named, Squared):
    def share(self):
        return self.energies / self.energies.sum()


# %%
# the first base has another kind of thing of that name
class Fixed:
    energies = 3.0


class Model:
    @property
    def energies(self):
        return np.exp(self.w)


class Both(Fixed, Model):
    def share(self):
        return self.energies / self.energies.sum()
