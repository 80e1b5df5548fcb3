"""Generator of the artificial demo corpus: a development tool, never imported by what ships.

``cues`` says what an emotion changes, ``cast`` who speaks, ``plan`` draws the parameters of every clip,
``praat`` turns one plan into sound, ``shaping`` holds the filters; ``features`` and ``separability`` measure the
result.
"""
