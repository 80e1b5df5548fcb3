"""The commands around corpora: manifest, corpora, protocols, download."""

import io

import pytest
import soundfile
import typer
from typer.testing import CliRunner

from ser_core.cli.corpora import corpora
from ser_core.cli.download import download
from ser_core.cli.manifest import manifest
from ser_core.cli.protocols import protocols
from ser_core.corpora import CORPORA
from ser_core.corpora import download as fetching
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError, CorpusError, DownloadError
from ser_core.jobs import Progress


@pytest.fixture
def run():
    app = typer.Typer()
    for command in (manifest, corpora, protocols, download):
        app.command()(command)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def ravdess(tmp_path):
    for name in ("Actor_01/03-01-01-01-01-01-01.wav", "Actor_02/03-01-05-02-01-01-02.wav"):
        path = tmp_path / "ravdess" / name
        path.parent.mkdir(parents=True)
        stream = io.BytesIO()
        soundfile.write(stream, [0.0, 0.1] * 200, 16_000, format="WAV")
        path.write_bytes(stream.getvalue())
    return tmp_path / "ravdess"


def test_manifest_writes_the_table_and_counts_on_standard_output(run, ravdess, tmp_path):
    result = run("manifest", "ravdess", ravdess, "--out", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{tmp_path / 'out.csv'}: 2 utterances, 2 speakers, 2 emotions",
        "neutral 1  angry 1",
    ]
    assert "licence: Creative Commons BY-NC-SA" in result.stderr
    assert (tmp_path / "out.csv").read_text().startswith("file,speaker,emotion,gender")


def test_manifest_of_an_unknown_kind_or_without_a_folder_gets_advice(run, tmp_path):
    result = run("manifest", "ravdes", tmp_path, "--out", tmp_path / "out.csv")
    assert isinstance(result.exception, ConfigError)
    assert "Did you mean 'ravdess'" in str(result.exception)
    result = run("manifest", "emodb", "--out", tmp_path / "out.csv")
    assert isinstance(result.exception, CorpusError)
    assert "python -m ser_core manifest emodb DIR --out FILE.csv" in str(result.exception)
    assert not (tmp_path / "out.csv").exists()


def test_manifest_without_out_is_a_usage_error(run, ravdess):
    assert run("manifest", "ravdess", ravdess).exit_code == 2


def test_corpora_lists_every_kind_with_its_licence_on_one_line(run):
    lines = run("corpora").stdout.splitlines()
    for kind in CORPORA.values():
        (line,) = [line for line in lines if line.split()[0] == kind.name]
        assert kind.licence_short in line
        assert kind.url in line  # where advice sends those who have no copy
    assert any(line.startswith("FILE") for line in lines)


def test_corpora_shows_everything_about_one(run):
    text = run("corpora", "ravdess").stdout
    kind = CORPORA["ravdess"]
    for part in (kind.licence, kind.citation, kind.url, "download ravdess --accept-licence", "ravdess:DIR"):
        assert part in text
    assert isinstance(run("corpora", "ravdes").exception, ConfigError)


def test_protocols_says_which_test_speakers_are_heard_in_training(run):
    text = run("protocols").stdout
    for protocol in PROTOCOLS.values():
        assert protocol.description in text
    assert "random-10-fold  (TEST SPEAKERS HEARD IN TRAINING)" in text
    assert "emobox  (test speakers unheard)" in text


def test_download_shows_the_terms_and_asks_for_their_acceptance(run, workspace):
    result = run("download", "ravdess")
    assert isinstance(result.exception, DownloadError)
    assert "--accept-licence" in str(result.exception)
    assert CORPORA["ravdess"].licence in result.stderr
    assert not workspace.exists()


def test_download_prints_the_folder_alone_on_standard_output(run, tmp_path, monkeypatch):
    def fetched(name, *, accept_licence, directory, url, progress):
        for done in (0, 50_000_000, 50_100_000, 100_000_000):
            progress(Progress(done, 100_000_000, 3.0, "fetching"))
        progress(Progress(30_000_000, None, None, "unpacking"))
        return directory / name

    monkeypatch.setattr("ser_core.cli.download.download_corpus", fetched)
    result = run("download", "ravdess", "--accept-licence", "--out", tmp_path)
    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path / 'ravdess'}\n"
    progress = [line for line in result.stderr.splitlines() if " MB" in line]
    assert progress == [
        "fetching 0.0 of 100.0 MB, 3 s left",
        "fetching 50.0 of 100.0 MB, 3 s left",
        "fetching 100.0 of 100.0 MB, 3 s left",
        "unpacking 30.0 MB",
    ]


def test_a_stopped_download_says_that_it_can_be_continued(run, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("ser_core.cli.download.download_corpus", stopped)
    result = run("download", "ravdess", "--accept-licence")
    assert result.exit_code == 130
    assert "the same command goes on from there" in result.stderr


def test_download_of_another_corpus_is_refused(run):
    result = run("download", "emodb", "--accept-licence")
    assert isinstance(result.exception, ConfigError)
    assert "corpus to download among ravdess" in str(result.exception)
    assert list(fetching.DOWNLOADS) == ["ravdess"]
