"""The web server around the pages: which hosts and origins it answers, what it prints at its start."""
