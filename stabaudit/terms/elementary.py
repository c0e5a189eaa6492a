"""The rows of arithmetic, elementary functions, reductions and views, and of what is made of exponentials."""

from __future__ import annotations

from fractions import Fraction

from stabaudit.terms.row import defined, elementary, primitive, stable
from stabaudit.terms.term import Const, Term, Var

infinity = primitive("infinity", "")
pi = primitive("pi", "")

add = primitive("add", "a b", elementary=True)
sub = primitive("sub", "a b", elementary=True)
mul = primitive("mul", "a b", elementary=True)
div = primitive("div", "a b", elementary=True)
pow_ = primitive("pow", "a b", elementary=True)
neg = primitive("neg", "x", elementary=True)
exp = primitive("exp", "x", elementary=True)
log = primitive("log", "x", elementary=True)
abs_ = primitive("abs", "x", elementary=True)
sign = primitive("sign", "x")
floor = primitive("floor", "x")
tanh = primitive("tanh", "x", elementary=True)
sinh = primitive("sinh", "x", elementary=True)
cosh = primitive("cosh", "x", elementary=True)
sin = primitive("sin", "x", elementary=True)
cos = primitive("cos", "x", elementary=True)
maximum = primitive("maximum", "a b", elementary=True)
minimum = primitive("minimum", "a b", elementary=True)

gt = primitive("gt", "a b")
ge = primitive("ge", "a b")
lt = primitive("lt", "a b")
le = primitive("le", "a b")
eq = primitive("eq", "a b")
ne = primitive("ne", "a b")
not_ = primitive("not", "x")
and_ = primitive("and", "a b")
or_ = primitive("or", "a b")
where = primitive("where", "condition a b", elementary=True)
#: What a name holds after an `if`: the one or the other, whole.
branch = primitive("branch", "condition a b")
masked = primitive("masked", "x condition")
isfinite = primitive("isfinite", "x")

sum_ = primitive("sum", "x", "axis keepdims", elementary=True)
mean = primitive("mean", "x", "axis keepdims", elementary=True)
max_ = primitive("max", "x", "axis keepdims", elementary=True)
min_ = primitive("min", "x", "axis keepdims", elementary=True)
prod = primitive("prod", "x", "axis keepdims")
#: The length of a vector, and the deviation from the mean, where the library's gradient at 0 is nan.
norm = primitive("norm", "x", "axis keepdims", elementary=True)
std = primitive("std", "x", "axis keepdims", elementary=True)
var = primitive("var", "x", "axis keepdims", elementary=True)
cumsum = primitive("cumsum", "x", "axis")
#: Sums of what is left, `flip(cumsum(flip(x)))`.
revcumsum = primitive("revcumsum", "x", "axis")
#: `x[::-1]`.
flip = primitive("flip", "x", "axis")

#: Sums, or maxima, of the elements that one place gathers, for each element that of its own: `bincount(i, x)[i]`.
segmented = primitive("segmented", "x", "place")
segmented_max = primitive("segmented_max", "x", "place")

index = primitive("index", "x", "slots")
item = primitive("item", "x", "place")
#: One component of each row: `x[np.arange(len(x)), y]`.
picked = primitive("picked", "x", "place")
reshape = primitive("reshape", "x", "shape")
transpose = primitive("transpose", "x", elementary=True)
expand_dims = primitive("expand_dims", "x", "axis")
squeeze = primitive("squeeze", "x", "axis")
#: Values and indices, as `torch.max(x, dim)` returns them; with what it is if nobody takes its parts, if the source
#: leaves that open: the larger of two tensors, the maxima of another library's array.
pair = primitive("pair", "x")

#: What a function of the module gives that returns several values, each of them an operand.
several = primitive("several", "")


@defined
def same(x: Term, /) -> Term:
    """Another type, container or view of the same values."""
    return x


@defined
def isinf(x: Term, /) -> Term:
    """Whether something is no finite number, an infinity of one sign or nan."""
    return not_(isfinite(x))


@defined
def call(x: Term, /) -> Term:
    """What a function of the same module returns: looked at where it is defined."""
    return x


@defined
def built(x: Term, /) -> Term:
    """What a loop has built up; the loop stays where it is."""
    return x


@defined
def ascending(x: Term, /) -> Term:
    """The same values in order, the smallest first."""
    return x


@defined
def descending(x: Term, /) -> Term:
    """The same values in order, the largest first."""
    return x


@defined
def mapping(x: Term, /) -> Term:
    """A dictionary with these values; who runs over it is given its keys."""
    return x


@defined
def dot(a: Term, b: Term, /) -> Term:
    """A scalar product; which axes it runs along is not known."""
    return sum_(a * b, axis=Var("the contracted axis", (("#", 0),)))


@defined
def weighted_average(x: Term, weights: Term, /, axis: Term) -> Term:
    """A mean with weights, `numpy.average`."""
    return sum_(weights * x, axis=axis) / sum_(weights, axis=axis)


@defined
def clip(x: Term, low: Term, high: Term, /) -> Term:
    return maximum(low, minimum(x, high))


@defined
def reciprocal(x: Term, /) -> Term:
    return 1 / x


@defined
def square(x: Term, /) -> Term:
    return x**2


@elementary
def sqrt(x: Term, /) -> Term:
    return x ** Fraction(1, 2)


@elementary
def hypot(a: Term, b: Term, /) -> Term:
    return (a**2 + b**2) ** Fraction(1, 2)


@defined
def exp2(x: Term, /) -> Term:
    return exp(x * log(2))


@defined
def log2(x: Term, /) -> Term:
    return log(x) / log(2)


@defined
def log10(x: Term, /) -> Term:
    return log(x) / log(10)


@elementary
def log1p(x: Term, /) -> Term:
    return log(1 + x)


@elementary
def expm1(x: Term, /) -> Term:
    return exp(x) - 1


@stable
def sigmoid(x: Term, /) -> Term:
    return 1 / (1 + exp(-x))


@stable
def log_sigmoid(x: Term, /) -> Term:
    return -log(1 + exp(-x))


@stable
def softplus(x: Term, /) -> Term:
    return log(1 + exp(x))


@stable
def log1mexp(x: Term, /) -> Term:
    return log(1 - exp(x))


@stable
def inverse_softplus(x: Term, /) -> Term:
    return log(exp(x) - 1)


@stable
def logaddexp(a: Term, b: Term, /) -> Term:
    return log(exp(a) + exp(b))


@stable
def logdiffexp(a: Term, b: Term, /) -> Term:
    return log(exp(a) - exp(b))


@stable
def logcosh(x: Term, /) -> Term:
    return log(cosh(x))


@stable
def softmax(x: Term, /, axis: Term) -> Term:
    return exp(x) / sum_(exp(x), axis=axis, keepdims=True)


@elementary
def logaddexp2(a: Term, b: Term, /) -> Term:
    return log(Const(2) ** a + Const(2) ** b) / log(2)


@stable
def log_softmax(x: Term, /, axis: Term) -> Term:
    return x - log(sum_(exp(x), axis=axis, keepdims=True))


@stable
def logsumexp(x: Term, /, axis: Term, keepdims: Term) -> Term:
    return log(sum_(exp(x), axis=axis, keepdims=keepdims))


@stable
def logcumsumexp(x: Term, /, axis: Term) -> Term:
    return log(cumsum(exp(x), axis=axis))


@stable
def weighted_logsumexp(x: Term, b: Term, /, axis: Term, keepdims: Term) -> Term:
    return log(sum_(b * exp(x), axis=axis, keepdims=keepdims))


@stable
def logmeanexp(x: Term, /, axis: Term, keepdims: Term) -> Term:
    return log(mean(exp(x), axis=axis, keepdims=keepdims))
