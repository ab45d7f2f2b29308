"""Kinds of documents, their states and the steps between them."""

Steps = dict[str, tuple[frozenset[str], str]]
"""Step -> (states it starts from, state it leads to)."""


def _steps(**steps: tuple[set[str], str]) -> Steps:
    return {name: (frozenset(origins), goal) for name, (origins, goal) in steps.items()}


QUOTE = _steps(
    approve=({"draft"}, "approved"),
    finalize=({"approved"}, "final"),
    send=({"final", "sent"}, "sent"),
    accept=({"sent"}, "accepted"),
    refuse=({"sent"}, "refused"),
    revise=({"sent"}, "revised"),
)
ORDER = _steps(finalize=({"draft"}, "final"), cancel=({"draft", "final"}, "cancelled"))
CONTRACT = _steps(
    finalize=({"draft"}, "final"),
    sign=({"draft", "final"}, "signed"),
    cancel=({"draft", "final", "signed"}, "cancelled"),
)
POSTED = _steps(post=({"draft"}, "posted"), storno=({"posted"}, "reversed"))

TRANSITIONS: dict[str, Steps] = {
    "quote": QUOTE,
    "order": ORDER,
    "contract": CONTRACT,
    "proforma": POSTED,
    "invoice": POSTED,
    "receipt": POSTED,
    "purchase_invoice": POSTED,
    "purchase_receipt": POSTED,
    "expense_report": POSTED,
    "accounting_note": POSTED,
    "internal_consumption": POSTED,
    "treasury": POSTED,
}
"""Kind -> its steps; every document begins as a draft."""

KINDS = tuple(TRANSITIONS)
STEPS = tuple(dict.fromkeys(step for steps in TRANSITIONS.values() for step in steps))
STATES = tuple(
    dict.fromkeys(
        ["draft", *(goal for steps in TRANSITIONS.values() for _, goal in steps.values())]
    )
)
ISSUED = frozenset(
    {"final", "sent", "accepted", "refused", "revised", "signed", "posted", "reversed"}
)
"""States in which a document has its number and can no longer be edited."""
CLOSED = frozenset({"accepted", "refused", "revised", "reversed", "cancelled"})
"""States in which nothing more is expected of a document."""

SOURCES = {
    "quote": ("opportunity", "lead", "evaluation"),
    "order": ("quote", "opportunity"),
    "contract": ("quote", "opportunity"),
    "proforma": ("order", "contract"),
    "invoice": ("order", "contract"),
    "receipt": ("invoice",),
}
"""Kind -> what it can be made from."""
READY = {"quote": "accepted", "order": "final", "contract": "signed", "invoice": "posted"}
"""Kind -> the state in which others can be made from it."""

SOLD = ("quote", "order", "contract", "proforma", "invoice")
"""What we sell by: never negative, but for a counter-document."""
REVENUE_KINDS = ("order", "contract", "invoice")
COST_KINDS = (
    "purchase_invoice",
    "purchase_receipt",
    "expense_report",
    "accounting_note",
    "internal_consumption",
    "treasury",
)
"""Documents that may carry campaign cost (R99, R100)."""
WITHOUT_VAT = frozenset({"receipt", "treasury", "accounting_note"})
"""Kinds whose lines have VAT only where it is asked for: they move money, they sell nothing."""


def way(kind: str, status: str, goal: str) -> tuple[str, ...]:
    """The shortest steps from a state to another; empty when there is no way."""
    paths: list[tuple[str, tuple[str, ...]]] = [(status, ())]
    seen = {status}
    for state, path in paths:
        for step, (origins, end) in TRANSITIONS[kind].items():
            if state not in origins or end in seen:
                continue
            if end == goal:
                return (*path, step)
            seen.add(end)
            paths.append((end, (*path, step)))
    return ()
