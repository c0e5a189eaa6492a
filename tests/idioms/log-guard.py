# %%
def f(x):
    p = np.clip(scipy.special.softmax(x), 1e-12, 1)
    return -np.log(p)


# %%
def f(x):
    return torch.log(F.sigmoid(x) + 1e-8)


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.log(tf.nn.softmax(x) + 1e-10)

# %%
def f(x, y):
    p = F.softmax(x, dim=1)
    return -torch.log(p.gather(1, y[:, None]) + 1e-9).mean()


# %%
def f(x, y):
    p = torch.softmax(x, 1)
    return -torch.log(p[:, 1].clamp(min=1e-9)).mean()


# %%
class Net:
    def __init__(self):
        self.probs = None
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.probs = e / e.sum(axis=1, keepdims=True)
        return self.probs
    def backward(self, y):
        return -np.mean(np.log(self.probs[np.arange(len(y)), y] + 1e-12))
