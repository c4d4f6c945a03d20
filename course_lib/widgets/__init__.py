"""Views of readings and verdicts: a picture beside the text, never instead of it."""
