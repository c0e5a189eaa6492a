# %%
def f(x):
    return np.log(1 / (1 + np.exp(-x)))


# %%
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
def f(x, y):
    h = sigmoid(x)
    return -(y * np.log(h) + (1 - y) * np.log(1 - h)).mean()


# %%
def f(x):
    return torch.log(torch.sigmoid(x))


# %%
def f(x):
    return x.sigmoid().log()


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.math.log(tf.sigmoid(x))


# %%
class LR:
    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -250, 250)))
    def cost(self, X, y):
        h = self._sigmoid(X @ self.w)
        return -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h))


# %%
def info_nce(pos, neg, tau):
    p = torch.exp(pos / tau)
    n = torch.exp(neg / tau).sum(dim=-1)
    return -torch.log(p / (p + n)).mean()


# %%
def info_nce(pos, neg):
    return -torch.log(torch.exp(pos)) + torch.log(torch.exp(pos) + torch.exp(neg).sum(1))


# %%
def bits(x):
    return torch.log2(torch.sigmoid(x))


# %%
def agreement(a, b):
    return torch.log(torch.sigmoid(a) * torch.sigmoid(b))


# %%
def backwards(x):
    return torch.log(torch.sigmoid(x).flip(0))


# %%
class Sigmoid:
    def __call__(self, x):
        return 1/(1+np.exp(-x))
class L:
    def __init__(self):
        self.f = Sigmoid()
    def loss(self, x):
        return -np.log(self.f(x))


# %%
def sigmoid(z):
    return 1/(1+np.exp(-z))
def bce(p, y):
    return -(y*np.log(p) + (1-y)*np.log(1-p)).mean()
def train(X, w, y):
    h = sigmoid(X @ w)
    return bce(h, y)


# %%
def bernoulli(x, y):
    p = scipy.special.expit(x)
    return -np.log(np.power(p, y) * np.power(1 - p, 1 - y))


# %%
def patched(a, b):
    r = np.exp(a) / (np.exp(a) + np.exp(b).sum(-1))
    if np.isnan(r).any():
        r = np.nan_to_num(r)
    return -np.log(r).mean()


# %%
# a function that an object keeps
def logistic(x):
    return 1 / (1 + np.exp(-x))


class Layer:
    def __init__(self):
        self.activation = logistic

    def f(self, x):
        return np.log(self.activation(x))


# %%
# a method that keeps what it gives is a formula like any other
class Net:
    def forward(self, x):
        self.a = 1 / (1 + np.exp(-x @ self.w))
        return self.a

    def loss(self, x, y):
        a = self.forward(x)
        return -(y * np.log(a)).mean()


# %%
class Network:
    def forward(self, x):
        self.z = x @ self.w
        self.a = 1 / (1 + np.exp(-self.z))
        return self.a
    def loss(self, x, y):
        out = self.forward(x)
        return -np.sum(y * np.log(out))


# %%
# a model that is told by a keyword whether to give probabilities
class Decoder(torch.nn.Module):
    def forward(self, z, edges, sigmoid=True):
        score = (z[edges[0]] * z[edges[1]]).sum(dim=1)
        return torch.sigmoid(score) if sigmoid else score


class Autoencoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.decoder = Decoder()

    def loss(self, z, edges):
        return -torch.log(self.decoder(z, edges, sigmoid=True)).mean()

# %%
def f(x, y):
    p = 1 / (1 + np.exp(-x))
    return np.log(p[y == 1]).sum()

