# %%
def f(x):
    h = np.exp(x)
    return 0.5 * (h - 1 / h)
