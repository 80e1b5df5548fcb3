"""What a command says beside its result, to whoever waits for it."""

import rich.console


def say(console: rich.console.Console, text: str) -> None:
    """Print a line as it is: names from files are neither coloured nor taken for rich's markup, and nothing is cut."""
    console.print(text, highlight=False, markup=False, emoji=False, soft_wrap=True)
