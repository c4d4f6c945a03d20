"""One module a hazard: what is measured, on anybody's code. Instruments know nothing of exercises or notebooks."""
