"""Functions that only give a value, by names that the array libraries share: no argument and nothing else changes.

What is not listed may change everything.
"""

#: Packages of which the functions named here are known to be pure.
LIBRARIES = frozenset(
    {"numpy", "scipy", "math", "cmath", "torch", "jax", "tensorflow", "cupy", "autograd", "chainer", "keras", "pandas",
     "xarray", "dask", "mxnet", "paddle", "mlx", "numba", "stabaudit", "bottleneck", "theano", "pytensor", "aesara",
     "statistics", "operator", "time", "os", "warnings", "logging", "copy"}
)  # fmt: skip

#: Functions and methods that give new values.
_ELEMENTWISE = """
    exp exp2 expm1 log log2 log10 log1p sqrt rsqrt cbrt square abs absolute fabs sign sgn sin cos tan sinc arcsin
    arccos arctan arctan2 asin acos atan atan2 sinh cosh tanh arcsinh arccosh arctanh asinh acosh atanh degrees
    radians deg2rad rad2deg floor ceil rint round around trunc fix power pow float_power subtract sub multiply mul
    divide div true_divide floor_divide mod remainder fmod divmod negative neg positive reciprocal maximum minimum
    fmax fmin clip clamp where select_dtypes heaviside copysign nextafter ldexp frexp modf hypot logaddexp
    logaddexp2 isnan isinf isfinite isneginf isposinf isclose allclose array_equal equal not_equal greater
    greater_equal less less_equal eq ne gt ge lt le logical_and logical_or logical_not logical_xor bitwise_and
    bitwise_or bitwise_not bitwise_xor invert angle conjugate lerp addcmul addcdiv isna notna isnull notnull
    fillna dropna between xlogy xlog1py entr rel_entr kl_div gamma lgamma gammaln loggamma digamma polygamma psi
    beta betaln betainc gammainc gammaincc erf erfc erfcx erfinv erfcinv ndtr ndtri log_ndtr expit logit log_expit
    i0 i0e i1 i1e iv ive kv kve j0 j1 jv comb factorial binom boxcox inv_boxcox zeta softplus sigmoid logsigmoid
    log_sigmoid relu relu6 elu selu gelu silu swish leaky_relu hardtanh softsign hardsigmoid hard_sigmoid softmax
    log_softmax logsumexp reduce_logsumexp softmin glu mish log1mexp logdiffexp log_cosh celu
    pdf pmf cdf sf ppf isf logpdf logpmf logcdf logsf exprel betaincc logabsdet
"""
_GATHERING = """
    sum nansum prod nanprod product mean nanmean average var nanvar std nanstd median nanmedian max min amax amin
    nanmax nanmin argmax argmin nanargmax nanargmin cumsum cumprod nancumsum cummax cummin logcumsumexp all any
    count_nonzero ptp quantile nanquantile percentile nanpercentile histogram histogram2d histogramdd bincount cov
    corrcoef correlate convolve diff ediff1d gradient trapz trapezoid simpson interp norm dot matmul mm bmm mv
    einsum tensordot inner outer cross vdot vecdot kron trace det slogdet logdet inv pinv solve lstsq eig eigh
    eigvals eigvalsh cholesky cho_factor cho_solve solve_triangular svd qr matrix_rank matrix_power multi_dot expm
    logm cdist pdist squareform reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_any reduce_all
    argsort searchsorted digitize unique unique_counts isin in1d intersect1d union1d setdiff1d nonzero argwhere
    flatnonzero lexsort topk kthvalue mode one_hot nunique value_counts idxmax idxmin sem skew kurt kurtosis corr
    rank pct_change polyval polyfit logit zscore fsum isqrt gcd lcm dist is_integer total
"""
_MAKING = """
    zeros ones empty full eye identity zeros_like ones_like empty_like full_like arange linspace logspace
    geomspace meshgrid mgrid tri tril triu diag concatenate concat cat stack hstack vstack dstack column_stack
    row_stack block append tile repeat repeat_interleave roll pad copy clone deepcopy astype take take_along_axis
    gather index_select masked_select masked_fill scatter choose compress cumulative_trapezoid tolist item
    isscalar result_type promote_types can_cast finfo iinfo iscomplexobj isrealobj issubdtype shape ndim size
    default_rng RandomState Generator PRNGKey LongTensor FloatTensor DoubleTensor tensor is_tensor is_array float64
    float32 float16 int64 int32 int16 int8 uint8 bool_ complex128 complex64 longdouble dtype Series DataFrame DataArray
    is_available is_floating_point is_complex numel dim element_size get_shape get_default_dtype time perf_counter
    monotonic process_time warn
"""
_DRAWING = """
    rand randn randint random uniform normal standard_normal integers choice permutation random_sample rand_like
    randn_like multivariate_normal exponential poisson binomial dirichlet multinomial categorical
"""
FRESH = frozenset([*_ELEMENTWISE.split(), *_GATHERING.split(), *_MAKING.split(), *_DRAWING.split()])
#: Functions that draw numbers: another value each time, by which all later draws are others.
DRAWING = frozenset(
    {*_DRAWING.split(), "bernoulli", "dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout",
     "feature_alpha_dropout", "gumbel_softmax", "rrelu", "randperm", "randint_like", "rvs", "sample", "rsample",
     "shuffle", "standard_gamma", "standard_exponential", "truncated_normal", "ranf"}
)  # fmt: skip

#: Functions and methods that may give another look at what they are given.
_LOOKING = """
    reshape view view_as ravel flatten transpose swapaxes swapdims moveaxis movedim squeeze unsqueeze expand_dims
    asarray asanyarray ascontiguousarray asfortranarray asarray_chkfinite atleast_1d atleast_2d atleast_3d
    broadcast_to broadcast_arrays detach numpy to type type_as cpu cuda contiguous permute expand expand_as
    diagonal from_numpy from_dlpack as_tensor as_strided narrow select t get keys values items rollaxis split
    array_split hsplit vsplit dsplit chunk unbind unstack nditer ndenumerate frombuffer require
    sliding_window_view array nan_to_num real imag conj float double half long int bool flip fliplr flipud rot90
    to_numpy to_frame head tail stop_gradient convert_to_tensor constant cast real_if_close matrix mat asmatrix
    groupby
"""
LOOKS = frozenset(_LOOKING.split())

#: Methods of NumPy's functions that give new values: `np.add.reduce`.
OF_UFUNCS = frozenset({"reduce", "accumulate", "outer"})

#: Methods of array libraries, lists and dicts of these names change what they are called on.
CHANGING = frozenset({"append", "add", "copy_", "sort", "partition", "choice_"})
#: Methods of strings.
TEXT = frozenset({"join", "format", "split", "strip", "lstrip", "rstrip", "startswith", "endswith", "lower", "upper",
                  "replace", "encode", "decode", "index", "count", "title", "zfill", "ljust", "rjust"})  # fmt: skip
#: Functions of Python; those that give another look at what they are given.
BUILTINS = frozenset({"len", "range", "abs", "min", "max", "sum", "float", "int", "bool", "str", "round", "isinstance",
                      "issubclass", "print", "type", "repr", "hasattr", "id", "any", "all", "complex", "pow", "divmod",
                      "format", "slice", "callable", "hash", "ord", "chr", "super", "object"})  # fmt: skip
LOOKING_BUILTINS = frozenset({"enumerate", "zip", "reversed", "iter", "list", "tuple", "dict", "set", "frozenset",
                              "sorted", "getattr"})  # fmt: skip
#: Context managers that change no values.
HARMLESS = frozenset({"errstate", "no_grad", "enable_grad", "inference_mode", "catch_warnings", "suppress",
                      "set_grad_enabled", "autocast", "name_scope", "printoptions", "raises"})  # fmt: skip
#: Methods by which a module's logger is told something.
LOGGING = frozenset({"debug", "info", "warning", "error", "critical", "exception", "log", "warn"})
#: Words of a call that make it write to what it is given.
WRITING = frozenset({"out", "inplace", "overwrite_a", "overwrite_b", "overwrite_input", "overwrite_x", "overwrite_v"})
#: Attributes that are a number or a type, whatever is done to the object's values.
MEASURES = frozenset({"shape", "ndim", "size", "dtype", "device", "itemsize", "nbytes"})
