# %%
def f(a, b):
    return np.log(np.exp(a) + np.exp(b))


# %%
def f(a, b):
    return math.log(math.exp(a) + math.exp(b))


# %%
def f(a, b, w):
    return np.log(w * np.exp(a) + (1 - w) * np.exp(b))
