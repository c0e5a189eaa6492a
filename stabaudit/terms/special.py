"""The rows of special functions and distributions: primitives, whose values `stabaudit.proof.special` knows.

They are written with the functions of the code's own library, or of SciPy; the runtime has none of them.
"""

from __future__ import annotations

from stabaudit.terms import elementary as formulas
from stabaudit.terms.row import Op, elementary, primitive
from stabaudit.terms.term import Term

erf = primitive("erf", "x", elementary=True)
erfc = primitive("erfc", "x", elementary=True)
#: `exp(x**2) * erfc(x)`.
erfcx = primitive("erfcx", "x", elementary=True)
#: The distribution function of the standard normal distribution, and its logarithm.
ndtr = primitive("ndtr", "x", elementary=True)
log_ndtr = primitive("log_ndtr", "x", elementary=True)

gamma = primitive("gamma", "x", elementary=True)
gammaln = primitive("gammaln", "x", elementary=True)
factorial = primitive("factorial", "n", elementary=True)
beta = primitive("beta", "a b", elementary=True)
betaln = primitive("betaln", "a b", elementary=True)
comb = primitive("comb", "n k", elementary=True)
#: The regularized incomplete functions, and what they lack to 1.
gammainc = primitive("gammainc", "a x", elementary=True)
gammaincc = primitive("gammaincc", "a x", elementary=True)
betainc = primitive("betainc", "a b x", elementary=True)
betaincc = primitive("betaincc", "a b x", elementary=True)

#: Modified Bessel functions, and what `exp(-abs(x))` makes of them.
i0 = primitive("i0", "x", elementary=True)
i0e = primitive("i0e", "x", elementary=True)
i1 = primitive("i1", "x", elementary=True)
i1e = primitive("i1e", "x", elementary=True)
iv = primitive("iv", "v x", elementary=True)
ive = primitive("ive", "v x", elementary=True)

#: The inverses of the hyperbolic functions.
asinh = primitive("asinh", "x", elementary=True)
acosh = primitive("acosh", "x", elementary=True)
atanh = primitive("atanh", "x", elementary=True)
#: The cube root, of negative numbers as well.
cbrt = primitive("cbrt", "x", elementary=True)

#: `(exp(x) - 1) / x`, which is 1 at zero.
exprel = primitive("exprel", "x", elementary=True)

#: `exp(x) - 1 - x` and `log(1 + x) - x`, which no library has.
expm1_less_x = primitive("expm1_less_x", "x", elementary=True)
log1p_less_x = primitive("log1p_less_x", "x", elementary=True)

#: `sin(x) / x`, which is 1 at zero.
sin_by_x = primitive("sin_by_x", "x", elementary=True)

#: `-x * log(x)`, `x * log(y)` and `x * log(x / y)`, which are zero where x is.
entr = primitive("entr", "x", elementary=True)
xlogy = primitive("xlogy", "x y", elementary=True)
rel_entr = primitive("rel_entr", "x y", elementary=True)

#: Losses: of logits and classes, of log-probabilities, of probabilities and of logits of one class. What becomes of the
#: single losses, and what else they are told, makes no difference to their fault.
LOSS = "weight ignore_index reduction label_smoothing"
cross_entropy = primitive("cross_entropy", "x y", LOSS, elementary=True)
nll_loss = primitive("nll_loss", "x y", "weight ignore_index reduction", elementary=True)
bce = primitive("bce", "x y", "weight reduction", elementary=True)
bce_with_logits = primitive("bce_with_logits", "x y", "weight reduction pos_weight", elementary=True)
kl_div = primitive("kl_div", "x y", "reduction log_target", elementary=True)

acos = primitive("acos", "x", elementary=True)
asin = primitive("asin", "x", elementary=True)
atan2 = primitive("atan2", "y x", elementary=True)
#: Angles, lengths and deviations, which are read only where a rule asks for them.
ASKED_FOR = frozenset({"acos", "asin", "atan2", "norm", "std", "var"})

#: The determinant of a matrix, and the logarithm of its size.
det = primitive("det", "x", elementary=True)
logabsdet = primitive("logabsdet", "x", elementary=True)

#: What a distribution of the family `law` says of x: a and b are its shape, if it has any, else they are zero.
cdf = primitive("cdf", "x a b loc scale", "law", elementary=True)
sf = primitive("sf", "x a b loc scale", "law", elementary=True)
ppf = primitive("ppf", "x a b loc scale", "law", elementary=True)
isf = primitive("isf", "x a b loc scale", "law", elementary=True)
logcdf = primitive("logcdf", "x a b loc scale", "law", elementary=True)
logsf = primitive("logsf", "x a b loc scale", "law", elementary=True)
logpdf = primitive("logpdf", "x a b loc scale", "law", elementary=True)


@elementary
def pdf(x: Term, a: Term, b: Term, loc: Term, scale: Term, /, law: Term) -> Term:
    """A density, or the probability of a whole number, which underflows far out as an exponential does."""
    return formulas.exp(logpdf(x, a, b, loc, scale, law=law))


#: The names of these operations.
ROWS = tuple(name for name, value in globals().items() if isinstance(value, Op))
