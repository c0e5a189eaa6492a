"""Losses are judged with what the model before them gives, whichever way it is called."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"
MODEL = """
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 4)
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x):
        return {last}

    def step(self, x, y):
        return self.loss(self(x), y)
"""


@pytest.mark.parametrize(
    ("last", "rules"), [("F.softmax(self.layer(x), dim=1)", ["double-softmax"]), ("self.layer(x)", [])]
)
def test_a_module_that_calls_itself_gives_what_its_forward_does(last: str, rules: list[str]):
    assert [finding.rule for finding in check_text(HEAD + MODEL.format(last=last))] == rules


@pytest.mark.parametrize(
    ("loss", "rules"),
    [
        ("nn.CrossEntropyLoss()(net(x), y)", ["double-softmax"]),
        ("F.cross_entropy(net(x), y, reduction='sum')", ["double-softmax"]),
        ("F.nll_loss(net(x), y)", ["nll-of-softmax"]),
        ("F.nll_loss(F.log_softmax(x, dim=1), y)", []),
        ("F.cross_entropy(x, y)", []),
    ],
)
def test_the_last_layer_of_a_chain_is_seen(loss: str, rules: list[str]):
    chain = "net = nn.Sequential(nn.Linear(3, 4), nn.Softmax(dim=1))"
    found = check_text(f"{HEAD}def f(x, y):\n    {chain}\n    return {loss}\n")
    assert [finding.rule for finding in found] == rules


def test_a_fix_takes_the_logits_and_keeps_what_the_loss_is_told():
    [finding] = check_text(
        f"{HEAD}def f(x, y, w):\n    return F.cross_entropy(torch.softmax(x, 1), y, w, reduction='sum')\n"
    )
    assert finding.fix is not None
    assert finding.fix.reason
    assert "x, y, w" in finding.fix.message
    assert "reduction" in finding.fix.message


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("torch.log(torch.sigmoid(x) + 1e-8)", True),
        ("y * torch.log(torch.sigmoid(x) + 1e-8)", True),
        ("torch.sigmoid(x) * torch.log(torch.sigmoid(x) + 1e-8)", False),
        ("torch.sigmoid(x) * (torch.log(torch.sigmoid(x) + 1e-8) - y)", False),
        ("torch.log(torch.sigmoid(x) + 0.5)", False),
    ],
)
def test_a_guarded_logarithm_is_at_fault_unless_what_it_is_taken_of_weighs_it(code: str, found: bool):
    rules = {finding.rule for finding in check_text(f"{HEAD}def f(x, y):\n    return {code}\n")}
    assert ("log-guard" in rules) == found
