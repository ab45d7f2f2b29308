"""The workbook a noun offers to be filled in: its columns explained in the language of a clerk."""
