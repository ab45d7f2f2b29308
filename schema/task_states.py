"""The states of a task and the words of its columns."""

STATUSES = ("open", "done", "cancelled")
TRANSITIONS = {
    "done": ({"open"}, "done"),
    "cancel": ({"open"}, "cancelled"),
    "reopen": ({"done", "cancelled"}, "open"),
}
"""Step -> (states it starts from, state it leads to)."""

PRIORITIES = ("low", "normal", "high")
KINDS = ("task", "responsibility", "follow_up", "memento", "mail")
CHANNELS = ("email", "message", "none")
DAYS_BEFORE = ("0", "1", "2", "3")
