# %% a Potts model's log partition function and probabilities, of energies in the thousands
def g(x, h):
    log_z = np.log(np.exp(x).sum())
    return np.dot(h, x) - h.sum() * log_z

RULES, FAILS, RIGHT = ["logsumexp"], (np.array([1000.0, 1001.0]), np.array([1.0, 2.0])), -1.93978506255466850

# %% a detector's scores become probabilities
def g(w):
    e = np.exp(w)
    return e / np.sum(e, axis=1)[:, np.newaxis]

RULES, FAILS, RIGHT = ["softmax"], (np.array([[1837.8, -1268.8], [1837.8, 1837.8]]),), [[1.0, 0.0], [0.5, 0.5]]

# %% a classifier made of mixtures, of samples with three hundred features
def g(res):
    return np.exp(res) / np.exp(res).sum(axis=1)[:, np.newaxis]

RULES, FAILS, RIGHT = ["softmax"], (np.array([[2315.9, -237563.7]]),), [[1.0, 0.0]]

# %% the weights of an importance sampler underflow together
def g(log_w):
    w = np.exp(log_w)
    w /= w.sum()
    return 1.0 / np.sum(w**2)

RULES, FAILS, RIGHT = ["softmax"], (np.array([-2000.0, -2000.0, -2001.0]),), 2.625748327

# %% a growth curve of epidemics in plain floats
def g(L, k, x0, x):
    return L / (1 + math.exp(-k * (x - x0)))

RULES, FAILS, RIGHT = ["sigmoid"], (10.0, 1000.0, 1.0, 0.0), 0.0

# %% the generalized logistic distribution, far to the left
def g(x, c):
    return np.log(c) - x - (c + 1) * np.log1p(np.exp(-x))

RULES, FAILS, RIGHT = ["softplus"], (np.float64(-800.0), 1.0), -800.0

# %% a softplus with a slope
def g(x, beta=1.0):
    return 1 / beta * np.log(1 + np.exp(x * beta))

RULES, FAILS, RIGHT = ["softplus"], (np.array([500.0, -1.0]), 2.0), [500.0, 0.063464]

# %% the cross-entropy of a linear model
def g(x, w, y):
    pred = torch.softmax(x @ w, dim=1)
    return torch.mean(-torch.sum(y * torch.log(pred), dim=1))

RULES = ["log-softmax"]
FAILS = (torch.tensor([[1.0]]), torch.tensor([[200.0, -200.0]]), torch.tensor([[0.0, 1.0]]))
RIGHT = 400.0

# %% a discriminator is sure of the opposite
def g(real, fake):
    of_real = torch.log(torch.sigmoid(real)).mean()
    of_fake = torch.log(1 - torch.sigmoid(fake)).mean()
    return -(of_real + of_fake)

RULES, FAILS, RIGHT = ["log-sigmoid"], (torch.tensor([-200.0]), torch.tensor([50.0])), 250.0

# %% a density of two exponentials, both below the smallest float
def g(a, b):
    return np.log(np.exp(a) - np.exp(b))

RULES, FAILS, RIGHT = ["logdiffexp"], (np.float64(-1000.0), np.float64(-1001.0)), -1000.458675145387

# %% the free energy of a vibration that is nearly free
def g(u):
    return np.log(1 - np.exp(-u))

RULES, FAILS, RIGHT = ["log1mexp"], (np.float64(1e-18),), -41.4465316738928

# %% the photons of a mode at low frequency
def g(w, kT):
    return 1 / (np.exp(np.abs(w) / kT) - 1)

RULES, FAILS, RIGHT = ["expm1"], (np.float64(1e-12), 1.0), 999999999999.5

# %% Planck's law in float32, far down its tail of long waves
def g(nu, x):
    return nu**3 / (jnp.exp(x) - 1.0)

RULES, FAILS, RIGHT = ["expm1"], (jnp.float32(2.0), jnp.float32(1e-6)), 7999996.0

# %% the shape of a distribution goes to its limit
def g(x, k):
    return -np.log(1.0 - k * x) / k

RULES, FAILS, RIGHT = ["log1p"], (np.float64(2.0), 1e-14), 2.00000000000002

# %% a p-value beyond eight standard deviations
def g(x, s):
    return 1 - norm.cdf(np.log(x) / s)

RULES, FAILS, RIGHT = ["survival"], (np.float64(6.68), 0.149), 1.64587206671507983e-37

# %% a tail by its error function
def g(z):
    return 0.5 * (1 - scipy.special.erf(z / np.sqrt(2)))

RULES, FAILS, RIGHT = ["survival"], (np.float64(12.0),), 1.776482112077679e-33

# %% an exponentially modified Gaussian, to the left of its peak
def g(value, mu, sigma, nu):
    z = (value - mu) / sigma
    return -np.log(nu) + (mu - value) / nu + 0.5 * (sigma / nu) ** 2 + np.log(norm.cdf(z - sigma / nu))

RULES, FAILS, RIGHT = ["log-special"], (np.float64(-10.0), 0.0, 0.25, 1 / 6), -802.853452286568974

# %% an inverse hyperbolic sine of large negative numbers
def g(x):
    return np.log(x + np.sqrt(np.square(x) + 1))

RULES, FAILS, RIGHT = ["inverse-hyperbolic"], (np.float64(-1e8),), -19.11382792451231

# %% an error measure between images
def g(d):
    return np.sum(np.log((np.exp(d) + np.exp(-d)) / 2))

RULES, FAILS, RIGHT = ["log-cosh"], (np.array([800.0, 0.0]),), 799.3068528194401

# %% an activation written out
def g(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

RULES, FAILS, RIGHT = ["tanh-exp"], (np.array([800.0, -800.0]),), [1.0, -1.0]

# %% the evidence of two models
def g(a, b):
    return np.log(np.exp(a) + np.exp(b))

RULES, FAILS, RIGHT = ["logaddexp"], (np.float64(-1000.0), np.float64(-1000.0)), -999.3068528194401

# %% an entropy with a state that nothing is in
def g(p):
    return -np.sum(p * np.log(p))

RULES, FAILS, RIGHT = ["entropy"], (np.array([0.5, 0.5, 0.0]),), 0.6931471805599453

# %% a divergence from labels that are certain
def g(y_true, y_pred):
    return np.sum(y_true * np.log(y_true / y_pred))

RULES, FAILS, RIGHT = ["entropy"], (np.array([1.0, 0.0]), np.array([0.5, 0.5])), 0.6931471805599453
