"""How often does a model say "none of these" of emotions that it does not know, and of those that it knows?

By speakers whom it has not heard. In its own corpus these are its test speakers: train it without an emotion
(`train --map EMOTION=drop`), and that one is unknown to it.
"""

import argparse

import numpy as np
import pandas
from sklearn.metrics import roc_auc_score

from ser_core.corpora import open_corpus
from ser_core.evaluation.statistics import interval_of_sums
from ser_core.inference import Reader
from ser_core.inference.embedding import UNSEEN, embed_corpus


def told(rows: pandas.DataFrame) -> str:
    """Say which share lies outside every range, with its interval by speaker."""
    outside = (rows["beyond"] > 0).to_numpy(dtype=np.float64)
    if rows["speaker"].nunique() < 2:
        return f"{outside.mean():.1%} of {len(rows)}, one speaker"
    counted = np.column_stack([outside, np.ones(len(rows))])
    found = interval_of_sums(counted, rows["speaker"], lambda sums: sums[:, 0] / sums[:, 1])
    return f"{found.estimate:.1%} ({found.low:.1%} to {found.high:.1%}) of {len(rows)} by {rows['speaker'].nunique()}"


def main() -> None:
    """Print the share of none of these, of known and unknown emotions together and one by one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default="demo-residual")
    parser.add_argument("--corpus", action="append", required=True, help="KIND:DIR; can be repeated")
    arguments = parser.parse_args()
    reader = Reader.load(arguments.checkpoint)
    for corpus in arguments.corpus:
        table = embed_corpus(reader, open_corpus(corpus))
        heard = table[table["split"].isin(("test", UNSEEN))].copy()
        angles = heard[[f"angle_{label}" for label in reader.labels]].to_numpy(dtype=np.float64)
        heard["beyond"] = (angles - reader.checkpoint.ranges).min(axis=1)  # degrees; above 0: none of these
        known = heard["emotion"].isin(reader.labels)
        print(f"{arguments.checkpoint} on {corpus}: none of these, with the 95 % interval by speaker")
        for name, rows in (("known emotions", heard[known]), ("unknown emotions", heard[~known])):
            print(f"  {name}: {told(rows) if len(rows) else 'there are none'}")
        for emotion, rows in heard.groupby("emotion"):
            print(f"    {emotion}{'' if emotion in reader.labels else ', unknown'}: {told(rows)}")
        if known.nunique() == 2:
            area = roc_auc_score(~known, heard["beyond"])
            print(f"  an unknown one lies farther out than a known one in {area:.1%} of the pairs (by chance 50 %)")


if __name__ == "__main__":
    main()
