"""Which values of the systems in the report are a paper's, and which are ours."""

from collections.abc import Iterable

from ser_core.recipes import Recipe, load_recipe
from ser_core.recipes.recipe import OUR_CHOICE
from ser_core.reproduction.plan import Plan
from ser_core.training.parameters import every_parameter


def origins(plan: Plan) -> str:
    """Write a section that marks every value of every recipe that the plan runs.

    Args:
        plan: whose recipes are told, as they ship; what a run shortened stands with its experiment.
    """
    parts = [
        "## What is the papers' and what is ours\n",
        "Where a paper is silent, the value is our choice. Of each recipe as it ships; shortenings stand above.\n",
    ]
    for name in _recipes(plan):
        recipe = load_recipe(name)
        marks = {key: recipe.origin(key) for key in every_parameter(recipe)}
        papers = [key for key, origin in marks.items() if origin != OUR_CHOICE]
        ours = [key for key, origin in marks.items() if origin == OUR_CHOICE]
        parts += [
            f"### {name}\n",
            f"* a paper's: {_told(recipe, papers)}",
            f"* {OUR_CHOICE}: {_told(recipe, ours)}\n",
        ]
    return "\n".join(parts)


def _recipes(plan: Plan) -> list[str]:
    named: dict[str, None] = {}
    for experiment in plan.experiments:
        sweep = experiment.shortened_sweep()
        of_axes = [str(value) for axis in sweep.axes if axis.key == "recipe" for value in axis.values]
        named |= dict.fromkeys(of_axes or [str(sweep.recipe)])
    return sorted(named)


def _told(recipe: Recipe, keys: Iterable[str]) -> str:
    values = every_parameter(recipe)
    return "; ".join(f"`{key}={values[key]}`" for key in keys) + "."
