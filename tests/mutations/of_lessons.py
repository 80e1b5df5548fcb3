"""Wrong reasons for an answer, wrong words about it, wrong comparisons, wrong pictures of angles, splits and frames."""

from tests.mutations.mutation import Mutation

_ATTRIBUTION = "ser_core/inference/attribution.py"
_DIAL = "ser_core/plots/angle_dial.py"
_HEADLINE = "ser_core/inference/headline.py"
_VERDICT = "ui/views/compare/verdict.py"
_SPHERE = "ui/components/point_map/browser/sphere.js"
_CAMERA = "ui/components/point_map/browser/camera.js"
_AUDIT = "ui/components/split_editor/browser/audit.js"
_OF_ATTRIBUTION = ("tests/inference/test_attribution.py",)
_OF_DIAL = ("tests/plots/test_angle_dial.py",)
_OF_HEADLINE = ("tests/inference/test_headline.py",)
_OF_VERDICT = ("tests/ui/test_compare_verdict.py",)
_OF_GLOBE = (
    "tests/browser/test_globe.py::test_a_great_circle_keeps_to_the_sphere_and_to_the_plane_of_its_ends",
    "tests/browser/test_globe.py::test_what_lies_beyond_the_sphere_is_hidden",
    "tests/browser/test_globe.py::test_what_faces_the_viewer_is_drawn_larger_and_where_the_rotation_puts_it",
)
_OF_SPLIT = (
    "tests/browser/test_split_editor.py::"
    "test_the_audit_finds_the_speakers_and_recordings_on_both_sides_that_the_core_finds",
)

MUTATIONS = (
    # --------------------------------------------------------------------------------------------- attribution
    Mutation(
        name="occlusion-turned",
        wrong="what speaks for an emotion is shown as speaking against it",
        file=_ATTRIBUTION,
        old="= whole - without",
        new="= without - whole",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    Mutation(
        name="hidden-is-loud",
        wrong="a hidden tile is one standard deviation above the mean, not at the mean",
        file=_ATTRIBUTION,
        old="low : low + tile_bands] = 0.0",
        new="low : low + tile_bands] = 1.0",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    Mutation(
        name="tiles-stay-narrow",
        wrong="a longer recording gets more tiles, not wider ones",
        file=_ATTRIBUTION,
        old="wide = max(1, round(tile_frames), -(-count // MOST_COLUMNS))",
        new="wide = max(1, round(tile_frames))",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    Mutation(
        name="gradients-without-their-values",
        wrong="integrated gradients are the mean gradient alone, not times the value",
        file=_ATTRIBUTION,
        old="return frames * total / steps",
        new="return total / steps",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    Mutation(
        name="gradients-at-the-ends-of-steps",
        wrong="the path is followed at the end of each step, not in its middle",
        file=_ATTRIBUTION,
        old="device=frames.device) + 0.5) / steps",
        new="device=frames.device) + 1.0) / steps",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    Mutation(
        name="evidence-of-the-first-emotion",
        wrong="whatever emotion is asked for, the evidence is that of the first one",
        file=_ATTRIBUTION,
        old="self._class = reader.labels.index(label)",
        new="self._class = 0",
        tests=_OF_ATTRIBUTION,
        run=True,
    ),
    # -------------------------------------------------------------------------------------------- the angle dial
    Mutation(
        name="dial-on-one-side",
        wrong="every emotion lies right of the recording",
        file=_DIAL,
        old="return self.side * angle",
        new="return angle",
        tests=_OF_DIAL,
        run=True,
    ),
    Mutation(
        name="sector-of-half-its-range",
        wrong="the sector of an emotion is half as wide as its range on each side",
        file=_DIAL,
        old="return self.at(angle) - self.range_degrees, self.at(angle) + self.range_degrees",
        new="return self.at(angle) - self.range_degrees / 2, self.at(angle) + self.range_degrees / 2",
        tests=_OF_DIAL,
        run=True,
    ),
    Mutation(
        name="sides-at-random",
        wrong="the sides of the dial do not keep the order of the angles between emotions",
        file=_DIAL,
        old="sides[np.lexsort((unequal, -agreement))[0]]",
        new="sides[np.lexsort((unequal, agreement))[0]]",
        tests=_OF_DIAL,
        run=True,
    ),
    # ------------------------------------------------------------------------------------------- the headline
    Mutation(
        name="clearly-from-seven-tenths",
        wrong="an answer with a probability of 0.7 is called clear",
        file=_HEADLINE,
        old="SURE, LIKELY = 0.8, 0.5",
        new="SURE, LIKELY = 0.7, 0.5",
        tests=_OF_HEADLINE,
        run=True,
    ),
    Mutation(
        name="probably-from-four-tenths",
        wrong="an answer that is less probable than all others together is called probable",
        file=_HEADLINE,
        old="SURE, LIKELY = 0.8, 0.5",
        new="SURE, LIKELY = 0.8, 0.4",
        tests=_OF_HEADLINE,
        run=True,
    ),
    Mutation(
        name="limits-not-counted",
        wrong="an answer with exactly the probability from which it is clear is not called so",
        file=_HEADLINE,
        old='"clearly" if share >= SURE',
        new='"clearly" if share > SURE',
        tests=_OF_HEADLINE,
        run=True,
    ),
    Mutation(
        name="last-comes-next",
        wrong="the emotion that is named second is the least probable one",
        file=_HEADLINE,
        old="certainty, ranked[1] if",
        new="certainty, ranked[-1] if",
        tests=_OF_HEADLINE,
        run=True,
    ),
    Mutation(
        name="no-disagreement-by-probability",
        wrong="another emotion that is more probable than the answer is not told",
        file=_HEADLINE,
        old="rivals = [ranked[0], reading.nearest_class,",
        new="rivals = [reading.nearest_class,",
        tests=_OF_HEADLINE,
        run=True,
    ),
    Mutation(
        name="none-of-these-answered",
        wrong="what lies outside every range is answered as an emotion",
        file=_HEADLINE,
        old="if not reading.inside_range:",
        new="if not reading.probabilities:",
        tests=_OF_HEADLINE,
        run=True,
    ),
    # --------------------------------------------------------------------------------------- Compare's sentence
    Mutation(
        name="worse-is-better",
        wrong="the system with the lower score is said to be ahead",
        file=_VERDICT,
        old="key=lambda system: -means[system.name]",
        new="key=lambda system: means[system.name]",
        tests=_OF_VERDICT,
        run=True,
    ),
    Mutation(
        name="chance-called-better",
        wrong="a difference whose interval holds zero is said to be more than chance",
        file=_VERDICT,
        old="if found.low > 0 or found.high < 0:",
        new="if found.low <= found.high:",
        tests=_OF_VERDICT,
        run=True,
    ),
    Mutation(
        name="only-the-second-can-be-better",
        wrong="a first system that is surely better is told as chance",
        file=_VERDICT,
        old="if found.low > 0 or found.high < 0:",
        new="if found.low > 0:",
        tests=_OF_VERDICT,
        run=True,
    ),
    Mutation(
        name="one-comparison-of-several",
        wrong="the interval of each of several comparisons is that of a single one",
        file=_VERDICT,
        old='difference(ground, first, second, "UA", comparisons)',
        new='difference(ground, first, second, "UA", 1)',
        tests=_OF_VERDICT,
        run=True,
    ),
    # ------------------------------------------------------------------------------------------------ the globe
    Mutation(
        name="near-half-hidden",
        wrong="the sphere hides what lies before it",
        file=_SPHERE,
        old="(-b - Math.sqrt(root)) / a < 1 - ROUNDING",
        new="(-b - Math.sqrt(root)) / a > 1 - ROUNDING",
        tests=_OF_GLOBE,
        run=True,
    ),
    Mutation(
        name="long-way-round",
        wrong="a great circle goes from one direction to another by half of the angle between them",
        file=_SPHERE,
        old="Math.cos((angle * i) / pieces), Math.sin((angle * i) / pieces)",
        new="Math.cos((angle * i) / (2 * pieces)), Math.sin((angle * i) / (2 * pieces))",
        tests=_OF_GLOBE,
        run=True,
    ),
    Mutation(
        name="globe-mirrored",
        wrong="the globe is seen as in a mirror",
        file=_CAMERA,
        old="return [[c, 0, s], [s * S, C, -c * S], [-s * C, S, c * C]];",
        new="return [[-c, 0, -s], [s * S, C, -c * S], [-s * C, S, c * C]];",
        tests=_OF_GLOBE,
        run=True,
    ),
    Mutation(
        name="globe-inside-out",
        wrong="what lies farther away is drawn larger",
        file=_CAMERA,
        old="(column === 3 ? 1 : 0) - value / DISTANCE",
        new="(column === 3 ? 1 : 0) + value / DISTANCE",
        tests=_OF_GLOBE,
        run=True,
    ),
    # --------------------------------------------------------------------------------- the split editor of lesson 3
    Mutation(
        name="every-tested-speaker-heard",
        wrong="whoever is tested counts as heard in training",
        file=_AUDIT,
        old="tested[i] && trained.has(owner)",
        new="tested[i]",
        tests=_OF_SPLIT,
        run=True,
    ),
    Mutation(
        name="copies-not-seen",
        wrong="a recording under two names on both sides is not noticed",
        file=_AUDIT,
        old="shared(recordings.map(one => one.group), tested)",
        new="shared(recordings.map((_, i) => i), tested)",
        tests=_OF_SPLIT,
        run=True,
    ),
    Mutation(
        name="split-by-speaker-by-recording",
        wrong="the split by speaker of the lesson deals recordings",
        file="ser_core/lessons/small_corpus.py",
        old="tuple(index in unheard for index in range(len(chosen)))",
        new="tuple(index in drawn for index in range(len(chosen)))",
        tests=("tests/lessons/test_small_corpus.py",),
        run=True,
    ),
    # -------------------------------------------------------------------------------------- the frames of lesson 4
    Mutation(
        name="frames-begin-at-their-moment",
        wrong="a window of lesson 4 begins at its moment, in place of lying around it",
        file="ui/components/frames_lesson/browser/spectra.js",
        old="const first = number * hopLength - before;",
        new="const first = number * hopLength;",
        tests=("tests/browser/test_frames_scripts.py",),
        run=True,
    ),
    Mutation(
        name="filters-of-one-height",
        wrong="the mel filters of the browser have one height, not one area",
        file="ui/components/in_browser/shared/mel_filters.js",
        old="(high - hertz) / (high - centre)) * 2) / (high - low)",
        new="(high - hertz) / (high - centre)) * 2) / 100",
        tests=("tests/browser/test_frames_scripts.py::test_mel_filters_and_their_centres_are_the_cores",),
        run=True,
    ),
)
