"""A number that is out of range is refused with the range, and what is accepted is what is shown."""

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.errors import InputError
from ui.components.numbers import NumberField

EPOCHS = NumberField("Epochs", 1, 2000)
RATE = NumberField("Rate", 1e-6, 1.0, whole=False)


@pytest.mark.parametrize("typed", [1.0, 2000.0])
def test_the_ends_of_the_range_are_in_it(typed):
    assert EPOCHS.checked(typed) == typed


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (EPOCHS, 0.0, "Expected a whole number from 1 to 2000 for “Epochs”; got 0. Correct that field"),
        (EPOCHS, 2001.0, "got 2001"),
        (EPOCHS, 2.5, "got 2.5"),
        (EPOCHS, None, "got an empty field"),
        (NumberField("Seed", 0, 2**31 - 1), 99_999_999_999_999_999_999.0, "from 0 to 2147483647 for “Seed”; got 1e"),
        (RATE, 1.5, "Expected from 1e-06 to 1 for “Rate”; got 1.5"),
    ],
)
def test_what_is_out_of_range_is_refused_with_the_range(field, typed, message):
    with pytest.raises(InputError) as refused:
        field.checked(typed)
    assert message in str(refused.value)


def test_what_is_typed_is_taken_and_remembered_even_when_it_is_refused():
    def page() -> None:
        import streamlit as st

        from ui import state
        from ui.components.numbers import NumberField

        typed = NumberField("Epochs", 1, 2000).draw("epochs", 12)
        st.write(f"typed {typed:g}, remembered {state.recall('epochs'):g}")

    app = AppTest.from_function(page).run()
    assert app.markdown[0].value == "typed 12, remembered 12"
    assert "1 to 2000" in app.number_input[0].help
    app.number_input[0].set_value(5000.0).run()
    assert app.markdown[0].value == "typed 5000, remembered 5000"
