"""NumPy or CuPy, whichever the arrays are of: `xp = get_array_module(x)`.

Both have the same elementary functions; the stable ones are in other places.
"""

from stabaudit.dialects.dialect import Dialect, table
from stabaudit.dialects.numpy import CONSTANTS, FUNCTIONS

#: The dotted path that the name of such a module stands for, which nothing can be imported by.
PATH = "get_array_module()"
#: Functions that give the module of an array.
GIVING = frozenset({"get_array_module"})

DIALECT = Dialect(
    name="array_module",
    precedence=4,
    packages=(PATH,),
    functions=table(PATH, FUNCTIONS),
    constants={f"{PATH}.{name}": constant for name, constant in CONSTANTS.items()},
    home="own",
)
