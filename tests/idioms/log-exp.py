# %%
def f(x):
    return np.log(np.exp(x))


# %%
def f(x, w):
    e = w * np.exp(x)
    return np.log(e)


# %%
def density(x, m, s):
    return np.exp(-0.5 * ((x - m) / s) ** 2) / (s * np.sqrt(2 * np.pi))
def f(x, m, s):
    return np.sum(np.log(density(x, m, s)))


# %%
def f(x, m, s):
    return math.log(1 / (math.sqrt(2 * math.pi) * s) * math.exp(-((x - m) ** 2) / (2 * s**2)))


# %%
def f(v, available, rate):
    e = np.exp(v)
    e = e if available is None else e * available[:, :, None]
    return np.log(e) / rate


# %%
def f(s):
    determinant = torch.exp(s.sum())
    return torch.ones(3) * torch.log(determinant)
