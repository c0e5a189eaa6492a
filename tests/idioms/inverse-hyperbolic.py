# %%
def f(x):
    return 0.5 * np.log((1 + x) / (1 - x))
