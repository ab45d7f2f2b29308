"""From the rows of a sheet to records: headings, cells, references, matching, one transaction."""
