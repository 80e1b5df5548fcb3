"""The report names for every value of every recipe that the plan trains whether a paper or we chose it."""

from ser_core.recipes import load_recipe
from ser_core.reproduction.plan import Experiment, ReproductionPlan
from ser_core.reproduction.sources import value_sources
from ser_core.training.parameters import every_parameter


def sections(*experiments: Experiment) -> dict[str, list[str]]:
    """Return recipe → its lines."""
    _, *parts = value_sources(ReproductionPlan(experiments, ())).split("\n### ")
    return {part.split("\n")[0]: [line for line in part.split("\n") if line.startswith("* ")] for part in parts}


def test_each_value_stands_once_with_whoever_chose_it():
    recipe = load_recipe("dai-2019-mel")
    lines = sections(Experiment("lambda", "iemocap", "dai-lambda"))["dai-2019-mel"]
    told = {
        assignment.removesuffix(".").strip("`"): line.split(": `")[0].removeprefix("* ")
        for line in lines
        for assignment in line.split(": ", 1)[1][line.split(": ", 1)[1].index("`") :].split("; ")
    }
    values = every_parameter(recipe)
    assert told.keys() == {f"{key}={value}" for key, value in values.items()}
    for key, value in values.items():
        other = recipe.other_paper(key)
        wanted = f"of {other}" if other else f"of {recipe.source}" if key in recipe.paper else "our choice"
        assert told[f"{key}={value}"] == wanted, key


def test_a_sweep_over_recipes_names_each_of_them_and_no_recipe_comes_twice():
    both = (Experiment("one", "iemocap", "lian-systems"), Experiment("two", "iemocap", "lian-systems"))
    assert list(sections(*both)) == sorted(["lian-2018-pdt", "lian-2018-softmax"])
