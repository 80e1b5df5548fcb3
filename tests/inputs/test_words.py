"""Word vectors: the forms of their files, damaged ones, contractions, and the words that a finished model keeps."""

import struct
import tomllib
from pathlib import Path

import numpy as np
import pytest
import torch

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import InputError
from ser_core.inputs import word_files
from ser_core.inputs.vocabulary import Vocabulary
from ser_core.inputs.word_files import read_vectors
from ser_core.inputs.words import KeptWordVectors, WordVectors

REPOSITORY = Path(__file__).resolve().parents[2]
WORDS = {"the": [1.0, 2.0], "door": [3.0, -4.0], "opens": [0.5, 0.0], "don't": [7.0, 7.0], "do": [1.0, 0.0]}


def lines(words=WORDS):
    return [f"{word} {' '.join(map(str, values))}" for word, values in words.items()]


def word2vec_binary(words=WORDS, count=None):
    """Write the words as the original program does: a line of two numbers, then word, space, float32 values."""
    size = len(next(iter(words.values())))
    parts = [word.encode() + b" " + struct.pack(f"{size}f", *values) + b"\n" for word, values in words.items()]
    return f"{count or len(words)} {size}\n".encode() + b"".join(parts)


def of_texts(folder, *texts):
    rows = tuple(Utterance(f"{number}.wav", "s", "happy", text=text) for number, text in enumerate(texts))
    return Manifest("tiny", folder, rows, "", "")


@pytest.fixture
def glove(tmp_path):
    (tmp_path / "vectors.txt").write_text("\n".join(lines()) + "\n", encoding="utf-8")
    return tmp_path / "vectors.txt"


# ------------------------------------------------------------------------------------------------ files
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("glove.txt", "\n".join(lines()).encode()),
        ("word2vec.txt", ("5 2\n" + "\n".join(lines())).encode()),
        ("fasttext.vec", ("5 2\n" + " \n".join(lines()) + " \n").encode()),
        ("windows.txt", "\r\n".join(lines()).encode()),
        ("GoogleNews.bin", word2vec_binary()),
    ],
    ids=["GloVe", "word2vec", "fastText", "lines of Windows", "binary"],
)
def test_the_same_words_are_read_from_every_form_of_file(tmp_path, name, content):
    if name.endswith(".bin"):
        pytest.importorskip("gensim")
    (tmp_path / name).write_bytes(content)
    found = read_vectors(str(tmp_path / name), size=2, wanted={"door", "the", "absent"})
    assert found.words == ("the", "door")
    assert found.vectors.dtype == np.float16
    assert found["door"].tolist() == [3, -4]


def test_a_binary_file_of_fasttext_is_read_as_gensim_writes_it(tmp_path):
    fasttext = pytest.importorskip("gensim.models.fasttext")
    model = fasttext.FastText(vector_size=4, min_count=1, bucket=20, seed=0, workers=1)
    model.build_vocab([["door", "opens", "the"]])
    fasttext.save_facebook_model(model, str(tmp_path / "cc.bin"))
    found = read_vectors(str(tmp_path / "cc.bin"), size=4, wanted={"door", "unheard"})
    assert found.words == ("door",)
    np.testing.assert_allclose(found["door"], model.wv["door"], atol=1e-3)


def test_a_cut_binary_file_of_fasttext_is_refused_with_advice(tmp_path):
    pytest.importorskip("gensim")
    (tmp_path / "cut.bin").write_bytes(word_files._FASTTEXT + b"\x0c\x00\x00\x00" + b"\x01\x00")
    with pytest.raises(InputError, match="Expected a file of word vectors.*Correct the input's option vectors"):
        read_vectors(str(tmp_path / "cut.bin"), size=4, wanted={"door"})


def test_frequent_words_fill_what_the_wanted_ones_leave_free(glove):
    found = read_vectors(str(glove), size=2, wanted={"opens"}, most=3, usable=lambda word: word != "the")
    assert found.words == ("opens", "door", "don't")
    assert read_vectors(str(glove), size=2, wanted=set(WORDS), most=1).words == tuple(WORDS)  # all wanted ones


def test_a_word_with_spaces_has_the_last_values_of_its_line(tmp_path):
    (tmp_path / "large.txt").write_text(". . . 1 2\nat home 3 4\n", encoding="utf-8")
    assert read_vectors(str(tmp_path / "large.txt"), size=2, wanted={". . .", "at home"}).words == (". . .", "at home")


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("v.txt", b"the 1 2\ndoor 3\n", "2 finite values.*got 1 for 'door', line 2. Correct the option size"),
        ("v.txt", b"the 1 2 3\n", "got 3 for 'the', line 1"),
        ("v.txt", b"door 1 inf\n", "finite values.*others for 'door'"),
        ("v.txt", b"door 1 1e9\n", "at most 65504; got others for 'door'"),
        ("v.txt", b"\xff\xfe", "Expected a file of word vectors.*Correct the input's option vectors"),
        ("v.bin", b"", "neither a binary file of word2vec nor one of fastText"),
        ("v.bin", b"RIFF, which is something else", "neither a binary file"),
        ("v.bin", word2vec_binary({"door": [1.0, 2.0, 3.0]}), "Expected 2 finite values.*got 3"),
        ("v.bin", word2vec_binary(count=10**9), "fewer bytes than its 1000000000 words need"),
        ("absent.bin", None, "No such file.*Correct the input's option vectors"),
    ],
)
def test_a_damaged_file_is_refused_with_advice(tmp_path, name, content, advice):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=advice):
        read_vectors(str(tmp_path / name), size=2, wanted={"the", "door"})


def test_without_gensim_a_binary_file_says_what_to_install_and_text_is_read(tmp_path, glove, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "gensim.models", None)
    (tmp_path / "v.bin").write_bytes(word2vec_binary())
    with pytest.raises(InputError, match=r'Install it with: pip install "\.\[words\]", or take the same .* as text'):
        read_vectors(str(tmp_path / "v.bin"), size=2, wanted={"the"})
    assert read_vectors(str(glove), size=2, wanted={"the"}).words == ("the",)


def test_what_to_install_is_an_extra_of_the_package():
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    named = word_files.INSTALL.partition("[")[2].partition("]")[0]
    (package,) = settings["project"]["optional-dependencies"][named]
    assert package.startswith("gensim>")


# ------------------------------------------------------------------------------------------------ texts
def test_a_contraction_without_a_vector_is_read_as_its_words(glove):
    found = WordVectors(str(glove), 2).of_texts(["The door doesn't. Don't! We’re"])
    assert found.known == [["the", "door", "don't"]]  # its own vector comes before its parts
    assert found.unknown == [["doesn't", "we're"]]
    with_parts = glove.with_name("more.txt")
    with_parts.write_text("\n".join([*lines(), "does 1 1", "not 2 2", "we 3 3"]), encoding="utf-8")
    found = WordVectors(str(with_parts), 2).of_texts(["doesn't, we’re"])
    assert (found.known, found.unknown) == ([["does", "not", "we"]], [[]])


def test_marks_are_words_where_the_recipe_says_so(tmp_path):
    (tmp_path / "v.txt").write_text("door 1 2\n! 3 4\n? 5 6\n", encoding="utf-8")
    for marks, known in ((True, ["door", "!", "?"]), (False, ["door"])):
        assert WordVectors(str(tmp_path / "v.txt"), 2, marks=marks).of_texts(["Door!?"]).known == [known]


# ------------------------------------------------------------------------------------------------ what a model keeps
def test_a_model_keeps_the_words_of_its_corpus_first_and_gives_the_same_values_without_the_file(tmp_path, glove):
    source = WordVectors(str(glove), 2, kept=3)
    manifest = of_texts(tmp_path, "Opens!", "xyzzy door")
    kept = source.kept_of(manifest)
    asked = ["The door opens: xyzzy"]
    before = source.of_texts(asked)
    glove.unlink()
    finished = source.with_kept(kept)
    assert isinstance(finished, KeptWordVectors)
    assert sorted(finished.vocabulary.words) == ["door", "opens", "the"]
    after = finished.of_texts(asked)
    assert torch.equal(before.values[0], after.values[0])
    assert after.unknown == [["xyzzy"]]
    notes = finished.of_manifest(manifest, cache=None, progress=None).notes
    assert notes[0].startswith("1 of 3 words have no vector in the 3 words that the model keeps")


def test_values_are_rounded_before_training_as_they_are_kept(tmp_path):
    (tmp_path / "v.txt").write_text("door 0.123456789\n", encoding="utf-8")
    (values,) = WordVectors(str(tmp_path / "v.txt"), 1).of_texts(["door"]).values
    assert values.item() == float(np.float16(0.123456789)) != np.float32(0.123456789)


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: {"words": kept["words"]},
        lambda kept: {**kept, "vectors": kept["vectors"][:1]},
        lambda kept: {**kept, "vectors": kept["vectors"][:, :1]},
        lambda kept: {"words": torch.tensor([97, 10, 97], dtype=torch.uint8), "vectors": torch.zeros(2, 2).half()},
    ],
)
def test_words_that_do_not_fit_their_vectors_are_refused(damage):
    kept = Vocabulary.of({"a": np.array([1, 2]), "b": np.array([3, 4])}, 2).tensors()
    assert Vocabulary.from_tensors(kept, 2).words == ("a", "b")
    with pytest.raises(InputError, match="Expected"):
        Vocabulary.from_tensors(damage(kept), 2)


def test_no_words_are_a_vocabulary_too():
    kept = Vocabulary.of({}, 3).tensors()
    assert len(Vocabulary.from_tensors(kept, 3)) == 0
