"""Sources of recipe values in the report: from a paper, or our choice."""

from collections.abc import Iterable

from ser_core.recipes import Recipe, load_recipe
from ser_core.recipes.recipe import OUR_CHOICE
from ser_core.reproduction.plan import ReproductionPlan
from ser_core.training.parameters import every_parameter


def value_sources(plan: ReproductionPlan) -> str:
    """Write a section that marks every value of every recipe of the plan as it ships.

    Changes that shorten a run stand with its experiment.
    """
    parts = [
        "## What is the papers' and what is ours\n",
        "Where a paper is silent, the value is our choice. Of each recipe as it ships; shortenings stand above.\n",
    ]
    for name in _recipes(plan):
        recipe = load_recipe(name)
        parts.append(f"### {name}\n")
        groups: dict[str, list[str]] = {}
        for key in every_parameter(recipe):
            own = f"of {recipe.source}" if key in recipe.paper else OUR_CHOICE
            other = recipe.other_paper(key)
            groups.setdefault(f"of {other}" if other else own, []).append(key)
        ours = groups.pop(OUR_CHOICE)
        parts += [f"* {whose}: {_assignments(recipe, keys)}" for whose, keys in groups.items()]
        parts.append(f"* {OUR_CHOICE}: {_assignments(recipe, ours)}\n")
    return "\n".join(parts)


def _recipes(plan: ReproductionPlan) -> list[str]:
    named: dict[str, None] = {}
    for experiment in plan.experiments:
        sweep = experiment.shortened_sweep()
        of_axes = [str(value) for axis in sweep.axes if axis.key == "recipe" for value in axis.values]
        named |= dict.fromkeys(of_axes or [str(sweep.recipe)])
    return sorted(named)


def _assignments(recipe: Recipe, keys: Iterable[str]) -> str:
    values = every_parameter(recipe)
    return "; ".join(f"`{key}={values[key]}`" for key in keys) + "."
