"""What is taken away can be read by others: tables, Audacity's labels, and a TextGrid to the letter of its format."""

import dataclasses
import io
import itertools
import json
import math

import numpy as np
import pandas
import pytest

from ser_core.tracks.exports import EXPORTS, minutes_csv, record, windows_csv
from ser_core.tracks.segments import SILENCE


class StrictReader:
    """Reads Praat's long text format line by line, and takes nothing else for it."""

    def __init__(self, text: str) -> None:
        assert text.endswith("\n")
        self.lines = text.splitlines()
        self.at = 0

    def line(self, expected: str) -> None:
        assert self.lines[self.at].strip() == expected
        self.at += 1

    def value(self, key: str) -> str:
        name, sign, value = self.lines[self.at].strip().partition(" = ")
        assert (name, sign) == (key, " = ")
        self.at += 1
        return value

    def number(self, key: str) -> float:
        value = float(self.value(key))
        assert math.isfinite(value)
        return value

    def text(self, key: str) -> str:
        value = self.value(key)
        assert value[0] == value[-1] == '"'
        assert len(value) >= 2
        inner = value[1:-1]
        assert inner.replace('""', "").count('"') == 0
        return inner.replace('""', '"')

    def textgrid(self) -> dict[str, list[tuple[float, float, str]]]:
        assert self.text("File type") == "ooTextFile"
        assert self.text("Object class") == "TextGrid"
        self.line("")
        begin, end = self.number("xmin"), self.number("xmax")
        assert begin < end
        self.line("tiers? <exists>")
        tiers = {}
        count = int(self.value("size"))
        self.line("item []:")
        for number in range(1, count + 1):
            self.line(f"item [{number}]:")
            assert self.text("class") == "IntervalTier"
            name = self.text("name")
            assert name not in tiers
            assert (self.number("xmin"), self.number("xmax")) == (begin, end)
            intervals = []
            for place in range(1, int(self.value("intervals: size")) + 1):
                self.line(f"intervals [{place}]:")
                intervals.append((self.number("xmin"), self.number("xmax"), self.text("text")))
            assert intervals[0][0] == begin
            assert intervals[-1][1] == end
            assert all(first < last for first, last, _ in intervals)
            assert all(one[1] == other[0] for one, other in itertools.pairwise(intervals))
            tiers[name] = intervals
        assert self.at == len(self.lines)
        return tiers


def test_the_textgrid_is_one_by_a_strict_reading_and_holds_every_segment(track):
    tiers = StrictReader(EXPORTS[".TextGrid"](track)).textgrid()
    assert list(tiers) == ["emotion", "speech", "source"]
    assert [text or SILENCE for _, _, text in tiers["emotion"]] == [one.label for one in track.segments]
    for (start, end, _), one in zip(tiers["emotion"], track.segments, strict=True):
        assert (start, end) == pytest.approx((one.start, one.end), abs=1e-6)
    spoken = [(start, end) for start, end, text in tiers["speech"] if text]
    assert np.allclose(spoken, track.speech, atol=1e-6)


@pytest.mark.parametrize("name", ['my "best" talk.wav', "Gespräch – 会議.wav", "a\nb\t.wav", "j\udcf6rg.wav", '"'])
def test_a_textgrid_bears_every_name(track, name):
    text = EXPORTS[".TextGrid"](dataclasses.replace(track, name=name))
    tiers = StrictReader(text.encode("utf-8").decode("utf-8")).textgrid()
    ((_, _, source),) = tiers["source"]
    assert source.startswith(" ".join(name.split()).replace("\udcf6", "?"))


def test_speech_to_the_last_sample_leaves_no_empty_interval_behind(track):
    whole = dataclasses.replace(track, speech=((0.0, track.duration_seconds),))
    assert len(StrictReader(EXPORTS[".TextGrid"](whole)).textgrid()["speech"]) == 1


def test_audacity_gets_start_end_and_label_with_tabs_between(track):
    lines = EXPORTS[".txt"](track).splitlines()
    assert len(lines) == len(track.segments)
    for line, one in zip(lines, track.segments, strict=True):
        start, end, label = line.split("\t")
        assert (float(start), float(end)) == pytest.approx((one.start, one.end), abs=1e-6)
        assert label == one.label


def test_the_table_of_windows_holds_every_figure(track):
    table = pandas.read_csv(io.StringIO(windows_csv(track)))
    assert len(table) == len(track.windows)
    np.testing.assert_allclose(table["start"], track.windows.starts, atol=1e-3)
    assert table["verdict"].tolist() == list(track.verdicts)
    for k, label in enumerate(track.labels):
        np.testing.assert_allclose(table[f"probability_{label}"], track.probabilities[:, k], atol=1e-6)
        np.testing.assert_allclose(table[f"angle_{label}"], track.angles[:, k], atol=1e-3)
    assert (table["speech_seconds"] <= table["end"] - table["start"] + 2e-3).all()


def test_the_table_of_minutes_holds_shares_that_add_up_to_one_where_somebody_speaks(track):
    silent = dataclasses.replace(track, duration_seconds=track.duration_seconds + 100)
    table = pandas.read_csv(io.StringIO(minutes_csv(silent)))
    assert table["minute"].tolist() == [1, 2, 3]
    shares = table.filter(like="share_")
    assert list(shares) == ["share_neutral", "share_sad", "share_angry", "share_none_of_these"]
    assert shares.iloc[0].sum() == pytest.approx(1)
    assert shares.iloc[1:].isna().all(axis=None)
    assert table["speech_seconds"][0] == pytest.approx(
        sum(s.seconds for s in track.segments if s.label != SILENCE), abs=1e-3
    )
    assert table["end"].iloc[-1] == pytest.approx(silent.duration_seconds, abs=1e-3)


def test_the_record_is_plain_json_and_agrees_with_the_tables(track):
    plain = json.loads(json.dumps(record(track), allow_nan=False))
    assert (plain["version"], plain["labels"]) == (1, ["neutral", "sad", "angry"])
    assert len(plain["windows"]) == len(track.windows)
    first = plain["windows"][0]
    assert first["verdict"] == track.verdicts[0]
    assert list(first["probabilities"].values()) == pytest.approx(track.probabilities[0].tolist(), abs=1e-6)
    assert [one["label"] for one in plain["segments"]] == [one.label for one in track.segments]
    assert plain["minutes"][0]["speech_seconds"] == pytest.approx(
        sum(plain["minutes"][0]["seconds"].values()), abs=2e-3
    )
