"""Runs Python functions for Flag & Review.

A long-lived process that answers requests, one JSON object a line, on its standard input; the events it answers with
leave by a private copy of standard output (see flag_review_worker/wire.py). Needs Python 3.9 and no package.
"""

import os
import sys


def main() -> None:
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, here)
    from flag_review_worker.server import Server

    # The folder of the person's own module takes this place: ours must not shadow it.
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here or entry == ""]
    Server().serve()


# Guarded, because multiprocessing imports the main module once more in each child.
if __name__ == "__main__":
    main()
