"""The real things that code runs against: databases, a hostile server, an accounts store."""
