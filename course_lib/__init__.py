"""A course on what AI-written code gets wrong, measured instead of guessed."""
