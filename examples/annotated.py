"""Functions with type annotations need no definition: use *Open demo* above each."""

import re
from enum import Enum
from pathlib import Path
from typing import Literal


class Case(Enum):
    SNAKE = "snake_case"
    KEBAB = "kebab-case"
    CAMEL = "camelCase"


def rename(name: str = "number of words", case: Case = Case.SNAKE) -> str:
    """Writes a name in the case that a language prefers."""
    words = re.findall(r"[A-Za-z0-9]+", name.lower())
    if case is Case.SNAKE:
        return "_".join(words)
    if case is Case.KEBAB:
        return "-".join(words)
    return "".join(word if index == 0 else word.capitalize() for index, word in enumerate(words))


def topic(text: str, topics: list[str] = ["sport", "weather", "music"]) -> dict[str, float]:
    """Compares a text with topics by the letters they share.

    A poor model on purpose: flag what it gets wrong.
    """
    shared = {name: len(set(text.lower()) & set(name.lower())) + 0.1 for name in topics}
    total = sum(shared.values()) or 1
    return {name: count / total for name, count in shared.items()}


def convert(degrees: float = 20.0, to: Literal["Fahrenheit", "Kelvin"] = "Fahrenheit", rounded: bool = True) -> float:
    """Converts degrees Celsius."""
    result = degrees * 9 / 5 + 32 if to == "Fahrenheit" else degrees + 273.15
    return round(result) if rounded else result


def count_lines(file: Path) -> tuple[int, int]:
    """Counts the lines of a text file, and the empty ones among them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return len(lines), sum(not line.strip() for line in lines)
