"""What the rows of each noun are made into."""
