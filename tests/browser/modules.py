"""Modules of the components, as they lie in the repository, imported by a page of the browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import components

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

_ORIGIN = "https://modules.test"
_COMPONENTS = Path(components.__file__).parent


def module_page(browser: "Browser") -> "Page":
    """Open a page to which ``import('/point_map/browser/camera.js')`` gives that file of ``ui/components``."""

    def answer(route: "Route") -> None:
        path = _COMPONENTS / route.request.url.removeprefix(f"{_ORIGIN}/")
        if path == _COMPONENTS:
            route.fulfill(body="<!doctype html>", content_type="text/html")
        elif path.is_file():
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.fulfill(status=404)

    page = browser.new_page()
    page.route(f"{_ORIGIN}/**", answer)
    page.goto(f"{_ORIGIN}/")
    return page


def evaluated(page: "Page", imports: Mapping[str, str], body: str, argument: object = None) -> Any:
    """Run the body of a function on a page of :func:`module_page`.

    Args:
        page: where it runs.
        imports: names that it uses, such as ``toPcm16, fromPcm16``, by the file that exports them.
        body: which returns a value.
        argument: what is called ``argument`` in it.
    """
    taken = "\n".join(f"const {{ {names} }} = await import('/{file}');" for file, names in imports.items())
    return page.evaluate(f"async argument => {{ {taken}\n{body} }}", argument)
