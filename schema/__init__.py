"""The database and nothing else: entities, connections, migrations."""
