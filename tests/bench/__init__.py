"""The benchmark: our engine side by side with its own limits and with what a user would pick instead."""
