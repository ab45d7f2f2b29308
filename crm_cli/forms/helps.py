"""What the helps of columns say in Romanian and Polish."""

from __future__ import annotations

HELPS: dict[str, tuple[str, str]] = {
    "A note unless given.": (
        "Dacă lipsește: notă.",
        "Jeśli brak: notatka.",
    ),
    "Code of EN 16931: S standard or reduced, Z zero, E exempt, AE reverse charge, K inside the EU,"
    " G export, O outside the scope of VAT.": (
        (
            "Cod EN 16931: S normală sau redusă, Z zero, E scutită, AE taxare inversă, K în"
            " interiorul UE, G export, O în afara sferei TVA."
        ),
        (
            "Kod EN 16931: S podstawowa lub obniżona, Z zerowa, E zwolniona, AE odwrotne"
            " obciążenie, K wewnątrz UE, G eksport, O poza VAT."
        ),
    ),
    "Country whose rate it is.": (
        "Țara a cărei cotă este.",
        "Kraj, którego stawką jest.",
    ),
    "Currency of the price; the company's where it is not given.": (
        "Moneda prețului; dacă lipsește, moneda firmei.",
        "Waluta ceny; jeśli brak, waluta firmy.",
    ),
    "Date of the document; today unless given.": (
        "Data documentului; dacă lipsește, data de azi.",
        "Data dokumentu; jeśli brak, dzisiejsza.",
    ),
    "Date, or date and time: tomorrow, +3d, 2026-11-22, friday@10:00.": (
        "Termenul: dată, sau dată și oră.",
        "Termin: data albo data i godzina.",
    ),
    "Day from which it holds, until the next one.": (
        "Ziua din care este valabil, până la următorul.",
        "Dzień, od którego obowiązuje, do następnego.",
    ),
    "Day of the last number (2026-12-31); no number is given for a day before it.": (
        "Ziua ultimului număr; nu se dă număr pentru o zi dinaintea ei.",
        "Dzień ostatniego numeru; na dzień wcześniejszy numer nie jest nadawany.",
    ),
    "First day of a contract.": (
        "Prima zi a contractului.",
        "Pierwszy dzień umowy.",
    ),
    "How long it takes: 1h30m.": (
        "Cât durează.",
        "Ile to zajmuje.",
    ),
    "How long it took: 15m, 1h30m.": (
        "Cât a durat.",
        "Ile to zajęło.",
    ),
    "How mail begins, for example 'Stimate domnule Popescu'.": (
        "Cum începe o scrisoare, de exemplu „Stimate domnule Popescu”.",
        "Jak zaczyna się list, na przykład „Szanowny Panie”.",
    ),
    "How many months of a subscription count, from its first invoice; 12 by default.": (
        "Câte luni ale unui abonament contează, de la prima factură; dacă lipsește, 12.",
        "Ile miesięcy abonamentu się liczy, od pierwszej faktury; jeśli brak, 12.",
    ),
    "IANA name, for example Europe/Warsaw.": (
        "Numele IANA, de exemplu Europe/Bucharest.",
        "Nazwa IANA, na przykład Europe/Warsaw.",
    ),
    "Key of the record in another system.": (
        "Cheia înregistrării din alt program; după ea se recunoaște la următorul import.",
        "Klucz wpisu w innym systemie; po nim następny import go rozpozna.",
    ),
    "Last day of a contract.": (
        "Ultima zi a contractului.",
        "Ostatni dzień umowy.",
    ),
    "Login of the operating system or database; makes the employee a user.": (
        (
            "Numele de utilizator din sistem sau din baza de date; cu el angajatul poate lucra în"
            " program."
        ),
        "Login systemu lub bazy danych; z nim pracownik jest użytkownikiem programu.",
    ),
    "Mail from this address belongs to the account.": (
        "E-mailurile de la această adresă se leagă de partener.",
        "Poczta z tego adresu należy do kontrahenta.",
    ),
    "Number given elsewhere; then none is taken from a series.": (
        "Număr dat în altă parte; atunci nu se ia unul din serie.",
        "Numer nadany gdzie indziej; wtedy nie jest brany z serii.",
    ),
    "Number of the next document; fixed once one was taken.": (
        "Numărul documentului următor; nu se mai schimbă după ce s-a dat unul.",
        "Numer następnego dokumentu; stały, gdy już jakiś nadano.",
    ),
    "Numbers are filled up with zeros to so many digits.": (
        "Numerele se completează cu zerouri până la atâtea cifre.",
        "Numery są uzupełniane zerami do tylu cyfr.",
    ),
    "Our activities that interest the partner.": (
        "Activitățile noastre care îl interesează pe partener.",
        "Nasza działalność, która interesuje kontrahenta.",
    ),
    "Place in the list; the last one where it is not given.": (
        "Locul în listă; dacă lipsește, ultimul.",
        "Miejsce na liście; jeśli brak, ostatnie.",
    ),
    "Place in the organisation, for example 'General Director'.": (
        "Locul în organizație, de exemplu „Director general”.",
        "Miejsce w organizacji, na przykład „dyrektor generalny”.",
    ),
    "Price of one unit, without VAT.": (
        "Prețul unei unități, fără TVA.",
        "Cena jednostki, bez VAT.",
    ),
    "Remind so many days before the term: 0, 1, 2, 3.": (
        "Cu câte zile înainte de termen se amintește.",
        "Ile dni przed terminem przypomnieć.",
    ),
    "Sale probability that an opportunity takes over with this stage.": (
        "Probabilitatea de vânzare pe care o primește o oportunitate în această etapă.",
        "Prawdopodobieństwo sprzedaży, które szansa przejmuje z tym etapem.",
    ),
    "Sales potential of an opportunity in this stage.": (
        "Potențialul de vânzare al unei oportunități în această etapă.",
        "Potencjał sprzedaży szansy na tym etapie.",
    ),
    "Short name for scripts, without spaces; it should not change.": (
        "Nume scurt, fără spații; nu ar trebui să se schimbe.",
        "Krótka nazwa, bez spacji; nie powinna się zmieniać.",
    ),
    "Text before the number.": (
        "Textul dinaintea numărului.",
        "Tekst przed numerem.",
    ),
    "The company's unless given.": (
        "Dacă lipsește, cea a firmei.",
        "Jeśli brak, taka jak firmy.",
    ),
    "The company's unless given; fixed by the first document.": (
        "Dacă lipsește, cea a firmei; nu se mai schimbă după primul document.",
        "Jeśli brak, taka jak firmy; stała od pierwszego dokumentu.",
    ),
    "The default cycle unless given; fixed afterwards.": (
        "Dacă lipsește, ciclul implicit; apoi nu se mai schimbă.",
        "Jeśli brak, cykl domyślny; potem stały.",
    ),
    "The first of the statuses unless given.": (
        "Dacă lipsește, prima dintre stări.",
        "Jeśli brak, pierwszy ze statusów.",
    ),
    "The lines of the contract are due every month.": (
        "Liniile contractului se facturează în fiecare lună.",
        "Pozycje umowy są należne co miesiąc.",
    ),
    "The one that is taken where none is named; setting it takes it from the others.": (
        "Cea care se ia când nu se numește alta; doar una poate fi așa.",
        "Ta, która jest brana, gdy żadnej nie podano; tylko jedna może taka być.",
    ),
    "The stage's unless given.": (
        "Dacă lipsește, cea a etapei.",
        "Jeśli brak, takie jak etapu.",
    ),
    "The team whose task it is; one member may get it later.": (
        "Echipa care are sarcina; mai târziu o poate prelua un membru.",
        "Zespół, którego jest zadanie; później może je dostać jeden z członków.",
    ),
    "To the base currency; by default the latest kept.": (
        "Cursul față de moneda firmei; dacă lipsește, ultimul păstrat.",
        "Kurs do waluty firmy; jeśli brak, ostatni zapisany.",
    ),
    "Today unless given.": (
        "Dacă lipsește, data de azi.",
        "Jeśli brak, dzisiaj.",
    ),
    "Unit cost of the campaign's interactions that have none of their own.": (
        "Costul unei interacțiuni a campaniei care nu are costul ei.",
        "Koszt jednej interakcji kampanii, która nie ma własnego.",
    ),
    "Unit of quantity; pcs where it is not given.": (
        "Unitatea de măsură; dacă lipsește, pcs (bucăți).",
        "Jednostka miary; jeśli brak, pcs (sztuki).",
    ),
    "VAT rate, by code or as 21%.": (
        "Cota TVA, prin cod sau ca 21%.",
        "Stawka VAT, podana kodem lub jako 23%.",
    ),
    "What an opportunity in this stage is.": (
        "Ce este o oportunitate în această etapă.",
        "Czym jest szansa na tym etapie.",
    ),
    "What one unit is worth in the company's currency.": (
        "Cât valorează o unitate în moneda firmei.",
        "Ile jednostka jest warta w walucie firmy.",
    ),
    "What the numbers of this series are for.": (
        "Pentru ce sunt numerele acestei serii.",
        "Do czego służą numery tej serii.",
    ),
    "What the person decides, for example Purchasing.": (
        "De ce răspunde persoana, de exemplu Achiziții.",
        "O czym osoba decyduje, na przykład Zakupy.",
    ),
    "When it was; now unless given.": (
        "Când a fost; dacă lipsește, acum.",
        "Kiedy to było; jeśli brak, teraz.",
    ),
    "When you mean to contact the client for the next stage.": (
        "Când vreți să contactați clientul pentru etapa următoare.",
        "Kiedy ma nastąpić kontakt z klientem w sprawie następnego etapu.",
    ),
    "Who is to do it.": (
        "Cine o are de făcut.",
        "Kto ma to zrobić.",
    ),
    "Who of us; I unless given.": (
        "Cine dintre noi; dacă lipsește, eu.",
        "Kto z nas; jeśli brak, ja.",
    ),
    "Who signs for the client.": (
        "Cine semnează pentru client.",
        "Kto podpisuje za klienta.",
    ),
    "Whom the campaign is aimed at.": (
        "Cui i se adresează campania.",
        "Do kogo skierowana jest kampania.",
    ),
    "Whose contact the person is; none for a person alone.": (
        "Partenerul la care lucrează persoana; gol pentru o persoană fără firmă.",
        "Kontrahent, u którego pracuje osoba; puste, gdy osoba jest sama.",
    ),
    "Word by which tasks are launched to many: %CATEGORY.": (
        "Cuvânt prin care se dau sarcini mai multora deodată.",
        "Słowo, którym zleca się zadania wielu osobom naraz.",
    ),
    "Written with commas.": (
        "Despărțite prin virgulă.",
        "Oddzielone przecinkami.",
    ),
    "Yearly turnover, in the company's currency.": (
        "Cifra de afaceri anuală, în moneda firmei.",
        "Roczny obrót, w walucie firmy.",
    ),
    "email, message or none; the company's choice where nothing is given.": (
        "Cum se amintește; dacă lipsește, cum a ales firma.",
        "Jak przypomnieć; jeśli brak, tak jak wybrała firma.",
    ),
}
"""Help of a column -> the same in Romanian and Polish."""


def help_in(text: str, language: str) -> str:
    """The help of a column in a language; the English where there is no other."""
    if language == "en" or text not in HELPS:
        return text
    return HELPS[text][("ro", "pl").index(language)]
