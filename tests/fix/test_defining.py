"""What defines a stable function, or is compared with it, does not call it."""

from __future__ import annotations

import pytest

from stabaudit.api import check_source

TORCH = "import torch\nimport torch.nn.functional as F\n\n\n"
JAX = "import jax\nimport jax.numpy as jnp\nfrom jax import lax\n\n\n"
NUMPY = "import numpy as np\nfrom scipy.special import expit, log1p\n\n\n"
SOFTPLUS = "    return torch.log(1 + torch.exp(x))\n"


def applicability(code: str) -> str | None:
    """Of the one fix."""
    (finding,) = check_source(code)
    return finding.fix.applicability if finding.fix is not None else None


@pytest.mark.parametrize(
    "code",
    [
        f"{TORCH}@register_decomposition(aten.softplus)\ndef softplus(x):\n{SOFTPLUS}",
        f"{TORCH}@torch.library.impl(lib, 'softplus', 'CPU')\ndef run(x):\n{SOFTPLUS}",
        f"{TORCH}def softplus_decomp(x):\n{SOFTPLUS}",
        f"{TORCH}def softplus(x):\n{SOFTPLUS}\nTABLE = {{torch.ops.aten.softplus.default: softplus}}\n",
        f"{TORCH}def mine(x):\n{SOFTPLUS}\nF.softplus = mine\n",
        f"{TORCH}def mine(x):\n{SOFTPLUS}\nmonkeypatch.setattr(F, 'softplus', mine)\n",
        f"{JAX}RULES = {{lax.logistic_p: lambda a: 1 / (1 + jnp.exp(-a))}}\n",
        f"{JAX}mlir.register_lowering(logistic_p, mlir.lower_fun(lambda a: 1 / (1 + jnp.exp(-a))))\n",
        "from jax._src import core\n"
        f"{JAX}def logistic(a):\n    return 1 / (1 + jnp.exp(-a))\n\n\ncore.def_impl(logistic)\n",
        f"from torch._prims import prim\n{TORCH}def softplus(x):\n{SOFTPLUS}",
        f"{TORCH}def test_softplus(x):\n    torch.testing.assert_close(F.softplus(x), torch.log(1 + torch.exp(x)))\n",
        f"{TORCH}def expected(x):\n{SOFTPLUS}"
        "\n\ndef test_softplus(x):\n    assert (F.softplus(x) == expected(x)).all()\n",
        f"{TORCH}def test_layer(x):\n"
        "    y = torch.log(1 + torch.exp(x))\n    assert torch.allclose(torch.nn.Softplus()(x), y)\n",
    ],
)
def test_who_defines_or_tests_a_function_does_not_call_it(code: str):
    assert applicability(code) == "unsafe"


@pytest.mark.parametrize(
    "code",
    [
        f"{TORCH}def softplus(x):\n{SOFTPLUS}",
        f"{TORCH}class Softplus(torch.nn.Module):\n    def forward(self, x):\n    {SOFTPLUS}",
        f"{TORCH}@torch.no_grad()\ndef softplus(x):\n{SOFTPLUS}",
        f"{TORCH}def softplus(x):\n{SOFTPLUS}\nACTIVATIONS = {{'softplus': softplus, 'relu': F.relu}}\n",
        f"{TORCH}def loss(x):\n    y = F.softplus(-x)\n    return y + torch.log(1 + torch.exp(x))\n",
        "import numpy as np\n\n\ndef softplus(x):\n    return np.log(1 + np.exp(x))\n",
    ],
)
def test_a_function_of_ones_own_calls_the_librarys(code: str):
    assert applicability(code) == "safe"
