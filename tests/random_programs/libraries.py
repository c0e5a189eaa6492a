"""How random programs are spelled in a library, and what they are called with.

In the text of an argument `ROW` is a list of four numbers, `ROWS` two of them, `CUBE` eight numbers in one, `ONE` a
number, `WHOLE` a list of four small integers, `INT` one of them. Extreme input is of the first kind of a library.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from tests.random_programs.enclosures import lines

HEAD = "import asyncio\nimport math\nfrom contextlib import nullcontext\n\nimport numpy as np\n"
#: A list, which a product with an integer makes longer: code that multiplies what it is given takes none.
LIST = "ROW"
#: What NumPy's functions are called with, each after its weight. No unsigned integers: `-x` of those wraps around, and
#: a formula that drops the sign does not. Only code that says that it has some is left alone.
NUMPY = """
4 np.array(ROW)
4 np.array(ROWS)
1 np.array(ROW, dtype=np.float32)
0.5 np.array(ROW, dtype=np.float16)
0.7 np.array(WHOLE)
0.4 np.array(WHOLE, dtype=np.int8)
0.3 (np.array(WHOLE) > 1)
0.4 (np.array(ROW) + 0.5j)
0.7 np.float64(ONE)
0.2 np.float32(ONE)
0.3 np.array(ONE)
0.5 ONE
0.4 ROW
0.4 np.ma.array(ROW, mask=[0, 1, 0, 0])
0.3 np.array(CUBE).reshape(2, 2, 2)
0.2 np.array(ROW + [np.nan])
0.2 np.array(ROW + [np.inf])
0.2 np.array(ROW + [-np.inf])
0.1 np.zeros((0, 3))
0.3 np.asfortranarray(np.array(ROWS))
"""
#: What its programs may do between two steps, as in `enclosures`.
NUMPY_STEPS = """
np.add(V, 1.0, out=V)
T = np.multiply(V, 2, out=V)
np.copyto(V, y)
V.fill(0.5)
V.sort()
np.negative(V, V)
T = V.view()|T[...] = 0.5
T = np.asarray(V)|T += 1
T = V.ravel()|T *= 0.5
np.put(V, 0, 1.0)
V.flat[0] = 2.0
T = V.sum()
T = np.abs(V)
T = np.sort(V)
T = np.array(V)|T *= 2
T = V.astype(float)|T += 1
T = V.squeeze()|T -= 1
np.clip(V, 0, 1, out=V)
V = np.clip(V, 0, 1)
T = np.lib.stride_tricks.sliding_window_view(V, 1)|V *= 2
T = V.dtype
"""
MATH = """
5 ONE
1 INT
0.4 np.float64(ONE)
0.3 np.float32(ONE)
0.2 Fraction(ONE)
0.1 Decimal(ONE)
0.2 True
"""
PANDAS = """
3 pd.Series(ROW, name='s')
2 pd.DataFrame(ROWS, columns=list('abcd'))
0.5 pd.Series(ROW + [None])
0.5 pd.Series(ROW, dtype='Float64')
0.5 pd.Series(WHOLE)
0.3 pd.Series(WHOLE, dtype='int8')
0.3 pd.Series(ROW, dtype='float32')
0.3 pd.Series(WHOLE, dtype='Int64')
0.5 pd.Series(ROW, index=[3, 1, 2, 0])
"""
PANDAS_STEPS = """
V.iloc[0] = 1.5
V.loc[0] = 2.0
T = V.values|T *= 2
T = V.sort_values()
V.fillna(0.0, inplace=True)
V['n'] = 1.0
T = V.mean()
V.update(y)
V.index = V.index + 1
"""
XARRAY = """
3 xr.DataArray(ROWS, dims=('p', 'q'), coords={'q': [1, 2, 3, 4]}, name='n')
2 xr.DataArray(ROW, dims='p', attrs={'u': 1})
0.5 xr.DataArray(ROW + [np.nan], dims='p')
0.3 xr.DataArray(WHOLE, dims='p')
"""
XARRAY_STEPS = """
V[0] = 1.5
V.values[0] = 2.0
T = V.values|T *= 2
V.attrs['a'] = 1
T = V.mean()
V.name = 'new'
"""
TORCH = """
4 torch.tensor(ROW, dtype=torch.float64)
4 torch.tensor(ROWS, dtype=torch.float64)
2 torch.tensor(ROW)
0.4 torch.tensor(ROW, dtype=torch.bfloat16)
0.4 torch.tensor(ROW, dtype=torch.float16)
0.7 torch.tensor(WHOLE)
0.2 (torch.tensor(WHOLE) > 1)
0.3 (torch.tensor(ROW) + 0.5j)
0.3 torch.tensor(ONE)
0.2 torch.tensor(ROW + [-float('inf')])
0.3 torch.tensor(ROW, dtype=torch.float64) * 10
"""
TORCH_STEPS = """
V.mul_(2)
V.add_(1)
torch.mul(V, 2, out=V)
V.zero_()
V.data = V.data * 2
V.copy_(y)
T = V.view(-1)|T += 1
T = V.detach()|T *= 2
T = V.clone()|T.mul_(2)
with torch.no_grad():|    T = V * 2
with torch.no_grad():|    V = V * 2
V = V.detach()
V = V.data
T = torch.relu(V)
V.clamp_(0, 1)
T = F.relu(V, inplace=True)
torch.nn.init.zeros_(V)
T = V.numpy()|T += 1
T = V.squeeze()|T.sub_(1)
"""
JAX = """
3 jnp.array(ROW)
2 jnp.array(ROWS)
0.6 jnp.array(WHOLE)
0.3 ONE
0.2 INT
0.3 jnp.array(ROW, dtype='bfloat16')
"""
JAX_STEPS = """
V = V.at[0].set(1.5)
T = jax.lax.stop_gradient(V)
V = jax.lax.stop_gradient(V)
T = V.astype(int)
"""


@dataclass(frozen=True)
class Library:
    """A library: its `share` of the programs, its imports, and the `word` for `m`.

    `far` is how many extreme calls are judged, `lacking` what it has no word for, `words` what it says otherwise.
    """

    share: float
    head: str
    word: str
    kinds: str
    statements: str = ""
    arrays: bool = True
    out: bool = False
    far: int = 0
    methods: bool = False
    lacking: str = "m.softmax|m.sigmoid|scipy"
    words: dict[str, str] = field(default_factory=dict)

    def takes(self, formula: str) -> bool:
        """Whether `formula` can be said in its words."""
        return not re.search(self.lacking, formula)

    def spelled(self, text: str) -> str:
        """`text` with `m` as the library."""
        if not self.methods:
            text = re.sub(r"\b(\w+|\([^()]*\))\.(exp|log)\(\)", r"m.\2(\1)", text)
        for old, new in self.words.items():
            text = text.replace(old, new)
        return re.sub(r"\bm\.", f"{self.word}." if self.word else "", text)

    @property
    def steps(self) -> list[str]:
        """What may stand between two steps."""
        return lines(self.statements)

    def arguments(self, rng: random.Random, scale: float, *, multiplied: bool) -> str:
        """The arguments of a call as the text of a tuple: three arrays of a kind, weights, a number.

        The numbers are below three times `scale`; for a scale of one the kind is any, but no list if it is
        `multiplied`.
        """
        known = (line.split(" ", 1) for line in lines(self.kinds))
        weights, kinds = zip(*((weight, kind) for weight, kind in known if kind != LIST or not multiplied), strict=True)
        kind, other = rng.choices(kinds, [float(w) for w in weights], k=2) if scale == 1.0 else [kinds[0]] * 2
        first, second, third = (
            _filled(text, rng, scale) for text in (kind, other if rng.random() < 0.1 else kind, kind)
        )
        return f"({first}, {second}, {third}, {_filled(kind, rng, 1.0)}, {rng.choice(['2', '0.5', '1.5', '1', '0.3'])})"


def _filled(text: str, rng: random.Random, scale: float) -> str:
    def number() -> str:
        return repr(round(rng.uniform(-3, 3), 3) * scale)

    def row(size: int = 4) -> str:
        return f"[{', '.join(number() for _ in range(size))}]"

    values = {
        "ROW": row,
        "ROWS": lambda: f"[{row()}, {row()}]",
        "CUBE": lambda: row(8),
        "ONE": number,
        "WHOLE": lambda: f"[{', '.join(str(rng.randint(0, 5)) for _ in range(4))}]",
        "INT": lambda: str(rng.randint(0, 5)),
    }
    return re.sub(r"\b[A-Z]{3,}\b", lambda m: values[m[0]](), text)


LIBRARIES = {
    "numpy": Library(45, HEAD, "np", NUMPY, NUMPY_STEPS, out=True, far=2),
    "numpy from": Library(
        3,
        HEAD + "from numpy import *\n",
        "",
        NUMPY,
        NUMPY_STEPS,
        out=True,
        far=1,
        lacking=r"m\.(softmax|sigmoid|sum|max|abs)|scipy",
    ),
    "scipy": Library(
        6,
        HEAD + "import scipy.special\nfrom scipy.special import expit\n",
        "np",
        NUMPY,
        NUMPY_STEPS,
        out=True,
        far=1,
        lacking=r"m\.(softmax|sigmoid)",
        words={"1 / (1 + m.exp(-x))": "expit(x)"},
    ),
    "math": Library(
        12,
        HEAD + "from decimal import Decimal\nfrom fractions import Fraction\n",
        "math",
        MATH,
        arrays=False,
        far=2,
        lacking=r"softmax|sigmoid|sum|max|mean|\[|cumsum|abs|reciprocal|scipy|\.T",
        words={"m.abs(": "abs(", ".copy()": ""},
    ),
    "pandas": Library(8, HEAD + "import pandas as pd\n", "np", PANDAS, PANDAS_STEPS),
    "xarray": Library(4, HEAD + "import xarray as xr\n", "np", XARRAY, XARRAY_STEPS),
    "torch": Library(
        16,
        HEAD + "import torch\nimport torch.nn.functional as F\n",
        "torch",
        TORCH,
        TORCH_STEPS,
        methods=True,
        lacking=r"scipy|m\.e\b|reciprocal|\[::-1\]|max\(x\)|cumsum",
        words={"axis=": "dim=", "keepdims=": "keepdim=", ".copy()": ".clone()"},
    ),
    "jax": Library(4, HEAD + "import jax\nimport jax.numpy as jnp\n", "jnp", JAX, JAX_STEPS),
    "numba": Library(
        0.5,
        HEAD + "import numba\n",
        "np",
        "1 ONE\n1 np.array(ROW)",
        arrays=False,
        lacking=r"softmax|sigmoid|axis|keepdims|\[|cumsum|scipy|\.T|, 1|sum\(1",
        words={"def g": "@numba.njit\ndef g"},
    ),
}
