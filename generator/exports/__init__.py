"""Archive → everything that machines read: copies of records, feeds, citations, linked data. Paths and bytes."""
