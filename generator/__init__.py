"""Facade Watch: from claim files to a site that says what is known."""
