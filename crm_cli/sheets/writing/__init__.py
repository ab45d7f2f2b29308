"""Files of rows for people and programs."""
