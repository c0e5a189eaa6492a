"""Special functions and distributions as most libraries call them, which spell SciPy's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Functions of `scipy.special`; the same names stand in `torch.special`, `jax.scipy.special` and `cupyx.scipy.special`.
SPECIAL = {
    **{
        name: f"{name} x out"
        for name in ("erf", "erfc", "erfcx", "ndtr", "log_ndtr", "gamma", "gammaln", "i0", "i0e", "i1", "i1e")
    },
    **{name: f"{name} x out" for name in ("entr", "exprel")},
    "loggamma": "~gammaln x out",
    "factorial": "factorial n exact:!",
    "beta": "beta a b out",
    "betaln": "betaln a b out",
    "comb": "comb N:n k exact:! repetition:!",
    "binom": "~comb x:n y:k",
    "gammainc": "gammainc a x out",
    "gammaincc": "gammaincc a x out",
    "betainc": "betainc a b x out",
    "betaincc": "betaincc a b x out",
    "iv": "iv v z:x out",
    "ive": "ive v z:x out",
    "xlogy": "xlogy x y out",
    "rel_entr": "rel_entr x y out",
}
#: The shape of each distribution: the names of its parameters.
LAWS: Mapping[str, tuple[str, ...]] = {
    "norm": (),
    "t": ("df",),
    "chi2": ("df",),
    "f": ("dfn", "dfd"),
    "gamma": ("a",),
    "expon": (),
    "beta": ("a", "b"),
    "poisson": ("mu",),
    "binom": ("n", "p"),
}
#: Distributions of whole numbers, which have no scale and a `pmf` for a density.
DISCRETE = frozenset({"poisson", "binom"})
#: The methods of a distribution with the operations that they are.
METHODS = {"cdf": "cdf", "sf": "sf", "logcdf": "logcdf", "logsf": "logsf", "ppf": "ppf", "isf": "isf"}


def unary(names: Iterable[str], operand: str = "x") -> dict[str, str]:
    """Signatures of functions of one array that are called what their operation is called."""
    return {name: f"{name} {operand}:x" for name in names}


def distributions(laws: Iterable[str] = LAWS, methods: Mapping[str, str] = METHODS) -> dict[str, str]:
    """Signatures of the methods of distributions, by their dotted path below `scipy.stats`."""
    found = {}
    for law in laws:
        density = "pmf" if law in DISCRETE else "pdf"
        for method, op in {**methods, density: "pdf", f"log{density}": "logpdf"}.items():
            first = {"ppf": "q:x", "isf": "q:x"}.get(method, "k:x" if law in DISCRETE else "x")
            shape = [f"{name}:{role}" for name, role in zip(LAWS[law], "ab", strict=False)]
            fixed = [f"@{role}=0" for role in "ab"[len(shape) :]]
            scale = "@scale=1" if law in DISCRETE else "scale?1"
            found[f"{law}.{method}"] = " ".join([op, first, *shape, "loc?0", scale, *fixed, f"@law={law}"])
    return found
