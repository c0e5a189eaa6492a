# %% log-1-minus-tanh-squared
import numpy as np
def g(x): return np.log(1 - np.tanh(x) ** 2)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([20.0, -20.0, 400.0])]

# %% log-1-minus-tanh-squared-in-a-local
import numpy as np
def g(x):
    y = np.tanh(x)
    return np.log(1 - y ** 2)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([20.0, -20.0])]

# %% log-1-minus-norm-cdf
import numpy as np
from scipy.stats import norm
from scipy.special import log_ndtr
def g(x): return np.log(1 - norm.cdf(x))
def truth(x): return log_ndtr(-x)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([9.0, 12.0])]

# %% log2-1-plus-power-of-2
import numpy as np
def g(x): return np.log2(1 + 2 ** x)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1030.0, 2000.0])]

# %% log-1-plus-square
import numpy as np
def g(x): return np.log(1 + x ** 2)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1e160, 1e200])]

# %% einstein-function
import numpy as np
def g(x): return x ** 2 * np.exp(x) / (np.exp(x) - 1) ** 2
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([800.0, -800.0])]

# %% exp-minus-1-minus-x
import numpy as np
def g(x): return np.exp(x) - 1 - x
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1e-9])]

# %% log-1-minus-sigmoid-squared
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-x))
    return np.log(1 - s ** 2)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 700.0])]

# %% mixture-of-a-point-mass
import numpy as np
def g(q, b): return -np.log(1 - q + q * np.exp(-b))
CASES = [(0.3, np.array([0.5, 1.0]))]
EXTREMES = [(1.0, np.array([40.0, 700.0]))]

# %% starred-argument
import numpy as np
def g(x): return np.log(1 + np.exp(*x))
CASES = [[np.array([0.5, 1.0])]]

# %% log-then-shifted-softmax
import numpy as np
def g(x):
    P = np.exp(x)
    A = np.log(P)
    e = np.exp(A - A.max())
    return e / e.sum()
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1000.0, 0.0])]

# %% name-of-the-sum-taken-again
import numpy as np
def g(a, b):
    g = a + b
    g = np.exp(g)
    return g / g.sum()
CASES = [(np.array([0.5, 1.0]), 1.0)]
EXTREMES = [(np.array([800.0, 1.0]), 1.0)]

# %% guarded-log-of-1-minus-p
import numpy as np
def g(p, eps): return np.log(1 - p + eps)
CASES = [(np.array([0.5, 1.0]), 1e-20), (np.array([1.0]), 1e-17), (np.array([1.0], dtype=np.float32), np.float32(1e-9))]

# %% guarded-log-with-a-constant
import numpy as np
EPS = 1e-18
def g(p): return -(np.log(p + EPS) + np.log(1 - p + EPS))
CASES = [np.array([0.5, 1.0])]

# %% guarded-log-with-an-attribute
import numpy as np
class Loss:
    def __init__(self, eps): self.eps = eps
    def __call__(self, p, y): return -(y * np.log(p + self.eps) + (1 - y) * np.log(1 - p + self.eps))
def g(p, y): return Loss(1e-12)(p, y), Loss(1e-17)(p, y)
CASES = [(np.array([0.5, 1.0]), np.array([1.0, 0.0])), (np.array([0.5, 1.0], dtype=np.float32), np.array([1.0, 0.0], dtype=np.float32))]

# %% guarded-log-of-a-square
import numpy as np
def g(p, eps): return np.log(1 - p ** 2 + eps)
CASES = [(np.array([0.5, 1.0]), 1e-20)]

# %% guarded-log-in-torch
import torch
def g(p, eps): return torch.log(1 - p + eps)
CASES = [(torch.tensor([0.5, 1.0]), 1e-8), (torch.tensor([0.5, 1.0]), 1e-12), (torch.tensor([0.5, 1.0], dtype=torch.float64), 1e-18)]

# %% guarded-ratio
import numpy as np
def g(a, b): return np.exp(a) / (np.exp(b) + np.exp(a) + 1e-5)
CASES = [(np.array([0.5, 1.0]), np.array([0.0, 2.0]))]
EXTREMES = [(np.array([95.0], dtype=np.float32), np.array([92.0], dtype=np.float32))]

# %% weighted-average-of-columns
import numpy as np
def g(x, lw): return np.average(x, axis=0, weights=np.exp(lw))
CASES = [(np.array([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]]), np.array([0.5, 1.0, -1.0])), (np.array([1.0, 2.0]), np.array([0.5, 1.0]))]

# %% weighted-average-returned
import numpy as np
def g(x, lw): return np.average(x, weights=np.exp(lw), returned=True)
CASES = [(np.array([1.0, 2.0]), np.array([0.5, 1.0]))]

# %% new-axis-after-the-sum
import numpy as np
def g(x): return np.log(np.exp(x).sum(axis=-1)[:, None])
CASES = [np.array([[1.0, 2.0], [0.5, 1.0], [0.0, 0.0]]), np.array([1.0, 2.0]), np.arange(8.0).reshape(2, 2, 2)]

# %% reshape-after-the-sum
import numpy as np
def g(x): return np.log(np.exp(x).sum(axis=-1).reshape(-1, 1)), x - np.log(np.sum(np.exp(x), axis=-1)).reshape(-1, 1)
CASES = [np.array([[1.0, 2.0], [0.5, 1.0]]), np.array([1.0, 2.0]), np.arange(8.0).reshape(2, 2, 2)]

# %% new-axis-in-torch
import torch
def g(x): return torch.log(torch.exp(x).sum(-1)[:, None])
CASES = [torch.tensor([[1.0, 2.0], [0.5, 1.0]]), torch.tensor([1.0, 2.0]), torch.arange(8.0).reshape(2, 2, 2)]

# %% unsqueeze-in-torch
import torch
def g(x): return torch.log(torch.exp(x).sum(-1).unsqueeze(1)), torch.exp(x) / torch.exp(x).sum(1).view(-1, 1)
CASES = [torch.tensor([[1.0, 2.0], [0.5, 1.0]]), torch.arange(8.0).reshape(2, 2, 2)]

# %% new-axis-in-jax
import jax.numpy as jnp
def g(x): return jnp.log(jnp.exp(x).sum(axis=-1)[:, None])
CASES = [jnp.array([[1.0, 2.0], [0.5, 1.0]]), jnp.array([1.0, 2.0]), jnp.arange(8.0).reshape(2, 2, 2)]

# %% complement-of-a-sigmoid
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    return 1 - p
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, 600.0])]

# %% odds-of-a-sigmoid
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    return p / (1 - p)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, 600.0])]

# %% difference-of-sigmoids
import numpy as np
def sig(x): return 1 / (1 + np.exp(-x))
def g(a, b): return sig(a) - sig(b)
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([40.0, 600.0]), np.array([41.0, 601.0]))]

# %% logit-of-a-sigmoid
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-x))
    return np.log(s / (1 - s))
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -800.0])]

# %% log-of-a-softmax-with-an-axis
import numpy as np
def g(x):
    e = np.exp(x)
    return np.log((e / e.sum(-1, keepdims=True))[:, None])
CASES = [np.array([[1.0, 2.0], [0.5, 1.0]])]
EXTREMES = [np.array([[1000.0, 0.0], [0.5, 1.0]])]

# %% log-of-a-softplus
import numpy as np
def g(x): return np.log(np.log(1 + np.exp(x)))
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([-50.0, -700.0, -900.0, 800.0])]

# %% exp-over-1-minus-exp
import numpy as np
def g(x): return np.exp(x) / (1 - np.exp(x))
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([800.0, 1e-12])]

# %% langevin
import numpy as np
def g(x): return (np.exp(2 * x) + 1) / (np.exp(2 * x) - 1) - 1 / x
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([400.0, 1e-5])]

# %% x-minus-log-1-plus-x
import numpy as np
def g(x): return x - np.log(1 + x)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1e-9])]

# %% exp-over-2-plus-exp
import numpy as np
def g(x): return np.exp(x) / (2 + np.exp(x))
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([-700.0, -650.3, -30.7]), np.array([800.0])]

# %% sech
import numpy as np
def g(x): return 2 / (np.exp(x) + np.exp(-x))
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([800.0, -800.0, 10.0, 700.0])]

# %% scaled-sinh
import numpy as np
def g(k, x): return k * (np.exp(x) - np.exp(-x))
CASES = [(2.0, np.array([0.5, -1.0]))]
EXTREMES = [(2.0, np.array([400.0, 1e-12]))]

# %% log-of-four-exponentials
import numpy as np
def g(a, b, c, d): return np.log(np.exp(a) + np.exp(b) + np.exp(c) + np.exp(d))
CASES = [tuple(np.array([0.5, -1.0]) * k for k in range(4))]
EXTREMES = [tuple(np.array([900.0, -900.0]) * k for k in range(1, 5))]

# %% component-of-a-softmax
import numpy as np
def g(x): return np.exp(x[3]) / np.sum(np.exp(x))
CASES = [np.array([0.0, 1.0, 2.0, -1.0]), np.array([0.0, 1.0, 2.0, -700.0])]
EXTREMES = [np.array([0.0, 1.0, 800.0, 799.0])]

# %% nested-complements
import numpy as np
def g(b, a, c): return np.log(b - (1 - np.exp(-a)) * (1 - np.exp(-c)))
CASES = [(1.0, 0.5, 0.25)]
EXTREMES = [(1.0, 30.0, 29.0), (1.0, 20.0, 3.0)]

# %% entropy-of-logits
import numpy as np
def g(x):
    p = np.exp(x) / np.sum(np.exp(x))
    return -np.sum(p * np.log(p))
CASES = [np.array([0.0, 1.0, 2.0, -1.0])]
EXTREMES = [np.array([0.0, 1000.0]), np.array([-100.0, 700.0])]

# %% entropy-of-a-logit
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    return -p * np.log(p) - (1 - p) * np.log(1 - p)
CASES = [np.array([0.0, 1.0, 2.0, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% product-of-two-tails
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
CASES = [np.array([0.0, 1.0, 2.0, -1.0])]
EXTREMES = [np.array([40.0, -40.0, 700.0])]

# %% focal-loss
import numpy as np
def g(x, gamma):
    p = 1 / (1 + np.exp(-x))
    return -(1 - p) ** gamma * np.log(p)
CASES = [(np.array([0.0, 1.0, 2.0, -1.0]), 2.0)]
EXTREMES = [(np.array([40.0]), 2.0), (np.array([-800.0]), 2.0)]

# %% bose-einstein-times-x
import numpy as np
def g(x): return x / (np.exp(x) - 1)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([1e-12, 800.0, -800.0])]

# %% planck-cubed
import numpy as np
def g(x): return x ** 3 / (np.exp(x) - 1)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1e-12, 600.0])]

# %% coth
import numpy as np
def g(x): return (1 + np.exp(-2 * x)) / (1 - np.exp(-2 * x))
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([1e-12, 800.0, -800.0])]

# %% log-of-a-difference-of-powers
import numpy as np
def g(x): return np.log(np.exp(3 * x) - np.exp(x))
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([300.0, 1e-12])]

# %% log-of-1-minus-a-product
import math
def g(a, b): return math.log(1 - math.exp(-a) * math.exp(-b))
CASES = [(0.5, 1.0)]
EXTREMES = [(1e-12, 1e-12), (40.0, 1.0)]

# %% gelu-by-exp
import numpy as np
def g(x): return x / (1 + np.exp(-1.702 * x))
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([-800.0, 800.0, -30.0])]

# %% mish
import numpy as np
def g(x): return x * np.tanh(np.log(1 + np.exp(x)))
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([-40.0, 800.0, -700.0])]

# %% elu-less-x
import numpy as np
def g(x): return np.where(x > 0, x, np.exp(x) - 1) - x
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([-1e-9])]

# %% softmax-of-squares
import numpy as np
def g(x):
    e = np.exp(-x ** 2 / 2)
    return e / e.sum()
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([60.0, 61.0])]

# %% log-of-a-mean-of-squares
import numpy as np
def g(x): return 0.5 * np.log(np.mean(np.exp(2 * x), axis=1, keepdims=True))
CASES = [np.array([[0.5, -1.0]])]
EXTREMES = [np.array([[600.0, 601.0]])]

# %% evidence-ratio
import numpy as np
def g(a, b): return np.exp(a) / np.exp(b)
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([1000.0]), np.array([999.0]))]

# %% ratio-of-sums
import numpy as np
def g(a, b): return np.exp(a).sum() / np.exp(b).sum()
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([1000.0, 2.0]), np.array([999.0, 3.0]))]

# %% relative-change
import numpy as np
def g(a, b): return (np.exp(a) - np.exp(b)) / np.exp(b)
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([1000.0]), np.array([999.0])), (np.array([1.0 + 1e-10]), np.array([1.0]))]

# %% annuity
def g(r, n): return (1 - (1 + r) ** -n) / r
CASES = [(0.05, 10)]
EXTREMES = [(1e-12, 10.0)]

# %% log-of-a-product-of-sigmoids
import numpy as np
def g(a, b): return np.log(1 / (1 + np.exp(-a)) * 1 / (1 + np.exp(-b)))
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([-800.0]), np.array([-1.0]))]

# %% log-1-plus-a-ratio-of-exponentials
import numpy as np
def g(a, b): return np.log(1 + np.exp(a) / np.exp(b))
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([1000.0, 900.0]), np.array([1.0, 899.0]))]

# %% langevin-in-steps
import numpy as np
def g(x):
    t = np.exp(2 * x)
    return (t + 1) / (t - 1) - 1 / x
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([400.0, 1e-9])]

# %% log-of-1-minus-a-cube
import numpy as np
def g(x):
    t = (1 - np.exp(x)) ** 3
    return np.log(1 - t)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([-40.0, 400.0])]

# %% difference-local
import numpy as np
def g(a, b):
    return 1 / (1 + np.exp(-a)) - 1 / (1 + np.exp(-b))
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([40.0, 600.0]), np.array([41.0, 601.0]))]

# %% difference-local-weighted
import numpy as np
def g(x, y, w):
    t2 = np.exp(-y)
    t3 = 1 + np.exp(-x)
    return -(1 / t3 - 1 / (1.0 + t2)) * w
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([85.0, 600.0]), np.array([61.0, 601.0]), np.array([1.0, 2.0]))]

# %% difference-local-weighted-named-one
import numpy as np
ONE = 1.0
def g(x, y, w):
    t1 = np.exp(-x)
    t2 = np.exp(-y)
    t3: object = ONE + t1
    return -(ONE / t3 - ONE / (1.0 + t2)) * w
CASES = [(np.array([0.5, -1.0]), np.array([1.0, 2.0]), np.array([1.0, 2.0]))]
EXTREMES = [(np.array([85.0, 600.0]), np.array([61.0, 601.0]), np.array([1.0, 2.0]))]

# %% cdf
import numpy as np
from scipy.stats import norm
from scipy.special import ndtr, erf, log_ndtr
def g(x):
    c = norm.cdf(x)
    p = ndtr(x)
    return np.log(1 - norm.cdf(x)), np.log(1 - c), np.log(1 - p), np.log(1.0 - erf(x)), np.log(1 - 0.5 * (1 + erf(x / np.sqrt(2))))
CASES = [np.array([0.5, -1.0])]

# %% cdf-stays
import numpy as np
from scipy.stats import norm
def g(x, rate):
    return np.log(1 - rate) + norm.logpdf(x)
CASES = [(np.array([0.5, -1.0]), 0.25)]

# %% cdf-in-helper
import numpy as np
from scipy.stats import norm
def cdf(x): return norm.cdf(x)
def g(x):
    return np.log(1 - cdf(x)), np.log(1 - norm(0, 1).cdf(x)), np.log(1 - norm.cdf(x, loc=1))
CASES = [np.array([0.5, -1.0])]

# %% share-handed-to-a-helper
import numpy as np
def my_log(v, base=None):
    if base is None:
        return np.log(v)
    return np.log(v) / base
def g(x):
    t1 = np.exp(x).sum()
    return my_log(1 - np.exp(x[3]) / t1)
CASES = [np.array([0.5, 1.0, 2.0, 0.25])]
EXTREMES = [np.array([-1198.4, -2280.0, -1169.6, 875.2])]

# %% share-handed-to-a-helper-assigned
import numpy as np
def my_log(v, base=None):
    if base is None:
        return np.log(v)
    return np.log(v) / base
def g(x):
    t1 = np.exp(x).sum()
    r = my_log(1 - np.exp(x[3]) / t1)
    return r
CASES = [np.array([0.5, 1.0, 2.0, 0.25])]
EXTREMES = [np.array([-1198.4, -2280.0, -1169.6, 875.2])]

# %% share-handed-to-a-keyword
import numpy as np
def my_log(*, v, base=None):
    if base is None:
        return np.log(v)
    return np.log(v) / base
def g(x):
    s = 1 / (1 + np.exp(-x))
    r = my_log(v=1 - s)
    return r
CASES = [np.array([0.5, 1.0, 2.0, 0.25])]
EXTREMES = [np.array([-1198.4, -2280.0, 1169.6, 875.2])]

# %% weighted-softplus-with-default
import numpy as np
def g(x, k):
    def inner(x=x, k=2 * k):
        return np.log(1 + np.exp(x ** 2) * k)
    return inner()
CASES = [(np.array([0.5]), 2.0)]
EXTREMES = [(np.array([1612.0]), 2.0)]

# %% weighted-softplus
import numpy as np
def g(x, k):
    return np.log(1 + np.exp(x ** 2) * k)
CASES = [(np.array([0.5]), 2.0)]
EXTREMES = [(np.array([1612.0]), 2.0)]

# %% weighted-softplus-linear
import numpy as np
def g(x, k):
    return np.log(1 + np.exp(x) * k)
CASES = [(np.array([0.5]), 2.0)]
EXTREMES = [(np.array([1612.0]), 2.0)]

# %% sum-of-three-with-list
import numpy as np
def g(x, y):
    xs = [x, y]
    t1 = np.exp(y)
    return np.log(np.exp(xs[-1]) + 1 + t1)
CASES = [(np.array([0.5]), np.array([0.5]))]
EXTREMES = [(np.array([1612.0]), np.array([1612.0]))]

# %% sum-of-helpers-of-two
import numpy as np
def h(x): 
    t = np.exp(x * 2)
    return (np.exp(x * 2) - 1) / (1 + t) + 0
def g(x, y): return h(x) + h(y)
CASES = [(np.array([0.5, 1.0]), np.array([0.25, 3.0]))]
EXTREMES = [(np.array([261.0]), np.array([-400.0]))]

# %% log-of-1-plus-a-sum-of-exponentials-less-one-exponent
import numpy as np
def g(x): return np.log(1 + np.sum(np.exp(x))) - x
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([-1.98, 36.39, 79.68, 22.62]), np.array([100.0, 0.0])]

# %% power-of-a-sigmoid-at-infinity
import numpy as np
def g(x, y): return 1 / (1 + np.exp(-x)) ** y
CASES = [(np.array([np.inf, 1.0]), np.array([np.inf, 2.0])), (np.array([0.0, 1.0]), np.array([1.0, 2.0]))]

# %% log-of-what-a-loop-computes
import numpy as np
def g(x):
    e = np.exp(-x)
    for _ in range(2):
        rest = 1.0 - e
    return np.log(rest)
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 100.0])]

# %% log-of-what-a-loop-computes-put-into-a-list
import numpy as np
def g(x):
    e = np.exp(-x)
    for _ in range(2):
        rest = 1.0 - e
    out = []
    for _ in range(2):
        out.append(np.log(rest))
    return out
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 100.0])]

# %% log-of-what-a-branch-computes
import numpy as np
def g(x, y, c):
    if c > 0:
        rest = 1.0 - np.exp(-x)
    else:
        rest = y
    return np.log(rest)
CASES = [(np.array([0.5, 1.0]), np.array([2.0, 3.0]), 1), (np.array([0.5, 1.0]), np.array([2.0, 3.0]), -1)]
EXTREMES = [(np.array([40.0, 100.0]), np.array([2.0, 3.0]), 1)]

# %% log-of-what-one-of-three-branches-computes
import numpy as np
def g(x, y, c):
    if c > 1:
        rest = y
    elif c > 0:
        rest = 1.0 - np.exp(-x)
    else:
        rest = 2 * y
    return np.log(rest)
CASES = [(np.array([0.5, 1.0]), np.array([2.0, 3.0]), c) for c in (2, 1, -1)]
EXTREMES = [(np.array([40.0, 100.0]), np.array([2.0, 3.0]), 1)]

# %% log-of-a-conditional-expression
import numpy as np
def g(x, y, c, d):
    rest = 1.0 - np.exp(-x) if c > d else y
    return np.log(rest)
CASES = [(np.array([0.5, 1.0]), np.array([2.0, 3.0]), 1, 0), (np.array([0.5, 1.0]), np.array([2.0, 3.0]), 0, 1)]
EXTREMES = [(np.array([40.0, 100.0]), np.array([2.0, 3.0]), 1, 0)]

# %% complement-of-what-a-loop-computes
import numpy as np
def g(x):
    for _ in range(2):
        s = 1.0 / (1.0 + np.exp(-x))
    return 1.0 - s
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 100.0])]

# %% complement-in-a-dict
import numpy as np
def g(x):
    p = 1 / (1 + np.exp(-x))
    out = {"p": p, "q": 1 - p}
    return out
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 100.0])]

# %% guard-of-float64-in-float32
import torch
EPS = 1e-10
def g(x, p): return x * torch.log(p + EPS) + (1 - x) * torch.log(1 - p + EPS)
CASES = [(torch.tensor([0.0, 1.0, 0.0]), torch.tensor([0.5, 0.25, 1.0]))]

# %% complement-of-a-sigmoid-where-its-input-changes
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-x))
    x *= 2
    return s, 1 - s
CASES = [np.array([0.5, 1.0])]

# %% complement-of-a-sigmoid-in-a-loop-that-changes-it
import numpy as np
def g(x):
    out = []
    for _ in range(3):
        s = 1 / (1 + np.exp(-x))
        out.append(s)
        x = x - 0.5
        out.append(1 - s)
    return out
CASES = [np.array([0.5, 1.0])]

# %% complement-of-a-sigmoid-in-a-closure
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-x))
    def rest():
        return 1 - s
    x = x * 2
    return s, rest(), s * (1 - s)
CASES = [np.array([0.5, 1.0])]

# %% complement-of-a-sigmoid-of-a-list-or-a-number
import numpy as np
def g(x):
    s = 1 / (1 + np.exp(-np.asarray(x)))
    return s * (1 - s), type(1 - s).__name__
CASES = [[0.5, 1.0], 0.5, np.float32(0.5), np.array([0.5], np.float32)]
EXTREMES = [[40.0, 100.0]]

# %% slope-of-a-sigmoid-in-torch
import torch
def g(x):
    s = 1 / (1 + torch.exp(-x))
    return s * (1 - s), 1 - s
CASES = [torch.tensor([0.5, 1.0], dtype=torch.float64), torch.tensor([0.5, 1.0])]
EXTREMES = [torch.tensor([40.0], dtype=torch.float64)]
def truth(x): return torch.exp(-x), torch.exp(-x)

# %% logarithm-of-a-complement-with-an-exponent-of-two-variables
import numpy as np
def g(x, k):
    t1 = -x / k
    t2 = np.exp(-t1)
    t3 = 1.0 - t2
    return np.log(t3)
CASES = [(np.array([-1.0, -2.0]), 2.0)]
EXTREMES = [(np.array([-80.0, -160.0]), 2.0)]

# %% complement-chosen-by-where
import numpy as np
def g(x, y):
    p = 1 / (1 + np.exp(-x))
    return np.where(y == 1, p, 1 - p)
CASES = [(np.array([1.0, 2.0]), np.array([1, 0]))]
EXTREMES = [(np.array([40.0, 50.0]), np.array([1, 0]))]

# %% complement-chosen-by-a-condition
import math
def g(x, flip):
    p = 1 / (1 + math.exp(-x))
    return 1 - p if flip else p
CASES = [(1.0, True), (1.0, False)]
EXTREMES = [(40.0, True)]

# %% difference-of-a-sigmoid-and-a-stable-one
import numpy as np
def g(x, y):
    return 1 / (np.exp(-x ** 2) + 1) - 1 / (1 + np.exp(-y))
CASES = [(np.array([1.0, 2.0]), np.array([0.5, -1.0]))]
EXTREMES = [(np.array([-17.5, -27.8]), np.array([75.6, 37.98]))]

# %% residual-stays-safe
import numpy as np
def g(x, y):
    return y - 1 / (1 + np.exp(-x))
CASES = [(np.array([1.0, 2.0]), np.array([0.0, 1.0]))]

# %% difference-with-a-name
import numpy as np
def g(x, d, k):
    t1 = np.exp(-(d["x"] * k))
    return 1 / (np.exp(-x) + 1) - 1 / (1 + t1)
CASES = [(np.array([1.0, 2.0]), {"x": np.array([0.5, -1.0])}, 2.0)]
EXTREMES = [(np.array([1904.0]), {"x": np.array([1309.6])}, 0.5)]

# %% a-step-of-a-helper-that-checks-its-argument
import numpy as np
def powers(x):
    assert x.ndim == 1
    return np.exp(x)
def g(x):
    e = powers(x)
    return e / e.sum()
CASES = [np.array([1.0, 2.0]), np.array([[1.0, 2.0], [3.0, 4.0]])]

# %% a-step-that-an-object-keeps
import numpy as np
class Layer:
    def powers(self, x):
        self.last = np.exp(x)
        return self.last
def g(x):
    layer = Layer()
    e = layer.powers(x)
    return e / e.sum(), layer.last
CASES = [np.array([1.0, 2.0])]

# %% slope-in-a-caller
import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
def backward(x, grad):
    s = sigmoid(x)
    return grad * s * (1 - s)
def g(x): return backward(x, 2.0)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% complement-in-a-caller
import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
def g(x):
    return 1 - sigmoid(x)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% complement-of-a-method
import numpy as np
class M:
    def p(self, x):
        return 1 / (1 + np.exp(-x))
    def q(self, x):
        return 1 - self.p(x)
class N(M):
    def p(self, x):
        return 0.25
def g(x): return M().q(x), N().q(x)
CASES = [np.array([0.5, -1.0])]

# %% slope-of-what-a-method-keeps
import numpy as np
class M:
    def __init__(self, x):
        self.p = 1 / (1 + np.exp(-x))
    def slope(self):
        return self.p * (1 - self.p)
def g(x): return M(x).slope()
CASES = [np.array([0.5, -1.0])]

# %% complement-in-a-caller-that-is-counted
import numpy as np
calls = []
def p(x):
    calls.append(1)
    return 1 / (1 + np.exp(-x))
def q(x):
    return 1 - p(x)
def g(x): return q(x), len(calls)
CASES = [np.array([0.5, -1.0])]

# %% complement-in-a-caller-of-what-is-rebound
import numpy as np
def p(x):
    return 1 / (1 + np.exp(-x))
def q(x):
    return 1 - p(x)
def g(x, h):
    global p
    p = h
    return q(x)
CASES = [(np.array([0.5, -1.0]), lambda x: 0.25 * x)]

# %% complement-in-a-caller-where-the-input-changes
import numpy as np
def p(x):
    return 1 / (1 + np.exp(-x))
def g(x):
    s = p(x)
    x = x * 2
    return x * (1 - s)
CASES = [np.array([0.5, -1.0])]

# %% difference-from-x-in-a-caller
import numpy as np
def growth(x):
    return np.exp(x) - 1
def g(x):
    return growth(x) - x
CASES = [np.array([0.5, -1.0])]

# %% complement-of-an-item
import numpy as np
def forward(x):
    out = {"p": 1 / (1 + np.exp(-x)), "x": x}
    return 1 - out["p"]
def g(x): return forward(x)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% odds-of-what-a-method-keeps
import numpy as np
class M:
    def __init__(self, x):
        self.p = 1 / (1 + np.exp(-x))
    def odds(self):
        return self.p / (1 - self.p)
def g(x): return M(x).odds()
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% odds-of-a-method
import numpy as np
class M:
    def p(self, x):
        return 1 / (1 + np.exp(-x))
    def odds(self, x):
        p = self.p(x)
        return p / (1 - p)
def g(x): return M().odds(x)
CASES = [np.array([0.5, -1.0])]
EXTREMES = [np.array([40.0, -40.0])]

# %% logit-in-a-caller
import numpy as np
def p(x):
    return 1 / (1 + np.exp(-x))
def g(x):
    s = p(x)
    x = x * 2
    return np.log(s / (1 - s)) + x
CASES = [np.array([0.5, -1.0])]

# %% odds-of-a-property
import numpy as np
class Unit:
    def __init__(self, w): self.w = w
    @property
    def p(self): return 1 / (1 + np.exp(-self.w))
    def odds(self): return self.p / (1 - self.p)
def g(x): return Unit(x).odds()
CASES = [np.array([0.5, 1.0])]
EXTREMES = [np.array([40.0, 300.0])]

# %% a-property-that-a-class-below-overrides
import numpy as np
class Unit:
    def __init__(self, w): self.w = w
    @property
    def e(self): return np.exp(self.w)
    def share(self): return self.e / self.e.sum()
class Other(Unit):
    @property
    def e(self): return self.w ** 2
def g(x): return Other(x).share()
CASES = [np.array([0.5, 1.0])]
