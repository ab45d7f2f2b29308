"""placeholder"""

from __future__ import annotations


def clean_email(text: str) -> str:
    return text.strip()
