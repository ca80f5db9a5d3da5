"""Offline pipeline: corpus and documents to chunks to stores."""
