"""A plan asks for every sentence in every emotion as often as it says, and what is recorded need not be asked again."""

from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora import Utterance
from ser_core.errors import ConfigError
from ser_core.recordings import RecordingPlan, emotion_of, open_prompts, prompts, read_plan
from ser_core.recordings.plan import SENTENCES, write_plan

PLAN = RecordingPlan(("One two.", "Three four."), ("happy", "sad", "furious=angry"), repetitions=2, seed=3)


def test_every_sentence_is_asked_for_in_every_emotion_as_often_as_the_plan_says() -> None:
    counts = Counter((one.sentence, one.emotion.word) for one in prompts(PLAN, "Anna"))
    assert counts == {(s, e): 2 for s in ("One two.", "Three four.") for e in ("happy", "sad", "furious")}
    assert sum(counts.values()) == len(PLAN)


def test_everything_is_asked_for_once_before_anything_is_repeated() -> None:
    assert [one.repetition for one in prompts(PLAN, "Anna")] == [1] * 6 + [2] * 6


def test_the_shuffled_order_follows_from_seed_and_speaker_alone() -> None:
    assert prompts(PLAN, "Anna") == prompts(PLAN, "Anna")
    orders = {
        prompts(PLAN, "Anna"),
        prompts(PLAN, "Ben"),
        prompts(RecordingPlan(PLAN.sentences, PLAN.emotions, 2), "Anna"),
    }
    assert len(orders) == 3


def test_in_sequence_emotions_follow_each_other_and_sentences_within_them() -> None:
    plan = RecordingPlan(("A b.", "C d."), ("sad", "happy"), order="in sequence")
    assert [(one.emotion.word, one.sentence) for one in prompts(plan, "Anna")] == [
        ("sad", "A b."), ("sad", "C d."), ("happy", "A b."), ("happy", "C d."),
    ]  # fmt: skip


def test_what_is_recorded_is_left_out_and_a_second_recording_answers_the_repetition() -> None:
    asked = prompts(PLAN, "Anna")
    rows = [
        Utterance("a.flac", "Anna", "happy", text="One two."),
        Utterance("b.flac", "Anna", "angry", text="One two.", intensity="furious"),
        Utterance("c.flac", "Anna", "angry", text="One two."),  # plain anger was not asked for
        Utterance("d.flac", "Anna", "happy", text="One two."),
    ]
    still = Counter((one.sentence, one.emotion.word) for one in open_prompts(asked, rows))
    assert still[("One two.", "happy")] == 0
    assert still[("One two.", "furious")] == 1
    assert len(open_prompts(asked, rows)) == len(asked) - 3
    assert list(open_prompts(asked, rows)) == [one for one in asked if one in open_prompts(asked, rows)]


def test_a_word_of_ones_own_counts_as_an_emotion_and_is_kept_as_its_shade() -> None:
    assert (emotion_of("furious=angry").label, emotion_of("furious=angry").shade) == ("angry", "furious")
    assert (emotion_of("sad").label, emotion_of("sad").shade) == ("sad", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"emotions": ("hapy",)}, "got 'hapy'. Did you mean 'happy'?"),
        ({"emotions": ("furious=angri",)}, "Did you mean 'angry'?"),
        ({"emotions": ()}, "at least one emotion; got none"),
        ({"emotions": ("sad", "sad")}, "each emotion once; got 'sad' again"),
        ({"sentences": ()}, "at least one sentence"),
        ({"sentences": ("Same.", " Same. ")}, "each sentence once"),
        ({"emotions": ("none=neutral",)}, "stands for nothing in tables"),
        ({"sentences": ("x" * 501,)}, "1 to 500 characters"),
        ({"sentences": ("a\x00b",)}, "read aloud or printed"),
        ({"repetitions": 0}, "repetitions from 1 to 100; got 0"),
        ({"seed": -1}, "seed from 0"),
        ({"order": "shufled"}, "Did you mean 'shuffled'?"),
        ({"sentences": tuple(f"Sentence {n}." for n in range(400)), "repetitions": 100}, "at most 20000 prompts"),
    ],
)
def test_a_plan_that_cannot_be_spoken_is_refused(changes: dict, expected: str) -> None:
    with pytest.raises(ConfigError) as error:
        RecordingPlan(**changes)
    assert expected in str(error.value)


def test_a_plan_is_written_as_toml_and_read_again(tmp_path: Path) -> None:
    plan = RecordingPlan(SENTENCES["German"], ("neutral", "wütend=angry"), repetitions=3, order="in sequence", seed=9)
    write_plan(plan, tmp_path / "plan.toml")
    assert read_plan(tmp_path / "plan.toml") == plan
    (tmp_path / "own.toml").write_text('sentences = ["One."]\nemotion = ["sad"]\n')
    with pytest.raises(ConfigError, match="Did you mean 'emotions'"):
        read_plan(tmp_path / "own.toml")


def test_the_sentences_that_ship_are_ten_words_at_most_and_name_no_emotion() -> None:
    for sentences in SENTENCES.values():
        assert len(sentences) == len(set(sentences)) == 6
        assert all(4 <= len(sentence.split()) <= 10 for sentence in sentences)
