"""The application below the commands, and the entry point."""
