# %%
def f(x):
    e = np.exp(x)
    return e / (1 + e.sum())


# %%
def f(x):
    e = np.exp(x)
    s = np.sum(e, axis=1)
    return e / s[:, None]


# %%
def f(x):
    e = np.exp(x)
    s = e.sum(1).reshape(-1, 1)
    return e / s


# %%
def f(x):
    e = np.exp(x)
    return (e.T / e.sum(axis=1)).T


# %%
def f(x):
    out = np.zeros_like(x)
    for i in range(x.shape[0]):
        out[i] = np.exp(x[i]) / np.sum(np.exp(x[i]))
    return out


# %%
def f(x):
    exps = [math.exp(i) for i in x]
    s = sum(exps)
    return [e / s for e in exps]


# %%
def f(x):
    exps = []
    for i in x:
        exps.append(math.exp(i))
    s = sum(exps)
    return [e / s for e in exps]


# %%
def f(x):
    p = np.exp(x)
    np.divide(p, p.sum(), out=p)
    return p


# %%
def f(x):
    p = np.exp(x)
    p *= 1.0 / p.sum(axis=-1, keepdims=True)
    return p


# %%
def f(x):
    p = np.exp(x)
    z = np.einsum('ij->i', p)
    return p / z[:, np.newaxis]


# %%
def f(x):
    p = np.exp(x)
    return p / np.add.reduce(p)


# %%
def f(x):
    p = np.exp(x)
    return p / np.expand_dims(p.sum(-1), -1)


# %%
class A:
    def forward(self, x):
        self.e = np.exp(x)
        self.p = self.e / np.sum(self.e, axis=1, keepdims=True)
        return self.p


# %%
def normalize(v):
    return v / v.sum()
def f(x):
    return normalize(np.exp(x))


# %%
def f(logits):
    d = {}
    d['e'] = np.exp(logits)
    d['p'] = d['e'] / d['e'].sum()
    return d


# %%
def f(logits, T=1.0):
    return np.exp(logits / T) / np.sum(np.exp(logits / T), axis=0)


# %%
softmax = lambda x: np.exp(x) / np.exp(x).sum()


# %%
def f(x):
    e_x = torch.exp(x)
    return e_x / e_x.sum(-1, keepdim=True)


# %%
def f(x):
    e_x = x.exp()
    return e_x / e_x.sum(dim=-1, keepdim=True)


# %%
def f(x):
    e_x = x.exp()
    return e_x.div(e_x.sum(dim=1, keepdim=True))


# %%
def f(x):
    e_x = torch.exp(x)
    return e_x / torch.sum(e_x, 1).unsqueeze(1)


# %%
def f(x, mask):
    e_x = torch.exp(x) * mask
    return e_x / e_x.sum(dim=1, keepdim=True)


# %%
def f(x, mask):
    e_x = torch.exp(x) * mask
    return e_x / (e_x.sum(dim=1, keepdim=True) + 1e-8)


# %%
def f(x):
    e = np.exp(x)
    return e / (e.sum() + 1e-10)


# %%
def f(x):
    a = np.exp(x - np.mean(x))
    return a / a.sum()


# %%
def f(x):
    x = x - np.max(np.abs(x))
    a = np.exp(x)
    return a / a.sum()


# %%
def f(x, y):
    z = x - x[:, y][:, None]
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


# %%
def f(x):
    x = x + np.max(x)
    return np.exp(x) / np.sum(np.exp(x))


# %%
def f(x, beta):
    x = x - x.max()
    return np.exp(-beta * x) / np.exp(-beta * x).sum()


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.exp(x) / tf.reduce_sum(tf.exp(x), axis=1, keepdims=True)


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.math.exp(x) / tf.math.reduce_sum(tf.math.exp(x), 1, keepdims=True)


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return K.exp(x) / K.sum(K.exp(x), axis=-1, keepdims=True)


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.divide(tf.exp(x), tf.reduce_sum(tf.exp(x)))


# %%
from keras import ops
def f(x):
    return ops.exp(x) / ops.sum(ops.exp(x), axis=-1, keepdims=True)


# %%
import cupy as cp
def f(x):
    return cp.exp(x) / cp.sum(cp.exp(x), axis=-1, keepdims=True)


# %%
import autograd.numpy as anp
def f(x):
    return anp.exp(x) / anp.sum(anp.exp(x), axis=-1, keepdims=True)


# %%
import chainer.functions as F
def f(x):
    e = F.exp(x)
    return e / F.broadcast_to(F.sum(e, axis=1, keepdims=True), e.shape)


# %%
import pandas as pd
import numpy as np
def f(df):
    df['e'] = np.exp(df['u'])
    df['p'] = df['e'] / df['e'].sum()
    return df


# %%
import xarray as xr
import numpy as np
def f(a):
    e = np.exp(a)
    return e / e.sum('k')


# %%
def f(x):
    xp = array_namespace(x)
    e = xp.exp(x)
    return e / xp.sum(e, axis=-1, keepdims=True)


# %%
from numba import njit
import numpy as np
@njit
def f(x):
    e = np.exp(x)
    return e / e.sum()


# %%
from numpy import *
def f(x):
    return exp(x) / sum(exp(x))


# %%
from math import exp
def f(x):
    return [exp(v) / sum(exp(u) for u in x) for v in x]


# %%
import jax.numpy as jnp
def f(x):
    return jnp.exp(x) / jnp.exp(x).sum(-1, keepdims=True)


# %%
def f(x, stable=False):
    if stable:
        x = x - x.max()
    e = np.exp(x)
    return e / e.sum()


# %%
def f(x, n):
    e = np.exp(x)
    return e / np.tile(e.sum(axis=1).reshape(-1, 1), (1, n))


# %%
def f(x, n):
    e = np.exp(x)
    return e / np.repeat(e.sum(axis=1)[:, None], n, axis=1)


# %%
def f(x, n):
    total = torch.exp(x).sum(dim=1, keepdim=True).expand(-1, n)
    return torch.exp(x) / total


# %%
def f(x, n):
    return torch.exp(x) / torch.exp(x).sum(1).view(-1, 1).repeat(1, n)


# %%
def post(x, w):
    return np.exp(np.dot(x, w))
def f(x, w):
    q = post(x, w)
    return q/np.sum(q)


# %%
class A:
    def e(self, X):
        return np.exp(X @ self.w)
    def p(self, X):
        e = self.e(X)
        return e / e.sum(axis=1, keepdims=True)


# %%
BETA = 2.5
TEMP = get()
def w(x):
    return np.exp(x / TEMP)
def f(x):
    return w(x)/w(x).sum()


# %%
if __name__ == "__main__":
    def e(x):
        return np.exp(x)
    x = load()
    p = e(x)/np.sum(e(x))


# %%
def f(x, w):
    def e(z):
        return np.exp(z @ w)
    q = e(x)
    return q/q.sum()


# %%
def f(x, w):
    e = lambda z: np.exp(z * w)
    q = e(x)
    return q/q.sum()


# %%
def e(x):
    x = np.asarray(x)
    return np.exp(x)
def f(x):
    return e(x)/e(x).sum()


# %%
def e(x, t=None):
    if t is not None:
        x = x / t
    return np.exp(x)
def f(x):
    q = e(x)
    return q/q.sum()


# %%
def f(X):
    E = np.column_stack((np.ones(len(X)), np.exp(X)))
    return E / E.sum(axis=1, keepdims=True)


# %%
def f(a, b):
    E = np.array([np.exp(a), np.exp(b)])
    return E / E.sum(axis=0)


# %%
def f(a, b):
    E = np.c_[np.exp(a), np.exp(b)]
    return E / E.sum(axis=1)[:, None]


# %%
def f(X, mu, w, K):
    r = np.zeros((len(X), K))
    for k in range(K):
        r[:, k] = w[k]*np.exp(-0.5*(X - mu[k])**2)
    return r / r.sum(axis=1, keepdims=True)


# %%
def f(X):
    return np.exp(X) / np.expand_dims(np.sum(np.exp(X), axis=1), -1)


# %%
def f(a, t):
    a = np.log(a)/t
    return np.exp(a)/np.sum(np.exp(a))


# %%
def f(x, mu, s):
    w = np.exp(-.5*((x-mu)/s)**2)
    return w/w.sum()

# %%
def either_weight(loss, rate, kind):
    if kind == "a":
        w = np.exp(rate * loss)
    elif kind == "b":
        w = np.exp(loss / rate)
    else:
        w = np.ones_like(loss)
    return w / w.sum()


# %%
def weighted_or_not(x, w, weighted):
    e = np.exp(x)
    if weighted:
        e = e * w
    return e / e.sum()


# %%
def guarded_sum(x):
    e = np.exp(x)
    s = e.sum(axis=1, keepdims=True)
    s[s == 0] = 1
    return e / s


# %%
def floored_sum(x):
    e = np.exp(x)
    return e / np.maximum(e.sum(), 1e-12)


# %%
def summed_one_way_or_the_other(x):
    e = np.exp(x)
    if x.ndim == 1:
        s = e.sum()
    else:
        s = e.sum(axis=1, keepdims=True)
    return e / s


# %%
def of_a_dictionary(scores):
    e = {k: math.exp(v) for k, v in scores.items()}
    total = sum(e.values())
    return {k: v / total for k, v in e.items()}


# %%
def of_pairs(pairs):
    e = [math.exp(score) for _, score in pairs]
    return np.array(e) / sum(e)


# %%
def of_some(xs):
    e = [math.exp(x) for x in xs if x is not None]
    s = sum(e)
    return [v / s for v in e]


# %%
def row_by_row(x):
    e = np.exp(x)
    for i in range(len(e)):
        e[i] /= e[i].sum()
    return e


# %%
def of_a_module_that_is_given(u, f, reg, nx):
    if reg > 0:
        w = u * nx.exp(-f / reg)
    else:
        w = u
    return w / nx.sum(w, axis=0, keepdims=True)


# %%
def of_a_module_that_a_call_gives(x):
    nx = get_backend(x)
    e = nx.exp(x)
    return e / nx.sum(e, axis=0)


# %%
def of_columns_that_were_rows(a, b):
    e = np.vstack([np.exp(a), np.exp(b)]).T
    return e / e.sum(axis=1, keepdims=True)


# %%
def of_its_own_transpose(x):
    return np.exp(x) / np.exp(x).sum(0).T


# %%
def shifted_by_the_smallest_in_order(x):
    x = np.sort(x)
    e = np.exp(x - x[0])
    return e / e.sum()


# %%
def weights_and_more(x, k):
    if k:
        return np.exp(x), 1
    return np.exp(2 * x), 2
def shares(x, k):
    e, n = weights_and_more(x, k)
    return n * e / e.sum()


# %%
from scipy.spatial.distance import cdist
def kernel_of_two_sets(A, B, h):
    K = np.exp(-cdist(A, B) ** 2 / (2 * h ** 2))
    return K / K.sum(axis=1, keepdims=True)


# %%
from functools import reduce
from operator import add


def f(x):
    total = reduce(add, map(math.exp, x))
    return [math.exp(v) / total for v in x]


# %%
import operator


def f(x):
    return operator.truediv(np.exp(x), np.sum(np.exp(x)))


# %%
# arithmetic of frames by method, along the rows
def f(frame):
    e = np.exp(frame)
    return e.div(e.sum(axis=1), axis=0)


# %%
def column(s):
    e = s.apply(np.exp)
    return e / e.sum()


# %%
# the floor is set by Python's own max, which keeps no exponential from overflowing
def f(x):
    e = np.exp(x)
    return e / max(e.sum(), 1e-12)


# %%
def f(x):
    e = torch.exp(x)
    return e / torch.max(e.sum(), torch.tensor(1e-12))


# %%
# a sum of zero is left out, an infinite one is not
def f(x):
    e = np.exp(x)
    total = e.sum(axis=1, keepdims=True)
    return np.divide(e, total, out=np.zeros_like(e), where=total != 0)


# %%
def f(x, result):
    e = np.exp(x)
    np.divide(e, e.sum(), out=result, where=e > 0)
    return result


# %%
# what an element sums leaves the list, and is another number for each
def responsibilities(X, centres, widths):
    likely = [np.exp(-0.5 * np.sum((X - c) ** 2, axis=1) / w) for c, w in zip(centres, widths)]
    table = np.array(likely).T
    return table / table.sum(axis=1, keepdims=True)


# %%
# a point may be far from all others
def weights(x, mu):
    d = np.linalg.norm(x - mu, axis=1)
    w = np.exp(-d)
    return w / w.sum()

# %%
from scipy.stats import norm
def responsibilities(x, mu, s, share):
    r = np.zeros((len(x), 3))
    for k in range(3):
        r[:, k] = share[k] * norm.pdf(x, mu[k], s[k])
    return r / r.sum(axis=1, keepdims=True)


# %%
from scipy.stats import multivariate_normal
def responsibilities(X, mu, cov, share):
    r = np.zeros((len(X), 3))
    for k in range(3):
        r[:, k] = share[k] * multivariate_normal.pdf(X, mu[k], cov[k])
    return r / r.sum(axis=1, keepdims=True)

# %%
def f(prior, links, eta, n):
    gradient = np.zeros(n)
    for link in links:
        gradient += eta * link
    phi = np.exp(prior + gradient[:, np.newaxis])
    return phi / np.sum(phi, 0)

# %%
def f(x):
    e = np.exp(x)
    return e / np.array([e.sum(axis=1)]).T


# %%
def f(x, k):
    e = np.exp(x)
    return e / np.tile(e.sum(axis=1), (k, 1)).T


# %%
def f(x):
    w = np.exp(x)
    return w / np.linalg.norm(w, 1)


# %%
def f(x):
    w = x.exp()
    return w / w.norm(p=1, dim=-1, keepdim=True)


# %%
def f(x):
    return F.normalize(torch.exp(x), p=1, dim=-1)


# %%
from sklearn.preprocessing import normalize
def f(x):
    return normalize(np.exp(x), norm="l1")


# %%
def of_others(items, others, T):
    lowest = max(b.energy for b in items)
    weights = [math.exp(-(b.energy - lowest) / T) for b in items]
    total = sum(weights)
    return [w / total for w in weights]


# %%
def of_another_array(h, g, i):
    h[i] -= np.amin(h[i])
    h[i] = np.exp(h[i])
    h[i] /= np.sum(h[i])
    return h


# %%
def growing(length, tau):
    t = torch.arange(0.0, length, 1.0)
    kernel = torch.exp(t / tau)
    return kernel / kernel.sum()


# %%
def shifted_by_the_smallest(x):
    return np.exp(x - x[np.argmin(x)]) / np.sum(np.exp(x - x[np.argmin(x)]))


def f(x, n):
    p = np.exp(x)
    return p / p.sum(0).reshape(1, n)


# %%
from functools import partial


def weight(x, t):
    return np.exp(x / t)


def f(x, t):
    w = partial(weight, t=t)
    e = w(x)
    return e / e.sum()


# %%
from functools import partial


class Model:
    def weight(self, x, b):
        return np.exp(x * b)

    def f(self, x):
        e = partial(self.weight, b=self.b)(x)
        return e / e.sum()


# %%
# a property is called where its name is read
class Policy:
    @property
    def scores(self):
        return np.exp(self.w)

    def probabilities(self):
        return self.scores / np.sum(self.scores)


# %%
class Policy:
    @functools.cached_property
    def scores(self):
        return np.exp(self.w)

    @property
    def total(self):
        return self.scores.sum()

    def probabilities(self):
        return self.scores / self.total


# %%
# a method of the class that it is derived from
class Model:
    def energies(self, x):
        return np.exp(self.w @ x)


class Deep(Model):
    def probabilities(self, x):
        e = self.energies(x)
        return e / e.sum()


# %%
def weight(v, t):
    return math.exp(v / t)


def f(x, t):
    e = np.vectorize(weight)(x, t)
    return e / e.sum()


# %%
import jax


@jax.jit
def weight(x):
    return jnp.exp(2 * x)


def f(x):
    g = jax.vmap(weight)
    e = g(x)
    return e / e.sum()


# %%
# methods that call each other have the same object
class Policy:
    def scores(self):
        return np.exp(self.w)

    def total(self):
        return self.scores().sum()

    def probabilities(self):
        return self.scores() / self.total()


# %%
# the method that sets what another reads calls that one
class Model:
    def score(self, X):
        return np.exp(X @ self.w)

    def fit(self, X, y):
        self.w = self.w - X.T @ (self.score(X) - y)

    def probabilities(self, X):
        e = self.score(X)
        return e / e.sum()


# %%
# methods of tensors that leave their value in the tensor
def f(logits):
    probs = torch.exp(logits)
    probs.div_(probs.sum(dim=-1, keepdim=True))
    return probs


# %%
def f(x):
    x.exp_()
    return x / x.sum()


# %%
def f(x):
    e = x.clone().exp_()
    return e / e.sum(-1, keepdim=True)
