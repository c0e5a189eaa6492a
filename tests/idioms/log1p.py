


# %%
def f(x):
    return np.log(np.full_like(x, 1) + x)
