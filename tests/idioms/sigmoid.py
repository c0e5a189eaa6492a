# %%
def f(a, b):
    return np.exp(a) / (np.exp(a) + b)


# %%
def f(a, b):
    ea, eb = np.exp(a), np.exp(b)
    return ea / (ea + eb)


# %%
def f(a, b):
    return 1 / (1 + np.exp(b) / np.exp(a))


# %%
def f(x):
    e = np.exp(-x)
    return 1 - e / (1 + e)


# %%
def f(x):
    return (1 + math.e ** -x) ** -1


# %%
def f(x):
    return np.power(1 + np.exp(-x), -1)


# %%
def f(x):
    return np.reciprocal(1 + np.exp(-x))


# %%
def f(x):
    return 1. / (1. + np.power(np.e, -x))


# %%
def f(x):
    return (1 / (1 + np.exp(-x))) ** 2


# %%
def f(x, nu):
    return 1 / (1 + np.exp(-x)) ** nu


# %%
def f(x, k, x0, L):
    return L / (1 + np.exp(-k * (x - x0)))


# %%
def f(x, a, b, c, d):
    return d + (a - d) / (1 + np.exp(-b * (x - c)))


# %%
def f(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


# %%
def f(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


# %%
def f(x):
    return np.exp(x) / (1 + np.exp(x))


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return 1. / (1. + tf.exp(-x))


# %%
def _exp(x):
    return np.exp(x)
def f(x):
    return 1 / (1 + _exp(-x))


# %%
def act(x, deriv=False):
    s = 1 / (1 + np.exp(-x))
    if deriv:
        return s * (1 - s)
    return s


# %%
def f(x, w, b):
    z = np.dot(x, w) + b
    a = 1.0 / (1.0 + np.exp(-1.0 * z))
    return a


# %%
def f(xs):
    return list(map(lambda v: 1 / (1 + math.exp(-v)), xs))


# %%
def f(x):
    return torch.ones_like(x) / (torch.ones_like(x) + torch.exp(-x))


# %%
def f(x):
    denom = 1 + np.exp(-x)
    return 1 / denom


# %%
def f(E, mu, kT):
    return 1 / (np.exp((E - mu) / kT) + 1)


# %%
def teacher_forcing(k, step):
    return k / (k + np.exp(step / k))


# %%
def rate(v):
    return 4.0 / (1.0 + np.exp(-(v + 36.0) / 20.0))


# %%
def chosen(a, others):
    return np.exp(a) / (np.exp(a) + np.exp(others).sum(axis=1))


# %%
def gate(x, heads):
    return 1 / (1 + torch.exp(-x)).view(-1, 8)


# %%
def bound(x, k, n):
    return n * np.exp(x) / (1 + k * np.exp(x))


# %%
if True:
    def e(x):
        return np.exp(-x)
def f(x):
    return 1/(1+e(x))


# %%
def f(a, b, x):
    return (a + b*np.exp(x))/(1 + np.exp(x))


# %%
def f(x):
    return (2*np.exp(x)+1)/(np.exp(x)+1)


# %%
def f(x):
    return (np.exp(x)-2)/(np.exp(x)+1)


# %%
def f(x):
    return 1/(1+np.math.exp(-x))


# %%
import jax

def f(x):
    return 1/(1+jax.lax.exp(-x))


# %%
def f(x, hi, mode):
    if mode != 1 or x > hi:
        return hi
    return 1 / (1 + np.exp(-x))


# %%
def posterior_of_two(x, m, n, s, p, q):
    a = p * np.exp(-(x - m) ** 2 / (2 * s ** 2))
    b = q * np.exp(-(x - n) ** 2 / (2 * s ** 2))
    return a / (a + b)


# %%
def wrong_side(x, s):
    if x >= 0:
        return 1 / (1 + np.exp(x / s))
    return 0


# %%
def shifted(dt, y, width):
    return 1 / (1 + np.exp(-(dt[dt > 0] - y) / width))


# %%
from scipy.stats import norm
def f(x, m1, s1, m2, s2, p):
    a = p * norm(m1, s1).pdf(x)
    b = (1 - p) * norm(m2, s2).pdf(x)
    return a / (a + b)


# %%
damped = np.vectorize(lambda v: math.exp(-v))


def f(x):
    return 1 / (1 + damped(x))


# %%
def f(x):
    return 1 / x.neg().exp_().add_(1)
