"""A schedule told step by step, and replayed."""
