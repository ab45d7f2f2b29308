"""The columns of a postal address, and the types of its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.values.invalid import InvalidValue
from crm_cli.views.types import ColumnType
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.views.types import Place


class Country(ColumnType):
    """A country by its ISO code; names are understood."""

    name = "country"

    def parse(self, text: str, place: Place) -> str:
        """Read a code or a name."""
        from crm_cli.values.countries import country_code

        return country_code(text)


class County(ColumnType):
    """A county by its code; it is read beside the country, and compared in any writing."""

    name = "county"

    def bind(self, value: str) -> str:
        """The code; no code or name belongs to both countries."""
        from crm_cli.values.counties import COUNTIES, county_code

        for country in COUNTIES:
            try:
                return county_code(value, country)
            except InvalidValue:
                continue
        return value


COUNTRY = Country()
COUNTY = County()


def address_columns(alias: str) -> tuple[Column, ...]:
    """Street, postal code, city, county and country of an account or site."""
    return (
        Column(
            name="address",
            sql=f"{alias}.address",
            labels=("Address", "Adresa", "Adres"),
            aliases=("Street", "Strada", "Ulica"),
            field="address",
        ),
        Column(
            name="postal_code",
            sql=f"{alias}.postal_code",
            labels=("Postal code", "Cod poștal", "Kod pocztowy"),
            field="postal_code",
        ),
        Column(
            name="city",
            sql=f"{alias}.city",
            folded=f"{alias}.city_folded",
            labels=("City", "Localitate", "Miejscowość"),
            aliases=("Oraș", "Town", "Miasto"),
            field="city",
            listed=True,
        ),
        Column(
            name="county",
            sql=f"{alias}.county",
            type=COUNTY,
            labels=("County", "Județ", "Województwo"),
            field="county",
            listed=True,
        ),
        Column(
            name="country",
            sql=f"{alias}.country",
            type=COUNTRY,
            labels=("Country", "Țara", "Kraj"),
            field="country",
        ),
    )
