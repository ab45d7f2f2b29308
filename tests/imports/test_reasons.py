"""What an import itself finds wrong, as a clerk reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.imports import reasons
from crm_cli.imports.parts import part_of
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from crm_cli.values.sentences import Sentence

PART = part_of(ACCOUNT)
SAID = [
    (
        reasons.repeats(4, PART, "tax_digits"),
        "Row 4 has the same tax id.",
        "Rândul 4 are aceeași valoare: CUI.",
        "Wiersz 4 ma tę samą wartość: NIP.",
    ),
    (
        reasons.is_row(4, "account", 7),
        "It is account 7, as row 4 is.",
        "Este partener 7, ca și rândul 4.",
        "To kontrahent 7, tak jak wiersz 4.",
    ),
    (
        reasons.ambiguous("contact", [7, 8]),
        "It may be any of contact 7, 8.",
        "Poate fi oricare dintre: persoană de contact 7, 8.",
        "Pasuje kilka pozycji: osoba kontaktowa 7, 8.",
    ),
    (
        reasons.is_there("product", 7),
        "It is product 7 already.",
        "Există deja: produs 7.",
        "Jest już w bazie: produkt 7.",
    ),
    (
        reasons.unknown("campaign_member"),
        "There is no such campaign member.",
        "Nu există în baza de date: membru al unei campanii.",
        "Nie ma w bazie: uczestnik kampanii.",
    ),
    (
        reasons.missing(PART, "name"),
        "The name of the account is missing.",
        "Câmp obligatoriu: denumire (partener).",
        "Pole wymagane: nazwa (kontrahent).",
    ),
    (
        reasons.for_new_ones(part_of(TASK), "status"),
        "A spreadsheet sets the status of a new task only.",
        "Dintr-un tabel se completează doar la o înregistrare nouă: stare (sarcină).",
        "Z arkusza można to wpisać tylko w nowym rekordzie: status (zadanie).",
    ),
    (
        reasons.wrong_beside(4, "document"),
        "Row 4 of the same document is wrong.",
        "Rândul 4 al aceleiași înregistrări (document) are greșeli.",
        "Wiersz 4 tego samego rekordu (dokument) zawiera błędy.",
    ),
    (
        reasons.says_otherwise(4, "document"),
        "Row 4 of the same document says otherwise.",
        "Rândul 4 al aceleiași înregistrări (document) spune altceva.",
        "Wiersz 4 tego samego rekordu (dokument) podaje co innego.",
    ),
]


@pytest.mark.parametrize(("reason", "en", "ro", "pl"), SAID)
def test_say_it_in_three_languages(reason: Sentence, en: str, ro: str, pl: str) -> None:
    assert [reason.in_language(one) for one in ("en", "ro", "pl")] == [en, ro, pl]
