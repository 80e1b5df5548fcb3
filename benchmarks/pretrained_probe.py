"""How well does logistic regression tell emotions from the vectors of the pretrained networks, on voices not heard?

Mean, deviation and maximum of every value over time, of both networks, standardised by the training utterances. The
penalty is the one of four with the best unweighted average recall on the fold's development speakers, or one that is
given, with which the development speakers are learned from, too. The test speakers choose nothing.
"""

import argparse
import statistics

import numpy as np

from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import make_folds
from ser_core.evaluation.metrics import confusion, uar
from ser_core.inputs import INPUTS, read_inputs
from ser_core.pretrained import NETWORKS
from ser_core.types import FloatArray
from ser_core.workspace import cache_directory

PENALTIES = (0.001, 0.01, 0.1, 1.0)  # scikit-learn's C


def vectors(corpus: str, networks: list[str]) -> tuple[FloatArray, Manifest]:
    """Compute one vector per utterance of a corpus, ``(B, F)``."""
    manifest = open_corpus(corpus)
    inputs = {name: INPUTS[name](high_pass_hertz=75.0) for name in networks}
    values, _ = read_inputs(inputs, manifest, cache=cache_directory(), progress=told)
    pooled = [
        np.stack([np.concatenate([item.mean(0), item.std(0, correction=0), item.amax(0)]) for item in of_one])
        for of_one in values.values()
    ]
    return np.concatenate(pooled, axis=1), manifest


def told(done: int, total: int) -> None:
    """Print how far the reading is."""
    print(f"{done} of {total}", end="\r", flush=True)


def main() -> None:
    """Print the unweighted average recall over the folds."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", required=True, help="KIND:DIR")
    parser.add_argument("--protocol", default="emobox")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--penalty", type=float, help="scikit-learn's C; chosen by development speakers if not given")
    parser.add_argument("--networks", nargs="+", default=list(NETWORKS), choices=NETWORKS)
    arguments = parser.parse_args()
    features, manifest = vectors(arguments.corpus, arguments.networks)
    labels, truth = manifest.labels, np.array([row.emotion for row in manifest.utterances])

    def recall(model, rows) -> float:  # type: ignore[no-untyped-def]
        return uar(confusion(list(truth[rows]), list(model.predict(features[rows])), labels))

    scores = []
    for fold in make_folds(manifest, arguments.protocol, arguments.seed):
        train, development, test = (list(part) for part in (fold.train, fold.development, fold.test))
        if arguments.penalty is not None:
            train += development
        fitted = {
            penalty: make_pipeline(StandardScaler(), LogisticRegression(C=penalty, max_iter=2_000)).fit(
                features[train], truth[train]
            )
            for penalty in ([arguments.penalty] if arguments.penalty is not None else PENALTIES)
        }
        chosen = max(fitted, key=lambda penalty: recall(fitted[penalty], development))
        scores.append(100 * recall(fitted[chosen], test))
        print(f"fold {fold.number}: UA {scores[-1]:.1f} (C {chosen:g})")
    deviation = statistics.stdev(scores) if len(scores) > 1 else 0.0
    print(
        f"{' + '.join(arguments.networks)}, logistic regression, {arguments.corpus.partition(':')[0]}, "
        f"{arguments.protocol}, seed {arguments.seed}: UA {statistics.mean(scores):.1f} ± {deviation:.1f}"
    )


if __name__ == "__main__":
    main()
