"""How a contact looks from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.values.text import fold, fold_name
from crm_cli.views.types import LONG_TEXT, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

if TYPE_CHECKING:
    from crm_cli.views.types import Place


GENDERS = {
    word: gender
    for gender, words in {
        "female": "f k w woman femeie feminin doamna dna kobieta pani",
        "male": "m b man barbat masculin domnul dl mezczyzna pan",
    }.items()
    for word in words.split()
}


class Gender(Choice):
    """Female or male, in the words and letters of offices."""

    def parse(self, text: str, place: Place) -> str:
        """Read a word in English, Romanian or Polish."""
        return super().parse(GENDERS.get(fold(text).rstrip("."), text), place)


def surname_last(name: str) -> str:
    """`Popescu Ion` as `Ion Popescu`, folded."""
    first, _, rest = fold_name(name).partition(" ")
    return f"{rest} {first}".strip()


def surname_first(name: str) -> str:
    """`Ion Popescu` as `Popescu Ion`, folded."""
    rest, _, last = fold_name(name).rpartition(" ")
    return f"{last} {rest}".strip()


def _name_keys() -> tuple[Key, ...]:
    """People are named surname first and surname last; the order as typed wins."""
    return tuple(
        Key(prefix="name", sql="c.name_folded", normal=order, plain=lambda _: True)
        for order in (fold_name, surname_last, surname_first)
    )


CONTACT = View(
    noun="contact",
    entity="schema.contact:Contact",
    alias="c",
    source=(
        "contact c"
        " LEFT JOIN account a ON a.id = c.account_id"
        " LEFT JOIN employee owner ON owner.id = c.owner_id"
    ),
    search=("c.name_folded", "lower(c.email)", "a.name_folded"),
    service="contacts",
    keys=(
        Key(prefix="email", sql="lower(c.email)", normal=str.lower, plain=lambda text: "@" in text),
        Key(prefix="ext", sql="c.external_id", normal=str),
        *_name_keys(),
    ),
    columns=(
        id_column("c"),
        Column(
            name="name",
            sql="c.name",
            folded="c.name_folded",
            labels=("Name", "Nume", "Imię i nazwisko"),
            aliases=("Contact", "Persoană de contact", "Nume și prenume", "Osoba kontaktowa"),
            field="name",
            required=True,
            listed=True,
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="c.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                aliases=("Company", "Firma", "Cont"),
                field="account_id",
                listed=True,
                help="Whose contact the person is; none for a person alone.",
            )
        ),
        Column(
            name="job_title",
            sql="c.job_title",
            labels=("Job title", "Funcție", "Stanowisko"),
            field="job_title",
            listed=True,
        ),
        Column(
            name="level",
            sql="c.level",
            labels=("Level", "Nivel organizatoric", "Szczebel"),
            field="level",
            help="Place in the organisation, for example 'General Director'.",
        ),
        Column(
            name="area",
            sql="c.area",
            labels=("Area", "Arie de responsabilitate", "Obszar"),
            field="area",
            help="What the person decides, for example Purchasing.",
        ),
        Column(
            name="email",
            sql="c.email",
            labels=("E-mail", "E-mail", "E-mail"),
            aliases=("Email",),
            field="email",
            listed=True,
        ),
        Column(
            name="other_emails",
            sql="c.other_emails",
            labels=("Other e-mails", "Alte e-mailuri", "Inne e-maile"),
            field="other_emails",
            help="Written with commas.",
        ),
        Column(
            name="phone",
            sql="c.phone",
            labels=("Phone", "Telefon", "Telefon"),
            aliases=("Mobil", "Mobile", "Tel."),
            field="phone",
            listed=True,
        ),
        Column(
            name="other_phones",
            sql="c.other_phones",
            labels=("Other phones", "Alte telefoane", "Inne telefony"),
            field="other_phones",
            help="Written with commas.",
        ),
        Column(
            name="gender",
            sql="c.gender",
            type=Gender("female", "male"),
            labels=("Gender", "Gen", "Płeć"),
            field="gender",
        ),
        Column(
            name="salutation",
            sql="c.salutation",
            labels=("Salutation", "Formulă de adresare", "Zwrot grzecznościowy"),
            field="salutation",
            help="How mail begins, for example 'Stimate domnule Popescu'.",
        ),
        Column(
            name="language",
            sql="c.language",
            type=Choice("en", "ro", "pl"),
            labels=("Language", "Limba", "Język"),
            field="language",
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                folded="owner.name_folded",
                noun="employee",
                key="c.owner_id",
                labels=("Owner", "Responsabil", "Opiekun"),
                field="owner_id",
            )
        ),
        Column(
            name="note",
            sql="c.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("c"),
    ),
)
