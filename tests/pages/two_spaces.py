"""How a test chooses and presses on the page Two spaces, and reads what it then shows."""


def choose(app, label, value):
    boxes = [*app.selectbox, *app.radio, *app.select_slider, *app.get("button_group")]
    return next(one for one in boxes if one.label == label).set_value(value).run()


def of_epochs(opened):
    return choose(opened("two_spaces"), "Compare", "Epochs of one run")


def of_models(opened):
    return choose(opened("two_spaces"), "Compare", "Two models or files")


def chosen_spaces(app):
    return [one.value for one in app.selectbox if one.label in ("First space", "Second space")]


def press(app, label):
    return next(one for one in app.button if one.label == label).click().run()


def metrics(app):
    return {one.label: one.value for one in app.metric}


def fine(app):
    return not app.exception and not app.error
