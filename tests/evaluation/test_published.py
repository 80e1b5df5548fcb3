"""The confusion matrices of Dai et al. are the printed ones: they give the accuracies of their text."""

import numpy as np
import pytest

from ser_core.evaluation.published import PRINTED_CONFUSIONS
from ser_core.recipes import load_recipe

SHARES = (0.309, 0.199, 0.296, 0.196)  # of neutral, angry, happy and sad in the corpus, section 3.1


@pytest.mark.parametrize("recipe", PRINTED_CONFUSIONS)
def test_a_printed_matrix_gives_the_printed_accuracies(recipe):
    printed = PRINTED_CONFUSIONS[recipe]
    np.testing.assert_allclose(printed.shares.sum(axis=1), 1.0, atol=0.0025)  # three decimals each
    figures = {figure.metric: figure.percent for figure in load_recipe(recipe).published}
    recalls = 100 * np.diag(printed.shares)
    assert recalls.mean() == pytest.approx(figures["UA"], abs=0.06)
    assert recalls @ SHARES == pytest.approx(figures["WA"], abs=0.15)
