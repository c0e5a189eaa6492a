


# %%
def f(x):
    return np.log(np.full_like(x, 1) + x)


# %%
# a lower limit at zero keeps nothing from being small
def f(q):
    if q < 0:
        q = 0
    return math.log(1 + q)
