# %%
def beyond(x, center, width):
    return 1 - scipy.stats.norm(center, width).cdf(x)


# %%
def two_sided(t):
    law = scipy.stats.t(df=5)
    return 2 * (1 - law.cdf(abs(t)))


# %%
def log_beyond(x):
    return np.log(1 - scipy.stats.norm(loc=0, scale=1).cdf(x))


# %%
def poisson_tail(k, rate):
    return scipy.special.gammainc(k, rate) - 1
