"""Order, retries, concurrency and the command line, over all the rooms; nothing else lives here."""

import os

# Before anything loads NumPy: linear algebra, which nothing here needs, would take memory for every processor in every
# process, and where it cannot be had OpenBLAS tries for ever.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
