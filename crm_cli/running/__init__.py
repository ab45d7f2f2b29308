"""Jobs: how cron starts them, how they run, and how one sees that they do."""
