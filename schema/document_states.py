"""Kinds of documents, their states and the steps between them."""

QUOTE = {
    "approve": ({"draft"}, "approved"),
    "finalize": ({"approved"}, "final"),
    "send": ({"final", "sent"}, "sent"),
    "accept": ({"sent"}, "accepted"),
    "refuse": ({"sent"}, "refused"),
    "revise": ({"sent"}, "revised"),
}
ORDER = {"finalize": ({"draft"}, "final"), "cancel": ({"draft", "final"}, "cancelled")}
CONTRACT = {
    "finalize": ({"draft"}, "final"),
    "sign": ({"draft", "final"}, "signed"),
    "cancel": ({"draft", "final", "signed"}, "cancelled"),
}
POSTED = {"post": ({"draft"}, "posted"), "storno": ({"posted"}, "reversed")}

TRANSITIONS = {
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
"""Kind -> step -> (states it starts from, state it leads to); every document begins as a draft."""

KINDS = tuple(TRANSITIONS)
ISSUED = frozenset(
    {"final", "sent", "accepted", "refused", "revised", "signed", "posted", "reversed"}
)
"""States in which a document has its number and can no longer be edited."""

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
