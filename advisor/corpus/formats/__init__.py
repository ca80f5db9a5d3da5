"""One file per document format, all behind `reading.Reader`, all run in a child process."""
