"""Which records rows name, and which are still to be made."""
