"""The ways in: the command line and, later, Telegram. Nothing here knows how answers are found."""
