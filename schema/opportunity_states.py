"""What the stage of an opportunity says of it."""

OUTCOMES = ("open", "won", "lost")
POTENTIALS = ("none", "low", "medium", "high", "very_high")
SALE_TYPES = ("direct", "reseller", "services")
PURPOSES = ("sales", "service", "other")

DEFAULT_CYCLE = (
    # Each: code; names in three languages; potential; probability; outcome. R49 and R50 name them.
    ("new", "New", "Nouă", "Nowa", "none", 0, "open"),
    ("presentation", "1. Presentation", "1. Prezentare", "1. Prezentacja", "low", 20, "open"),
    ("quoting", "2. Quoting", "2. Ofertare", "2. Ofertowanie", "medium", 40, "open"),
    ("negotiation", "3. Negotiation", "3. Negociere", "3. Negocjacje", "high", 60, "open"),
    ("won", "4. Sale", "4. Vânzare", "4. Sprzedaż", "very_high", 100, "won"),
    ("lost", "X. Lost", "X. Pierdut", "X. Utracona", "none", 0, "lost"),
)
