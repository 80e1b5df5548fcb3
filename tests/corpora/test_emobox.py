"""EmoBox: lists of JSON lines, speakers in another file, codes and merged labels, folds."""

import json
from pathlib import Path

import pytest

from ser_core.corpora import emobox, iemocap, open_corpus
from ser_core.errors import CorpusError

TURNS = {"Ses01F_impro01_F000": "neu", "Ses01F_impro01_M000": "exc", "Ses02M_script01_1_M001": "hap"}
MAP = {"neu": "Neutral", "hap": "Happy", "ang": "Angry", "sad": "Sad", "exc": "Happy"}


def line(dataset: str, name: str, wav: str, emotion: str, **more: object) -> str:
    return json.dumps(
        {
            "key": f"{dataset}-{name}", "dataset": dataset, "wav": f"downloads/{dataset}/{wav}", "type": "raw",
            "sample_rate": 16000, "num_frame": 320.0, "task": "category", "length": 0.02, "emo": emotion, "channel": 1,
            **more,
        }
    )  # fmt: skip


@pytest.fixture
def write(tone):
    """Return a function that writes a list with what lies beside it."""

    def write(clone: Path, dataset: str, rows: list[tuple[str, str, str, str]], label_map=None, **more: object) -> Path:
        """Write what a clone of EmoBox holds for one corpus: key, recording, emotion and speaker of each row."""
        folder = clone / "data" / dataset
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(line(dataset, name, wav, emotion, **more) + "\n" for name, wav, emotion, _ in rows)
        (folder / f"{dataset}.jsonl").write_text(text)
        speakers = "".join(
            f"{dataset}-{name} 1 {voice} 0 1.58 <id={dataset}-{name},lang=en,spk={voice},emotion={emotion}> {emotion}\n"
            for name, _, emotion, voice in rows
        )
        (folder / "data.seg.wrd.stm").write_text(speakers)
        if label_map is not None:
            (folder / "label_map.json").write_text(json.dumps(label_map))
        for _, wav, _, _ in rows:
            path = clone / "downloads" / dataset / wav
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tone(0.4))
        return folder / f"{dataset}.jsonl"

    return write


@pytest.fixture
def turns(tmp_path, write) -> Path:
    rows = [
        (turn, f"Session{turn[4]}/sentences/wav/{turn[:-5]}/{turn}.wav", code, turn[:6]) for turn, code in TURNS.items()
    ]
    return write(tmp_path, "iemocap", rows, MAP)


@pytest.fixture
def words(tmp_path, write) -> Path:
    rows = [("OAF-lid-fear", "OAF_lid_fear.wav", "fear", "OAF"), ("YAF-nice-ps", "YAF_nice_ps.wav", "ps", "YAF")]
    return write(tmp_path, "tess", rows, {"fear": "Fear", "ps": "Surprise"})


def test_a_list_gives_recordings_emotions_and_speakers(words):
    manifest = emobox.load(words)
    assert [(row.file, row.emotion, row.speaker, row.corpus) for row in manifest.utterances] == [
        ("downloads/tess/OAF_lid_fear.wav", "fearful", "OAF", "tess"),
        ("downloads/tess/YAF_nice_ps.wav", "surprise", "YAF", "tess"),
    ]
    assert manifest.corpus == "tess"
    assert emobox.load(words.parent).digest() == manifest.digest()


def test_the_terms_are_those_of_the_corpus_that_is_listed(turns):
    manifest = open_corpus(f"emobox:{turns}")
    assert manifest.licence == iemocap.LICENCE
    assert manifest.citation == iemocap.CITATION


def test_labels_that_emobox_merges_stay_apart_with_a_note(turns):
    manifest = emobox.load(turns)
    assert [row.emotion for row in manifest.utterances] == ["neutral", "excited", "happy"]
    assert any("EmoBox merges exc with Happy" in note for note in manifest.notes)


def test_the_speaker_of_iemocap_is_who_speaks_whatever_the_list_says(turns):
    assert [row.speaker for row in emobox.load(turns).utterances] == ["Ses01F", "Ses01M", "Ses02M"]


def test_single_letters_mean_what_the_label_map_says(tmp_path, write):
    path = write(
        tmp_path,
        "savee",
        [("JE-n23", "JE_n23.wav", "n", "JE"), ("KL-su02", "KL_su02.wav", "su", "KL")],
        {"n": "Neutral", "su": "Surprise"},
    )
    assert [row.emotion for row in emobox.load(path).utterances] == ["neutral", "surprise"]


def test_a_fold_says_what_is_for_training_and_test(words):
    first, second = words.read_text().splitlines()
    fold = words.parent / "fold_1"
    fold.mkdir()
    (fold / "tess_train_fold_1.jsonl").write_text(first + "\n")
    (fold / "tess_test_fold_1.jsonl").write_text(second + "\n")
    rows = emobox.load(fold).utterances
    assert {(row.speaker, row.split) for row in rows} == {("OAF", "train"), ("YAF", "test")}


def test_stretches_of_longer_recordings_keep_their_times(tmp_path, write):
    path = write(tmp_path, "pavoque", [("a", "a.wav", "neutral", "one")], start_time=0.1, end_time=0.3)
    utterance = emobox.load(path).utterances[0]
    assert (utterance.start, utterance.end) == (0.1, 0.3)


def test_a_name_that_is_not_among_ours_asks_for_an_entry_in_the_label_map(tmp_path, write):
    rows = [("a", "a.wav", "contempt", "one")]
    with pytest.raises(CorpusError, match=r"'contempt' in line 1.*into label_map\.json.*other"):
        emobox.load(write(tmp_path, "mead", rows, {"contempt": "Contempt"}))
    assert emobox.load(write(tmp_path, "mead", rows, {"contempt": "Other"})).utterances[0].emotion == "other"


def test_a_recording_without_a_speaker_is_named(words):
    (words.parent / "data.seg.wrd.stm").unlink()
    with pytest.raises(CorpusError, match=r"2 have none: tess-OAF-lid-fear.*Copy data\.seg\.wrd\.stm there"):
        emobox.load(words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"key": "a",\n', r"one JSON object with key, wav, emo in line 1.*not the \.json one"),
        ('{"key": "a", "wav": "b.wav"}\n', r"line 1 of .*emo missing"),
        ("\n\n", r"at least one line.*it is empty"),
        ('{"key": "a", "wav": "b.npy", "emo": "sad", "type": "feature"}\n', r"line 1 lists a feature"),
        ('"sad"\n', r"one JSON object with key, wav, emo in line 1"),
    ],
)
def test_a_list_of_another_form_is_refused(words, text, message):
    words.write_text(text)
    with pytest.raises(CorpusError, match=message):
        emobox.load(words)


def test_lists_and_label_maps_that_no_reader_can_read_are_told_with_the_reason(words, damaged_json):
    text, told = damaged_json
    (words.parent / "label_map.json").write_text(text)
    with pytest.raises(CorpusError, match=rf"code and name of each emotion in .*; got: {told}.*Take it from"):
        emobox.load(words)
    words.write_text(text + "\n")
    with pytest.raises(CorpusError, match=rf"in line 1 of .*; got: {told}.*Take the \.jsonl list from"):
        emobox.load(words)


def test_missing_recordings_a_missing_list_and_unreadable_sound_get_advice(words):
    clone = words.parents[2]
    (clone / "downloads/tess/YAF_nice_ps.wav").write_bytes(b"this is no sound")
    with pytest.raises(CorpusError, match=r"YAF_nice_ps\.wav \(not audio"):
        emobox.load(words)
    (clone / "downloads/tess/OAF_lid_fear.wav").unlink()
    with pytest.raises(CorpusError, match=r"downloads/tess/OAF_lid_fear\.wav.*downloads lies beside data"):
        emobox.load(words)
    with pytest.raises(CorpusError, match=r"like data/iemocap/iemocap\.jsonl.*no \.jsonl file"):
        emobox.load(clone)


def test_a_broken_label_map_is_named(words):
    (words.parent / "label_map.json").write_text("[]")
    with pytest.raises(CorpusError, match=r"Expected code and name of each emotion in .*label_map\.json"):
        emobox.load(words)
