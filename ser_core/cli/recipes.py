"""``recipes``: what can be trained, and where each value comes from."""

from typing import Annotated

import typer

from ser_core.recipes import load_recipe, shipped_recipes


def recipes(
    name: Annotated[str | None, typer.Argument(help="A recipe or TOML file, to see its parameters.")] = None,
) -> None:
    """List the recipes, or one recipe's parameters with their origin: the paper's words, or "our choice"."""
    if name is None:
        for shipped in shipped_recipes():
            recipe = load_recipe(shipped)
            typer.echo(f"{shipped}\t{recipe.title}\t{recipe.source}")
        return
    recipe = load_recipe(name)
    typer.echo(f"{recipe.title}\n{recipe.summary}\nsource: {recipe.source}\n")
    for key, value in recipe.parameters().items():
        typer.echo(f"{key} = {value}\t[{recipe.origin(key)}]")
