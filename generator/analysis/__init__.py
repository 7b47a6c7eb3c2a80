"""What follows from the records: derived values only, all plain functions over the archive."""
