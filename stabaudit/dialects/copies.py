"""Names that every library has for copies, conversions and looks at the same values, and for where they are."""

#: Methods and functions that hand on the values they are given.
SAME_VALUES = frozenset(
    {"asarray", "array", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "float", "float64", "float32",
     "astype", "copy", "detach", "to", "cpu", "double", "contiguous", "clone", "as_tensor", "tensor", "item", "numpy",
     "list", "tuple", "longdouble", "real_if_close", "to_numpy",
     "stop_gradient", "identity", "constant", "convert_to_tensor", "broadcast_to", "expand_as", "expand"}
)  # fmt: skip
#: Functions and methods that may hand on each value several times, which no sum may overlook.
SPREADING = frozenset({"broadcast_to", "expand_as", "expand", "tile", "repeat", "repeat_interleave"})
#: Functions and methods that repeat what they are given: of a single column or row, what broadcasting does by itself.
REPEATING = SPREADING - SAME_VALUES
#: Methods that give some of the elements, or all of them in another order or shape.
PICKING = frozenset(
    {"gather", "index_select", "masked_select", "take", "permute", "transpose", "view", "reshape", "flatten", "ravel",
     "diagonal", "select", "narrow"}
)  # fmt: skip
#: Functions that give the places at which a condition holds.
PLACES = frozenset({"flatnonzero", "nonzero", "where", "argwhere"})
#: Functions and methods that give whole numbers, and those that do if they are told a type of them.
ROUNDING = frozenset(
    {"round", "round_", "rint", "around", "fix", "floor", "ceil", "trunc", "int", "long", "int_", "int8", "int16",
     "int32", "int64"}
)  # fmt: skip
CONVERTING = frozenset({"astype", "to", "type", "cast"})
