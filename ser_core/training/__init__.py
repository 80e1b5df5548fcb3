"""From a recipe and a corpus to a trained model: one loop, its listeners, and runs in their own process."""
