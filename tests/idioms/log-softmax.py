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
