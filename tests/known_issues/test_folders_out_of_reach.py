"""A visitor from another computer reaches the workspace and the folders that are open, and walks no others."""

import os
import shutil
from pathlib import Path

import numpy as np
import pandas
import pytest

from ser_core.corpora import CORPORA
from ser_core.embeddings import library as spaces
from ser_core.embeddings.opening import open_space
from ser_core.errors import InputError
from tests.pages.conftest import opened as opened
from tests.pages.shown import box, texts
from tests.pages.test_embedding_space_opened import from_elsewhere
from ui import cache, reach


@pytest.fixture
def elsewhere(opened, monkeypatch):
    """The visitor sits at another computer."""
    monkeypatch.setattr("ui.reach.sits_here", lambda: False)


@pytest.fixture
def library(tmp_path, monkeypatch) -> Path:
    """A folder that is open to visitors, beside others."""
    folder = tmp_path / "corpora"
    folder.mkdir()
    monkeypatch.setenv("SER_FOLDERS", f"{tmp_path / 'gone'}{os.pathsep}{folder}")
    return folder


def test_who_sits_at_the_computer_names_any_path(library, monkeypatch):
    monkeypatch.setattr("ui.reach.sits_here", lambda: True)
    assert not reach.is_limited()
    reach.require_reach("/etc")


def test_where_the_app_listens_beyond_this_computer_everybody_is_limited(library, monkeypatch):
    monkeypatch.setattr("ui.reach.sits_here", lambda: True)
    for address in ("0.0.0.0", None, "192.168.0.7", "::"):
        monkeypatch.setattr("ui.reach.config.get_option", {"server.address": address}.get)
        assert not reach.in_reach("/etc")
        assert reach.in_reach(library)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "path",
    [
        "/", "/etc/passwd", "~", "..", "{}/..", "{}/../secret", "{}-of-others/x", "{}/link", "{}/link/deeper",
        "x\0y", "", "\\\\server\\share", "{}/" + "../" * 40 + "etc",
    ],
)  # fmt: skip
def test_a_path_outside_is_refused_however_it_is_written(library, tmp_path, path):
    (tmp_path / "secret").mkdir()
    (library / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match=r"open to visitors from other computers .*corpora.*; got .*SER_FOLDERS"):
        reach.require_reach(path.format(library))


@pytest.mark.usefixtures("elsewhere")
def test_paths_inside_the_open_folders_and_the_workspace_are_reached_also_those_that_do_not_exist(library, workspace):
    for path in (library, f"{library}/emodb/wav", f"{library}/x/../y", workspace / "recordings" / "mine"):
        reach.require_reach(path)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("spec", ["{}/a.csv + /etc/b.csv", "demo + ravdess:/etc", "ravdess:{}/a + emodb:{}/../secret"])
def test_of_several_corpora_every_one_has_to_be_in_reach(library, spec):
    with pytest.raises(InputError, match=r"open to visitors from other computers"):
        reach.require_corpus_in_reach(spec.replace("{}", str(library)))
    reach.require_corpus_in_reach(f"demo + {library}/a.csv + ravdess:{library}/b")


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("kind", [name for name, kind in CORPORA.items() if kind.shipped is not None])
def test_a_corpus_that_ships_is_open_to_everybody_and_the_folder_above_it_is_not(kind, monkeypatch):
    monkeypatch.delenv("SER_FOLDERS", raising=False)
    manifest = cache.corpus(kind)
    assert manifest.utterances
    assert not reach.in_reach(CORPORA[kind].shipped.parent)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "page", ["home", *sorted(page.stem for page in (Path(__file__).parents[2] / "pages").glob("*.py"))]
)
def test_no_page_refuses_a_visitor_from_another_computer_anything_before_a_path_is_named(opened, page, monkeypatch):
    monkeypatch.delenv("SER_FOLDERS", raising=False)
    app = opened(page)
    assert not app.exception
    assert "open to visitors from other computers" not in texts(app.error) + texts(app.warning)


@pytest.mark.usefixtures("elsewhere")
def test_without_the_setting_nothing_but_the_workspace_is_reached(workspace, monkeypatch):
    monkeypatch.delenv("SER_FOLDERS", raising=False)
    assert not reach.in_reach(workspace.parent)
    assert reach.in_reach(workspace / "downloads")


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("kind", ["table", "emodb", "iemocap"])
def test_train_opens_no_corpus_outside_and_says_the_same_whether_there_is_one(opened, library, tiny_corpus, kind):
    app = opened("train")
    box(app, "Corpus").set_value(kind).run()
    told = []
    for path in (str(tiny_corpus), "/no/such/folder"):
        app.text_input[0].set_value(path).run()
        assert not app.exception
        told.append(texts(app.error).replace(path, "…"))
        assert not [one for one in app.button if one.label == "Start training"]
    assert told[0] == told[1]
    assert "open to visitors from other computers" in told[0]


@pytest.mark.usefixtures("elsewhere")
def test_train_opens_a_corpus_in_an_open_folder(opened, library, tiny_corpus):
    shutil.copytree(tiny_corpus.parent, library / "tiny")
    app = opened("train")
    box(app, "Corpus").set_value("table").run()
    app.text_input[0].set_value(str(library / "tiny" / tiny_corpus.name)).run()
    assert not app.exception
    assert not app.error
    assert "Licence: Not stated in the table" in texts(app.caption)


@pytest.mark.usefixtures("elsewhere")
def test_the_folder_of_recordings_beside_vectors_is_looked_at_only_in_reach(opened, library, tiny_corpus, monkeypatch):
    rows = pandas.read_csv(tiny_corpus)
    vectors = np.random.default_rng(0).normal(size=(len(rows), 8)).astype(np.float32)
    table = library / "vectors.parquet"
    rows.assign(embedding=list(vectors)).to_parquet(table)
    monkeypatch.setenv("SER_WORKSPACE", str(library.parent / "workspace"))
    spaces.save_space(open_space(table), "vectors")
    app = from_elsewhere(opened)
    field = next(one for one in app.text_input if one.label == "Folder of the recordings")
    field.set_value(str(tiny_corpus.parent)).run()
    assert not app.exception
    assert "open to visitors from other computers" in texts(app.warning)
    assert "No sound was found" in texts(app.caption)
    shutil.copytree(tiny_corpus.parent, library / "tiny")
    field = next(one for one in app.text_input if one.label == "Folder of the recordings")
    field.set_value(str(library / "tiny")).run()
    assert f"The sound of {len(rows)} of {len(rows)} utterances" in texts(app.caption)
