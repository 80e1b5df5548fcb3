"""Which settings of the recipe for people are better for people of corpora that it did not learn from?"""
