"""The CSV part of the bench with Python's csv module; prints one JSON object, as csv.ts does."""

import csv
import json
import os
import resource
import sys
import time

csv.field_size_limit(1 << 30)


def read_cells(path):
    started = time.perf_counter()
    with open(path, newline="", encoding="utf-8") as file:
        records = sum(1 for _ in csv.reader(file))
    return {"records": records, "per_second": records / (time.perf_counter() - started)}


def edit_cell(path):
    """The module has no other way than to read all rows and to write them again."""
    started = time.perf_counter()
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows[len(rows) // 2][1] = "changed, 0"
    with open(path + ".edited", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return {"edit_ms": (time.perf_counter() - started) * 1000}


def apply_corrections(path, rows):
    """A row at a time, which is the least memory that the module can do with."""
    with open(rows, encoding="utf-8") as file:
        chosen = set(json.load(file))
    started = time.perf_counter()
    with open(path, newline="", encoding="utf-8") as file, open(
        path + ".edited", "w", newline="", encoding="utf-8"
    ) as edited:
        writer = csv.writer(edited, lineterminator="\n")
        reader = csv.reader(file)
        writer.writerow(next(reader))
        for row, cells in enumerate(reader):
            if row in chosen:
                cells[2] = "world"
            writer.writerow(cells)
        edited.flush()
        os.fsync(edited.fileno())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - started, "peak_mib": peak}


if __name__ == "__main__":
    _, what, *args = sys.argv
    programs = {"readCells": read_cells, "editCell": edit_cell, "applyCorrections": apply_corrections}
    print(json.dumps(programs[what](*args)))
