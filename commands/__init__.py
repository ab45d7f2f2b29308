"""Commands and nothing else, one file per noun."""
