"""Figures hold the data they were given, in the colours and order that all pages share."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.labels import COLOURS, EMOTIONS, SYMBOLS
from ser_core.plots.angles import angles_figure
from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.plots.learning import loss_figure, loss_terms, score_figure
from ser_core.plots.matrix import angle_matrix_figure, confusion_figure
from ser_core.plots.probabilities import probabilities_figure
from ser_core.plots.spectrogram import log_mel_picture, spectrogram_figure
from ser_core.plots.style import EDGED, faint
from ser_core.plots.waveform import envelope, waveform_figure
from ser_core.training.events import EpochFigures

LABELS = ("neutral", "happy", "sad")


def test_envelope_keeps_every_peak_of_a_long_recording():
    samples = np.zeros(100_000)
    samples[[123, 54_321]] = 0.9, -0.8
    lows, highs = envelope(samples, columns=300)
    assert (lows.min(), highs.max(), len(lows)) == (-0.8, 0.9, 300)


def test_waveform_spans_the_whole_duration_in_seconds():
    figure = waveform_figure(np.ones(8_000) * 0.1, sample_rate=16_000, speech=[(0.1, 0.2)])
    assert figure.layout.xaxis.range == (0, 0.5)
    assert figure.layout.shapes[0].x1 == 0.2


def test_waveform_of_nothing_says_what_to_do():
    with pytest.raises(InputError, match="read a longer clip"):
        waveform_figure(np.zeros(0), sample_rate=16_000)


def test_log_mel_picture_shows_a_tone_at_its_frequency_and_time():
    times = np.arange(16_000) / 16_000
    samples = np.sin(2 * np.pi * 1000 * times) * (times > 0.5)
    levels, seconds, hertz = log_mel_picture(samples, sample_rate=16_000)
    frame, band = np.unravel_index(levels.argmax(), levels.shape)
    assert seconds[frame] > 0.5
    assert hertz[band] == pytest.approx(1000, rel=0.05)


def test_log_mel_picture_of_an_hour_is_no_wider_than_a_screen():
    levels, seconds, _ = log_mel_picture(np.zeros(3600 * 4_000, dtype=np.float32), sample_rate=4_000, columns=500)
    assert levels.shape[0] <= 500
    assert seconds[-1] > 3590


def test_spectrogram_refuses_axes_that_do_not_fit():
    with pytest.raises(InputError, match="one time per row"):
        spectrogram_figure(np.zeros((4, 3)), times=np.arange(3), frequencies=np.arange(3))


def test_pitch_is_drawn_on_an_axis_in_hertz_with_gaps_where_unvoiced():
    pitch = (np.array([0.0, 0.1, 0.2]), np.array([200.0, np.nan, 210.0]))
    figure = spectrogram_figure(
        np.zeros((4, 3)), times=np.arange(4) / 10, frequencies=np.array([100.0, 200.0, 300.0]), pitch=pitch
    )
    assert figure.data[-1].yaxis == "y2"
    assert figure.data[-1].connectgaps is False
    assert "Hz" in figure.layout.yaxis2.title.text


def test_a_silent_picture_is_dark_and_not_as_loud_as_it_gets():
    levels, times, hertz = log_mel_picture(np.zeros(16_000), sample_rate=16_000)
    picture = spectrogram_figure(levels, times=times, frequencies=hertz).data[0]
    assert np.asarray(picture.z).max() == picture.zmin


def test_bars_and_bands_use_the_one_order_and_colour_of_each_emotion():
    bars = probabilities_figure({"sad": 0.2, "neutral": 0.5, "happy": 0.3}).data[0]
    assert tuple(bars.y) == LABELS
    assert tuple(bars.marker.color) == tuple(COLOURS[label] for label in LABELS)


def test_markers_are_faint_outside_their_range_and_never_hollow():
    bands, markers = angles_figure({"neutral": 10.0, "sad": 80.0}, {"neutral": 20.0, "sad": 20.0}).data
    assert (bands.opacity, bands.marker.line.color) == (None, EDGED["color"])
    assert tuple(markers.marker.color) == (COLOURS["neutral"], faint(COLOURS["sad"]))
    assert markers.marker.opacity is None, "the edge is as strong as that of others, on dark ground too"
    assert markers.marker.line.color == EDGED["color"]
    assert tuple(markers.marker.symbol) == (SYMBOLS["neutral"], SYMBOLS["sad"])


def test_angles_without_their_ranges_are_refused():
    with pytest.raises(InputError, match="the same checkpoint"):
        angles_figure({"neutral": 10.0}, {"sad": 10.0})


def test_every_cell_of_the_angle_matrix_can_be_pressed_and_says_which_it_is():
    matrix = np.array([[1.0, 60.0, 70.0], [60.0, 2.0, 80.0], [70.0, 80.0, np.nan]])
    figure = angle_matrix_figure(matrix, LABELS)
    cells = figure.data[1]
    assert cells.marker.symbol == "square"
    assert [tuple(pair) for pair in cells.customdata] == [(row, column) for row in LABELS for column in LABELS]
    assert cells.text[5] == "80"
    assert cells.text[8] == ""  # a class without utterances has no angle


def test_confusion_writes_counts_and_colours_shares():
    figure = confusion_figure(np.array([[3, 1, 0], [0, 0, 0], [0, 2, 2]]), LABELS)
    assert figure.data[0].z[0][0] == 0.75
    assert figure.data[1].text[:2] == ("3", "1")
    assert figure.data[0].z[1].sum() == 0


def test_curves_are_in_percent_and_part_the_stages():
    history = [
        EpochFigures(1, "softmax", train_loss=2.0, development_uar=0.25, development_wa=0.3),
        EpochFigures(2, "triplet", train_loss=0.2, development_uar=0.5, development_wa=0.6),
    ]
    assert tuple(score_figure(history).data[0].y) == (25.0, 50.0)
    assert all(loss_figure(term).layout.xaxis.dtick == 1 for term in loss_terms(history))  # an epoch is a whole number


def test_every_term_of_the_loss_is_drawn_by_itself():
    history = [
        EpochFigures(1, "softmax", train_loss=2.0, further={"softmax": 2.0, "clipped_fraction": 0.5}),
        EpochFigures(2, "softmax", train_loss=1.5, further={"softmax": 1.5, "clipped_fraction": 0.5}),
        EpochFigures(3, "triplet", train_loss=1.7, further={"triplet": 0.2, "head": 1.5, "active_fraction": 1.0}),
    ]
    figures = [loss_figure(term) for term in loss_terms(history)]
    drawn = [(trace.name, tuple(trace.x), tuple(trace.y)) for figure in figures for trace in figure.data]
    assert drawn == [
        ("Softmax", (1, 2), (2.0, 1.5)),
        ("Triplet loss", (3,), (0.2,)),
        ("Softmax of the head", (3,), (1.5,)),
    ]  # each with an axis of its own: the small one is not hidden by the large ones
    assert [figure.layout.annotations[0].text for figure in figures] == [
        "Softmax<br>stage softmax", "Triplet loss<br>stage triplet", "Softmax of the head<br>stage triplet",
    ]  # fmt: skip


def test_a_run_of_an_earlier_release_which_kept_no_terms_shows_its_loss_as_a_whole():
    history = [EpochFigures(1, "softmax", train_loss=2.0), EpochFigures(2, "softmax", train_loss=1.0)]
    (term,) = loss_terms(history)
    (trace,) = loss_figure(term).data
    assert (trace.name, tuple(trace.y)) == ("Training loss", (2.0, 1.0))


def test_map_has_one_toggle_per_emotion_and_every_point_knows_its_row():
    table = pd.DataFrame({"emotion": ["sad", "neutral", "sad"], "speaker": list("aab")})
    figure = embedding_map_figure(np.eye(3)[:, :2], table)
    assert [trace.name for trace in figure.data] == ["neutral", "sad"]
    assert [row[0] for row in figure.data[1].customdata] == [0, 2]
    assert figure.data[1].marker.symbol == SYMBOLS["sad"]


@pytest.mark.parametrize("column", ["emotion", "speaker"])
def test_in_three_dimensions_every_marker_that_is_all_line_is_drawn_in_its_own_colour(column: str):
    names = {"emotion": EMOTIONS, "speaker": [f"voice{number}" for number in range(13)]}[column]
    table = pd.DataFrame({"emotion": "sad", column: list(names)})
    for trace in embedding_map_figure(np.zeros((len(names), 3)), table, colour_by=column).data:
        assert trace.marker.symbol in ("circle", "square", "diamond") or trace.marker.line.color == trace.marker.color
        assert trace.marker.symbol != "x"  # drawn with a character that few fonts have


def test_map_colours_numbers_by_a_bar_and_few_values_by_a_legend():
    table = pd.DataFrame({"emotion": ["sad"] * 20, "arousal": np.arange(20.0), "take": [1, 2] * 10})
    points = np.random.default_rng(0).normal(size=(20, 3))
    assert embedding_map_figure(points, table, colour_by="arousal").data[0].marker.colorbar.title.text == "arousal"
    assert [trace.name for trace in embedding_map_figure(points, table, colour_by="take").data] == ["1", "2"]


def test_map_names_missing_values_instead_of_dropping_them():
    table = pd.DataFrame({"emotion": ["sad", "sad"], "gender": ["female", None]})
    figure = embedding_map_figure(np.zeros((2, 2)), table, colour_by="gender")
    assert [trace.name for trace in figure.data] == ["female", "not given"]


@pytest.mark.parametrize("dimensions", [2, 3])
def test_text_from_files_reaches_the_map_as_text_and_not_as_html(dimensions: int):
    link = '<a href="https://example.org">sad</a>'
    table = pd.DataFrame({"emotion": [link], "speaker": ["<b>1</b>"]})
    trace = embedding_map_figure(np.zeros((1, dimensions)), table).data[0]
    assert "<" not in trace.name
    assert (
        trace.text[0] == 'emotion: &lt;a href="https://example.org"&gt;sad&lt;/a&gt;<br>speaker: &lt;b&gt;1&lt;/b&gt;'
    )


def test_map_of_other_rows_than_the_table_is_refused():
    with pytest.raises(InputError, match="same rows"):
        embedding_map_figure(np.zeros((2, 2)), pd.DataFrame({"emotion": ["sad"]}))


def test_the_waveform_veils_what_a_cut_leaves_out() -> None:
    figure = waveform_figure(np.sin(np.arange(16_000) / 20), sample_rate=16_000, kept=(0.25, 0.75))
    veils = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert veils == [(0.0, 0.25), (0.75, 1.0)]
