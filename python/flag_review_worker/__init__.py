"""The parts of the worker that runs Python functions for Flag & Review; standard library only."""
