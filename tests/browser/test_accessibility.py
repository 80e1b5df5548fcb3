"""Every page as axe-core judges it: what a screen reader, a keyboard and weak eyes need of what we render.

Headings that leave out a level count as serious: who cannot see a page walks through it by its headings.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, REPOSITORY, go_to, settle
from tests.browser.player import bring
from ui.frame import MENU

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
WINDOW, PHONE = (1280, 720), (390, 844)
TITLES = [title for pages in MENU.values() for title in pages.values()]
ON_A_PHONE = ["Home", "Listen", "Embedding space", *MENU["Lessons"].values()]
CLOSED = "[data-testid=stExpander] details:not([open]) > summary"


@dataclass(frozen=True)
class Known:
    """A kind of finding in elements that Streamlit makes, which we cannot mend.

    Attributes:
        rule: of axe-core.
        inside: selector of what holds the element; nothing of ours stands in there.
    """

    rule: str
    inside: str


# May only shrink: a line that is not found any more fails, and so does a finding that is not here.
STREAMLITS_OWN = (
    # The menu of a narrow window is one list, in which each section wraps its items in a div.
    Known("list", "[data-testid=stSidebarNavItems]"),
    Known("listitem", "[data-testid=stSidebarNavItems]"),
)


@dataclass(frozen=True)
class Finding:
    """One element that breaks a rule.

    Attributes:
        view: where it was seen.
        rule: of axe-core.
        selector: of the element, through the shadow roots that hold it.
        words: what the rule wants, and what is lacking.
        known: places in `STREAMLITS_OWN` that stand for it.
    """

    view: str
    rule: str
    selector: str
    words: str
    known: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.rule} on {self.view}: {self.selector}\n    {self.words}"


# Elements of a shadow root are looked for in it alone: what our components draw is never taken for Streamlit's.
SCAN = """async known => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const found = [];
  for (const { id, impact, help, nodes } of violations) {
    if (!['serious', 'critical'].includes(impact) && id !== 'heading-order') continue;
    for (const { target, failureSummary } of nodes) {
      const path = target.flat(), inside = path.slice(0, -1);
      const root = inside.reduce((root, host) => root.querySelector(host).shadowRoot, document);
      const element = root.querySelector(path.at(-1));
      const is = ({ rule, inside }) => rule === id && element.closest(inside) !== null;
      found.push({
        rule: id, selector: path.join(' » '),
        words: `${help}. ${failureSummary.replace(/\\s+/g, ' ')} ${element.outerHTML.slice(0, 200)}`,
        known: known.flatMap((entry, place) => is(entry) ? [place] : []),
      });
    }
  }
  return found;
}"""


def findings_of(page: "Page", view: str) -> list[Finding]:
    """Let axe-core judge what a page shows now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    known = [{"rule": entry.rule, "inside": entry.inside} for entry in STREAMLITS_OWN]
    return [Finding(view=view, **{**found, "known": tuple(found["known"])}) for found in page.evaluate(SCAN, known)]


def open_everything(page: "Page") -> None:
    """Open all that is folded: what stands in there is judged too."""
    while page.locator(CLOSED).count():
        page.locator(CLOSED).evaluate_all("all => all.forEach(summary => summary.click())")
        settle(page)


@pytest.fixture(scope="module")
def findings(chromium: "Browser", address: str, clip: Path) -> list[Finding]:
    """Visit every page in a window, and some on a phone, with a sound on Listen; everything serious that was found."""
    if not AXE.exists():
        pytest.skip("Expected axe-core in node_modules; it is not there. Run npm ci.")
    found = []
    for (width, height), titles in ((WINDOW, TITLES), (PHONE, ON_A_PHONE)):
        context = chromium.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        for title in titles:
            if (width, height) == PHONE:
                page.goto("about:blank")  # the menu is folded there: each page by its own address
            go_to(page, address, title)
            if title == "Listen":
                bring(page, clip.read_bytes(), clip.name)
            open_everything(page)
            found += findings_of(page, f"{title} at {width} × {height}")
        context.close()
    return found


def test_axe_finds_nothing_serious_in_what_we_render(findings: list[Finding]) -> None:
    ours = [str(finding) for finding in findings if not finding.known]
    assert not ours, "\n".join([f"{len(ours)} serious findings:", *ours])


def test_what_is_excused_as_streamlits_own_is_still_found(findings: list[Finding]) -> None:
    seen = {place for finding in findings for place in finding.known}
    gone = [entry for place, entry in enumerate(STREAMLITS_OWN) if place not in seen]
    assert not gone, f"Expected to find these in Streamlit's elements; they are gone. Take them from the list: {gone}"


def test_axe_judges_what_lies_in_a_shadow_root_and_names_it_as_ours(chromium: "Browser") -> None:
    if not AXE.exists():
        pytest.skip("Expected axe-core in node_modules; it is not there. Run npm ci.")
    page = chromium.new_page()
    page.set_content(
        """<html lang="en"><title>T</title><ul data-testid="stSidebarNavItems"><div id="host"></div></ul>"""
    )
    page.evaluate("host.attachShadow({ mode: 'open' }).innerHTML = '<button></button><ul><div>No item</div></ul>'")
    found = findings_of(page, "a page")
    page.close()
    assert {(finding.rule, finding.selector, finding.known) for finding in found} == {
        ("button-name", "#host » button", ()),
        ("list", "#host » ul", ()),
        ("list", 'ul[data-testid="stSidebarNavItems"]', (0,)),
    }
