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


# %%
# sums of exponentials, taken back out of their logarithms
def f(even, odd):
    more = np.exp(scipy.special.logsumexp(even, axis=-1))
    less = np.exp(scipy.special.logsumexp(odd, axis=-1))
    return np.log(more - less)


# %%
def three(a, b, c):
    return np.log(np.exp(a) + np.exp(b) - np.exp(c))


# %%
def rest(total, one):
    return jnp.log(jnp.exp(total) - jnp.expm1(one))
