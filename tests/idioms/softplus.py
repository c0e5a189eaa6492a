# %%
def f(x):
    return np.log(1 + np.exp(x))


# %%
def f(x, beta):
    return torch.log(1 + torch.exp(beta * x)) / beta


# %%
def f(x):
    return -np.log(1 / (1 + np.exp(x)))


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return tf.math.log(1. + tf.exp(x))


# %%
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
def f(x):
    return K.log(1 + K.exp(x))


# %%
import paddle
def f(x):
    return paddle.log(1 + paddle.exp(x))


# %%
def f(x):
    return np.log(1 + 5 * np.exp(x))


# %%
def f(a, b):
    return np.log((1 + np.exp(a)) / (1 + np.exp(b)))


# %%
def f(x):
    match x:
        case float() as y if math.log(1 + math.exp(y)) > 3:
            return 1


# %%
# an element of a row that changes may be anything
def f(x):
    c = [0.1, 0.2]
    c[0] = x
    return math.log(1 + math.exp(c[0]))


# %%
# a setting that the function changes may be anything, and so may what has no default
def f(x, scale=1.0):
    scale = scale * x
    return np.log(1 + np.exp(scale))


# %%
def f(x, scale=1.0):
    return np.log(1 + np.exp(scale * x))
