# %%
def f(x):
    return np.log(1 - np.exp(-x))


# %%
def f(a, n):
    return np.log(1 - (1 - np.exp(a)) ** n)


# %%
def f(lam, t):
    return math.log(1.0 - math.exp(-lam * t))


# %%
def by_pieces_the_wrong_way_round(x):
    return np.piecewise(
        x,
        [x > np.log(0.5)],
        [lambda t: np.log1p(-np.exp(t)), lambda t: np.log(-np.expm1(t))],
    )
