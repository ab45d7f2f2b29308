"""The states of a lead and of its four responsibilities, and the steps between them."""

STATUSES = ("inactive", "active", "won", "refused")
TRANSITIONS = {
    "activate": ({"inactive"}, "active"),
    "win": ({"active"}, "won"),
    "refuse": ({"inactive", "active"}, "refused"),
    "reopen": ({"refused"}, "active"),
}
"""Step -> (states it starts from, state it leads to)."""

RESPONSIBILITIES = ("contact", "meeting", "quoting", "contracting")
RESPONSIBILITY_STATUSES = ("open", "done", "skipped", "refused")
PRIORITIES = ("low", "normal", "high")


def after(responsibility: str) -> str | None:
    """The responsibility that opens when one is done; None after the last."""
    place = RESPONSIBILITIES.index(responsibility) + 1
    return RESPONSIBILITIES[place] if place < len(RESPONSIBILITIES) else None
