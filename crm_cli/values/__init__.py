"""What people type and what stands in cells, turned into typed values; no Click, no database."""
