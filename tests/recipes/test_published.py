"""The figures that a source reports: typed, checked, and word for word those of the papers."""

import dataclasses

import pytest

from ser_core.corpora import CORPORA
from ser_core.errors import ConfigError
from ser_core.recipes import NOT_STATED, PublishedFigure, load_recipe, shipped_recipes
from ser_core.recipes.recipe import settings_of

# Kumar et al., slides, tables 1, 3 and 5; Lian et al., table 3; Dai et al., sections 3.2 and 3.3.
PRINTED = {
    "kumar-2020": {("WA", score) for score in (91.67, 64.44, 61.11, 47.22, 58.33, 55.56, 56.94, 54.16)},
    "lian-2018-pdt": {("UA", 56.33)},
    "lian-2018-softmax": {("UA", score) for score in (51.09, 54.71, 53.26, 55.36)},
    "dai-2019-mel-softmax": {("UA", 63.80), ("WA", 61.83)},
    "dai-2019-mel": {("UA", 66.86), ("WA", 65.40)},
    "dai-2019-stft-softmax": {("UA", 60.98), ("WA", 58.93)},
    "dai-2019-stft": {("UA", 65.13), ("WA", 62.96)},
}
# Of others' systems: Kumar et al., slides, tables 3 and 5.
CITED = {"kumar-2020": {91.53, 89.16, 83.15, 75.69, 71.61, 64.50, 63.50, 61.80, 56.13, 52.14}}
SPEAKERS = {"kumar": "not stated", "lian": "not heard", "dai": "heard"}
RECIPE = """
title = "Published"
summary = "A system."
source = "A paper"
source_url = "https://example.org/paper"

[[stages]]
name = "first"

[[published]]
system = "ours"
metric = "UA"
percent = 50.5
place = "table 1"
"""


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "published.toml"

    def write(text: str):
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("name", shipped_recipes())
def test_the_recipes_of_papers_carry_the_printed_figures_and_ours_carry_none(name):
    recipe = load_recipe(name)
    own = [figure for figure in recipe.published if not figure.cited]
    assert {(figure.metric, figure.percent) for figure in own} == PRINTED.get(name, set())
    assert {figure.percent for figure in recipe.published if figure.cited} == CITED.get(name, set())
    assert bool(recipe.source_url) == (name in PRINTED)
    assert {figure.speakers for figure in recipe.published} <= {SPEAKERS.get(name.split("-")[0])}


def test_a_figure_of_another_work_names_it_and_is_not_offered_to_be_repeated():
    others = [figure for figure in load_recipe("kumar-2020").published if figure.cited]
    assert {figure.place for figure in others} == {"slides, table 3", "slides, table 5"}
    assert {figure.corpus for figure in others} == {"RAVDESS", "IEMOCAP"}
    for figure in others:
        assert figure.repeat is None
        assert f"{figure.system} of {figure.cited};" in figure.text()


def test_what_the_ablation_does_not_say_is_not_stated():
    ablation = [figure for figure in load_recipe("kumar-2020").published if figure.place == "slides, table 1"]
    assert len(ablation) == 6
    for figure in ablation:
        assert {figure.corpus, figure.emotions, figure.protocol, figure.speakers} == {NOT_STATED}
        assert figure.repeat is None


@pytest.mark.parametrize("name", PRINTED)
def test_other_settings_of_a_paper_are_settings_of_the_recipe(name):
    for figure in load_recipe(name).published:
        changed = load_recipe(name, figure.settings).parameters()
        shipped = load_recipe(name).parameters()
        assert len([key for key in shipped if changed[key] != shipped[key]]) == len(figure.settings)


def test_a_figure_needs_no_more_than_system_metric_percent_and_place(written):
    (figure,) = load_recipe(written(RECIPE)).published
    assert figure == PublishedFigure("ours", "UA", 50.5, "table 1")
    assert figure.text() == (
        "UA 50.50 % (ours; corpus: not stated; emotions: not stated; protocol: not stated; "
        "whether speakers are heard in training: not stated; called: not stated)"
    )


def test_figures_are_no_settings_and_no_parameters(written):
    recipe = load_recipe(written(RECIPE))
    assert not {"published", "source_url"} & {key.split(".")[0] for key in recipe.parameters()}
    assert "published" not in settings_of(recipe)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("percent = 150.0", "from 0 to 100 %"),
        ('metric = "UAR"', "among UA, WA"),
        ('speakers = "shared"', "among heard, not heard, not stated"),
        ('system = ""', "Write what the source says"),
        ('protokoll = "x"', "Did you mean 'protocol'"),
        ('repeat = {corpus = "ravdes", protocol = "emobox"}', "Did you mean 'ravdess'"),
        ('repeat = {corpus = "ravdess", protocol = "emobx"}', "Did you mean 'emobox'"),
        ('repeat = {corpus = "iemocap", protocol = "emobox", mapping = "iemocap"}', "Did you mean 'iemocap-4'"),
    ],
)
def test_a_figure_that_cannot_be_read_is_refused_with_advice(written, line, advice):
    key = line.split(" = ")[0]
    kept = [row for row in RECIPE.splitlines() if not row.startswith(f"{key} = ")]
    with pytest.raises(ConfigError, match=advice):
        load_recipe(written("\n".join([*kept, line])))


def test_a_source_is_linked_by_https_alone(written):
    with pytest.raises(ConfigError, match="https://"):
        load_recipe(written(RECIPE.replace("https://example", "javascript://example")))


def test_every_question_that_can_be_repeated_names_a_corpus_that_can_be_opened():
    asked = [one.repeat for name in PRINTED for one in load_recipe(name).published if one.repeat]
    assert {repeat.corpus for repeat in asked} == {"ravdess", "iemocap"}
    assert all(CORPORA[repeat.corpus].load for repeat in asked)
    assert all(dataclasses.is_dataclass(repeat) for repeat in asked)
