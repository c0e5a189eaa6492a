# %%
def f(eta):
    risk = np.cumsum(np.exp(eta))
    return np.log(risk)


# %%
def f(log_h):
    log_cum = torch.log(torch.cumsum(torch.exp(log_h), dim=0))
    return log_h - log_cum


# %%
def f(log_h):
    return np.log(np.cumsum(np.exp(log_h)[::-1])[::-1])


# %%
def f(x):
    return np.log(sum(np.exp(v) for v in x))


# %%
def f(x):
    return math.log(math.fsum(math.exp(v) for v in x))


# %%
def f(x):
    return math.log(sum(map(math.exp, x)))


# %%
def f(x):
    s = 0.0
    for v in x:
        s += math.exp(v)
    return math.log(s)


# %%
def f(x):
    s = 0.0
    for i in range(len(x)):
        s = s + math.exp(x[i])
    return math.log(s)


# %%
def f(x):
    return np.log(np.mean(np.exp(x)))


# %%
def f(x, w):
    return np.log(np.dot(w, np.exp(x)))


# %%
def f(x, w):
    return np.log(np.exp(x) @ w)


# %%
def f(x):
    return np.log(np.einsum('ij->i', np.exp(x)))


# %%
def f(x, w):
    return np.log(np.einsum('ij,j->i', np.exp(x), w))


# %%
def f(x):
    return np.log(np.exp(x).sum(axis=1) + 1e-12)


# %%
def f(x):
    return np.log(np.average(np.exp(x), axis=0))


# %%
def f(x, t):
    return t * np.log(np.sum(np.exp(x / t)))


# %%
def f(x):
    return np.log1p(np.exp(x).sum())


# %%
def f(a, b, c):
    return np.log(np.exp(a) + np.exp(b) + np.exp(c))


# %%
def f(a):
    return torch.logsumexp(a, 0) + torch.log(torch.exp(a).sum(0))


# %%
def f(x):
    return x.exp().sum(-1).log()


# %%
def f(x):
    return np.log2(np.sum(np.exp2(x)))


# %%
def f(x):
    tmp = np.zeros(3)
    for row in x:
        tmp += np.exp(row)
    return np.log(tmp)


# %%
def f(rows):
    return np.log(np.sum([np.exp(r) for r in rows], axis=0))


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.math.log(tf.reduce_sum(tf.exp(x), axis=1))


# %%
import autograd.numpy as np
def f(x):
    return np.log(np.sum(np.exp(x), axis=-1))


# %%
import dask.array as da
def f(x):
    return da.log(da.sum(da.exp(x), axis=-1))


# %%
import mxnet as mx
from mxnet import nd
def f(x):
    return nd.log(nd.sum(nd.exp(x), axis=-1))


# %%
def proxy_anchor(positive, cos, alpha, margin):
    e = torch.exp(-alpha * (cos - margin))
    total = torch.where(positive == 1, e, torch.zeros_like(e)).sum(dim=0)
    return torch.log(1 + total).sum()


# %%
def proxy_nca(anchor, others):
    return -torch.log(torch.exp(anchor) / torch.exp(others).sum(dim=1))


# %%
def three(a, b):
    return np.log(1 + np.exp(a) + np.exp(b))


# %%
def log_mean(x, n):
    return np.log(np.sum(np.exp(x)) / n)


# %%
def evidence(log_weights):
    return math.log(sum(math.exp(w) for w in log_weights) / len(log_weights))


# %%
def annealed(scale, x):
    return np.log(scale * np.exp(x).sum(axis=1))


# %%
def difference(a, b):
    return torch.log(torch.exp(a).sum(-1) / torch.exp(b).sum(-1))


# %%
def floored(x):
    return torch.log(torch.mean(torch.exp(x), dim=0) + 1e-8)


# %%
def importance(x, w):
    with np.errstate(over="ignore"):
        value = np.log(np.sum(w * np.exp(x)) / np.sum(w))
    return value


# %%
def importance(x, w):
    value = np.log(np.average(np.exp(x), weights=w))
    if not np.isfinite(value):
        raise ValueError(value)
    return value


# %%
def log_density(x, samples, h):
    z = (x[:, None] - samples[None, :]) / h
    return np.log(np.sum(np.exp(-0.5 * z**2), axis=1))


# %%
def negatives(similarity, mask, n):
    return torch.log(torch.exp(similarity).masked_select(mask).view(n, -1).sum(dim=-1))


# %%
e = lambda z: np.exp(z)
def f(x):
    return np.log(np.sum(e(x)))


# %%
def f(a, b):
    return np.log(np.sum(np.array([np.exp(a), np.exp(b)]), axis=0))


# %%
def f(A, x):
    return np.log(np.convolve(A, np.exp(x)))


# %%
def f(lp, w, x):
    return np.log(np.trapezoid(np.exp(lp)*w, x))


# %%
from scipy.integrate import trapezoid
def f(lp, x):
    return np.log(trapezoid(np.exp(lp), x))


# %%
def f(W):
    return W - np.log(np.linalg.norm(np.exp(W), axis=1, keepdims=True))


# %%

def f(W):
    return W - jnp.log(jnp.linalg.norm(jnp.exp(W), axis=1, keepdims=True))


# %%
def f(xs):
    return math.log(sum(map(lambda v: math.exp(v), xs)))


# %%
def at_places(x, i, n):
    return jnp.log(jnp.zeros(n).at[i].add(jnp.exp(x)))


# %%
def of_bins(x, i):
    return np.log(np.bincount(i, weights=np.exp(x)))


# %%
def likelihood(x, d):
    risk = 0.0
    total = 0.0
    for i in range(len(x)):
        risk += np.exp(x[i])
        if d[i]:
            total += x[i] - np.log(risk)
    return total


# %%
def of_any_module(B, x):
    return B.log(B.sum(B.exp(x)))


# %%
def over_two_loops(self, av):
    top = np.zeros(shape=av.shape[2])
    bottom = np.zeros(shape=av.shape[2])
    for c in range(self.count_c):
        for e in range(self.count_e):
            top += self.av[c][e] * self.choice[c][e] * np.exp(self.get_utility(c, e))
            bottom += self.av[c][e] * np.exp(self.get_utility(c, e))
    return self.weights * np.log(top / bottom)


# %%
def of_some_rounds(x, keep):
    s = 0.0
    for i in range(len(x)):
        if keep[i]:
            s += np.exp(x[i])
    return np.log(s)


# %%
from functools import reduce


def f(x):
    return math.log(reduce(lambda a, b: a + b, [math.exp(v) for v in x]))


# %%
import functools
import operator


def f(x):
    return math.log(functools.reduce(operator.add, map(math.exp, x), 0.0))


# %%
from functools import reduce


def f(arrays):
    return np.log(reduce(np.add, [np.exp(a) for a in arrays]))


# %%
def sums_of_sums(u, C, E):
    total = np.sum([np.sum([np.exp(u(c, e)) for e in E]) for c in C])
    return np.log(total)


# %%
def of_a_table(rows):
    return math.log(sum(math.exp(v) for row in rows for v in row))


# %%
# of vectors of any length nothing is known
def f(x: torch.Tensor):
    return torch.pdist(x, p=2).pow(2).mul(-2).exp().mean().log()


# %%
def negatives(s, tau):
    e = torch.exp(s / tau)
    return torch.log(e.sum(dim=1) - e.diagonal())


# %%
def partial_likelihood(x, time, events):
    loss, risk, k = 0, 0, 0
    while k < len(x):
        now, ties = time[k], 0
        while k < len(x) and time[k] == now:
            if events[k]:
                ties += np.exp(x[k])
            else:
                risk += np.exp(x[k])
            k += 1
        risk += ties
        loss += np.log(risk)
    return loss


# %%
def of_matrix(x):
    return torch.log(torch.exp(x).diag().sum(-1))

# %%
def f(x, y):
    return np.log(np.sum(np.exp(x)[y == 1]))


# %%
from scipy.stats import norm
def f(points, x, h):
    density = np.zeros_like(x)
    for point in points:
        density += norm.pdf(x, loc=point, scale=h)
    return np.sum(np.log(density / len(points)))


# %%
from scipy.stats import multivariate_normal
def f(X, mu, cov, share):
    total = 0
    for k in range(3):
        total += share[k] * multivariate_normal(mean=mu[k], cov=cov[k]).pdf(X)
    return np.log(total).sum()


# %%
def f(components, shares, x, backend=None):
    total = 0
    for component, share in zip(components, shares):
        if backend is None:
            total = total + share * component.log_prob(x).exp()
        else:
            total = total + share * torch.exp(component.log_prob(x))
    return torch.log(total)


# %%
def partial_likelihood(xs, times, cut):
    risk = 0.0
    total = 0.0
    for x, t in zip(xs, times):
        if t > cut:
            risk = np.exp(x) + risk
        total = total + x - np.log(risk)
    return total


# %%
def changed_since(x, y):
    best = x.argmax()
    x = x * y
    top = x[best]
    return top + np.log(np.sum(np.exp(x - top)))


# %%
def chosen_by_another(x, y):
    best = y.argmax()
    top = x[best]
    return top + np.log(np.sum(np.exp(x - top)))


# %%
def f(rows, b):
    total = 0.0
    for row in rows:
        total += np.exp(row - b).sum()
    return np.log(total)


# %%
def f(rows):
    total = 0
    for row in rows:
        total += np.sum(np.exp(row))
    return -math.log(total)


# %%
# the property of another object
class Policy:
    @property
    def total(self):
        return np.exp(self.w).sum()


def f(w):
    p = Policy(w)
    return np.log(p.total)


# %%
class Policy:
    @property
    def total(self):
        return np.exp(self.w).sum()


class Greedy(Policy):
    def log_total(self):
        return np.log(self.total)
