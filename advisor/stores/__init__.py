"""What is kept on disk and searched: models, vectors, terms, the ledger, consultations."""
