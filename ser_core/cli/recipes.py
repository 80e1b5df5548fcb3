"""``recipes``: list of the recipes, and the origin of each value."""

from typing import Annotated

import typer

from ser_core.recipes import load_recipe, shipped_recipes, shipped_text_recipes


def recipes(
    name: Annotated[str | None, typer.Argument(help="A recipe or TOML file, to see its parameters.")] = None,
) -> None:
    """List the recipes, or describe one: each parameter's origin ("our choice" or the paper), the paper's figures."""
    if name is None:
        for shipped in (*shipped_recipes(), *shipped_text_recipes()):
            recipe = load_recipe(shipped)
            typer.echo(f"{shipped}\t{recipe.title}\t{recipe.source}")
        return
    from ser_core.training.parameters import every_parameter

    recipe = load_recipe(name)
    source = f"{recipe.source} {recipe.source_url}".strip()
    typer.echo(f"{recipe.title}\n{recipe.summary}\nsource: {source}\n")
    for key, value in every_parameter(recipe).items():
        typer.echo(f"{key} = {value}\t[{recipe.origin(key)}]")
    if recipe.published:
        typer.echo("\npublished figures:")
    for figure in recipe.published:
        typer.echo(f"{figure.text()}\t[{figure.place}]")
