"""Everything that is true without Telegram: articles in, cited answers out."""
