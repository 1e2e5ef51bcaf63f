"""``python -m flows``: the same as ``mingzhang``."""

from flows.cli import main

main()
