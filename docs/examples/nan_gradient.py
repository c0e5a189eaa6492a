"""A loss whose value is right and whose gradient is nan: `where` computes both branches."""

import torch


def softplus(x: torch.Tensor) -> torch.Tensor:
    """`log(1 + exp(x))`, with `x` itself where the exponential would overflow."""
    return torch.where(x > 20, x, torch.log(1 + torch.exp(x)))


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """Each branch is right on its own side of zero, and overflows on the other."""
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x)))
