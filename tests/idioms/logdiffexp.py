# %%
def f(a, b):
    return np.log(np.exp(a) - np.exp(b))


# %%
# an exponent may be written with a minus in front
def f(w):
    return np.log(np.exp(-w) - 1)


# %%
class Rates:
    def start(self, real):
        real = torch.clamp(real, max=-self.tolerance)
        return torch.log(torch.exp(-real) - 1)


# %%
def log_sinh(x):
    return jnp.log(jnp.sinh(x))
