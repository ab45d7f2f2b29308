"""The public holidays of the countries the program knows, as their laws have them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED = {
    "RO": {
        "01-01": "Anul Nou",
        "01-02": "A doua zi de Anul Nou",
        "01-06": "Boboteaza",
        "01-07": "Sfântul Ioan Botezătorul",
        "01-24": "Ziua Unirii Principatelor Române",
        "05-01": "Ziua Muncii",
        "06-01": "Ziua Copilului",
        "08-15": "Adormirea Maicii Domnului",
        "11-30": "Sfântul Andrei",
        "12-01": "Ziua Națională a României",
        "12-25": "Crăciunul",
        "12-26": "A doua zi de Crăciun",
    },
    "PL": {
        "01-01": "Nowy Rok",
        "01-06": "Święto Trzech Króli",
        "05-01": "Święto Pracy",
        "05-03": "Święto Narodowe Trzeciego Maja",
        "08-15": "Wniebowzięcie Najświętszej Maryi Panny",
        "11-01": "Wszystkich Świętych",
        "11-11": "Narodowe Święto Niepodległości",
        "12-24": "Wigilia Bożego Narodzenia",
        "12-25": "Boże Narodzenie",
        "12-26": "Drugi dzień Bożego Narodzenia",
    },
}
FROM_EASTER = {
    "RO": (
        EASTER_ORTHODOX,
        {
            -2: "Vinerea Mare",
            0: "Paștele",
            1: "A doua zi de Paște",
            49: "Rusaliile",
            50: "A doua zi de Rusalii",
        },
    ),
    "PL": (
        EASTER_WESTERN,
        {0: "Wielkanoc", 1: "Poniedziałek Wielkanocny", 49: "Zielone Świątki", 60: "Boże Ciało"},
    ),
}
"""By whose calendar, and how many days from Easter Sunday."""

SINCE = {("RO", "01-06"): 2024, ("RO", "01-07"): 2024, ("PL", "12-24"): 2025}
"""The first year of the youngest holidays; the others count in all years."""


@cache
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """The days of a year on which offices are closed, with their names; none of other countries."""
    if country not in FIXED:
        return {}
    method, moving = FROM_EASTER[country]
    sunday = easter(year, method)
    fixed = {
        date.fromisoformat(f"{year:04}-{day}"): name
        for day, name in FIXED[country].items()
        if year >= SINCE.get((country, day), 0)
    }
    return {sunday + timedelta(days=days): name for days, name in moving.items()} | fixed
