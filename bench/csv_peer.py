"""The CSV part of the bench with Python's csv module; prints one JSON object, as csv.ts does."""

import csv
import json
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


if __name__ == "__main__":
    _, what, path = sys.argv
    print(json.dumps({"readCells": read_cells, "editCell": edit_cell}[what](path)))
