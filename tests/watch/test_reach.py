"""The words in which it is told how near the data came."""

from __future__ import annotations

import pytest

from stabaudit.findings.reach import Reach, both


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (Reach(), "not run"),
        (Reach(why="it is compiled"), "not watched: it is compiled"),
        (Reach(unseen=3), "run 3 times: how near the data came is not known"),
        (Reach(calls=3), "all results are finite: not reached"),
        (Reach(calls=1204, overflows=3), "reached: 3 of 1,204 calls overflowed"),
        (Reach(calls=1, undefined=1), "reached: 1 of 1 call gave inf or nan"),
        (
            Reach(calls=9, overflows=2, zeros=1),
            "reached: 2 of 9 calls overflowed, 1 of 9 calls took the logarithm of 0",
        ),
        (Reach(calls=9, exponent=12.34, limit=709.78), "largest exponent 12.3 of 709: not reached"),
        (
            Reach(calls=9, exponent=-3.0, limit=88.72, argument=1e-9),
            "largest exponent -3 of 88, smallest argument of a logarithm 1e-09: not reached",
        ),
        (Reach("digits", calls=2, lost=3.21, digits=16), "at most 3.2 of 16 digits lost: not reached"),
        (
            Reach("digits", calls=2, lossy=1, lost=12.0, digits=16),
            "reached: 1 of 2 calls lost more than half of the digits, up to 12 of 16",
        ),
        (Reach("meaning", calls=1), "reached: run once, and what it computes is not what was meant"),
    ],
)
def test_what_was_seen_is_one_sentence(reach: Reach, said: str):
    assert str(reach) == said


def test_what_comes_nearest_has_the_first_rank():
    ordered = [
        Reach(calls=10, overflows=5),
        Reach(calls=10, overflows=1),
        Reach(calls=10, exponent=600.0, limit=709.78),
        Reach(calls=10, exponent=60.0, limit=88.72),
        Reach(calls=10, exponent=1.0, limit=709.78),
        Reach(unseen=1),
        Reach(),
        Reach(why="compiled"),
    ]
    assert sorted([*ordered[4:], *ordered[:4]], key=lambda reach: reach.rank) == ordered


def test_two_runs_together_hold_the_extremes_of_both():
    one = Reach(calls=2, overflows=1, exponent=5.0, limit=88.72, argument=0.5)
    other = Reach(calls=3, zeros=1, exponent=6.0, limit=709.78, argument=0.25, unseen=1)
    together = Reach(calls=5, overflows=1, zeros=1, exponent=5.0, limit=88.72, argument=0.25, unseen=1)
    assert both(one, other) == both(other, one) == together


def test_what_lost_no_digit_is_seen_whichever_of_two_runs_saw_it():
    one, other = Reach("digits"), Reach("digits", calls=2, lost=0.0, digits=16.0)
    assert both(one, other) == both(other, one) == other


def test_what_one_of_two_runs_has_watched_is_watched():
    assert both(Reach(why="early"), Reach(calls=1)).why is None
    assert both(Reach(why="early"), Reach(why="early")).why == "early"
