"""The records: frozen models of what contributors write, each field described once, under its name."""
