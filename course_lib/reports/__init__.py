"""What every report is made of: a folder held by one run, a file of lines that a stop leaves whole, pages."""
