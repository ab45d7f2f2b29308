"""What the notes of a workbook to be filled in say, in English, Romanian and Polish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.languages import LANGUAGES

if TYPE_CHECKING:
    from crm_cli.views.view import Labels

OF_TYPE: dict[str, Labels] = {
    "text": ("Text.", "Text.", "Tekst."),
    "long text": (
        "Text of any length, on several lines if need be (Alt+Enter).",
        "Text oricât de lung, la nevoie pe mai multe rânduri (Alt+Enter).",
        "Tekst dowolnej długości, w razie potrzeby w kilku wierszach (Alt+Enter).",
    ),
    "choice": ("One word of the list.", "Un cuvânt din listă.", "Jedno słowo z listy."),
    "words": (
        "One word of the list, or several with commas between them.",
        "Un cuvânt din listă sau mai multe, despărțite prin virgulă.",
        "Jedno słowo z listy albo kilka, oddzielonych przecinkami.",
    ),
    "rule": (
        "How it repeats, in words.",
        "Cum se repetă, în cuvinte.",
        "Jak się powtarza, słowami.",
    ),
    "currency": (
        "Currency, by its code: RON, PLN, EUR.",
        "Moneda, prin cod: RON, PLN, EUR.",
        "Waluta, podana kodem: RON, PLN, EUR.",
    ),
    "integer": ("Whole number.", "Număr întreg.", "Liczba całkowita."),
    "decimal": ("Number, with decimals if need be.", "Număr, cu zecimale la nevoie.",
                "Liczba, w razie potrzeby z ułamkiem dziesiętnym."),
    "money": (
        "Amount, typed as a number.",
        "Sumă, scrisă ca număr.",
        "Kwota, wpisana jako liczba.",
    ),
    "percent": (
        "Whole percentage from 0 to 100: write 20 for 20 %.",
        "Procent întreg între 0 și 100: scrieți 20 pentru 20 %.",
        "Cały procent od 0 do 100: proszę wpisać 20, gdy chodzi o 20 %.",
    ),
    "duration": (
        "Length of time: 1h30m, 90m or 1:30.",
        "Durată: 1h30m, 90m sau 1:30.",
        "Czas trwania: 1h30m, 90m lub 1:30.",
    ),
    "boolean": ("yes or no.", "da sau nu.", "tak lub nie."),
    "date": (
        "Date: 2026-12-31 or 31.12.2026.",
        "Dată: 31.12.2026.",
        "Data: 31.12.2026.",
    ),
    "moment": (
        "Date, with the time if it is known: 2026-12-31 10:00.",
        "Dată, cu ora dacă se cunoaște: 31.12.2026 10:00.",
        "Data, z godziną, jeśli jest znana: 31.12.2026 10:00.",
    ),
    "date and time": (
        "Date and time: 2026-12-31 10:00.",
        "Dată și oră: 31.12.2026 10:00.",
        "Data i godzina: 31.12.2026 10:00.",
    ),
    "when": (
        "Date, or date and time: 2026-12-31 or 2026-12-31 10:00.",
        "Dată, sau dată și oră: 31.12.2026 sau 31.12.2026 10:00.",
        "Data albo data i godzina: 31.12.2026 lub 31.12.2026 10:00.",
    ),
    "time of day": (
        "Time of day: 08:30.",
        "Oră din zi: 08:30.",
        "Godzina: 08:30.",
    ),
    "weekdays": (
        "Days of the week: mon,tue or mon-fri.",
        "Zile ale săptămânii: lun,mar sau luni-vineri.",
        "Dni tygodnia: pon,wt lub pon-pt.",
    ),
    "country": (
        "Country, by name or code: Romania or RO.",
        "Țara, prin nume sau cod: România sau RO.",
        "Kraj, podany nazwą lub kodem: Polska lub PL.",
    ),
    "county": (
        "County, by name or abbreviation: Iași or IS.",
        "Județul, prin nume sau prescurtare: Iași sau IS.",
        "Województwo, podane nazwą lub skrótem: mazowieckie lub MZ.",
    ),
}  # fmt: skip
"""Name of a column type -> what is written in such a cell."""

OF_TEXT: dict[str, Labels] = {
    "tax_id": (
        "Tax id, with or without the letters of the country. It is checked.",
        "CUI, cu sau fără RO. Se verifică.",
        "NIP, z literami PL lub bez. Jest sprawdzany.",
    ),
    "registration_no": (
        "Number in the trade register: J22/1234/2010 or J2012000750528; KRS or REGON in Poland.",
        "Numărul de la registrul comerțului: J22/1234/2010 sau J2012000750528.",
        "Numer KRS (dziesięć cyfr) lub REGON (dziewięć albo czternaście cyfr).",
    ),
    "phone": (
        "Phone number, with or without the code of the country.",
        "Număr de telefon, cu sau fără prefixul țării.",
        "Numer telefonu, z kierunkowym kraju lub bez.",
    ),
    "other_phones": (
        "Phone numbers, with commas between them.",
        "Numere de telefon, despărțite prin virgulă.",
        "Numery telefonu, oddzielone przecinkami.",
    ),
    "website": (
        "Address of the website.",
        "Adresa paginii web.",
        "Adres strony WWW.",
    ),
    "address": (
        "Street and number.",
        "Strada și numărul.",
        "Ulica i numer.",
    ),
    "email": (
        "E-mail address: name@company.com.",
        "Adresă de e-mail: nume@firma.ro.",
        "Adres e-mail: nazwa@firma.pl.",
    ),
    "postal_code": (
        "Postal code, with the zeros it begins with.",
        "Cod poștal, cu zerourile de la început.",
        "Kod pocztowy, z początkowymi zerami: 00-950.",
    ),
    "code": (
        "Short code of the record, each used once.",
        "Cod scurt al înregistrării, folosit o singură dată.",
        "Krótki kod, użyty tylko raz.",
    ),
    "competitors": (
        "Several are parted by semicolons.",
        "Mai mulți se despart prin punct și virgulă.",
        "Kilku oddziela się średnikami.",
    ),
}
"""Name of a column -> what is written there, where the type alone says too little."""

REFERENCE: Labels = (
    "A record that exists: its {keys} or number.",
    "O înregistrare existentă: prin {keys} sau prin numărul ei.",
    "Istniejący wpis: {keys} lub jego numer.",
)
KEYS: dict[str, Labels] = {
    "name": ("name", "nume", "nazwa"),
    "no": ("code", "cod", "kod"),
    "tax": ("tax id", "CUI", "NIP"),
    "email": ("e-mail", "e-mail", "e-mail"),
    "login": ("login", "utilizator", "login"),
}
"""Prefix of a key -> what it is called; keys that need their prefix are left out."""

REQUIRED: Labels = (
    "Required in new records.",
    "Obligatoriu la înregistrările noi.",
    "Wymagane w nowych wpisach.",
)
HISTORY: Labels = (
    "Only for new records that bring their history along; afterwards a command changes it.",
    "Doar la înregistrări noi, aduse cu istoricul lor; apoi se schimbă printr-o comandă.",
    "Tylko w nowych wpisach, przenoszonych razem z historią; później zmienia się to poleceniem.",
)
ALLOWED: Labels = ("Allowed", "Valori admise", "Dozwolone")
EXAMPLE: Labels = ("Example", "Exemplu", "Przykład")
BLANK: Labels = (
    "Blank cell: what is there stays.",
    "Celulă goală: rămâne ce există.",
    "Pusta komórka: pozostaje to, co jest.",
)
CLEAR: Labels = (
    "<clear>: what is there is taken away.",
    "<clear>: se șterge ce există.",
    "<clear>: to, co jest, zostaje usunięte.",
)
NOT_IN_LIST: Labels = (
    "This value is not in the list. Keep it all the same?",
    "Valoarea nu este în listă. O păstrați totuși?",
    "Tej wartości nie ma na liście. Czy mimo to ją zachować?",
)
INTRO: tuple[Labels, ...] = (
    (
        "An example: rows of this sheet are not imported.",
        "Un exemplu: rândurile din această foaie nu se importă.",
        "Przykład: wiersze z tego arkusza nie są importowane.",
    ),
    (
        (
            "Fill in the first sheet. Dark headings with * are required; point at a heading to read"
            " what belongs there."
        ),
        (
            "Completați prima foaie. Titlurile închise la culoare, cu *, sunt obligatorii; indicați"
            " un titlu cu mausul ca să citiți ce se scrie acolo."
        ),
        (
            "Proszę wypełnić pierwszy arkusz. Ciemne nagłówki z * są wymagane; po wskazaniu"
            " nagłówka myszą widać, co tam wpisać."
        ),
    ),
)

DATES = {"en": "yyyy-mm-dd", "ro": "dd.mm.yyyy", "pl": "dd.mm.yyyy"}
"""Language -> how a cell shows a date."""


def in_language(words: Labels, language: str) -> str:
    """One of three, in the order of the languages."""
    return words[LANGUAGES.index(language)]
