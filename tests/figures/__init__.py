"""Every number in the prose of the lessons: made again by the lesson itself, cited with its source, or no figure."""
