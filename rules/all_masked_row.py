"""`softmax(masked_fill(x, mask, -inf))` is nan for a row in which all is masked: exp(-inf - -inf) over a sum of nothing

Such a row comes from an empty sequence, from a query that is padding itself, and from a causal mask beside padding on
the left. One nan in the weights of an attention makes the whole output nan, and from then on all weights of the model.
Ask for such rows before, `mask.all(-1, keepdim=True)`, and leave one place open in them, or put zeros into the result,
`softmax(...).masked_fill(mask, 0)`. A finite number, `torch.finfo(x.dtype).min`, gives equal weights to all that is
masked.

A place is reported where a function neither asks whether all is masked nor replaces what comes of it, and where the
mask is not made by order alone: `triu` leaves one element in each row.
"""

from stabaudit.catalogue.rule import Rows, Setting, Truth, template
from stabaudit.terms import Term
from stabaudit.terms.ops import infinity, log_softmax, softmax, where

TIER = "preview"


@template(masked=True)
def unstable(m: Truth, x: Rows, axis: Setting) -> Term:
    return softmax(where(m, -infinity(), x), axis=axis)


def intended(m: Term, x: Term, axis: Term) -> Term:
    return where(m, 0, softmax(where(m, -infinity(), x), axis=axis))


@template(masked=True)
def unstable_log(m: Truth, x: Rows, axis: Setting) -> Term:
    return log_softmax(where(m, -infinity(), x), axis=axis)


def intended_log(m: Term, x: Term, axis: Term) -> Term:
    return where(m, -infinity(), log_softmax(where(m, -infinity(), x), axis=axis))


MATCHES = [
    "torch.softmax(x.masked_fill(mask, float('-inf')), dim=-1)",
    "torch.nn.functional.log_softmax(torch.where(keep, x, -torch.inf), dim=-1)",
]
IGNORES = [
    "torch.softmax(x.masked_fill(mask, -1e9), dim=-1)",
    "torch.softmax(x.masked_fill(mask, float('-inf')), dim=-1).nan_to_num()",
    "torch.softmax(x.masked_fill(x < x.topk(5)[0][..., -1:], float('-inf')), dim=-1)",
    "torch.softmax(x.masked_fill(torch.triu(torch.ones(4, 4), 1).bool(), float('-inf')), dim=-1)",
    "torch.softmax(x, dim=-1)",
]
