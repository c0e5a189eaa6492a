"""An attribute that one method sets is known in the others, as long as nobody else changes it."""

from __future__ import annotations

import pytest

from stabaudit.check import check_text

CLASS = """
import numpy as np
import torch
import torch.nn.functional as F


class Model:
    def forward(self, z):
        {set}

    def loss(self, y):
        return {read}
{more}
"""


def rules(set: str, read: str, more: str = "") -> list[str]:
    """The rules of what is found where one method sets attributes, another reads them, and there is `more`."""
    return [found.rule for found in check_text(CLASS.format(set=set, read=read, more=more))]


@pytest.mark.parametrize(
    ("set", "read", "rule"),
    [
        ("self.e = np.exp(z)", "self.e / self.e.sum()", "softmax"),
        ("self.e = np.exp(z); self.total = self.e.sum()", "self.e / self.total", "softmax"),
        ("self.e = np.exp(z)", "np.log(np.sum(self.e))", "logsumexp"),
        ("self.p = F.softmax(z, dim=1)", "-(y * torch.log(self.p)).sum()", "log-softmax"),
        ("p = F.softmax(z, dim=1); self.p = p", "torch.log(self.p)", "log-softmax"),
        ("self.p: np.ndarray = 1 / (1 + np.exp(-z))", "y * np.log(self.p)", "log-sigmoid"),
        ("self.z = z @ self.w; self.p = torch.sigmoid(self.z)", "torch.log(1 - self.p)", "log-sigmoid"),
    ],
)
def test_what_is_made_of_an_attribute_of_another_method_is_found(set: str, read: str, rule: str):
    assert rule in rules(set, read)


def test_an_attribute_that_is_declared_empty_before_is_known():
    assert "softmax" in rules("self.e = np.exp(z)", "self.e / self.e.sum()", "    def __init__(self): self.e = None")


def test_attributes_are_known_through_those_of_a_third_method():
    more = "    def total(self):\n        self.s = np.sum(self.e)\n"
    assert "softmax" in rules("self.e = np.exp(z)", "self.e / self.s", more)


@pytest.mark.parametrize(
    ("set", "read"),
    [
        ("self.e = np.exp(z - np.max(z))", "self.e / self.e.sum()"),
        ("self.p = F.softmax(z, dim=1)", "y - self.p"),
        ("self.p = F.log_softmax(z, dim=1)", "-(y * self.p).sum()"),
        ("self.p = np.clip(1 / (1 + np.exp(-np.clip(z, -30, 30))), 0.1, 0.9)", "np.log(self.p)"),
        ("self.scale = np.exp(z)", "np.exp(y) / self.scale"),
        ("self.e = np.exp(z); self.e = z", "self.e / self.e.sum()"),
    ],
)
def test_sound_attributes_are_let_alone_where_they_are_read(set: str, read: str):
    assert rules(set, read) == []


@pytest.mark.parametrize(
    "more",
    [
        "    def reset(self, z):\n        self.e = z\n",
        "    def normalize(self):\n        self.e /= self.e.max()\n",
        "    def fill(self):\n        self.e[0] = 1.0\n",
        "    def clip(self):\n        np.clip(self.e, 1, 2, out=self.e)\n",
    ],
)
def test_an_attribute_that_several_methods_change_is_not_known(more: str):
    assert rules("self.e = np.exp(z)", "self.e / self.e.sum()", more) == []


def test_an_attribute_of_another_class_is_not_known():
    more = "class Other:\n    def loss(self):\n        return self.e / self.e.sum()\n"
    assert rules("self.e = np.exp(z)", "y", more) == []


def test_methods_that_need_each_other_end():
    more = "    def back(self):\n        self.e = np.exp(self.f)\n"
    assert rules("self.f = np.log(self.e)", "self.f / self.e.sum()", more) in ([], ["log-exp"])


def test_no_fix_reads_what_another_method_was_given():
    found = check_text(CLASS.format(set="self.e = np.exp(z)", read="self.e / self.e.sum()", more=""))
    assert [f.fix for f in found] == [None]
