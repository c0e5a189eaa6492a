# %%
def spiral(z, k, b):
    sech = 1 / np.cosh(z * k / b)
    return np.log(sech)


# %%
def free_energy(n, x):
    return n * np.log(2 * np.cosh(x))
