"""What browsers load of a component: its style sheets, and the bundle of its scripts."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import streamlit as st

from ui.components import in_browser
from ui.server import component_files

COMPONENTS = Path(in_browser.__file__).parents[1]
REPOSITORY = COMPONENTS.parents[1]
SHARED = Path(in_browser.__file__).parent / "shared"
ENTRIES = [path.relative_to(COMPONENTS) for path in sorted(COMPONENTS.rglob("main.js"))]
NAMED = ("http://www.w3.org/2000/svg", "http://localhost:$")  # a name of drawings, and advice for the address bar


def bundle_of(entry: Path) -> str:
    return in_browser.script(COMPONENTS / entry.parent)


def files_in(bundle: str) -> set[str]:
    """Name the files from which a bundle was made, as its comments do."""
    return set(re.findall(r"// (ui/components/[\w/]+\.js)", bundle))


def test_ones_own_style_sheets_go_before_shared_ones_and_stand_in_the_order_they_are_named(tmp_path: Path):
    (tmp_path / "own.css").write_text("own {}")
    (tmp_path / "controls.css").write_text("controls {}")
    assert in_browser.styled(tmp_path, ("controls.css", "own.css")) == "controls {}\nown {}"
    (tmp_path / "controls.css").unlink()
    shared = (SHARED / "controls.css").read_text(encoding="utf-8")
    assert in_browser.styled(tmp_path, ("controls.css", "own.css")) == f"{shared}\nown {{}}"


def test_every_component_with_scripts_has_its_bundle():
    of_all = {SHARED, SHARED.parent, SHARED.parent / "audio_thread"}
    folders = {path.parent for path in COMPONENTS.rglob("*.js")} - of_all
    assert folders == {COMPONENTS / entry.parent for entry in ENTRIES}
    assert len(ENTRIES) >= 6
    for entry in ENTRIES:
        assert bundle_of(entry)


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_every_file_of_a_component_is_in_its_bundle(entry: Path):
    folder = COMPONENTS / entry.parent
    own = {str(path.relative_to(REPOSITORY)) for path in folder.glob("*.js") if path.name != "bundle.js"}
    assert own <= files_in(bundle_of(entry))


def test_every_shared_file_is_in_some_bundle():
    used = {file for entry in ENTRIES for file in files_in(bundle_of(entry))}
    for folder in (SHARED, SHARED.parent / "audio_thread"):
        for path in folder.glob("*.js"):
            assert str(path.relative_to(REPOSITORY)) in used


def test_a_component_that_is_fetched_is_a_short_script_and_its_module_holds_all_of_it(monkeypatch, tmp_path: Path):
    for name, text in (
        ("bundle.js", "const a = 1;\nexport {\n  a as default\n};"),
        ("a.html", "<p>“A”</p>"),
        ("a.css", "p {}"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    registered: dict[str, str] = {}
    kept: list[str] = []
    monkeypatch.setattr(st.components.v2, "component", lambda name, **parts: registered.update(parts))
    monkeypatch.setattr(component_files, "keep", lambda module: kept.append(module) or "component-files/a.js")
    in_browser.component("a", tmp_path, markup="a.html", styles=("a.css",), fetched=True)
    assert list(registered) == ["js"]
    assert "import(new URL('component-files/a.js', document.baseURI)" in registered["js"]
    assert len(registered["js"]) < 1000
    [module] = kept
    assert module.startswith("const a = 1;\nexport {\n  a as default\n};\n")
    told = re.search(r"^export const componentMarkup = (.*), componentStyles = (.*);$", module, re.MULTILINE)
    assert told is not None
    assert [json.loads(text) for text in told.groups()] == ["<p>“A”</p>", "p {}"]


@pytest.mark.parametrize("entry", ENTRIES, ids=str)
def test_a_bundle_is_one_module_that_loads_nothing_and_writes_no_markup(entry: Path):
    text = bundle_of(entry)
    assert re.findall(r"^export \{\n  (\w+) as default\n\};$", text, re.MULTILINE)
    assert len(re.findall(r"^export\b", text, re.MULTILINE)) == 1
    for name in NAMED:
        text = text.replace(name, "")
    for word in ("import ", "import(", "fetch(", "http://", "https://", "innerHTML", "eval(", "XMLHttpRequest"):
        assert word not in text, word


@pytest.mark.skipif(
    shutil.which("node") is None or not (REPOSITORY / "node_modules").exists(), reason="needs node and `npm ci`"
)
def test_every_bundle_is_what_its_sources_make():
    done = subprocess.run(
        ["node", "tools/bundles.js", "--check"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
