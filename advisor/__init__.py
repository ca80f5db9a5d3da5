"""Manufacturing-AI advisor; importing one module loads no other."""

__version__ = "0.1.0"
