"""The words that mail programs write before the colon of a header line, by language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Field: TypeAlias = Literal[
    "subject", "from", "date", "to", "cc", "bcc", "reply_to", "newsgroups",
    "attachments", "importance", "categories", "flag",
]  # fmt: skip
Table: TypeAlias = "dict[str, dict[Field, str]]"

OUTLOOK_WORDS: Final[Table] = {
    "en": {
        "from": "From", "date": "Sent|Date", "to": "To", "cc": "Cc", "bcc": "Bcc",
        "subject": "Subject", "attachments": "Attachments", "importance": "Importance",
        "categories": "Categories", "flag": "Follow Up Flag|Flag Status",
    },
    "de": {
        "from": "Von", "date": "Gesendet|Datum", "to": "An|Bis", "cc": "Cc", "bcc": "Bcc",
        "subject": "Betreff", "attachments": "Anlagen", "importance": "Wichtigkeit",
        "categories": "Kategorien", "flag": "Nachverfolgungskennzeichnung|Kennzeichnungsstatus",
    },
    "pl": {
        "from": "Od", "date": "Wysłano|Data", "to": "Do", "cc": "DW", "bcc": "UDW",
        "subject": "Temat", "attachments": "Załączniki", "importance": "Ważność",
        "categories": "Kategorie", "flag": "Flaga monitująca|Stan flagi",
    },
    "ro": {
        "from": "De la", "date": "Trimis|Dată|Data", "to": "Către", "cc": "Cc", "bcc": "Bcc",
        "subject": "Subiect|Subiectul", "attachments": "Atașări|Atașamente|Fișiere atașate",
        "importance": "Importanță", "categories": "Categorii",
        "flag": "Semnalizare de urmărire|Stare semnalizare",
    },
    "fr": {
        "from": "De", "date": "Envoyé|Date", "to": "À", "cc": "Cc", "bcc": "Cci",
        "subject": "Objet", "attachments": "Pièces jointes", "importance": "Importance",
        "categories": "Catégories", "flag": "Indicateur de suivi|État de l'indicateur",
    },
    "hu": {
        "from": "Feladó", "date": "Elküldve|Dátum", "to": "Címzett", "cc": "Másolatot kap",
        "bcc": "Titkos másolat", "subject": "Tárgy", "attachments": "Mellékletek",
        "importance": "Fontosság", "categories": "Kategóriák",
    },
    "cs": {
        "from": "Od", "date": "Odesláno|Datum", "to": "Komu", "cc": "Kopie", "bcc": "Skrytá kopie",
        "subject": "Předmět", "attachments": "Přílohy", "importance": "Důležitost",
        "categories": "Kategorie",
    },
    "it": {
        "from": "Da", "date": "Inviato|Data", "to": "A", "cc": "Cc", "bcc": "Ccn",
        "subject": "Oggetto", "attachments": "Allegati", "importance": "Priorità",
        "categories": "Categorie",
    },
    "es": {
        "from": "De", "date": "Enviado|Enviado el|Fecha", "to": "Para", "cc": "CC", "bcc": "CCO",
        "subject": "Asunto", "attachments": "Datos adjuntos", "importance": "Importancia",
        "categories": "Categorías",
    },
}  # fmt: skip

THUNDERBIRD_WORDS: Final[Table] = {
    "en": {
        "subject": "Subject", "from": "From", "date": "Date", "to": "To", "cc": "CC", "bcc": "BCC",
        "newsgroups": "Newsgroups", "reply_to": "Reply-To", "attachments": "Attachments",
    },
    "ro": {
        "subject": "Subiect", "from": "de la", "date": "Dată", "to": "Către", "cc": "CC",
        "bcc": "BCC", "newsgroups": "Grupuri de discuții", "reply_to": "Răspuns către",
        "attachments": "Atașamente",
    },
    "pl": {
        "subject": "Temat", "from": "Nadawca|Od", "date": "Data", "to": "Adresat|Do",
        "cc": "Kopia|Cc", "bcc": "Ukryta kopia|Bcc", "newsgroups": "Grupy dyskusyjne",
        "reply_to": "Odpowiedź-Do", "attachments": "Załączniki",
    },
    "de": {
        "subject": "Betreff", "from": "Von", "date": "Datum", "to": "An", "cc": "Kopie (CC)|Cc",
        "bcc": "Blindkopie (BCC)|Bcc", "newsgroups": "Newsgruppen", "reply_to": "Antwort an",
        "attachments": "Anhänge|Anlagen",
    },
    "fr": {
        "subject": "Sujet", "from": "De|Expéditeur", "date": "Date", "to": "Pour|Destinataire",
        "cc": "Copie à|Cc", "bcc": "Copie cachée à|Cci", "newsgroups": "Groupes de discussion",
        "reply_to": "Répondre à", "attachments": "Pièces jointes",
    },
    "hu": {
        "subject": "Tárgy", "from": "Feladó", "date": "Dátum", "to": "Címzett", "cc": "CC",
        "bcc": "BCC", "newsgroups": "Hírcsoportok", "reply_to": "Válaszcím",
        "attachments": "Mellékletek",
    },
    "cs": {
        "subject": "Předmět", "from": "Od", "date": "Datum", "to": "Komu", "cc": "Kopie|Cc",
        "bcc": "Skrytá kopie|Bcc", "newsgroups": "Diskusní skupina",
        "reply_to": "Adresa pro odpověď", "attachments": "Přílohy",
    },
    "it": {
        "subject": "Oggetto", "from": "Mittente|Da", "date": "Data", "to": "A", "cc": "CC",
        "bcc": "Ccn|Bcc", "newsgroups": "Gruppi di discussione", "reply_to": "Rispondi-a",
        "attachments": "Allegati",
    },
    "es": {
        "subject": "Asunto", "from": "De", "date": "Fecha", "to": "Para", "cc": "CC", "bcc": "BCC",
        "newsgroups": "Grupos de noticias", "reply_to": "Responder a",
        "attachments": "Archivos adjuntos",
    },
}  # fmt: skip


class Labels:
    """Finds the field of a label, whatever became of its diacritics on the way."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._exact = {word: field for _, field, word in _words(table)}
        self._english = {word for code, _, word in _words(table) if code == "en"}
        self._folded = {
            fold(spelt): field
            for _, field, word in _words(table)
            for spelt in (_misread(word), word)
        }
        self._languages: dict[str, set[str]] = {}
        for code, _, word in _words(table):
            for spelt in (word, fold(word)):
                self._languages.setdefault(spelt, set()).add(code)

    def field(self, label: str) -> Field | None:
        """The field that `label` names in any language, or None."""
        known = self._exact.get(label)
        if known or not label or len(label) > 40:
            return known
        folded = fold(label.rstrip(" \u00a0"))
        return self._folded.get(folded) or self._damaged(label)

    def spellings(self, *fields: Field) -> list[str]:
        """Every label of these fields, longest first."""
        found = {word for _, field, word in _words(self._table) if field in fields}
        return sorted(found, key=lambda word: (-len(word), word))

    def is_english(self, labels: Iterable[str]) -> bool:
        """Whether all these labels are English words."""
        return self._english.issuperset(labels)

    def are_of_one_language(self, first: str, second: str) -> bool:
        """Whether one program may have written both labels; it may, where letters were lost."""
        of_first, of_second = self._languages_of(first), self._languages_of(second)
        return of_first is None or of_second is None or not of_first.isdisjoint(of_second)

    def _languages_of(self, label: str) -> set[str] | None:
        return self._languages.get(label) or self._languages.get(fold(label))

    def _damaged(self, label: str) -> Field | None:
        """The label whose letters a smaller alphabet wrote as question marks."""
        if "?" not in label and "\ufffd" not in label:
            return None
        shape = re.compile(re.sub(r"\\\?|\ufffd", r"[^\\x00-\\x7f]", re.escape(label)))
        return next((f for word, f in self._exact.items() if shape.fullmatch(word)), None)


def _misread(word: str) -> str:
    """What a program made of it that took the alphabet of Warsaw for that of Paris."""
    cedilla = word.translate(str.maketrans("șț", "şţ"))
    return cedilla.encode("cp1250", "replace").decode("cp1252", "replace")


def _words(table: Table) -> Iterator[tuple[str, Field, str]]:
    for code, fields in table.items():
        for field, words in fields.items():
            for word in words.split("|"):
                yield code, field, word


OUTLOOK: Final = Labels(OUTLOOK_WORDS)
THUNDERBIRD: Final = Labels(THUNDERBIRD_WORDS)
