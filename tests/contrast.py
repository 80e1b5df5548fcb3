"""Contrast of two colours, as WCAG 2.2 defines it."""


def contrast(one: str, other: str) -> float:
    """Return the ratio of the luminances of two colours (``#RRGGBB``), from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(ground: str, colour: str, share: float) -> str:
    """Return what is seen of a colour that covers the ground by a share."""
    values = (round(below + share * (above - below)) for below, above in zip(parts(ground), parts(colour), strict=True))
    return "#" + "".join(f"{value:02X}" for value in values)


def parts(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
