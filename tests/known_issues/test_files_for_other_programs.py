"""Lists of EmoBox as published were refused; files of ours did not open in Spotlight and as audiofolder."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.corpora import emobox
from ser_core.corpora.manifest import Utterance
from ser_core.embeddings.export import for_spotlight, parquet_bytes
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import Space
from ser_core.errors import CorpusError
from ser_core.recordings.export import _audiofolder

CODES = {"03a01Fa": "happy", "08a01Wb": "anger", "09b03Lc": "boredem", "10a01Na": "neutral"}
MAP = {"happy": "Happy", "anger": "Angry", "boredem": "Boredom", "neutral": "Neutral"}


@pytest.fixture
def clone(tmp_path: Path, random) -> Path:
    """Return a clone of EmoBox with one corpus, whose lists are the test's."""
    (tmp_path / "data" / "emodb" / "fold_1").mkdir(parents=True)
    sounds = tmp_path / "downloads" / "emodb" / "wav"
    sounds.mkdir(parents=True)
    for name in CODES:
        soundfile.write(sounds / f"{name}.wav", 0.1 * random.standard_normal(8000), 16_000)
    lines = [f"emodb-{name} 1 {name[:2]} 0 1.5 <id=emodb-{name},lang=de,spk={name[:2]},emotion=x> x" for name in CODES]
    (tmp_path / "data" / "emodb" / "data.seg.wrd.stm").write_text("\n".join(lines) + "\n")
    return tmp_path


def write(path: Path, names: list[str], *, earlier: bool = False, **more: object) -> None:
    """Write a list with the keys of today's lists, or of those that EmoDB's earlier ones have."""
    keys = ("audio", "label") if earlier else ("wav", "emo")
    entries = [
        {"key": f"emodb-{name}", "dataset": "emodb", "type": "raw", keys[0]: f"downloads/emodb/wav/{name}.wav",
         keys[1]: CODES.get(name, "?"), **more}
        for name in names
    ]  # fmt: skip
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))


@pytest.mark.parametrize("spellings", [["_"], [""], ["_", ""]], ids=["fold_1", "fold1", "both"])
@pytest.mark.parametrize("named", ["label_map.json", "label_dict.json"])
def test_both_spellings_of_a_fold_are_read_and_each_recording_once(clone, spellings, named):
    names = list(CODES)
    folder = clone / "data" / "emodb"
    (folder / named).write_text(json.dumps(MAP))
    for spelling in spellings:
        for split, chosen in (("train", names[:3]), ("test", names[3:])):
            write(folder / "fold_1" / f"emodb_{split}_fold{spelling}1.jsonl", chosen, earlier=not spelling)
    found = emobox.load(folder / "fold_1").utterances
    assert {Path(row.file).stem: (row.emotion, row.split) for row in found} == {
        "03a01Fa": ("happy", "train"), "08a01Wb": ("angry", "train"),
        "09b03Lc": ("boredom", "train"), "10a01Na": ("neutral", "test"),
    }  # fmt: skip
    assert len(found) == 4


@pytest.mark.parametrize("compressed", [["03a01Fa"], ["08a01Wb", "10a01Na"], list(CODES)])
def test_recordings_that_were_compressed_to_flac_are_found(clone, compressed):
    (clone / "data" / "emodb" / "label_map.json").write_text(json.dumps(MAP))
    write(clone / "data" / "emodb" / "emodb.jsonl", list(CODES))
    for name in compressed:
        path = clone / "downloads" / "emodb" / "wav" / f"{name}.wav"
        soundfile.write(path.with_suffix(".flac"), *soundfile.read(path))
        path.unlink()
    found = emobox.load(clone / "data" / "emodb").utterances
    assert [Path(row.file).name for row in found] == [
        f"{name}.{'flac' if name in compressed else 'wav'}" for name in CODES
    ]


def test_a_list_of_numbers_for_codes_leaves_them_their_own_meaning(clone):
    (clone / "data" / "emodb" / "label_dict.json").write_text(json.dumps({"happy": 0, "anger": 1}))
    write(clone / "data" / "emodb" / "emodb.jsonl", ["03a01Fa", "08a01Wb"])
    assert [row.emotion for row in emobox.load(clone / "data" / "emodb").utterances] == ["happy", "angry"]


def test_emotions_without_a_name_of_ours_are_counted_each(clone, monkeypatch):
    monkeypatch.setitem(CODES, "03a01Fa", "pain")
    monkeypatch.setitem(CODES, "08a01Wb", "pain")
    monkeypatch.setitem(CODES, "09b03Lc", "pride")
    write(clone / "data" / "emodb" / "emodb.jsonl", list(CODES))
    with pytest.raises(
        CorpusError, match=r"3 of 4 lines differ: 'pain' in line 1 \(2 lines\), 'pride' in line 3 \(1 lines\)"
    ):
        emobox.load(clone / "data" / "emodb")


def test_spotlight_gets_lists_texts_and_numbers_alone(random, tmp_path):
    space = Space(
        pd.DataFrame({"file": [f"a/{row}.wav" for row in range(20)], "emotion": ["sad", "angry"] * 10}),
        random.normal(size=(20, 4)).astype(np.float32),
    )
    path = tmp_path / "spotlight.parquet"
    path.write_bytes(parquet_bytes(for_spotlight(space, random.normal(size=(20, 2)).astype(np.float32))))
    table = pd.read_parquet(path)  # as Spotlight reads it
    kinds = {name: {type(cell) for cell in cells} for name, cells in table.items()}
    assert all(kind <= {str, float, np.ndarray, type(None)} for kind in kinds.values())
    assert {"neighbor_ids", "neighbor_distances", "embedding", "projection_x"} <= kinds.keys()
    assert all(0 not in ids[:1] for row, ids in enumerate(table["neighbor_ids"]) if row == 0)  # none is its own
    assert [len(ids) for ids in table["neighbor_ids"]] == [15] * 20
    again = open_space(path)
    assert again.size == 4
    assert "neighbor_ids" not in again.frame.columns


def test_an_export_is_an_audiofolder():
    rows = [
        Utterance(file="audio/a.flac", speaker="=Anna", emotion="sad", text='She said "no", twice'),
        Utterance(file="audio/b.flac", speaker="Ben", emotion="happy"),
    ]
    listed = list(csv.DictReader(io.StringIO(_audiofolder(rows))))
    assert [row["file_name"] for row in listed] == ["audio/a.flac", "audio/b.flac"]
    assert [row["speaker"] for row in listed] == ["'=Anna", "Ben"]  # inert in a spreadsheet
    assert [row["text"] for row in listed] == ['She said "no", twice', ""]
    assert set(listed[0]) == {"file_name", "speaker", "emotion", "text"}
