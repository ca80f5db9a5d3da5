"""JSON over HTTP: the contract's `/api/v1`."""
