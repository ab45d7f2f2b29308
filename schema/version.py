"""The revision of the database that this program reads and writes."""

REVISION = "0001"
