"""How an account looks from outside."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.addresses import address_columns
from crm_cli.views.types import BOOLEAN, INTEGER, LONG_TEXT, MONEY, Choice, WordSet
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id


def _tax_digits(text: str) -> str:
    from crm_cli.values.tax_ids import tax_digits

    return tax_digits(text)


def _looks_like_tax_id(text: str) -> bool:
    from crm_cli.values.tax_ids import looks_like_tax_id

    return looks_like_tax_id(text)


RELATION = WordSet("lead", "prospect", "customer", "supplier", "competitor", "other")

ACCOUNT = View(
    noun="account",
    entity="schema.account:Account",
    alias="a",
    source=(
        "account a"
        " LEFT JOIN employee owner ON owner.id = a.owner_id"
        " LEFT JOIN employee sales ON sales.id = a.sales_rep_id"
        " LEFT JOIN employee service ON service.id = a.service_rep_id"
        " LEFT JOIN team t ON t.id = a.team_id"
    ),
    search=("a.name_folded", "a.city_folded"),
    service="accounts",
    merged_into="a.merged_into_id",
    keys=(
        Key(prefix="tax", sql="a.tax_digits", normal=_tax_digits, plain=_looks_like_tax_id),
        Key(prefix="email", sql="lower(a.email)", normal=str.lower, plain=lambda text: "@" in text),
        Key(prefix="no", sql="a.code", normal=str, plain=lambda _: True),
        Key(prefix="ext", sql="a.external_id", normal=str),
        Key(prefix="name", sql="a.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("a"),
        Column(
            name="name",
            sql="a.name",
            folded="a.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            aliases=(
                "Company",
                "Account",
                "Denumire firmă",
                "Firma",
                "Partener",
                "Cont",
                "Kontrahent",
                "Nazwa firmy",
            ),
            field="name",
            required=True,
            listed=True,
        ),
        Column(
            name="code",
            sql="a.code",
            labels=("Code", "Cod intern", "Kod"),
            aliases=("Cod", "Internal code"),
            field="code",
        ),
        Column(
            name="relations",
            sql="a.relations",
            type=RELATION,
            labels=("Relations", "Relații", "Relacje"),
            aliases=("Tip", "Type"),
            field="relations",
            listed=True,
        ),
        Column(
            name="tax_id",
            sql="a.tax_id",
            folded="a.tax_digits",
            labels=("Tax id", "CUI", "NIP"),
            aliases=("Cod fiscal", "CIF", "Cod unic", "VAT number", "Tax number"),
            field="tax_id",
            listed=True,
        ),
        Column(
            name="tax_id_invalid",
            sql="a.tax_id_invalid",
            type=BOOLEAN,
            labels=("Tax id invalid", "CUI greșit", "NIP nieprawidłowy"),
            help="Kept by an import with --accept-invalid tax_id.",
        ),
        Column(
            name="registration_no",
            sql="a.registration_no",
            labels=("Registration no.", "Reg. com.", "KRS/REGON"),
            aliases=("Nr. reg. com.", "Registrul comerțului", "KRS", "REGON"),
            field="registration_no",
        ),
        Column(
            name="email",
            sql="a.email",
            labels=("E-mail", "E-mail", "E-mail"),
            aliases=("Email", "Adresă e-mail", "Adres e-mail"),
            field="email",
        ),
        Column(
            name="phone",
            sql="a.phone",
            labels=("Phone", "Telefon", "Telefon"),
            aliases=("Mobil", "Tel.", "Mobile"),
            field="phone",
            listed=True,
        ),
        Column(
            name="other_phones",
            sql="a.other_phones",
            labels=("Other phones", "Alte telefoane", "Inne telefony"),
            field="other_phones",
        ),
        Column(
            name="website",
            sql="a.website",
            labels=("Website", "Pagină web", "Strona WWW"),
            field="website",
        ),
        *address_columns("a"),
        Column(
            name="language",
            sql="a.language",
            type=Choice("en", "ro", "pl"),
            labels=("Language", "Limba", "Język"),
            field="language",
        ),
        Column(
            name="turnover",
            sql="a.turnover",
            type=MONEY,
            labels=("Turnover", "Cifra de afaceri", "Obrót"),
            field="turnover",
            help="Yearly turnover, in the company's currency.",
        ),
        Column(
            name="employees",
            sql="a.employees",
            type=INTEGER,
            labels=("Employees", "Nr. angajați", "Liczba pracowników"),
            aliases=("Număr angajați", "Angajați", "Number of employees"),
            field="employees",
        ),
        Column(
            name="industry",
            sql="a.industry",
            labels=("Industry", "Domeniu de activitate", "Branża"),
            aliases=("Domeniu", "Domain"),
            field="industry",
        ),
        Column(
            name="interests",
            sql="a.interests",
            labels=("Interests", "Activități de interes", "Zainteresowania"),
            field="interests",
            help="Our activities that interest the partner.",
        ),
        *with_id(
            Column(
                name="owner",
                sql="owner.name",
                noun="employee",
                key="a.owner_id",
                labels=("Owner", "Responsabil", "Opiekun"),
                field="owner_id",
            )
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="a.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        *with_id(
            Column(
                name="sales_rep",
                sql="sales.name",
                noun="employee",
                key="a.sales_rep_id",
                labels=("Sales representative", "Agent vânzări", "Przedstawiciel handlowy"),
                field="sales_rep_id",
            )
        ),
        *with_id(
            Column(
                name="service_rep",
                sql="service.name",
                noun="employee",
                key="a.service_rep_id",
                labels=("Service representative", "Responsabil service", "Serwisant"),
                field="service_rep_id",
            )
        ),
        Column(
            name="note",
            sql="a.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            aliases=("Obs.", "Notes"),
            field="note",
        ),
        *record_columns("a"),
    ),
)
