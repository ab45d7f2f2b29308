"""Outgoing mail: composing a message and handing it to a server, a program or a folder."""
