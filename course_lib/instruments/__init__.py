"""One package for each thing measured, on anybody's code; none knows of exercises or notebooks."""
