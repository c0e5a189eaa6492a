# %%
def f(a, b):
    return np.log(np.exp(a) + np.exp(b))


# %%
def f(a, b):
    return math.log(math.exp(a) + math.exp(b))


# %%
def f(a, b, w):
    return np.log(w * np.exp(a) + (1 - w) * np.exp(b))


# %%
def f(x):
    return np.log(2 + np.exp(x))


# %%
def f(x):
    return np.log(0.5 * (1 + np.exp(x)))


# %%
def f(c, x):
    return np.log(c + np.exp(x))


# %%
def zero_inflated(gate, log_prob):
    return np.log(gate + (1 - gate) * np.exp(log_prob))
