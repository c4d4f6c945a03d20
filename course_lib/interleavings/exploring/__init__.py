"""Which schedules to try next, and when every one that matters was tried."""
