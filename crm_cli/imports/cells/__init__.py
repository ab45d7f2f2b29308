"""From cells to values."""
