"""Components in the browser are put together from their own files and from shared ones."""

from pathlib import Path

import pytest

from ui.components import decoder, in_browser, live_microphone, point_map, recorder, speech_player


def test_scripts_stand_in_the_order_they_are_named_and_ones_own_go_before_shared_ones(tmp_path: Path):
    (tmp_path / "first.js").write_text("const first = 1;")
    (tmp_path / "colours.js").write_text("const own = 2;")
    assert in_browser.joined(tmp_path, ("colours", "first")) == "const own = 2;\nconst first = 1;"
    assert "function readHeader" in in_browser.joined(tmp_path, ("first", "packed"))


@pytest.mark.parametrize("component", [decoder, live_microphone, point_map, recorder, speech_player])
def test_every_file_of_a_component_is_used(component):
    from importlib import import_module

    mount = import_module(f"{component.__name__}.mount")
    folder = Path(mount.__file__).parent / "browser"
    shared = Path(in_browser.__file__).parent / "shared"
    scripts = {path.stem for path in folder.glob("*.js")}
    used = {name for group in vars(mount) if group.endswith("_SCRIPTS") for name in getattr(mount, group)}
    assert scripts <= used
    assert used - scripts <= {path.stem for path in shared.glob("*.js")}
