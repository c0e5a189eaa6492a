# %%
def f(x):
    return torch.log(torch.softmax(x, dim=1))


# %%
def f(x):
    return F.softmax(x, 1).log()


# %%
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def f(x, y):
    p = softmax(x)
    return -np.mean(np.sum(y * np.log(p), axis=1))


# %%
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def f(x, y):
    p = softmax(x)
    return -np.log(p[np.arange(len(y)), y]).mean()


# %%
def f(x, t):
    x = x - x.max()
    p = np.exp(x) / np.sum(np.exp(x))
    return -np.log(p[t])


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.math.log(tf.nn.softmax(x))


# %%
class Net:
    def softmax(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)
    def loss(self, x, y):
        p = self.softmax(x)
        return -np.sum(y * np.log(p))


# %%
def entropy(logits):
    p = torch.softmax(logits, dim=-1)
    return -(p * p.log2()).sum(-1)


# %%
def bits(x):
    return np.log2(np.exp(x) / np.exp(x).sum())


# %%
def taken(logits, actions):
    return torch.log(torch.softmax(logits, dim=-1).gather(1, actions.unsqueeze(1)).squeeze(1))


# %%
def taken(logits, actions):
    probabilities = torch.softmax(logits, dim=-1)
    return probabilities.gather(1, actions).log()


# %%
def flat(x):
    return np.log((np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)).ravel())


# %%
import torch.nn as nn

def f(x):
    return torch.log(nn.Softmax(dim=1)(x))


# %%
import torch.nn as nn

class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.sm = nn.Softmax(dim=-1)
    def forward(self, x):
        p = self.sm(x)
        return torch.log(p)


# %%
import torch.nn as nn

class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(3, 4), nn.Softmax(dim=1))
    def forward(self, x):
        return torch.log(self.net(x))


# %%
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def cost(Y, T):
    return -(T*np.log(Y)).sum()
def train(z, T):
    return cost(softmax(z), T)


# %%

def f(x, y):
    p = F.softmax(x, dim=-1)
    return torch.log(torch.index_select(p, 0, y))


# %%

def f(x):
    p = F.softmax(x, dim=-1).view(-1, 10)
    return p.log()


# %%
def f(X, y):
    z = X - X.max(axis=1, keepdims=True)
    e = np.exp(z)
    p = e[np.arange(len(y)), y]/e.sum(axis=1)
    return -np.log(p).mean()


# %%
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
def f(x):
    p = softmax(x)
    return np.log(p.reshape(-1))


# %%

def f(x):
    return torch.log(torch.softmax(x, dim=-1)[:, None])

# %%
def of_either_rank(x):
    x = np.asarray(x)
    if x.ndim == 1:
        return np.exp(x) / np.exp(x).sum()
    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
def loss(x):
    return -np.log(of_either_rank(x))


# %%
def entropy_of_the_mean(x):
    p = F.softmax(x, dim=1).mean(0)
    return -torch.sum(p * torch.log(p))


# %%
def forward(X, W, V):
    h = np.tanh(X @ W)
    e = np.exp(h @ V)
    return e / e.sum(axis=1, keepdims=True), h
def cost(X, W, V, T):
    Y, h = forward(X, W, V)
    return -np.sum(T * np.log(Y))


# %%
def forward(X, W, V):
    h = np.tanh(X @ W)
    e = np.exp(h @ V)
    return e / e.sum(axis=1, keepdims=True), h
def cost(X, W, V, T):
    out = forward(X, W, V)
    return -np.sum(T * np.log(out[0]))


# %%
# methods of classes of layers, called by an object, or by the class
class Softmax:
    def forward(self, x):
        e = np.exp(x)
        self.output = e / e.sum(axis=1, keepdims=True)
        return self.output


def f(logits, y):
    layer = Softmax()
    p = layer.forward(logits)
    return -np.log(p[range(len(y)), y]).mean()


# %%
class Activations:
    @staticmethod
    def softmax(x):
        return np.exp(x) / np.exp(x).sum()


def f(x):
    return np.log(Activations.softmax(x))


# %%
class Softmax:
    def forward(self, x):
        return np.exp(x) / np.exp(x).sum()


class Loss:
    def __init__(self):
        self.softmax = Softmax()

    def f(self, x):
        return np.log(self.softmax.forward(x))


# %%
def by_one_hot(x, y):
    p = scipy.special.softmax(x, axis=1)
    return -np.mean(np.log(np.sum(p * y, axis=1)))


# %%
def of_the_shifted(x, t):
    p = F.softmax(x, dim=1)
    return -torch.log((p * F.one_hot(t, 10)).sum(1)).mean()


# %%
def mixture(x, w):
    return torch.log(torch.softmax(x, dim=-1) @ w)


# %%
class Mapper:
    def loss(self):
        shares = jax.nn.softmax(self.free, axis=1)
        return jnp.log(shares.sum(axis=0) / shares.shape[0])


# %%
class Softmax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.out = e / np.sum(e, axis=1, keepdims=True)
        return self.out
class Loss:
    def __init__(self):
        self.softmax = Softmax()
    def forward(self, x, t):
        self.y = self.softmax.forward(x)
        return -np.sum(t * np.log(self.y))


# %%
def first_choices(w, order):
    total = 0
    for i in range(len(order)):
        total += np.log(np.exp(w[order[i]]) / np.sum(np.exp(w[order[i:]])))
    return total

# %%
def f(x, y):
    p = F.softmax(x, dim=1)
    return -torch.log(p[torch.arange(len(y)), y][y > 0]).sum()


# %%
def f(x, y):
    return F.softmax(x.reshape(-1, x.shape[-1]), dim=1).log()


# %%
def softmax(x):
    shape = x.shape
    if len(x.shape) > 1:
        largest = np.max(x, axis=1)
        x -= largest.reshape((x.shape[0], 1))
        x = np.exp(x)
        total = np.sum(x, axis=1)
        x /= total.reshape((x.shape[0], 1))
    else:
        x -= np.max(x)
        x = np.exp(x)
        x /= np.sum(x)
    assert x.shape == shape
    return x
def cost(center, outside, i):
    p = softmax(np.dot(center, outside.T))
    return -np.log(p)[i]


# %%
class Decoder:
    def decode(self, theta):
        return F.softmax(self.norm(theta), dim=-1)
    def cost(self, theta, x, recon=None):
        if recon is None:
            recon = self.decode(theta)
        return -(x * recon.log()).sum(axis=1)


# %%
import jax


def f(x):
    p = jax.jit(jax.nn.softmax)
    return jnp.log(p(x))
