"""Record → HTML body. Python chooses what is said; the templates print it."""
