"""Sheets handed back with what is wrong in them marked."""
