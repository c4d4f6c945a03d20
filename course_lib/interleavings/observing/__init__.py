"""What rewritten code does: the hooks, and the places in memory that they tell."""
