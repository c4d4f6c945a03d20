"""The only place that runs a learner's code: its own process, limits, and one verdict back."""
