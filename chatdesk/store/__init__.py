"""The encrypted SQLite store: one writer thread, one reader thread. Knows no network and no Qt."""
