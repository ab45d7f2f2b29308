"""How something repeats: a rule of RFC 5545, as people say it and as days."""
