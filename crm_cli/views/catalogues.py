"""How the catalogues look from outside: a code, a name per language, a position, own columns."""

from __future__ import annotations

import re

from crm_cli.values.text import fold
from crm_cli.views.types import BOOLEAN, INTEGER, PERCENT, QUANTITY, Choice
from crm_cli.views.view import Column, Key, Labels, View, id_column, record_columns, with_id
from schema.document_states import KINDS
from schema.opportunity_states import OUTCOMES, POTENTIALS

RATE = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})? ?%")


def catalogue(
    noun: str,
    entity: str,
    *own: Column,
    source: str | None = None,
    keys: tuple[Key, ...] = (),
    order: str = "position",
    service: str = "catalogues",
) -> View:
    """The view of a catalogue; its table has the alias `c`."""
    return View(
        noun=noun,
        entity=entity,
        alias="c",
        source=source or f"{noun} c",
        title="name_en",
        order=order,
        service=service,
        search=("c.names_folded",),
        keys=(
            Key(prefix="no", sql="c.code", normal=str, plain=lambda _: True),
            *keys,
            Key(prefix="ext", sql="c.external_id", normal=str),
            *(_folded("name", f"c.name_{language}") for language in ("en", "ro", "pl")),
            _folded("no", "c.code"),
        ),
        columns=(id_column("c"), *_shared_columns(), *own, *record_columns("c")),
    )


def _folded(prefix: str, sql: str) -> Key:
    return Key(prefix=prefix, sql=sql, normal=fold, plain=lambda _: True, is_folded=True)


def _shared_columns() -> tuple[Column, ...]:
    return (
        Column(
            name="code",
            sql="c.code",
            labels=("Code", "Cod", "Kod"),
            field="code",
            required=True,
            listed=True,
            help="Short name for scripts, without spaces; it should not change.",
        ),
        _name("en", ("Name (English)", "Denumire (engleză)", "Nazwa (angielski)"), required=True),
        _name("ro", ("Name (Romanian)", "Denumire (română)", "Nazwa (rumuński)")),
        _name("pl", ("Name (Polish)", "Denumire (poloneză)", "Nazwa (polski)")),
        Column(
            name="position",
            sql="c.position",
            type=INTEGER,
            labels=("Position", "Poziție", "Pozycja"),
            field="position",
            help="Place in the list; the last one where it is not given.",
        ),
    )


def _name(language: str, labels: Labels, *, required: bool = False) -> Column:
    name = f"name_{language}"
    return Column(
        name=name, sql=f"c.{name}", labels=labels, field=name, required=required, listed=True
    )


def _own(name: str, labels: Labels, **attributes: object) -> Column:
    return Column(
        name=name,
        sql=f"c.{name}",
        labels=labels,
        field=name,
        listed=True,
        **attributes,  # type: ignore[arg-type]  # attributes of Column
    )


def _scaled(text: str) -> int:
    from crm_cli.values.numbers import parse_percent

    return QUANTITY.bind(parse_percent(text))


IS_DEFAULT = _own(
    "is_default",
    ("Default", "Implicit", "Domyślny"),
    type=BOOLEAN,
    help="The one that is taken where none is named; setting it takes it from the others.",
)

TEAM = catalogue("team", "schema.team:Team")
REASON = catalogue("reason", "schema.catalogue:Reason")
STATUS = catalogue("status", "schema.campaign:Status")
CYCLE = catalogue("cycle", "schema.catalogue:Cycle", IS_DEFAULT)

STAGE = catalogue(
    "stage",
    "schema.catalogue:Stage",
    *with_id(
        Column(
            name="cycle",
            sql="y.code",
            noun="cycle",
            key="c.cycle_id",
            labels=("Sales cycle", "Ciclu de vânzare", "Cykl sprzedaży"),
            field="cycle_id",
            required=True,
            listed=True,
        )
    ),
    _own(
        "potential",
        ("Potential", "Potențial", "Potencjał"),
        type=Choice(*POTENTIALS),
        help="Sales potential of an opportunity in this stage.",
    ),
    _own(
        "probability",
        ("Probability %", "Probabilitate %", "Prawdopodobieństwo %"),
        type=PERCENT,
        help="Sale probability that an opportunity takes over with this stage.",
    ),
    _own(
        "outcome",
        ("Outcome", "Rezultat", "Wynik"),
        type=Choice(*OUTCOMES),
        help="What an opportunity in this stage is.",
    ),
    source="stage c LEFT JOIN cycle y ON y.id = c.cycle_id",
    order="cycle_id,position",
)

SERIES = catalogue(
    "series",
    "schema.catalogue:Series",
    _own(
        "kind",
        ("Kind", "Tip document", "Rodzaj dokumentu"),
        type=Choice(*KINDS, "opportunity"),
        required=True,
        help="What the numbers of this series are for.",
    ),
    _own(
        "prefix",
        ("Prefix", "Prefix", "Prefiks"),
        help="Text before the number.",
    ),
    _own(
        "next_number",
        ("Next number", "Următorul număr", "Następny numer"),
        type=INTEGER,
        help="Number of the next document; fixed once one was taken.",
    ),
    _own(
        "digits",
        ("Digits", "Cifre", "Cyfry"),
        type=INTEGER,
        help="Numbers are filled up with zeros to so many digits.",
    ),
    Column(
        name="last_date",
        sql="c.last_date",
        labels=("Last date", "Ultima dată", "Ostatnia data"),
        field="last_date",
        help="Day of the last number (2026-12-31); no number is given for a day before it.",
    ),
    IS_DEFAULT,
    order="kind,position",
    service="series",
)

TAX = catalogue(
    "tax",
    "schema.catalogue:Tax",
    _own(
        "rate",
        ("Rate %", "Cota %", "Stawka %"),
        type=QUANTITY,
        required=True,
    ),
    _own(
        "category",
        ("Category", "Categorie", "Kategoria"),
        type=Choice("S", "Z", "E", "AE", "K", "G", "O"),
        help="Code of EN 16931: S standard or reduced, Z zero, E exempt, AE reverse charge,"
        " K inside the EU, G export, O outside the scope of VAT.",
    ),
    _own("country", ("Country", "Țara", "Kraj"), help="Country whose rate it is."),
    keys=(
        Key(
            prefix="rate",
            sql="c.rate",
            normal=_scaled,
            plain=lambda text: RATE.fullmatch(text) is not None,
        ),
    ),
)
