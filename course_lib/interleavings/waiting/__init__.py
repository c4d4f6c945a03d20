"""Locks, events and queues that wait for the explorer's turn instead of the operating system's."""
