"""``recipes`` tells what can be trained, where each value comes from, and what the source reports."""

from ser_core.cli import main
from ser_core.recipes import shipped_recipes, shipped_text_recipes


def test_all_recipes_are_listed(capsys):
    assert main(["recipes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [*shipped_recipes(), *shipped_text_recipes()]


def test_a_published_recipe_shows_its_link_its_marks_and_its_figures(capsys):
    assert main(["recipes", "lian-2018-pdt"]) == 0
    output = capsys.readouterr().out
    assert "https://arxiv.org/abs/1801.01237" in output
    assert "embedding_size = 256\t[section 2.1.1: 256]" in output
    figure = next(line for line in output.splitlines() if line.startswith("UA 56.33 %"))
    assert "IEMOCAP" in figure
    assert "session 5 tests" in figure
    assert "speakers not heard in training" in figure
    assert figure.endswith("[table 3, experiment 5]")


def test_our_own_recipe_shows_no_figures_of_others(capsys):
    assert main(["recipes", "quick"]) == 0
    assert "published figures" not in capsys.readouterr().out
