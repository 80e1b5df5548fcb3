"""What our own components have in common that draw in the browser: how they are put together, and shared scripts."""

from ui.components.in_browser.assembly import component, joined, styled

__all__ = ["component", "joined", "styled"]
