"""The model of words that ships: its size, its terms, its scores, and that no voice is judged by it."""

from ser_core.checkpoints import available
from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.listing import SHIPPED
from ser_core.corpora import CORPORA
from ser_core.inference import TextReader

FOLDER = SHIPPED / "words"
MOST_BYTES = 4_000_000
LEAST_R = {"valence": 0.55, "arousal": 0.35, "dominance": 0.28}


def test_it_is_small_and_under_the_terms_of_its_corpus():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES
    card = read_card(FOLDER)
    assert (card.corpus, card.licence) == ("emobank", CORPORA["emobank"].licence)
    terms = (FOLDER / "LICENSE.md").read_text(encoding="utf-8")
    assert "BY-SA 4.0" in terms
    assert "Buechel" in terms
    assert "PDDL" in terms  # of the vectors


def test_its_card_says_that_it_agrees_with_people_at_least_so_well_on_the_test_sentences():
    card = read_card(FOLDER)
    assert card.split.protocol == "given-split"
    found = card.task_metrics["test"]["ratings"]
    assert {name: found[f"pearson_{name}"] >= least for name, least in LEAST_R.items()} == dict.fromkeys(LEAST_R, True)
    assert all(0 < found[f"ccc_{name}"] <= found[f"pearson_{name}"] for name in LEAST_R)


def test_no_model_that_ships_learned_from_both_share_alike_corpora():
    corpora = [set(entry.card.corpus.split("+")) for entry in available() if not entry.made_here]
    assert not any({"emobank", "ravdess"} <= one for one in corpora)


def test_it_knows_frequent_words_that_no_sentence_of_its_corpus_has():
    reader = TextReader.load(FOLDER)
    assert reader.read("A wonderful day").ratings["valence"] > reader.read("A horrible death").ratings["valence"] + 0.3
    assert reader.read("They don't like it").unknown == ()
