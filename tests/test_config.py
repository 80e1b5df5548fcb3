"""Settings from TOML: every mistake is named where it stands, with the nearest right word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from ser_core.config import build, check_range, did_you_mean, fill, flatten, lookup, override, read_toml
from ser_core.errors import ConfigError


@dataclass(frozen=True)
class Stage:
    epochs: int
    loss: Literal["softmax", "triplet"] = "softmax"
    rate: float = 1e-3


@dataclass(frozen=True)
class Recipe:
    name: str
    stages: tuple[Stage, ...] = ()
    widths: tuple[int, ...] = (32, 64)
    dropout: float | None = None
    deep: bool = False
    first: Stage = Stage(1)
    paper: Mapping[str, str] = field(default_factory=dict)
    anything: Any = None


class Network:
    def __init__(
        self, features: int, *, widths: Sequence[int] = (8,), rate: float = 0.1, deep: bool = True, kind: str = "plain"
    ) -> None:
        self.settings = (features, widths, rate, deep, kind)
        if rate < 0:
            raise ValueError("a rate below zero")


def test_a_table_becomes_settings_with_nested_settings_and_defaults() -> None:
    found = fill(
        Recipe,
        {
            "name": "a",
            "stages": [{"epochs": 3}, {"epochs": 2, "loss": "triplet", "rate": 1}],
            "widths": [16],
            "dropout": 0.5,
            "first": {"epochs": 7},
            "paper": {"loss": "Kumar"},
        },
    )
    assert found == Recipe("a", (Stage(3), Stage(2, "triplet", 1.0)), (16,), 0.5, False, Stage(7), {"loss": "Kumar"})
    assert isinstance(found.stages[1].rate, float)


@pytest.mark.parametrize(("kind", "article"), [("encoder", "an"), ("loss", "a")])
def test_the_article_fits_the_word(kind: str, article: str) -> None:
    with pytest.raises(ConfigError, match=f"^Expected {article} {kind} among"):
        lookup(kind, "x", {"one": 1})


def test_an_optional_value_may_be_absent_none_or_a_whole_number() -> None:
    assert fill(Recipe, {"name": "a"}).dropout is None
    assert fill(Recipe, {"name": "a", "dropout": None}).dropout is None
    assert fill(Recipe, {"name": "a", "dropout": 1}).dropout == 1.0


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"name": "a", "dropuot": 0.1}, r"in \[top level\]; got 'dropuot'. Did you mean 'dropout'\?"),
        (
            {"name": "a", "stages": [{"epochs": 1, "epoch": 2}]},
            r"in \[stages\.0\]; got 'epoch'. Did you mean 'epochs'\?",
        ),
        ({}, r"Expected name in \[top level\]; it is not there. Add it"),
        ({"name": "a", "stages": [{}]}, r"Expected epochs in \[stages\.0\]"),
        ({"name": 3}, "Expected name to be str; got 3. Change its value"),
        ({"name": "a", "deep": 1}, "Expected deep to be bool; got 1. Write true or false, as TOML does"),
        ({"name": "a", "deep": "False"}, "Expected deep to be bool; got 'False'. Write true or false, as TOML does"),
        ({"name": "a", "dropout": float("nan")}, "Expected dropout to be a finite number; got nan. Change its value"),
        ({"name": "a", "dropout": 10**400}, "Expected dropout to be a finite number; got a larger one"),
        ({"name": "a", "first": {"epochs": 10**400}}, r"Expected first\.epochs to be a finite number"),
        ({"name": "a", "anything": float("-inf")}, "Expected anything to be a finite number; got -inf"),
        ({"name": "a", "widths": [float("inf")]}, r"Expected widths\.0 to be a finite number"),
        ({"name": "a", "paper": {"encoder": 5}}, r"Expected paper\.encoder to be str; got 5"),
        ({"name": "a", "first": {"epochs": True}}, r"Expected first\.epochs to be int; got True"),
        ({"name": "a", "first": {"epochs": 1.5}}, r"Expected first\.epochs to be int; got 1\.5"),
        ({"name": "a", "first": {"epochs": "3"}}, r"Expected first\.epochs to be int; got '3'"),
        ({"name": "a", "first": {"epochs": 1, "rate": "fast"}}, r"Expected first\.rate to be float; got 'fast'"),
        ({"name": "a", "dropout": "much"}, "Expected dropout to be float; got 'much'"),
        ({"name": "a", "widths": 3}, "Expected a list for widths; got 3. Write it in square brackets"),
        ({"name": "a", "widths": ["3"]}, r"Expected widths\.0 to be int"),
        ({"name": "a", "first": 3}, r"Expected a table for first; got 3. Write it as \[first\]"),
        ({"name": "a", "paper": 3}, "Expected a table for paper"),
        (
            {"name": "a", "first": {"epochs": 1, "loss": "tripelt"}},
            r"first\.loss among softmax, triplet; got 'tripelt'. Did you mean 'triplet'\?",
        ),
    ],
)
def test_every_mistake_is_named_where_it_stands(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        fill(Recipe, table)


def test_overrides_change_a_copy_at_any_depth() -> None:
    table: dict[str, Any] = {"name": "a", "stages": [{"epochs": 1}, {"epochs": 2}], "first": {"epochs": 3}}
    changed = override(
        table,
        ["stages.1.epochs=9", "first.rate = 0.5", "name=plain text", "widths=[1, 2]", "deep=true", "paper.loss=x=y"],
    )
    assert changed == {
        "name": "plain text",
        "stages": [{"epochs": 1}, {"epochs": 9}],
        "first": {"epochs": 3, "rate": 0.5},
        "widths": [1, 2],
        "deep": True,
        "paper": {"loss": "x=y"},
    }
    assert table == {"name": "a", "stages": [{"epochs": 1}, {"epochs": 2}], "first": {"epochs": 3}}


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("epochs", r"Expected key=value; got 'epochs'. Write for example stages\.0\.epochs=10"),
        ("=3", "Expected key=value"),
        ("name.deeper=3", "Expected name to hold 'deeper'; it does not"),
        ("stages.5.epochs=3", r"Expected stages to hold '5'; it does not \(in 'stages\.5\.epochs=3'\)"),
        ("stages.x.epochs=3", "Expected stages to hold 'x'"),
    ],
)
def test_an_override_that_leads_nowhere_is_named(assignment: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        override({"name": "a", "stages": [{"epochs": 1}]}, [assignment])


def test_a_misspelt_override_is_found_when_the_settings_are_filled() -> None:
    with pytest.raises(ConfigError, match="Did you mean 'epochs'"):
        fill(Recipe, override({"name": "a", "stages": [{"epochs": 1}]}, ["stages.0.epohcs=3"]))


def test_flattened_settings_list_every_leaf_by_its_path() -> None:
    recipe = Recipe("a", (Stage(3), Stage(2, "triplet")), paper={"loss": "Kumar"})
    assert flatten(recipe) == {
        "name": "a",
        "stages.0.epochs": 3,
        "stages.0.loss": "softmax",
        "stages.0.rate": 1e-3,
        "stages.1.epochs": 2,
        "stages.1.loss": "triplet",
        "stages.1.rate": 1e-3,
        "widths": (32, 64),
        "dropout": None,
        "deep": False,
        "first.epochs": 1,
        "first.loss": "softmax",
        "first.rate": 1e-3,
        "paper.loss": "Kumar",
        "anything": None,
    }


def test_a_flattened_leaf_can_be_overridden_by_its_path() -> None:
    table = {"name": "a", "stages": [{"epochs": 3}]}
    changed = fill(Recipe, override(table, ["stages.0.rate=0.25"]))
    assert flatten(changed)["stages.0.rate"] == 0.25


def test_a_name_is_looked_up_or_the_nearest_one_is_suggested() -> None:
    assert lookup("loss", "triplet", {"triplet": 1}) == 1
    with pytest.raises(ConfigError, match=r"a loss among softmax, triplet; got 'tripelt'. Did you mean 'triplet'\?"):
        lookup("loss", "tripelt", {"softmax": 0, "triplet": 1})
    assert did_you_mean("something else", ["softmax"]) == ""


def test_a_toml_file_is_read_or_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('name = "größer"\n', encoding="utf-8")
    assert read_toml(path) == {"name": "größer"}
    with pytest.raises(ConfigError, match="there is none. Check the path"):
        read_toml(tmp_path / "none.toml")
    for name in ("null\0byte", "n" * 5000):  # no system has such a file
        with pytest.raises(ConfigError, match="Expected TOML in"):
            read_toml(tmp_path / name)
    path.write_text("name = \n")
    with pytest.raises(ConfigError, match=r"Expected TOML in .*line 1.* Correct that line"):
        read_toml(path)
    path.write_bytes(b'name = "gr\xf6\xdfer"\n')
    with pytest.raises(ConfigError, match="Expected TOML in"):
        read_toml(path)
    with pytest.raises(ConfigError, match="Expected TOML in"):
        read_toml(tmp_path)
    path.write_text("name = " + 5000 * "[")
    with pytest.raises(ConfigError, match="Expected TOML in .*recursion"):
        read_toml(path)


@pytest.mark.parametrize("bracket", ["[", "{a="])
def test_a_value_of_thousands_of_brackets_is_refused(bracket: str) -> None:
    with pytest.raises(ConfigError, match="a few brackets.* Correct --set"):
        override({}, ["name=" + 5000 * bracket])


def test_a_number_of_thousands_of_digits_is_text() -> None:
    assert override({}, ["name=" + 5000 * "1"]) == {"name": 5000 * "1"}


def test_what_a_file_names_is_built_with_options_of_the_right_type() -> None:
    options = {"widths": [4, 8], "rate": 1, "deep": False, "kind": "other"}
    built = build("network", "one", {"one": Network}, options, features=3)
    assert built.settings == (3, (4, 8), 1.0, False, "other")
    assert isinstance(built.settings[2], float)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rat": 1}, "an option of the network 'one' among widths, rate, deep, kind; got 'rat'. Did you mean 'rate'"),
        ({"colour": 1}, r"among widths, rate, deep, kind; got 'colour'\. Leave it out\."),
        ({"features": 1}, "an option of the network 'one' among widths, rate, deep, kind; got 'features'"),
        ({"deep": "False"}, "the network option one.deep to be bool; got 'False'. Write true or false, as TOML does"),
        ({"rate": True}, "the network option one.rate to be float; got True. Change its value"),
        ({"rate": float("inf")}, "the network option one.rate to be a finite number; got inf"),
        ({"widths": 4}, "a list for the network option one.widths; got 4. Write it in square brackets"),
        ({"widths": [4, True]}, r"the network option one.widths\.1 to be int; got True"),
        ({"kind": 5}, "the network option one.kind to be str; got 5"),
        ({"rate": -1.0}, "usable options of the network 'one'; got {'rate': -1.0}: a rate below zero"),
    ],
)
def test_an_option_of_another_type_or_refused_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        build("network", "one", {"one": Network}, options, features=3)


@pytest.mark.parametrize("value", [-1, 11, float("nan"), float("inf")])
def test_a_setting_out_of_its_range_is_named(value: float) -> None:
    check_range("loudness", 10, 0, 10)
    with pytest.raises(ConfigError, match=f"Expected loudness between 0 and 10; got {value:g}. Correct the recipe"):
        check_range("loudness", value, 0, 10)
