"""Names that every library has for copies, conversions and looks at the same values, and for where they are."""

#: Methods and functions that hand on the values they are given.
SAME_VALUES = frozenset(
    {"asarray", "array", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "float", "float64", "float32",
     "astype", "copy", "detach", "to", "cpu", "double", "contiguous", "clone", "as_tensor", "tensor", "item", "numpy",
     "list", "tuple", "longdouble", "real_if_close", "to_numpy",
     "stop_gradient", "identity", "constant", "convert_to_tensor", "broadcast_to", "expand_as", "expand",
     "nan_to_num"}
)  # fmt: skip
#: Functions and methods that may hand on each value several times, which no sum may overlook.
SPREADING = frozenset({"broadcast_to", "expand_as", "expand", "tile", "repeat", "repeat_interleave"})
#: Functions and methods that repeat what they are given: of a single column or row, what broadcasting does by itself.
REPEATING = SPREADING - SAME_VALUES
#: Methods that give some of the elements, or all of them in another order or shape.
PICKING = frozenset(
    {"gather", "index_select", "masked_select", "take", "permute", "transpose", "view", "reshape", "flatten", "ravel",
     "diagonal", "diag", "diag_part", "take_along_axis", "gather_nd", "select", "narrow"}
)  # fmt: skip
#: Methods of a dictionary that show what is in it.
OF_MAPPINGS = frozenset({"values", "items", "keys"})
#: Functions that put the arrays of a list together.
JOINING = frozenset(
    {"stack", "vstack", "hstack", "dstack", "column_stack", "row_stack", "concatenate", "concat", "cat"}
)  # fmt: skip
#: Functions that make an array of one number, and those that are told the number.
FILLED = {"zeros": 0, "zeros_like": 0, "ones": 1, "ones_like": 1}
FILLED_WITH = frozenset({"full", "full_like"})
#: Functions whose array nothing else refers to.
NEW_ARRAYS = FILLED.keys() | FILLED_WITH | {"empty", "empty_like"}
#: Functions whose values lie between two numbers, whatever they are given.
BOUNDED = {
    "arccos": (0, 4), "acos": (0, 4), "arcsin": (-2, 2), "asin": (-2, 2),
    "arctan": (-2, 2), "atan": (-2, 2), "angle": (-4, 4), "arctan2": (-4, 4), "atan2": (-4, 4),
    "cosine_similarity": (-1, 1), "normalize": (-1, 1), "corrcoef": (-1, 1),
}  # fmt: skip
#: Functions and methods that are never below zero: lengths, distances, standard deviations.
NOT_NEGATIVE = frozenset(
    {"norm", "vector_norm", "matrix_norm", "cdist", "pdist", "pairwise_distance", "pairwise_distances",
     "euclidean_distances", "std", "nanstd"}
)  # fmt: skip
#: Functions that draw numbers, and between what these lie, as far as anybody will see.
DRAWN = {
    "rand": (0, 1), "random": (0, 1), "random_sample": (0, 1), "ranf": (0, 1), "rand_like": (0, 1),
    "randn": (-9, 9), "standard_normal": (-9, 9), "randn_like": (-9, 9),
}  # fmt: skip
#: Functions that give unit vectors.
UNIT = "normalize"
#: Functions and classes that count things.
COUNTING = frozenset(
    {"bincount", "count_nonzero", "Counter", "value_counts", "histogram", "count", "argsort", "argmax"}
)
#: Functions and methods that give elements of what they are given, or all of them in another shape.
REARRANGING = PICKING | {
    "t",
    "T",
    "unsqueeze",
    "squeeze",
    "unbind",
    "chunk",
    "split",
    "repeat",
    "repeat_interleave",
    "tile",
    "roll",
    "flip",
    "get",
    "values",
    "most_common",
    "total",
    "swapaxes",
    "moveaxis",
    "sort",
    "sorted",
    "unique",
}
#: Functions that give a spectrum, which is looked at on a logarithmic scale.
MAGNITUDES = frozenset({"fft", "fft2", "fftn", "rfft", "rfft2", "fftshift", "stft"})
#: Functions that keep a value between two numbers.
CLIPPING = frozenset({"clip", "clamp", "clip_by_value"})
#: Objects whose subscripts do.
JOINING_OBJECTS = frozenset({"c_", "r_"})
#: Functions that sum products of two arrays.
CONTRACTING = frozenset(
    {"dot", "matmul", "vdot", "inner", "tensordot", "mm", "bmm", "mv", "convolve", "fftconvolve", "oaconvolve",
     "convolve1d", "convolve2d", "correlate", "correlate2d", "conv1d", "conv2d"}
)  # fmt: skip
#: Functions and methods that add up, or compare, what an index brings together, with the place of those elements
#: among the arguments, for a method the second, and their name.
SEGMENT_SUMS = {
    "segment_sum": (0, 0, "data"), "unsorted_segment_sum": (0, 0, "data"), "scatter_sum": (0, 0, "src"),
    "scatter_add": (0, 2, "src"), "scatter_add_": (0, 2, "src"), "index_add": (3, 2, "source"),
    "index_add_": (3, 2, "source"), "bincount": (1, 1, "weights"), "segment_csr": (0, 0, "src"),
    "segment_coo": (0, 0, "src"), "scatter": (0, 2, "src"), "scatter_reduce": (3, 2, "src"),
    "scatter_reduce_": (3, 2, "src"), "reduceat": (0, 0, "array"), "sum_labels": (0, 0, "input"), "at": (2, 2, "b"),
}  # fmt: skip
SEGMENT_MAXIMA = {
    "segment_max": (0, 0, "data"), "unsorted_segment_max": (0, 0, "data"), "scatter_max": (0, 2, "src"),
}  # fmt: skip
#: What those that do either are told to do, and the functions whose methods `at` and `reduceat` do it.
ADDING, COMPARING = frozenset({"sum", "add"}), frozenset({"max", "amax", "maximum"})
#: Functions and methods that give each element what its segment has.
GATHERING_BACK = frozenset({"gather", "index_select", "take", "repeat", "repeat_interleave", "gather_csr"})
#: Functions that integrate the values they are given, with weights that are not negative.
INTEGRATING = frozenset({"trapz", "trapezoid", "simps", "simpson"})
#: Methods that call a function with each element, or with the column that they are methods of.
APPLYING = frozenset({"apply", "applymap", "map", "transform"})
#: Functions that put values in order.
SORTING = frozenset({"sort", "sorted", "msort"})
#: Functions that give the places at which a condition holds.
PLACES = frozenset({"flatnonzero", "nonzero", "where", "argwhere"})
#: Functions and methods that give whole numbers, and those that do if they are told a type of them.
ROUNDING = frozenset(
    {"round", "round_", "rint", "around", "fix", "floor", "ceil", "trunc", "int", "long", "int_", "int8", "int16",
     "int32", "int64"}
)  # fmt: skip
CONVERTING = frozenset({"astype", "to", "type", "cast"})
#: Classes whose objects call one layer after the other.
CHAINS = frozenset({"Sequential"})
#: Functions that make a function compute what it computes, but faster, or with less memory.
COMPILING = frozenset({"jit", "njit", "pjit", "remat", "checkpoint"})
#: Those that make one that is called with each element: the second with each row, which may be one element.
OF_EACH_ELEMENT = frozenset({"vectorize", "vmap"})
#: Those that make one that is given some arguments already.
GIVING_ARGUMENTS = frozenset({"partial"})
#: Decorators of methods that are called where their name is read.
PROPERTIES = frozenset({"property", "cached_property", "lazy_property", "lazyproperty"})
#: Decorators of a function that still computes what its body says.
HARMLESS_DECORATORS = PROPERTIES | frozenset(
    {"staticmethod", "classmethod", "cache", "lru_cache", "jit", "njit", "vectorize", "guvectorize", "script",
     "no_grad", "inference_mode", "function", "typechecked", "jaxtyped", "wraps", "override", "errstate"}
)  # fmt: skip
