"""A run's name can be changed and is stored with the run; its folder keeps its own."""

import pytest

from ser_core.errors import InputError
from ser_core.training.run_names import LONGEST, NAME_FILE, rename_run, run_title


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "20260101-101010-demo-quick"
    folder.mkdir()
    return folder


def test_a_run_without_a_name_is_called_like_its_folder(run):
    assert run_title(run) == "20260101-101010-demo-quick"


def test_a_name_is_stored_with_the_run_and_can_be_changed_and_taken_away(run):
    rename_run(run, "  Wide margin,\n second try  ")
    assert run_title(run) == "Wide margin, second try"
    assert [path.name for path in run.iterdir()] == [NAME_FILE]
    rename_run(run, "Größe 2")
    assert run_title(run) == "Größe 2"
    rename_run(run, "")
    assert run_title(run) == run.name


@pytest.mark.parametrize("name", ["x" * (LONGEST + 1), "a\x07b"])
def test_a_name_that_is_too_long_or_cannot_be_printed_is_refused_and_the_former_one_stays(run, name):
    rename_run(run, "first")
    with pytest.raises(InputError, match="at most 60 letters for the run; got"):
        rename_run(run, name)
    assert run_title(run) == "first"


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"name": 7}', '{"name": " "}'])
def test_a_damaged_file_of_a_name_leaves_the_run_its_folders_name(run, content):
    (run / NAME_FILE).write_text(content, encoding="utf-8")
    assert run_title(run) == run.name
