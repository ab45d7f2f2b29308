"""Spreadsheets and delimited text: read, written, and handed back with their errors marked."""
