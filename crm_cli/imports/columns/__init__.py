"""Which column of a file is which of a noun, and how it writes its values."""
