"""Pages to cells, lines and sentences; knows no accounting."""
