"""The ways in: the command line and Telegram. Nothing here knows how answers are found."""
