"""The words of interactions and mails."""

KINDS = ("note", "call", "email", "sms", "visit", "document", "file")
DIRECTIONS = ("in", "out")

MAIL_DIRECTIONS = ("in", "out", "internal")
MATCHES = ("assigned", "site", "contact", "account", "forwarded", "name")
"""What a mail was matched by, the surest first; by name alone is unsure."""
WAITING = "account_id IS NULL AND contact_id IS NULL AND direction <> 'internal'"
"""SQL of the mails of which nobody knows whose they are."""
