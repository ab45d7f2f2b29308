"""Mail exported as plain text: what the dialects of Outlook and Thunderbird share."""
