"""Tasks in calendar programs: written as iCalendar (RFC 5545), and read back."""
