"""Files of rows of every kind, read in a process of their own."""
