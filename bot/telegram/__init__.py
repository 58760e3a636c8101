"""Citewire in Telegram: updates in, cited answers out; what it remembers survives a restart."""
