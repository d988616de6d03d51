"""Writes a story word by word, as a language model would."""

import random
import time

OPENINGS = ["One grey morning", "Long before the trams came", "On the last day of the fair", "After the rain"]
TURNS = [
    "found a key that fitted no door",
    "followed a cat that knew the way",
    "read a letter addressed to somebody else",
    "heard a song and remembered all of it",
    "missed the only train, and was glad",
]
ENDINGS = ["Nobody asked where it had been.", "The rest is in the town's archive.", "It snowed the whole night."]


def tell(hero, place, turns, seed):
    chance = random.Random(int(seed))
    hero = hero.strip() or "a stranger"
    middle = chance.sample(TURNS, k=min(int(turns), len(TURNS)))
    story = f"{chance.choice(OPENINGS)}, {hero} came to {place}"
    story += "".join(f", {turn}" for turn in middle[:-1]) + f" and {middle[-1]}. {chance.choice(ENDINGS)}"
    words = story.split(" ")
    for count in range(1, len(words) + 1):
        time.sleep(0.06)
        yield " ".join(words[:count])
