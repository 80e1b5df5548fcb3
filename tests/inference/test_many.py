"""A folder in, a CSV out: every file has a row, and what cannot be judged is named with the reason."""

import csv
import io
import zipfile

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.errors import AudioError
from ser_core.inference import Reader, many
from ser_core.inference.many import judge_each, judgements_csv, sounds_of


@pytest.fixture(scope="module")
def reader(tiny_checkpoint) -> Reader:
    return Reader.load(tiny_checkpoint)


def packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def silence() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.zeros(16_000), 16_000, format="WAV")
    return file.getvalue()


def test_an_archive_becomes_a_table_with_the_figures_of_single_judgements_and_the_refusals(reader, tiny_corpus):
    files = {
        f"takes/{name}.wav": (tiny_corpus.parent / f"{name}.wav").read_bytes() for name in ("m2_sad0", "m2_angry1")
    }
    content = packed({
        **files,
        "silence.wav": silence(),
        "=notes.txt": b"Dear diary, this is no sound at all.\n" * 20,
        "__MACOSX/._m2_sad0.wav": b"x",
        ".DS_Store": b"x",
    })  # fmt: skip
    sounds = sounds_of("takes.zip", content)
    assert [one.name for one in sounds] == ["takes/m2_sad0.wav", "takes/m2_angry1.wav", "silence.wav", "=notes.txt"]
    text = judgements_csv(judge_each(reader, sounds), reader.labels)
    rows = list(csv.DictReader(io.StringIO(text)))
    for row, name in zip(rows, ("m2_sad0", "m2_angry1"), strict=False):
        single = reader.read(read_audio(tiny_corpus.parent / f"{name}.wav"))
        assert (row["file"], row["answer"], row["refused"]) == (f"takes/{name}.wav", single.verdict, "")
        assert (row["emotion"], row["nearest"]) == (single.emotion, single.nearest_class)
        assert float(row["probability"]) == pytest.approx(single.probabilities[single.emotion], abs=6e-5)
        assert float(row["angle_degrees"]) == pytest.approx(single.angles_degrees[single.emotion], abs=6e-3)
        for label in reader.labels:
            assert float(row[f"probability_{label}"]) == pytest.approx(single.probabilities[label], abs=6e-5)
            assert float(row[f"angle_{label}"]) == pytest.approx(single.angles_degrees[label], abs=6e-3)
        assert float(row["seconds"]) == pytest.approx(0.5)
    assert (rows[2]["answer"], rows[2]["emotion"]) == ("not speech", "")
    assert "silence" in rows[2]["notes"]
    assert rows[3]["file"] == "'=notes.txt", "no spreadsheet takes a name for a formula"
    assert "Convert it" in rows[3]["refused"]
    assert rows[3]["answer"] == ""


def test_a_file_that_is_no_archive_stands_for_itself(tiny_corpus):
    content = (tiny_corpus.parent / "m2_sad0.wav").read_bytes()
    (sound,) = sounds_of("a.wav", content)
    assert (sound.name, sound.opened().read()) == ("a.wav", content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (packed({"a.wav": b"x"})[:-30], "Expected a complete ZIP archive in takes.zip"),
        (packed({}), "an archive without files"),
        (packed({f"{n}": b"" for n in range(4)}), "Expected at most 3 files in takes.zip; got 4"),
    ],
    ids=["cut off", "empty", "too many"],
)
def test_an_archive_that_cannot_be_read_is_refused_as_a_whole(content, told, monkeypatch):
    monkeypatch.setattr(many, "MOST_FILES", 3)
    with pytest.raises(AudioError, match=told):
        sounds_of("takes.zip", content)


def test_a_file_that_an_archive_cannot_give_is_refused_and_the_next_one_judged(reader, tiny_corpus, monkeypatch):
    good = (tiny_corpus.parent / "m2_sad0.wav").read_bytes()
    monkeypatch.setattr(many, "MOST_BYTES", len(good))
    content = bytearray(
        packed({"damaged.wav": good, "large.wav": bytes(len(good) + 1), "locked.wav": b"x", "good.wav": good})
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        begins = archive.getinfo("damaged.wav").header_offset
    content[begins + 200 : begins + 260] = b"\xff" * 60
    where = content.rindex(b"locked.wav") - 46  # its entry in the directory
    content[where + 8] |= 1
    judged = list(judge_each(reader, sounds_of("takes.zip", bytes(content))))
    assert [one.name for one in judged] == ["damaged.wav", "large.wav", "locked.wav", "good.wav"]
    for one, told in zip(judged, ("complete file in damaged.wav", "MB in large.wav", "encrypted"), strict=False):
        assert told in one.refusal
        assert one.reading is None
    assert judged[3].refusal == ""
    assert judged[3].reading is not None
