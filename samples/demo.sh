#!/bin/sh
# The main job on the samples: `make demo`. Everything lands in ./demo-company, made anew each time.
set -eu

CRM=${CRM:-crm}
SAMPLES=$(dirname "$0")
HOME_OF_DEMO=demo-company
rm -rf "$HOME_OF_DEMO"
mkdir -p "$HOME_OF_DEMO"
export CRM_DATABASE_URL="sqlite:///$PWD/$HOME_OF_DEMO/crm.db"
export CRM_CONFIG="$PWD/$HOME_OF_DEMO/settings.toml"
export XDG_STATE_HOME="$PWD/$HOME_OF_DEMO/state"
export CRM_USER=ana
# The samples tell of one week in November 2026; CRM_NOW moves the clock of each command there.
MONDAY=2026-11-23T07:30:00+00:00

chapter() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }

# Show a command as it would be typed, and run it.
run() {
    printf '\n$ crm'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./:,@%+=-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    status=0
    "$CRM" "$@" 2>"$HOME_OF_DEMO/stderr" || status=$?
    # A list of bad rows is worth reading once.
    if [ "${brief:-no}" = yes ]; then grep -v '^  row' "$HOME_OF_DEMO/stderr" >&2 || true; else cat "$HOME_OF_DEMO/stderr" >&2; fi
    brief=no
    if [ "$status" -ne "${expected:-0}" ]; then
        printf 'The demo stops: exit code %s.\n' "$status" >&2
        exit "$status"
    fi
    expected=0
}

# Run in silence, for what has no part in the story.
quietly() { "$CRM" "$@" -q >/dev/null; }

chapter "1. A company is born: one command, one file"
run init --country RO
export CRM_NOW=$MONDAY
"$CRM" setting set clock.override yes -q >/dev/null
for setting in "company.name=Cântare Nord SRL" "mail.from=Cântare Nord <office@firma.example>" \
    "mail.import.task=yes" "company.tax_id=RO14399840"; do
    "$CRM" setting set "${setting%%=*}" "${setting#*=}" -q >/dev/null
done
quietly employee edit ana --name 'Ana Pop' --email ana@firma.example --language ro
quietly employee add --name 'Jan Kowalski' --login jan --email jan@firma.example --language pl --timezone Europe/Warsaw
quietly employee add --name 'Mihai Radu' --email mihai.radu@firma.example --language ro
run employee list
quietly product add --code PLATFORMA --name 'Platformă 60 t' --price 21000
quietly product add --code CELULA --name 'Celulă de sarcină' --price 500
quietly product add --code CANTAR60 --name 'Cântar auto 60 t' --price 24000
quietly product recipe add CANTAR60 PLATFORMA 1
quietly product recipe add CANTAR60 CELULA 6
quietly product add --code ABON --name 'Abonament de service' --price 1200 --unit luna

chapter "2. A clerk sends a workbook with 230 leads; some rows are wrong"
note "Nothing is written while a row is wrong; every bad cell is named."
expected=5
run lead import "$SAMPLES/leads.xls" --errors "$HOME_OF_DEMO/leads.errors.xlsx"
note "The same rows, marked in red, are in $HOME_OF_DEMO/leads.errors.xlsx. Take the good ones:"
expected=6 brief=yes
run lead import "$SAMPLES/leads.xls" --skip-bad-rows --errors "$HOME_OF_DEMO/leads.errors.xlsx"
note "The same file again writes nothing:"
expected=6 brief=yes
run lead import "$SAMPLES/leads.xls" --skip-bad-rows --errors "$HOME_OF_DEMO/leads.errors.xlsx"
run lead list --where 'county in (Iași, Vaslui)' --limit 5

chapter "3. A lead goes its way: contact, meeting, quote, contract"
run lead add --name 'Moldo Trans SRL' --tax-id RO18547290 --city Iași --county Iași \
    --email office@moldotrans.example --contact 'Elena Popescu' \
    --contact-email elena.popescu@moldotrans.example --columns id,account,status,contact
run lead activate RO18547290 --owner ana --first-contact today@10:00 --priority high \
    --columns id,status,responsibility,term,owner,task_id
note "A step that lacks something is refused, and says what is missing:"
expected=4
run lead advance RO18547290
quietly lead advance RO18547290 --summary 'Vor un cântar pentru depozitul din Iași' --due +2d
run evaluation add --lead RO18547290 --line 'CANTAR60;1' --columns id,lead,status,value,currency
quietly evaluation finish 1
quietly lead advance RO18547290 --due +3d
note "The quote comes from the sheet; each item becomes a chapter with the lines of its recipe."
run quote make --from evaluation:1
quietly quote approve 1
quietly quote finalize 1
run quote send 1 --columns label,status,account,gross,currency
quietly lead advance RO18547290 --due +2d
note "A contract warns of what it lacks, and the lead cannot be closed without it:"
run contract make --from quote:1 --columns id,status,net,currency
expected=4
run lead advance RO18547290
quietly account edit RO18547290 --registration-no J22/1234/2010 --address 'Str. Gării 1'
quietly contract edit 2 --start 1.12.2026 --end 30.11.2027 --signatory 'Elena Popescu'
quietly contract sign 2
run lead advance RO18547290 --columns id,account,status,closed_at
run lead timeline RO18547290 --where 'kind = responsibility'

chapter "4. An opportunity moves from stage to stage; a follow-up is a task"
run opportunity add --account RO18547290 --name 'Abonament de service' --amount 14400 --owner ana \
    --columns id,name,stage,amount,probability
run opportunity advance 1 --info 'Prezentare făcută' --delegate 'Mihai Radu' --follow-up +5wd --columns id,stage,potential,probability,weighted
note "Mihai has no login, so he is told by e-mail. The history keeps every passage:"
run opportunity history 1

chapter "5. Exported mail is filed with its accounts and becomes work"
quietly site add --account RO18547290 --name 'Depozit Iași' --email depozit@moldotrans.example
quietly account add --name 'Wisła Pak sp. z o.o.' --country PL --city Toruń --service-rep jan
quietly site add --account 'Wisła Pak sp. z o.o.' --name 'Hala Toruń' --email serwis@wislapak.example --country PL
run mail import "$SAMPLES/mail"
run mail list --columns id,sent_at,sender_email,subject,account,task_id
run task list --where 'kind = mail' --columns id,subject,assignee,account,due
run attachment list --where 'task_id is not empty'

chapter "6. Tuesday morning: what waits for Ana; reminders at eight, in each one's own zone"
export CRM_NOW=2026-11-24T07:05:00+00:00
run today
run job run remind -v
run job run send-outbox -v
note "Mail goes to a folder until a server is configured. A second run sends nothing:"
run job run remind -v
run job run send-outbox -v
run outbox list --columns id,kind,status,recipients,subject

chapter "7. Orders, invoices, money"
quietly order make --from opportunity:1 --line 'ABON;12'
quietly order finalize 3
run invoice make --from order:3 --columns id,status,net,vat,gross,currency
run invoice post 4 --columns label,date,net,vat,gross,open
quietly receipt make --from invoice:4
run receipt post 5 --columns label,gross
run document list --columns id,kind,label,status,account,gross,currency

chapter "8. What the campaign brought, with the document behind each figure"
run campaign add --name 'Toamna 2026' --start 2026-10-01 --end 2026-12-31 --months 12 --owner ana --estimated-cost 5000 \
    --columns id,name,start,end,months,estimated_cost
quietly campaign member add 'Toamna 2026' --where 'county = Iași' --yes
quietly account add --name 'Tipar Expres SRL' --relations supplier
quietly document add purchase_invoice --account 'Tipar Expres SRL' --external-number TE-118 --line 'text:Pliante;1000;3,50'
quietly document post 6
quietly campaign link 'Toamna 2026' 6 --as cost
quietly campaign link 'Toamna 2026' 3 --as revenue
run job run campaign-returns -v
run campaign returns 'Toamna 2026'
run campaign returns 'Toamna 2026' --explain

chapter "9. The pipeline, and proof that all is whole"
run report pipeline --columns owner,currency,presentation,presentation_amount,total_amount
run report pipeline --output "$HOME_OF_DEMO/pipeline.xlsx"
run db check
run audit verify
run db info

chapter "Done"
note "Look around: CRM_DATABASE_URL=$CRM_DATABASE_URL CRM_USER=ana $CRM lead list"
note "Files: $HOME_OF_DEMO/leads.errors.xlsx, $HOME_OF_DEMO/pipeline.xlsx, mails in $HOME_OF_DEMO/outgoing/"
