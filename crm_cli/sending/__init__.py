"""Mail that waits in the outbox on its way out: by which account, by how many at once."""
