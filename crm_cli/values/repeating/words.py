"""The words by which people say how something repeats, folded, in English, Romanian, Polish."""

from __future__ import annotations

import re

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

SHORT = {
    word: day
    for day, words in enumerate(
        (
            "mo mondays lu pn",
            "tu tues tuesdays ma wto",
            "we wednesdays mi sro",
            "th thur thurs thursdays jo cz",
            "fr fridays vi pia piatki",
            "sa saturdays so",
            "su sundays du nie",
        )
    )
    for word in words.split()
}
"""Short names of the days of the week, beside those that dates know."""

FREQUENCIES = {
    word: frequency
    for frequency, words in {
        "DAILY": ("daily", "zilnic", "codziennie"),
        "WEEKLY": ("weekly", "saptamanal", "tygodniowo", "cotygodniowo"),
        "MONTHLY": ("monthly", "lunar", "miesiecznie", "comiesiecznie"),
        "YEARLY": ("yearly", "annually", "anual", "rocznie", "corocznie"),
    }.items()
    for word in words
}
OFTEN = {
    word: {"FREQ": frequency, "INTERVAL": interval}
    for frequency, interval, words in (
        ("WEEKLY", "2", ("fortnightly",)),
        ("MONTHLY", "3", ("quarterly", "every quarter", "trimestrial", "in fiecare trimestru")),
        ("MONTHLY", "3", ("kwartalnie", "co kwartal")),
        ("MONTHLY", "6", ("half-yearly", "semestrial", "in fiecare semestru")),
        ("MONTHLY", "6", ("polrocznie", "co pol roku", "co polrocze")),
    )
    for word in words
}
"""Words that say a number of periods."""

NUMBERS = {
    word: number
    for number, words in {
        "2": "two other second 2nd doua doi dwa dwie drugi druga",
        "3": "three third 3rd trei trzy trzeci trzecia",
        "4": "four fourth 4th patru cztery czwarty",
        "6": "six sixth 6th sase szesc szosty",
    }.items()
    for word in words.split()
}
"""Numbers as they are spoken: every two weeks, every second one."""

UNITS = {
    word: frequency
    for frequency, words in {
        "DAILY": "day days zi zile dzien dni",
        "WEEKLY": "week weeks saptamana saptamani tydzien tygodnie tygodni",
        "MONTHLY": "month months luna luni miesiac miesiace miesiecy",
        "YEARLY": "year years an ani rok lata lat",
    }.items()
    for word in words.split()
}
EVERY = re.compile(r"^(?:every|each|la fiecare|in fiecare|fiecare|o data la|la|co|w kazdy|kazdy) ")

WORKDAYS = {
    *("weekdays", "every weekday", "working days", "workdays"),
    *("zile lucratoare", "in zilele lucratoare", "zilele lucratoare", "zi lucratoare"),
    *("dni robocze", "w dni robocze", "dzien roboczy"),
}
LAST = {"last", "last day", "the last day", "ultima", "ultima zi", "ostatni", "ostatni dzien"}
MONTH_ENDS = {
    *("last day of the month", "the last day of the month", "ultima zi a lunii"),
    *("in ultima zi a lunii", "ostatni dzien miesiaca", "ostatniego dnia miesiaca"),
}
ORDINALS = {
    word: place
    for place, words in {
        1: "first 1st prima primul pierwszy pierwsza",
        2: "second 2nd",
        3: "third 3rd",
        4: "fourth 4th",
        -1: "last ultima ostatni ostatnia",
    }.items()
    for word in words.split()
}
