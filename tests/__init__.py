"""What proves that the course is right."""
