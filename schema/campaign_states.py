"""How documents count for campaigns."""

ROLES = ("cost", "revenue")
ORIGINS = ("hand", "campaign", "source")
"""Linked by hand, because the document carries the campaign, because of what it was made from."""

ENTERED = ("posted", "reversed")
COUNTING = {"order": ("final",), "contract": ("signed",)}
"""Kind -> the states in which it counts; all other kinds count once they are posted."""
LINKABLE = {"order": ("final",), "contract": ("final", "signed")}
"""Kind -> the states in which it can be linked; all others must be posted."""

DEFAULT_STATUSES = (
    # Each: code; names in English, Romanian and Polish. R106 names the first four.
    ("planned", "Planned", "Planificată", "Planowana"),
    ("approved", "Approved", "Aprobată", "Zatwierdzona"),
    ("initiated", "Initiated", "Inițiată", "Rozpoczęta"),
    ("running", "Running", "În desfășurare", "W toku"),
    ("finished", "Finished", "Încheiată", "Zakończona"),
)
