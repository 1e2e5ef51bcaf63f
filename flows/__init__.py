"""Order, retries, concurrency and the command line, over all the rooms; nothing else lives here."""
