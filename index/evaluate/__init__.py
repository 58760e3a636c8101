"""The measuring room: an evaluation folder to a report of figures with their intervals."""
