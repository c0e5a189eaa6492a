from __future__ import annotations

import math

import numpy as np
import pytest
from mpmath import mp, mpf

from stabaudit.proof.error import is_beyond, rounded, ulp, ulps

TYPES = [np.float64, np.float32]
each_type = pytest.mark.parametrize("kind", TYPES)


@each_type
def test_the_nearest_float_is_at_most_half_an_ulp_off(kind: type):
    with mp.workprec(200):
        third = mpf(1) / 3
    assert 0 < ulps(kind(1) / kind(3), third) < 0.5


@each_type
@pytest.mark.parametrize("number", [1.0, 1.5, 3.0, 1e-30, -7.0])
def test_the_next_float_is_one_ulp_off(kind: type, number: float):
    exactly = kind(number)
    # Away from zero: towards it the spacing may halve.
    further = np.nextafter(exactly, kind(np.inf if number > 0 else -np.inf))
    assert ulps(further, mpf(float(exactly))) == 1.0
    assert ulps(exactly, mpf(float(exactly))) == 0.0


@each_type
def test_ulps_of_an_array_s_spacing_agree_with_numpy(kind: type):
    for number in (1.0, 0.3, 1e-20, 12345.678):
        assert float(ulp(mpf(float(kind(number))), kind)) == float(np.spacing(kind(number)))


@each_type
def test_below_the_normal_range_the_spacing_of_the_subnormals_counts(kind: type):
    least = np.finfo(kind).smallest_subnormal
    assert ulps(kind(0), mpf(float(least))) == 1.0
    assert ulps(kind(0), mpf(float(least)) / 2) == 0.5
    assert ulps(kind(0), mpf(10) ** -5000) < 1e-10
    assert ulps(kind(least), mpf(0)) == 1.0


@each_type
def test_zero_for_zero_is_right_whatever_its_sign(kind: type):
    assert ulps(kind(0.0), mpf(0)) == ulps(kind(-0.0), mpf(0)) == 0.0


@each_type
def test_nan_and_infinity_are_infinitely_wrong_for_a_number(kind: type):
    assert ulps(kind(np.nan), mpf(1)) == math.inf
    assert ulps(kind(np.inf), mpf(1)) == math.inf


@each_type
def test_beyond_the_range_the_infinity_of_the_right_sign_is_right(kind: type):
    beyond = mpf(10) ** 5000
    assert ulps(kind(np.inf), beyond) == 0.0
    assert ulps(kind(-np.inf), -beyond) == 0.0
    assert ulps(kind(-np.inf), beyond) == math.inf
    assert ulps(kind(np.nan), beyond) == math.inf
    assert ulps(np.finfo(kind).max, beyond) == math.inf


@each_type
def test_what_rounds_to_the_largest_float_is_in_range_and_what_rounds_up_is_not(kind: type):
    limits = np.finfo(kind)
    with mp.workprec(200):
        half = mpf(float(limits.max)) * mpf(2) ** -(limits.nmant + 2)
        assert not is_beyond(mpf(float(limits.max)) + half * mpf("0.99"), kind)
        assert is_beyond(mpf(float(limits.max)) + half * mpf("1.01"), kind)


def test_rounding_gives_floats_of_the_type_and_infinities_beyond_its_range():
    truth = np.array([mpf(1) / 3, mpf(10) ** 300, -(mpf(10) ** 5000), mpf(10) ** -5000], dtype=object)
    assert rounded(truth).tolist() == [1 / 3, 1e300, -math.inf, 0.0]
    single = rounded(truth, np.float32)
    assert single.dtype == np.float32
    assert single.tolist() == [np.float32(1 / 3), math.inf, -math.inf, 0.0]
