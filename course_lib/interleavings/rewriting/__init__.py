"""Source rewritten so that every access to shared data passes through a hook."""
