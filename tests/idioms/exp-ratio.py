# %%
def f(eta):
    r = np.exp(eta)
    risk = np.cumsum(r[::-1])[::-1]
    return r / risk


# %%
def f(v, x):
    return np.sum(v * np.exp(x)) / np.sum(np.exp(x))


# %%
def f(v, x):
    w = np.exp(x)
    return (w * v).sum() / w.sum()


# %%
def f(v, x):
    w = np.exp(x)
    return w @ v / w.sum()


# %%
def f(v, x):
    w = np.exp(x)
    return np.dot(w, v) / np.sum(w)


# %%
def f(v, x):
    return np.average(v, weights=np.exp(x))


# %%
def f(E, beta):
    Z = sum(math.exp(-beta * e) for e in E)
    return sum(e * math.exp(-beta * e) for e in E) / Z


# %%
def f(E, beta):
    Z = 0.0
    U = 0.0
    for e in E:
        b = math.exp(-beta * e)
        Z += b
        U += e * b
    return U / Z


# %%
def weights(w1, w2):
    e1, e2 = np.exp(w1), np.exp(w2)
    return e2 / (1 + e1 + e2)


# %%
def reference(utilities):
    return 1 / (1 + np.exp(utilities).sum(axis=1))

# %%
def two_loops(x, out):
    s = 0.0
    for i in range(x.shape[0]):
        out[i] = np.exp(x[i])
        s += out[i]
    for i in range(x.shape[0]):
        out[i] = out[i] / s
    return out


# %%
def appended(xs):
    e = []
    for x in xs:
        e.append(math.exp(x))
    s = sum(e)
    for i in range(len(e)):
        e[i] = e[i] / s
    return e


# %%
def a_dictionary_filled(scores):
    e = {}
    for k, v in scores.items():
        e[k] = math.exp(v)
    total = sum(e.values())
    for k in e:
        e[k] = e[k] / total
    return e


# %%
def summed_over_two(xs, ys, x, y):
    total = 0.0
    for a, b in zip(xs, ys):
        total += math.exp(a * b)
    return math.exp(x * y) / total


# %%
def added_by_index(x, i, n):
    e = np.exp(x)
    s = np.zeros(n)
    np.add.at(s, i, e)
    return e / s[i]


# %%
def scattered(x, index, n):
    e = x.exp()
    s = torch.zeros(n).scatter_add_(0, index, e)
    return e / (s.gather(0, index) + 1e-16)


# %%
from torch_scatter import scatter
def of_edges(x, index, n):
    e = x.exp()
    return e / (scatter(e, index, dim=0, dim_size=n, reduce="sum")[index] + 1e-16)


# %%
import jax
def of_segments(x, i, n):
    e = jnp.exp(x)
    return e / jax.ops.segment_sum(e, i, num_segments=n)[i]


# %%
def of_groups(df):
    df["e"] = np.exp(df["u"])
    df["p"] = df["e"] / df.groupby("k")["e"].transform("sum")
    return df


# %%
def risk_set(X, beta):
    risk = 0.0
    risk_x = 0.0
    g = 0
    for i in range(len(X)):
        e = np.exp(X[i] @ beta)
        risk += e
        risk_x += e * X[i]
        g += risk_x / risk
    return g


# %%
def of_a_power(x, mask, beta):
    e = mask * torch.exp(x)
    s = torch.pow(torch.sum(e, dim=1, keepdim=True), beta)
    return torch.div(e, s)


# %%
from numba import prange
def choice_probabilities(av, u, count_c, count_e, out):
    for l in prange(av.shape[2]):
        bottom = 0
        for c in prange(count_c):
            for e in prange(count_e):
                bottom += av[c][e][l] * math.exp(u(c, e, l))
        for c in prange(count_c):
            for e in prange(count_e):
                top = av[c][e][l] * math.exp(u(c, e, l))
                out[c][e] = top / bottom


# %%
from scipy.spatial.distance import cdist
def kernel_regression(A, B, y, h):
    D = cdist(A, B)
    K = np.exp(-D ** 2 / (2 * h ** 2))
    return K @ y / K.sum(axis=1)


# %%
def of_what_was_patched(logP, d):
    logP[np.isinf(logP)] = -500
    old = logP
    Z = np.sum(np.exp(old))
    return np.einsum("kij,k->ij", d, np.exp(old)) / Z


# %%
def share_by_differences(l, n):
    p = np.zeros(n)
    for i in range(n):
        p[i] = 1 / sum(np.exp(l[j] - l[i]) for j in range(n))
    return p


# %%
def shares_by_differences(l):
    return 1.0 / np.sum(np.exp(l[None, :] - l[:, None]), axis=1)


# %%
def share_of_sums_of_sums(u, C, E, x):
    return math.exp(x) / sum(sum(math.exp(u[c][e]) for e in E) for c in C)


# %%
def contrastive(z, y, tau):
    e = torch.exp(z @ y.T / tau)
    positive = torch.diagonal(e)
    return positive / (e.sum(dim=1) - positive)


# %%
def diagonal(s):
    e = np.exp(s)
    return np.diag(e) / e.sum(axis=1)


# %%
def risk_sets(x, z, events):
    k, risk, risk_z, gradient = 0, 0.0, 0.0, 0.0
    while k < len(x):
        e = np.exp(x[k])
        if events[k]:
            risk += e
            risk_z += e * z[k]
            gradient += risk_z / risk
        else:
            risk += e
            risk_z += e * z[k]
        k += 1
    return gradient


# %%
def responsibilities(x, mu, share, k):
    gamma = np.zeros((len(x), k))
    p = np.zeros(k)
    for n in range(len(x)):
        for i in range(k):
            p[i] = share[i] * np.exp(-((x[n] - mu[i]) ** 2))
        for i in range(k):
            gamma[n, i] = p[i] / np.sum(p)
    return gamma
