"""Make samples/leads.xls, leads.xlsx and leads.csv: a Romanian office's list of possible clients.

For developers: `python samples/make_leads.py` writes the same three files every time. The names,
people, telephones and addresses are invented; no company has a CUI that begins with 9.

The list has a title, an empty row, the headings in row 3, then 230 companies and a row of totals:

*   5 have a CUI whose check digit is wrong,
*   3 have an e-mail address that is none,
*   2 have a county that does not exist,
*   1 has the turnover `1.234`, which alone could be two numbers; its column says which,
*   1 has a number of employees that is not a number,
*   4 stand there a second time with the same CUI, written in another way;

that is, but for that one, 15 bad rows, no row bad twice, and 215 good ones.
"""

from __future__ import annotations

import csv
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

FOLDER = Path(__file__).parent
TITLE = "Lista clienți potențiali – toamna 2026"
SHEET = "Clienți potențiali"
HEADINGS = [
    "Denumire firmă", "CUI", "Persoană de contact", "Telefon", "E-mail", "Localitate", "Județ",
    "Adresa", "Cod poștal", "Cifra de afaceri", "Nr. angajați", "Domeniu de activitate",
    "Observații",
]
NAME, CUI, PERSON, PHONE, EMAIL, CITY, COUNTY, ADDRESS, POSTCODE, TURNOVER, STAFF, TRADE, NOTE = range(13)
WIDTHS = [34, 13, 24, 30, 34, 18, 14, 30, 11, 17, 13, 24, 40]

COMPANIES, REPEATED = 226, 4

STEMS = [
    "Zorvex", "Brădinel", "Mirancor", "Țolvana", "Șarpantis", "Oltevia", "Cervanto", "Dumbrevis",
    "Vilcanor", "Pârâșel", "Lunkaris", "Stejărel", "Grânovar", "Tarnivex", "Colinda Veche", "Mureval",
]
BRANCHES = {
    "Construcții": ("Construct", "Instal", "Zidar"),
    "Transporturi": ("Trans", "Logistic"),
    "Comerț": ("Com", "Distribuție", "Market"),
    "Producție": ("Prod", "Mobila", "Metal"),
    "IT": ("Soft", "Digital"),
    "Agricultură": ("Agro", "Ferma"),
    "Turism": ("Turism", "Pensiune"),
    "Sănătate": ("Med", "Dental"),
}
FORMS = ["SC {} SRL", "{} SRL", "S.C. {} S.R.L.", "{} SA", "SC {} SA", "{} S.R.L.-D."]
PLACES = [
    ("Iași", "Iași", "700", "0232"), ("Pașcani", "jud. Iași", "705", "0232"), ("Cluj-Napoca", "Cluj", "400", "0264"),
    ("Timișoara", "Timiș", "300", "0256"), ("Constanța", "Constanța", "900", "0241"),
    ("Brașov", "Brașov", "500", "0268"), ("Galați", "Galați", "800", "0236"),
    ("Ploiești", "Prahova", "100", "0244"), ("Craiova", "Dolj", "200", "0251"),
    ("Bacău", "BACĂU", "600", "0234"), ("Suceava", "SV", "720", "0230"),
    ("Vaslui", "Vaslui", "730", "0235"), ("Botoșani", "Botosani", "710", "0231"),
    ("Piatra Neamț", "Neamț", "610", "0233"), ("București", "București", "010", "021"),
    ("Oradea", "Bihor", "410", "0259"), ("Târgu Mureș", "Mureș", "540", "0265"),
    ("Baia Mare", "Maramureș", "430", "0262"), ("Bistrița", "Bistrița-Năsăud", "420", "0263"),
]
STREETS = ["Păcii", "Gării", "Ștefan cel Mare", "Țesătorilor", "1 Decembrie 1918", "Morii", "Viilor"]
FIRST_NAMES = ["Ionuț", "Ștefania", "Răzvan", "Mădălina", "Țicu", "Ilinca", "Horațiu", "Anișoara"]
LAST_NAMES = ["Zăvorean", "Cărbunaș", "Țintaru", "Pădurețu", "Șindrilaru", "Grădinescu", "Bălțatu"]
NOTES = ["", "", "", "Sunat, revine săptămâna viitoare", "Interesați de ofertă; de trimis prețuri", "Recomandare"]

CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


def main() -> None:
    """Write the three files."""
    rows = office_list()
    write_xls(FOLDER / "leads.xls", rows)
    write_xlsx(FOLDER / "leads.xlsx", rows)
    write_csv(FOLDER / "leads.csv", rows)


def office_list() -> list[list[Any]]:
    """All rows below the headings, the row of totals last."""
    chance = random.Random(2026)
    rows = [company(chance, number) for number in range(COMPANIES)]
    total: list[Any] = ["TOTAL"] + [""] * (len(HEADINGS) - 1)
    total[TURNOVER] = round(sum(row[TURNOVER] for row in rows if row[TURNOVER] != ""), 2)
    total[STAFF] = sum(row[STAFF] for row in rows if row[STAFF] != "")
    for row in rows:
        dress(chance, row)
    spoil(chance, rows)
    return [*rows, total]


def company(chance: random.Random, number: int) -> list[Any]:
    """One invented company, every cell as it should be."""
    trade = list(BRANCHES)[number % len(BRANCHES)]
    stem = STEMS[number // len(BRANCHES) % len(STEMS)]
    words = BRANCHES[trade]
    name = f"{stem} {words[number // (len(BRANCHES) * len(STEMS)) % len(words)]}"
    city, county, postcode, prefix = chance.choice(PLACES)
    person = [chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)]
    host = plain(name).replace(" ", "-").lower()
    return [
        chance.choice(FORMS).format(name),
        tax_id(9_000_000 + number * 4_211 % 999_983),
        " ".join(person if number % 3 else [person[1].upper(), person[0]]),
        phones(chance, number, prefix),
        f"{chance.choice(['office', 'contact', 'vanzari'])}@{host}.example",
        city,
        county,
        f"Str. {chance.choice(STREETS)} nr. {chance.randint(1, 140)}",
        f"{postcode}{chance.randint(0, 999):03}",
        round(chance.uniform(40_000, 9_000_000), 2) if number % 9 else "",
        chance.randint(1, 180) if number % 7 else "",
        trade,
        chance.choice(NOTES),
    ]


def dress(chance: random.Random, row: list[Any]) -> None:
    """Write some cells as people write them: numbers as text, other letters, other forms."""
    turnover = row[TURNOVER]
    if turnover != "" and chance.random() < 0.5:
        grouped = f"{turnover:,.2f}".translate(str.maketrans(",.", ".,"))
        row[TURNOVER] = chance.choice([grouped, grouped.replace(".", "")])
    digits = str(row[CUI])
    row[CUI] = chance.choice([int(digits), digits, f"RO{digits}", f"RO {digits}"])
    if chance.random() < 0.4:
        row[:] = [cell.translate(CEDILLA) if isinstance(cell, str) else cell for cell in row]


def spoil(chance: random.Random, rows: list[list[Any]]) -> None:
    """Put in the mistakes that the description counts, and repeat some companies."""
    chosen = chance.sample(rows[20:-20], 12 + REPEATED)
    wrong, repeated = iter(chosen[:12]), chosen[12:]
    for _ in range(5):
        row = next(wrong)
        row[CUI] = f"RO{wrong_tax_id(row[CUI])}"
    for address in ("office@", "contact.firma.example", "vanzari@@firma.example"):
        next(wrong)[EMAIL] = address
    for county in ("Moldova de Sus", "Transilvania"):
        next(wrong)[COUNTY] = county
    next(wrong)[TURNOVER] = "1.234"
    next(wrong)[STAFF] = "zece"
    for row in repeated:
        again = list(row)
        again[CUI] = f"RO {digits_of(row[CUI])}"
        again[NAME] = str(row[NAME]).upper()
        rows.insert(chance.randint(rows.index(row) + 5, len(rows)), again)


def phones(chance: random.Random, number: int, prefix: str) -> str:
    """A mobile number, a fixed one, or both, with blanks where people put them."""
    mobile, fixed = f"0700 {number:03} 1{number % 90:02}", f"{prefix} {'0' * (7 - len(prefix))}{number:03}"
    forms = [mobile, mobile.replace(" ", ""), mobile.replace(" ", "."), mobile.replace(" ", "-"), fixed]
    forms += [f"+40 {mobile[1:]}", f"({prefix}) {fixed.partition(' ')[2]}"]
    if number % 8 == 0:
        return f"{mobile}{chance.choice(['; ', ' / ', ', '])}{fixed}"
    return chance.choice(forms)


def tax_id(number: int) -> str:
    """The number with the check digit that makes it a CUI."""
    weighed = sum(int(a) * b for a, b in zip(f"{number:09}", (7, 5, 3, 2, 1, 7, 5, 3, 2), strict=True))
    return f"{number}{weighed * 10 % 11 % 10}"


def wrong_tax_id(written: object) -> str:
    """The CUI with another check digit."""
    digits = digits_of(written)
    return f"{digits[:-1]}{(int(digits[-1]) + 3) % 10}"


def digits_of(written: object) -> str:
    """The digits of a CUI as somebody wrote it."""
    return "".join(filter(str.isdigit, str(written)))


def plain(text: str) -> str:
    """The text in ASCII, as in the name of a web site."""
    return text.translate(str.maketrans("ăâîșțĂÂÎȘȚ", "aaistAAIST"))


def write_xls(path: Path, rows: list[list[Any]]) -> None:
    """Write a true Excel 97 workbook (BIFF8)."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(SHEET)
    sheet.write_merge(0, 0, 0, 5, TITLE, xlwt.easyxf("font: bold on, height 280"))
    bold = xlwt.easyxf("font: bold on; pattern: pattern solid, fore_colour light_turquoise")
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write(2, column, heading, bold)
        sheet.col(column).width = width * 256
    money = xlwt.easyxf(num_format_str="#,##0.00")
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value, *([money] if isinstance(value, float) else []))
    book.save(str(path))


def write_xlsx(path: Path, rows: list[list[Any]]) -> None:
    """Write the same workbook as .xlsx."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2026, 9, 14, 9, 30)})
        sheet = book.add_worksheet(SHEET)
        sheet.merge_range(0, 0, 0, 5, TITLE, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(2, 0, HEADINGS, book.add_format({"bold": True, "bg_color": "#CCFFFF"}))
        money = book.add_format({"num_format": "#,##0.00"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, start=3):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value, money if isinstance(value, float) else None)


def write_csv(path: Path, rows: list[list[Any]]) -> None:
    """Write what a Romanian Excel saves as CSV: cp1250, semicolons, decimal commas."""
    with path.open("w", encoding="cp1250", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        padding = [""] * (len(HEADINGS) - 1)
        for row in ([TITLE, *padding], ["", *padding], HEADINGS, *rows):
            lines.writerow([as_csv(value) for value in row])


def as_csv(value: object) -> str:
    """The cell as text; the code page has only the cedilla letters."""
    text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return text.translate(CEDILLA)


if __name__ == "__main__":
    main()
