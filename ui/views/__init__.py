"""One folder per page; each file draws one part of it."""
