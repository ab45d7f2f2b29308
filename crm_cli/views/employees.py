"""How an employee looks from outside."""

from __future__ import annotations

from crm_cli.values.text import fold_name
from crm_cli.views.types import MONEY, Choice
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id
from crm_cli.views.working_time import CLOCK_TIME, HOURS, WEEKDAYS

LANGUAGE = Choice("en", "ro", "pl")
DIGEST = Choice("none", "email", "message")

EMPLOYEE = View(
    noun="employee",
    entity="schema.employee:Employee",
    alias="e",
    source=(
        "employee e"
        " LEFT JOIN employee manager ON manager.id = e.manager_id"
        " LEFT JOIN team t ON t.id = e.team_id"
    ),
    search=("e.name_folded",),
    service="employees",
    keys=(
        Key(prefix="login", sql="e.login", normal=str, plain=lambda text: " " not in text),
        Key(prefix="email", sql="lower(e.email)", normal=str.lower, plain=lambda text: "@" in text),
        Key(prefix="ext", sql="e.external_id", normal=str),
        Key(prefix="name", sql="e.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("e"),
        Column(
            name="name",
            sql="e.name",
            folded="e.name_folded",
            labels=("Name", "Nume", "Nazwisko"),
            aliases=("Full name", "Nume și prenume", "Imię i nazwisko", "Agent", "Angajat"),
            field="name",
            required=True,
            listed=True,
        ),
        Column(
            name="login",
            sql="e.login",
            labels=("Login", "Utilizator", "Login"),
            field="login",
            listed=True,
            help="Login of the operating system or database; makes the employee a user.",
        ),
        Column(
            name="email",
            sql="e.email",
            labels=("E-mail", "E-mail", "E-mail"),
            field="email",
            listed=True,
        ),
        Column(name="phone", sql="e.phone", labels=("Phone", "Telefon", "Telefon"), field="phone"),
        Column(
            name="job_title",
            sql="e.job_title",
            labels=("Job title", "Funcție", "Stanowisko"),
            field="job_title",
        ),
        Column(
            name="category",
            sql="e.category",
            labels=("Category", "Categorie", "Kategoria"),
            field="category",
            help="Word by which tasks are launched to many: %CATEGORY.",
        ),
        *with_id(
            Column(
                name="team",
                sql="t.code",
                noun="team",
                key="e.team_id",
                labels=("Team", "Echipă", "Zespół"),
                field="team_id",
            )
        ),
        *with_id(
            Column(
                name="manager",
                sql="manager.name",
                noun="employee",
                key="e.manager_id",
                labels=("Manager", "Șef", "Przełożony"),
                field="manager_id",
            )
        ),
        Column(
            name="hours_per_day",
            sql="e.hours_per_day",
            type=HOURS,
            labels=("Hours per day", "Ore pe zi", "Godzin dziennie"),
            field="hours_per_day",
        ),
        Column(
            name="work_start",
            sql="e.work_start",
            type=CLOCK_TIME,
            labels=("Work begins", "Începutul programului", "Początek pracy"),
            aliases=("Start work", "Ora de început", "Od godziny"),
            field="work_start",
            help="Time of day: 08:30; the company's unless given.",
        ),
        Column(
            name="work_end",
            sql="e.work_end",
            type=CLOCK_TIME,
            labels=("Work ends", "Sfârșitul programului", "Koniec pracy"),
            aliases=("End work", "Ora de sfârșit", "Do godziny"),
            field="work_end",
            help="Time of day: 17:00; the company's unless given.",
        ),
        Column(
            name="work_days",
            sql="e.work_days",
            type=WEEKDAYS,
            labels=("Working days", "Zile lucrătoare", "Dni pracy"),
            field="work_days",
            help="Days of the week: mon,tue or mon-fri; the company's unless given.",
        ),
        Column(
            name="digest",
            sql="e.digest",
            type=DIGEST,
            labels=("Daily digest", "Rezumat zilnic", "Codzienny przegląd"),
            field="digest",
            help="A letter each working day of all that waits; the company's choice unless given.",
        ),
        Column(
            name="timezone",
            sql="e.timezone",
            labels=("Time zone", "Fus orar", "Strefa czasowa"),
            field="timezone",
            help="IANA name, for example Europe/Warsaw.",
        ),
        Column(
            name="country",
            sql="e.country",
            labels=("Country", "Țara", "Kraj"),
            field="country",
            help="Whose public holidays are free; the company's unless given.",
        ),
        Column(
            name="language",
            sql="e.language",
            type=LANGUAGE,
            labels=("Language", "Limba", "Język"),
            field="language",
        ),
        Column(
            name="hourly_cost",
            sql="e.hourly_cost",
            type=MONEY,
            labels=("Hourly cost", "Cost pe oră", "Koszt godziny"),
            field="hourly_cost",
        ),
        *record_columns("e"),
    ),
)
