"""Many runs: a recipe over all folds of a protocol, in processes side by side."""
