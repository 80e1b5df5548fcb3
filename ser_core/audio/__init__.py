"""Audio files and samples: reading, level, speech activity and pitch."""
