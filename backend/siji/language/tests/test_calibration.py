"""What a school sees of the agreement of two markers."""

import pytest

from siji.language.calibration import agreement, quadratic_kappa


def test_two_markers_who_agree_have_kappa_one_and_no_bias() -> None:
    same = agreement([2, 5, 8, 11, 14], [2, 5, 8, 11, 14], draws=50)
    assert (same.exact, same.within_one, same.kappa.value, same.bias.value, same.squeeze) == (1, 1, 1, 0, 1)


def test_kappa_is_the_one_worked_out_by_hand() -> None:
    # Observed squared distance 1/2; expected over the four pairs of {1, 2} with itself, 1/2 of them apart by one: 1/2. So 0.
    assert quadratic_kappa([(1, 1), (1, 2), (2, 1), (2, 2)]) == 0
    # One of four apart by one: 1 - (1/4) / ((2 * 1 + 2 * 3) / 16) = 1/2.
    assert quadratic_kappa([(1, 1), (1, 2), (2, 2), (2, 2)]) == pytest.approx(0.5)


def test_a_marker_who_turns_the_scale_round_is_worse_than_chance() -> None:
    assert quadratic_kappa([(1, 3), (2, 2), (3, 1)]) < 0


def test_bias_says_who_is_generous_and_squeeze_who_hugs_the_middle() -> None:
    generous = agreement([4, 7, 10], [2, 5, 8], draws=50)
    assert generous.bias.value == 2
    assert generous.squeeze == pytest.approx(1)
    assert agreement([7, 8, 9], [2, 8, 14], draws=50).squeeze < 0.2


def test_an_interval_holds_its_figure_and_narrows_with_more_scripts() -> None:
    given, wanted = [2, 6, 8, 11, 13, 5], [2, 5, 9, 11, 14, 4]
    few, many = agreement(given, wanted), agreement(given * 10, wanted * 10)
    assert few.kappa.low <= few.kappa.value <= few.kappa.high
    assert many.kappa.high - many.kappa.low < few.kappa.high - few.kappa.low


def test_lists_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="同一批"):
        agreement([1], [1, 2])
    with pytest.raises(ValueError, match="at least one"):
        agreement([], [])
