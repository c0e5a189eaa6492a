# %%
def f(x):
    return np.log(1 - np.exp(-x))


# %%
def f(a, n):
    return np.log(1 - (1 - np.exp(a)) ** n)


# %%
def f(lam, t):
    return math.log(1.0 - math.exp(-lam * t))
