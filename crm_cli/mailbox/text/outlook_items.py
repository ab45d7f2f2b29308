"""What Outlook saves beside e-mail: known by the labels above its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import dates
from crm_cli.mailbox.labels import OUTLOOK
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# The labels of no other kind, folded, a line for each language; two of them must stand there.
_TELLING: Final = {
    "journal entry": """\
entry type|duration
eintragstyp|dauer
typ wpisu|czas trwania
tip intrare|durata
type d'entree|duree""",
    "task": """\
status|percent complete|date completed|total work|actual work|due date|owner
% erledigt|prozent abgeschlossen|gesamtaufwand|ist-aufwand|fallig am|besitzer|erledigt am
stan|procent wykonania|procent ukonczenia|praca ogolem|praca rzeczywista|termin|wlasciciel
stare|procent finalizat|procent efectuat|total lucru|lucru efectiv|data scadenta|proprietar
etat|% acheve|pourcentage acheve|travail total|travail reel|echeance|proprietaire""",
    "meeting request": """\
meeting status|organizer|required attendees|optional attendees
besprechungsstatus|organisator|erforderliche teilnehmer|optionale teilnehmer
stan spotkania|organizator|wymagani uczestnicy|opcjonalni uczestnicy
stare intalnire|starea intalnirii|participanti necesari|participanti obligatorii
etat de la reunion|organisateur|participants obligatoires|participants facultatifs""",
    "appointment": """\
start|end|show time as|recurrence
beginn|ende|anzeigen als|zeitspanne zeigen als|serientyp
poczatek|rozpoczecie|koniec|zakonczenie|pokaz czas jako|cykl
inceput|incepe|sfarsit|se termina|afisare ora ca|recurenta
debut|fin|afficher la disponibilite|periodicite""",
    "contact": """\
full name|last name|first name|job title|company|business address|home address|business|mobile
vollstandiger name|name|nachname|vorname|position|firma
imie i nazwisko|pelna nazwa|nazwisko|imie|stanowisko
nume complet|nume|nume de familie|prenume|functie|companie
nom complet|nom|prenom|fonction|societe""",
}
TELLING: Final = {
    kind: frozenset(lines.replace("\n", "|").split("|")) for kind, lines in _TELLING.items()
}
POSTED: Final = frozenset({
    "posted at", "bereitgestellt", "veroffentlicht", "opublikowano", "publicat la", "publie le",
})  # fmt: skip
NOTE: Final = "Modified|Geändert|Zmodyfikowano|Modificat|Modifié"
NOTES: Final = frozenset(map(fold, NOTE.split("|")))
CONTACT: Final = (
    "Full Name|Last Name|Vollständiger Name|Name|Imię i nazwisko|Pełna nazwa|Nume complet"
    "|Nom complet"
)
# A form on a web site asks for names too: among messages a contact names them in this order.
NAMES: Final = (
    ("full name", "last name", "first name"),
    ("vollstandiger name", "nachname", "vorname"),
    ("name", "nachname", "vorname"),
    ("imie i nazwisko", "nazwisko", "imie"),
    ("pelna nazwa", "nazwisko", "imie"),
    ("nume complet", "nume", "prenume"),
    ("nume complet", "nume de familie", "prenume"),
    ("nom complet", "nom", "prenom"),
)
_FIRST: Final = "|".join((*OUTLOOK.spellings("subject"), NOTE, CONTACT))
FIRST_LINE: Final = re.compile(rf"\n(?=(?:{_FIRST})[ \u00a0]?:\t)")
# An empty line may part groups of them.
LINE: Final = re.compile(
    r"(?:[ \t]*\n)?(?P<label>[^\W\d_%][^\t\n:]{0,40}|% ?[^\t\n:]{1,40}):"
    r"(?:\t(?P<value>[^\n]*))?(?:\n|\Z)"
)


def kind_at(text: str, start: int, zone: ZoneInfo, *, alone: bool) -> str:
    """What begins at `start`, "task" for instance; empty for e-mail and for anything else.

    `alone` is for the beginning of a file, where a contact is known by fewer labels.
    """
    lines = _lines(text, start)
    labels = list(lines)
    if not labels:
        return ""
    field = OUTLOOK.field(labels[0])
    if field == "from":
        return "post" if POSTED.intersection(labels[:3]) else ""
    if field == "subject":
        return _kind_of(labels)
    if labels[0] in NOTES:
        return "note" if len(lines) == 1 and dates.utc(lines[labels[0]], zone) else ""
    named = tuple(labels[:3]) in NAMES
    return "contact" if named or (alone and _counts("contact", labels)) else ""


def _kind_of(labels: list[str]) -> str:
    return next((kind for kind in TELLING if kind != "contact" and _counts(kind, labels)), "")


def _counts(kind: str, labels: list[str]) -> bool:
    return len(TELLING[kind].intersection(labels)) > 1


def _lines(text: str, start: int) -> dict[str, str]:
    """The labels of the lines from `start` on, folded, and their values; none comes twice."""
    found: dict[str, str] = {}
    while (line := LINE.match(text, start)) and (label := fold(line["label"])) not in found:
        found[label] = (line["value"] or "").strip()
        start = line.end()
    return found
