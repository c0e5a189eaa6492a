# %%
def f(x, t):
    R = np.maximum(x, 0.00000001)
    e = np.exp(-((R / t) ** 2))
    return (1 - e) / R**4


# %%
def f(s, r, t):
    return s * np.exp(r * t) - s


# %%
def f(p, t):
    return 1 - np.exp(np.log(1 - p) * t)
