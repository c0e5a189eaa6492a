# %%
def f(y):
    return (1 - np.exp(y)) / (1 + np.exp(y))


# %%
def f(x):
    a, b = np.exp(x), np.exp(-x)
    return (a - b) / (a + b)


# %%
def f(x):
    t = math.exp(2 * x)
    return (t - 1) / (t + 1)


# %%
def f(x):
    return 1 - 2 / (np.exp(2 * x) + 1)
