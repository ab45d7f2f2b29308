"""How a product and its recipe look from outside."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.types import CURRENCY, INTEGER, LONG_TEXT, QUANTITY, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

PRODUCT = View(
    noun="product",
    entity="schema.product:Product",
    alias="p",
    source="product p LEFT JOIN tax x ON x.id = p.tax_id",
    search=("p.name_folded", "lower(p.code)", "lower(p.category)"),
    service="products",
    order="code",
    keys=(
        Key(prefix="no", sql="p.code", normal=str, plain=lambda _: True),
        Key(prefix="ext", sql="p.external_id", normal=str),
        Key(prefix="name", sql="p.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("p"),
        Column(
            name="code",
            sql="p.code",
            labels=("Code", "Cod", "Kod"),
            aliases=("Cod articol", "SKU", "Symbol", "Indeks"),
            field="code",
            required=True,
            listed=True,
        ),
        Column(
            name="name",
            sql="p.name",
            folded="p.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            aliases=("Product", "Articol", "Produs", "Towar"),
            field="name",
            required=True,
            listed=True,
        ),
        Column(
            name="kind",
            sql="p.kind",
            type=Choice("goods", "service"),
            labels=("Kind", "Tip", "Rodzaj"),
            field="kind",
        ),
        Column(
            name="unit",
            sql="p.unit",
            labels=("Unit", "UM", "Jm."),
            aliases=("Unitate de măsură", "Jednostka"),
            field="unit",
            listed=True,
            help="Unit of quantity; pcs where it is not given.",
        ),
        Column(
            name="price",
            sql="p.price",
            type=QUANTITY,
            labels=("Price", "Preț", "Cena"),
            aliases=("Unit price", "Preț unitar", "Cena netto"),
            field="price",
            listed=True,
            help="Price of one unit, without VAT.",
        ),
        Column(
            name="currency",
            sql="p.currency",
            type=CURRENCY,
            labels=("Currency", "Moneda", "Waluta"),
            field="currency",
            listed=True,
            help="Currency of the price; the company's where it is not given.",
        ),
        *with_id(
            Column(
                name="tax",
                sql="x.code",
                noun="tax",
                key="p.tax_id",
                labels=("VAT", "TVA", "VAT"),
                field="tax_id",
                listed=True,
                help="VAT rate, by code or as 21%.",
            )
        ),
        Column(
            name="category",
            sql="p.category",
            labels=("Category", "Categorie", "Kategoria"),
            field="category",
        ),
        Column(
            name="note",
            sql="p.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("p"),
    ),
)

RECIPE = View(
    noun="recipe",
    entity="schema.product:RecipeLine",
    alias="l",
    source=(
        "recipe_line l"
        " JOIN product p ON p.id = l.product_id"
        " JOIN product k ON k.id = l.component_id"
    ),
    service="recipes",
    listing="crm product recipe list",
    title="component",
    order="product_id,position",
    columns=(
        id_column("l"),
        *with_id(
            Column(
                name="product",
                sql="p.code",
                noun="product",
                key="l.product_id",
                labels=("Product", "Produs", "Produkt"),
                field="product_id",
                required=True,
                listed=True,
            )
        ),
        *with_id(
            Column(
                name="component",
                sql="k.code",
                noun="product",
                key="l.component_id",
                labels=("Component", "Componentă", "Składnik"),
                field="component_id",
                required=True,
                listed=True,
            )
        ),
        Column(
            name="component_name",
            sql="k.name",
            folded="k.name_folded",
            labels=("Component name", "Denumirea componentei", "Nazwa składnika"),
            listed=True,
        ),
        Column(
            name="quantity",
            sql="l.quantity",
            type=QUANTITY,
            labels=("Quantity", "Cantitate", "Ilość"),
            field="quantity",
            required=True,
            listed=True,
        ),
        Column(name="unit", sql="k.unit", labels=("Unit", "UM", "Jm."), listed=True),
        Column(
            name="position",
            sql="l.position",
            type=INTEGER,
            labels=("Position", "Poziție", "Pozycja"),
            field="position",
        ),
        *record_columns("l"),
    ),
)
