"""Records → charts: rows without judgment, one Altair specification a kind of chart, and static SVG of both."""
