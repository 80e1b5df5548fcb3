"""What a recipe's answers are worth for people of a corpus that it was not trained on."""
