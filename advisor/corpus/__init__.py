"""Files on disk to records and documents."""
