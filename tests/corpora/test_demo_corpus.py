"""The artificial corpus that ships: complete, small, sound, labelled artificial, neither trivial nor hopeless."""

import ast
import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.corpora import demo
from ser_core.corpora.manifest import Manifest
from ser_core.errors import CorpusError

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return demo.load()


@pytest.fixture(scope="module")
def clips(manifest):
    return [soundfile.read(manifest.path(utterance), dtype="float32") for utterance in manifest.utterances]


@pytest.fixture
def tools(monkeypatch):
    """Make the generator in ``tools/`` importable for one test."""
    monkeypatch.setattr(sys, "path", [str(REPOSITORY / "tools"), *sys.path])


@pytest.fixture
def copy(tmp_path):
    """A corpus folder of four clips that a test may spoil."""
    folder = tmp_path / "demo"
    folder.mkdir()
    lines = (demo.DEMO_ROOT / "manifest.csv").read_text(encoding="utf-8").splitlines()[:5]
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in lines[1:]:
        file = line.split(",")[0]
        (folder / file).parent.mkdir(exist_ok=True)
        shutil.copy(demo.DEMO_ROOT / file, folder / file)
    return folder


def test_every_voice_says_every_sentence_in_every_emotion(manifest):
    cells = Counter((u.speaker, u.emotion, u.sentence) for u in manifest.utterances)
    assert len(manifest.speakers) >= 8
    assert len(manifest.labels) == 6
    assert len({u.sentence for u in manifest.utterances}) == 4
    assert len(cells) == len(manifest.speakers) * 6 * 4
    assert set(cells.values()) <= {1, 2}


def test_every_voice_has_equally_many_clips_of_every_emotion_and_both_sexes_are_equal(manifest):
    per_emotion = Counter((u.speaker, u.emotion) for u in manifest.utterances)
    assert len(set(per_emotion.values())) == 1
    sexes = Counter(dict.fromkeys((u.speaker, u.gender) for u in manifest.utterances))
    assert Counter(gender for _, gender in sexes) == {"female": 5, "male": 5}


def test_the_words_of_a_sentence_are_the_same_everywhere(manifest):
    assert len({(u.sentence, u.text) for u in manifest.utterances}) == 4


def test_the_table_lists_each_clip_once_and_no_clip_is_left_over(manifest):
    listed = [utterance.file for utterance in manifest.utterances]
    on_disk = [path.relative_to(demo.DEMO_ROOT).as_posix() for path in demo.DEMO_ROOT.rglob("*.flac")]
    assert sorted(listed) == sorted(on_disk)


def test_the_corpus_stays_under_twelve_megabytes():
    assert sum(path.stat().st_size for path in demo.DEMO_ROOT.rglob("*") if path.is_file()) < 12_000_000


def test_clips_are_mono_16_bit_flac_at_16_khz(manifest):
    for utterance in manifest.utterances:
        header = soundfile.info(manifest.path(utterance))
        assert (header.format, header.subtype, header.samplerate, header.channels) == ("FLAC", "PCM_16", 16_000, 1)


def test_clips_last_one_to_four_seconds_are_audible_and_never_clipped(clips):
    for samples, _ in clips:
        assert 16_000 <= samples.shape[0] <= 4 * 16_000
        assert 0.02 < np.abs(samples).max() < 0.9
        assert np.sqrt(np.mean(samples**2)) > 10 ** (-50 / 20)


def test_no_two_clips_are_the_same_recording(clips):
    assert len({samples.tobytes() for samples, _ in clips}) == len(clips)


def test_it_is_called_artificial_wherever_its_terms_are_shown(manifest):
    for text in (demo.TITLE, manifest.licence, demo.LICENCE_SHORT, manifest.citation, *manifest.notes):
        assert "artificial" in text.lower()
    assert "CC0" in manifest.licence
    readme = (demo.DEMO_ROOT / "README.md").read_text(encoding="utf-8")
    assert "Artificial" in readme
    assert "CC0" in readme


def test_what_ships_never_imports_praat():
    for file in [*(REPOSITORY / "ser_core").rglob("*.py"), *(REPOSITORY / "ui").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in {"parselmouth", "demo_corpus"} for name in names), file


def test_a_copy_elsewhere_loads_with_the_same_rows(copy, manifest):
    assert demo.load(copy).utterances == manifest.utterances[:4]


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (lambda folder: (folder / "manifest.csv").unlink(), "Install the package again"),
        (lambda folder: (folder / "manifest.csv").write_bytes(b"\xff\xfe\xff"), "Install the package again"),
        (lambda folder: (folder / "manifest.csv").write_text("file,speaker\na,b\n"), "missing: emotion"),
        (lambda folder: (folder / "manifest.csv").write_text(""), "missing: file"),
        (lambda folder: next(folder.rglob("*.flac")).unlink(), "1 missing"),
        (lambda folder: next(folder.rglob("*.flac")).write_bytes(b"no audio"), "cannot"),
        (lambda folder: _replace(folder, ",neutral,", ",grumpy,"), "'grumpy'"),
        (lambda folder: _replace(folder, ",voice01,", ",,"), "no speaker"),
    ],
    ids=["no table", "not text", "columns", "empty table", "missing clip", "not audio", "emotion", "speaker"],
)
def test_a_spoilt_folder_is_refused_with_advice(copy, spoil, advice):
    spoil(copy)
    with pytest.raises(CorpusError, match=advice):
        demo.load(copy)


def _replace(folder, old, new):
    table = folder / "manifest.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_one_feature_stays_under_half_and_all_together_stay_between_on_an_unheard_voice(manifest, clips, tools):
    from demo_corpus.features import functionals
    from demo_corpus.separability import ALL_FEATURES, one_feature_table, unheard_voice

    measured = [functionals(samples, sample_rate=sample_rate) for samples, sample_rate in clips]
    names = list(measured[0])
    features = np.array([[clip[name] for name in names] for clip in measured])
    emotions = np.array([utterance.emotion for utterance in manifest.utterances], dtype=object)
    voices = np.array([utterance.speaker for utterance in manifest.utterances], dtype=object)
    assert np.isfinite(features).all()
    _, _, best = one_feature_table(names, features, emotions, voices)[0]
    together = unheard_voice(ALL_FEATURES["linear discriminant"], features, emotions, voices).mean()
    assert best < 0.50
    assert best + 0.15 < together < 0.95


def test_the_generator_makes_the_same_clip_again_whatever_it_made_before(tools, tmp_path):
    pytest.importorskip("parselmouth", reason="Expected praat-parselmouth, which only the generator needs.")
    from demo_corpus.plan import plans
    from make_demo_corpus import make

    first, other = plans(2)[100], plans(2)[3]
    alone = list(make([first], tmp_path / "alone"))
    after = list(make([other, first], tmp_path / "after"))
    assert alone[0].read_bytes() == after[1].read_bytes()
    again, _ = soundfile.read(alone[0], dtype="float32")
    committed, _ = soundfile.read(demo.DEMO_ROOT / first.file, dtype="float32")
    assert again.shape[0] == pytest.approx(committed.shape[0], rel=0.05)  # another Praat draws other noise
    assert 20 * np.log10(again.std() / committed.std()) == pytest.approx(0.0, abs=1.0)


def test_the_shelf_raises_what_lies_above_its_corner_and_nothing_below(tools):
    from demo_corpus.shaping import tilt

    time = np.arange(16_000) / 16_000
    for hertz, gain in ((100.0, 0.0), (7000.0, 6.0)):
        tone = np.sin(2 * np.pi * hertz * time)
        changed = tilt(tone, 6.0, sample_rate=16_000.0)[8_000:]
        assert 20 * np.log10(changed.std() / tone[8_000:].std()) == pytest.approx(gain, abs=0.5)


def test_without_spread_every_voice_and_take_expresses_an_emotion_alike_up_to_its_strength(tools):
    from demo_corpus.plan import plans

    pitch = {p.cues["pitch"] / p.voice.strength for p in plans(0, spread=0.0) if p.emotion == "happy"}
    assert max(pitch) == pytest.approx(min(pitch))


def test_a_plan_depends_on_the_seed_and_on_nothing_else(tools):
    from demo_corpus.plan import plans

    assert plans(1) == plans(1)
    assert plans(1)[0].cues != plans(2)[0].cues
