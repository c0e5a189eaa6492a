"""A fix says what the code says: the user's own calls, names and numbers, in the order in which they are written."""

from __future__ import annotations

from textwrap import dedent

import pytest

from stabaudit.check import check_text
from stabaudit.fix.apply import fix_text

HEAD = "import math\n\nimport numpy as np\nimport torch\nfrom stabaudit import runtime as stable\n\n\n"


def fixed(body: str) -> str:
    """The code after its safe fixes."""
    return fix_text(HEAD + dedent(body), check_text, "safe").text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("call", "written"),
    [
        (call, call)
        for call in (
            "np.nansum(x)", "np.nanmax(x)", "sum(x)", "np.add.reduce(x)", "np.maximum.reduce(x)", "max(x)", "min(x)",
            "x.max()", "x.sum(axis=1)", "np.fmax(x, y)", "max(x, y)", "np.subtract(x, y)",
            "x if y is None else x + y", "np.amax(x, axis=-1)", "math.fsum(x)",
        )
    ],
)  # fmt: skip
def test_an_operation_is_written_as_the_user_wrote_it(call: str, written: str):
    body = f"def f(x, y=None):\n    t = {call}\n    e = np.exp(-t)\n    t = 2\n    return 1 / (1 + e), t\n"
    assert f"    return stable.sigmoid({written}), t\n" in fixed(body)


def test_a_call_is_written_again_with_what_its_argument_is_called_now():
    body = """\
        def f(x, y):
            a = y + 1
            t = np.nansum(a * x)
            a = 3
            e = np.exp(-t)
            t = 2
            return 1 / (1 + e), a, t
        """
    assert "return stable.sigmoid(np.nansum((y + 1) * x)), a, t\n" in fixed(body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SCALE * np.log(1 + np.exp(SCALE * x))", "SCALE * stable.softplus(SCALE * x)"),
        ("kB * x * np.log(1 + np.exp(y / (kB * x)))", "kB * x * stable.softplus(y / (kB * x))"),
        ("1 / (1 + np.exp(SCALE * x - 3.5))", "stable.sigmoid(3.5 - SCALE * x)"),
        ("low + (high - low) / (1 + np.exp(-x))", "low + (high - low) * stable.sigmoid(x)"),
        ("np.log(np.sum(np.exp(x)) + TINY)", "stable.logaddexp(math.log(TINY), stable.logsumexp(x))"),
        ("np.log(np.sum(np.exp(x), axis=AXIS))", "stable.logsumexp(x, axis=AXIS)"),
        ("x * y * np.exp(x) / (1 + np.exp(x)) ** 2", "x * y * stable.sigmoid(x) * stable.sigmoid(-x)"),
        ("-x * y / (1.0 + np.exp(y))", "-x * y * stable.sigmoid(-y)"),
        ("3 * x / (1.0 + np.exp(-y)) / 7", "3 * x * stable.sigmoid(y) / 7"),
        ("np.exp(-1 * SCALE * x) / np.exp(-1 * SCALE * y)", "np.exp(SCALE * y - SCALE * x)"),
        ("x * -(2 * y - 1) / (np.exp(x) + 1.0)", "x * -(2 * y - 1) * stable.sigmoid(-x)"),
        ("np.log(np.exp(-x) + np.exp(y - x))", "stable.logaddexp(-x, y - x)"),
        ("np.log(np.exp(y - x) + np.exp(-x))", "stable.logaddexp(y - x, -x)"),
        ("1 / (1 + np.exp(-y + -x.dot(x)))", "stable.sigmoid(y + x.dot(x))"),
    ],
)
def test_a_name_stays_a_name_in_its_place(before: str, after: str):
    head = "SCALE = 0.5\nkB = 8.6e-5\nlow, high = 0.0, 1.0\nTINY = 1e-12\nAXIS = 1\n\n\n"
    assert f"    return {after}\n" in fixed(f"{head}def f(x, y):\n    return {before}\n")


def test_a_fix_that_holds_for_the_value_of_a_name_alone_is_unsafe():
    (finding,) = check_text(f"{HEAD}eps = 1.0\n\n\ndef f(x):\n    return np.log(eps + x)\n")
    assert finding.fix is not None
    assert finding.fix.applicability == "unsafe"
    assert finding.fix.reason == "it is only valid for the current value of `eps` alone"


@pytest.mark.parametrize("base", ["2", "10"])
def test_a_logarithm_that_is_exact_at_powers_stays(base: str):
    (finding,) = check_text(f"{HEAD}def f(x):\n    return np.log{base}(1 + x)\n")
    assert finding.fix is None
    assert finding.withheld == f"`log{base}` is exact at powers of {base}, and a quotient of logarithms is not"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("np.log(np.exp(x).sum(axis=-1)[:, None])", "stable.logsumexp(x, axis=-1)[:, None]"),
        ("np.log(np.exp(x).sum(axis=-1).reshape(-1, 1))", "stable.logsumexp(x, axis=-1).reshape(-1, 1)"),
        ("np.log(np.exp(x).sum(axis=-1))[:, None]", "stable.logsumexp(x, axis=-1)[:, None]"),
        ("np.log(np.exp(x).sum(axis=-1)[..., None])", "stable.logsumexp(x, axis=-1, keepdims=True)"),
        ("np.log(np.exp(x).sum(axis=1)[:, None])", "stable.logsumexp(x, axis=1, keepdims=True)"),
        ("np.log((np.exp(x) / np.exp(x).sum(-1, keepdims=True))[:, None])", "stable.log_softmax(x, axis=-1)[:, None]"),
        ("np.log(1 - x)[:, None]", "np.log1p(-x)[:, None]"),
        ("torch.log(torch.exp(x).sum(-1)[:, None])", "torch.logsumexp(x, dim=-1)[:, None]"),
        ("torch.log(1 - x).unsqueeze(0)", "torch.log1p(-x).unsqueeze(0)"),
        ("np.average(x, axis=0, weights=np.exp(y))", "np.average(x, axis=0, weights=stable.softmax(y, axis=0))"),
        ("np.average(x, weights=np.exp(y))", "np.average(x, weights=stable.softmax(y))"),
        ("np.average(x, weights=x * np.exp(y))", "np.average(x, weights=x * stable.softmax(y))"),
    ],
)
def test_a_view_and_an_average_stay_what_they_are(before: str, after: str):
    text = HEAD + f"def f(x, y):\n    return {before}\n"
    (finding,) = [f for f in check_text(text) if f.fix is not None]
    assert finding.fix is not None
    assert f"    return {after}\n" in fix_text(text, check_text, "unsafe").text


def test_what_is_converted_is_not_written_without_its_conversion():
    body = """\
        class A:
            def f(self):
                e = np.exp(self.data - np.max(self.data, axis=1, keepdims=True))
                p = e / np.sum(e, axis=1, keepdims=True)
                return np.log(p)
        """
    assert "self - " not in fixed(body)


@pytest.mark.parametrize(
    ("naive", "composed"),
    [
        ("torch.log(1 - torch.exp(-x))", "torch.log(-torch.expm1(-x))"),
        ("torch.log(torch.exp(x) - 1)", "x + torch.log(-torch.expm1(-x))"),
        ("torch.log(torch.cosh(x))", "torch.logaddexp(x, -x) - math.log(2)"),
    ],
)
def test_what_a_library_lacks_is_composed_of_what_it_has(naive: str, composed: str):
    (finding,) = check_text(f"{HEAD}def f(x):\n    return {naive}\n")
    assert finding.fix is not None
    assert finding.fix.edits[-1].content == composed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(1 - np.exp(-x)) / 2", "-np.expm1(-x) / 2"),
        ("(np.exp(x) - 1) * y", "np.expm1(x) * y"),
        ("(np.exp(x) - 1) / (\n        np.exp(y) - 1\n    )", "np.expm1(x) / np.expm1(y)"),
        ("(1 - np.exp(-x)) ** 3", "(-np.expm1(-x)) ** 3"),
        ("1 - np.exp(\n        -x\n        - y\n    )", "-np.expm1(-x - y)"),
    ],
)
def test_brackets_stay_where_they_are_needed_and_lines_are_joined(before: str, after: str):
    assert f"    return {after}\n" in fixed(f"def f(x, y):\n    return {before}\n")


def test_no_line_is_longer_than_those_of_the_file():
    body = """\
        # Comments are no code of this file, however long they are: they say nothing of how wide its lines should be.
        def f(a, s, p):
            e = np.exp(a)
            return s * np.log(e[..., 0] + e[..., 1]), s * e[..., 2] / (e[..., 2] + p)
        """
    text = fixed(body)
    assert "stable.logaddexp" in text
    assert max(len(line) for line in text.splitlines() if "#" not in line) <= 79


def test_a_line_is_broken_inside_of_brackets_that_something_is_asked_of():
    body = """\
        import torch
        def f(self, positive, negatives):
            positive_score = torch.exp(positive / self.temperature)
            negative_score = torch.exp(negatives / self.temperature).sum(dim=1)
            return -torch.log(positive_score / negative_score).sum()
        """
    text = fixed(body)
    assert "torch.logsumexp(" in text
    assert max(map(len, text.splitlines())) <= 79


def test_a_product_in_brackets_is_broken_as_it_was():
    body = """\
        import torch
        def f(slope_of_the_surrogate, given, gradient_of_the_output):
            grad = (
                gradient_of_the_output
                * slope_of_the_surrogate
                * torch.exp(-slope_of_the_surrogate * given)
                / ((torch.exp(-slope_of_the_surrogate * given) + 1) ** 2)
            )
            return grad
        """
    first, second = (f"        * torch.sigmoid({sign}slope_of_the_surrogate * given)\n" for sign in ("", "-"))
    assert f"        * slope_of_the_surrogate\n{first}{second}    )\n" in fixed(body)


def test_of_two_empty_lines_that_meet_one_is_left():
    body = "import numpy as np\ndef f(x, k):\n    a = x * k\n\n    e = np.exp(x)\n\n    return e / e.sum() * a\n"
    assert "    a = x * k\n\n    return stable.softmax(x) * a\n" in fixed(body)


def test_brackets_go_with_the_formula_that_stood_in_them():
    body = "import numpy as np\ndef f(x, c):\n    return 1.0 - np.exp(-c * (np.exp(x) - 1))\n"
    assert "    return -np.expm1(-c * np.expm1(x))\n" in fixed(body)


def test_an_axis_stays_a_whole_number_beside_a_float_of_its_value():
    text = (
        "import numpy as np\n\n\ndef f(x):\n    t = x + 0.0\n    return 2 / (1 + np.exp(t))\n\n\n"
        "def g(x):\n    return np.log(np.sum(np.exp(x), axis=0))\n"
    )
    assert "stable.logsumexp(x, axis=0)\n" in fix_text(text, check_text, "safe").text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "return 1 / (1 + np.exp(-x[:, 0]) + np.exp(-x[:, 1]))",
            "the rewrite is harder to read than the original",
        ),
        (
            "e = np.exp(np.dot(x, y))\n    z = 2 * e\n    return z, (e - 1) / y",
            "it would compute `np.dot(x, y)` twice",
        ),
    ],
)
def test_a_rewrite_that_its_reader_would_undo_is_not_made_unasked(body: str, reason: str):
    (finding,) = check_text(f"{HEAD}def f(x, y):\n    {body}\n")
    assert finding.fix is not None
    assert finding.fix.reason == reason


def test_a_composed_form_does_not_replace_the_half_that_is_right():
    code = "import torch\n\n\ndef f(x):\n    return torch.log1p(-torch.exp(x.sum(-1).clamp_min(-50)))\n"
    assert all(finding.fix is None for finding in check_text(code))


def test_a_local_of_named_numbers_stays_a_name():
    body = "def f(x):\n    t = SCALE * kB * (x - TINY) / x\n    s = np.exp(t)\n    return s / (1 + s)\n"
    assert "    t = SCALE * kB * (x - TINY) / x\n    return stable.sigmoid(t)\n" in fixed(body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1 - stats.chi2.cdf(x, df=k)", "stats.chi2.sf(x, df=k)"),
        ("1 - stats.chi2.cdf(x, k)", "stats.chi2.sf(x, k)"),
        ("1 - stats.norm.cdf(x, loc=k, scale=2)", "stats.norm.sf(x, loc=k, scale=2)"),
        ("1 - stats.norm.cdf(x, k, scale=2)", "stats.norm.sf(x, k, scale=2)"),
    ],
)
def test_arguments_keep_the_keywords_that_they_are_given_with(before: str, after: str):
    head = "from scipy import stats\n\n\ndef f(x, k):\n    return "
    assert fix_text(f"{head}{before}\n", check_text, "safe").text == f"{head}{after}\n"


@pytest.mark.parametrize(
    ("parameter", "function"),
    [("boolean", "np.log1p"), ("boolean, optional", "np.log1p"), ("boolean array", "stable.log1p")],
)
def test_a_switch_in_a_docstring_says_nothing_of_arrays(parameter: str, function: str):
    text = f'import numpy as np\n\n\ndef f(x, y):\n    """y : {parameter}\n    """\n    return np.log(x + 1)\n'
    assert f"return {function}(x)" in fix_text(text, check_text, "safe").text


def test_a_line_may_grow_to_the_width_that_tools_allow_lines_of_its_length():
    line = "    return np.logaddexp(likelihood + np.log(1-outlier_share), likelihood_of_outliers + the_rest)\n"
    assert 88 < len(line) - 1 < 100
    text = f"import numpy as np\n\n\ndef f(likelihood, outlier_share, likelihood_of_outliers, the_rest):\n{line}"
    assert fix_text(text, check_text, "safe").text == text.replace(
        "np.log(1-outlier_share)", "np.log1p(-outlier_share)"
    )


def test_where_no_way_to_break_a_line_is_narrow_enough_the_narrowest_is_taken():
    head = "import numpy as np\n\n\ndef f(first_spike_of_one_train, last_spike_of_another):\n    return "
    before = """np.sqrt(2 * (1.0 - np.exp(-np.absolute(
        (first_spike_of_one_train[0] - last_spike_of_another[-1])
        / the_time_constant_of_the_kernel))))
"""
    after = """np.sqrt(-2 * np.expm1(
        -np.absolute((first_spike_of_one_train[0] - last_spike_of_another[-1]) / the_time_constant_of_the_kernel)
    ))
"""
    assert fix_text(f"{head}{before}", check_text, "safe").text == f"{head}{after}"
