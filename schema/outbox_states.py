"""The states of a mail that is to leave, and the steps between them."""

from datetime import timedelta

STATUSES = ("queued", "claimed", "dot", "sent", "held", "failed", "cancelled")
"""`dot`: all but the final dot was given to the server; after a crash only that is in doubt."""
TRANSITIONS = {
    "claim": ({"queued"}, "claimed"),
    "dot": ({"claimed"}, "dot"),
    "taken": ({"dot", "held", "queued"}, "sent"),
    "sent": ({"held", "failed", "queued"}, "sent"),
    "hold": ({"dot"}, "held"),
    "postpone": ({"claimed", "dot"}, "queued"),
    "fail": ({"claimed", "dot"}, "failed"),
    "retry": ({"queued", "held", "failed", "cancelled"}, "queued"),
    "cancel": ({"queued", "held", "failed"}, "cancelled"),
}
"""Step -> (states it starts from, state it leads to)."""

UNCERTAIN = ("resend", "hold")
"""What becomes of a mail of which nobody knows whether it went."""
FARTHEST = timedelta(hours=2)
"""No mail is put off for longer; one that is due later has that of a clock which was wrong."""
