"""People as other programs keep them: vCards, and the address books of mail programs as CSV."""
