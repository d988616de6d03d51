"""A sentiment classifier small enough to read: a list of words with weights, and negation."""

import math
import re

WEIGHTS = {
    "good": 1.2, "great": 2.0, "excellent": 2.4, "love": 2.0, "loved": 2.0, "wonderful": 2.2, "enjoyed": 1.5,
    "fun": 1.2, "brilliant": 2.2, "happy": 1.5, "fresh": 0.8, "best": 1.8, "recommend": 1.4, "charming": 1.4,
    "bad": -1.4, "terrible": -2.4, "awful": -2.4, "hate": -2.0, "hated": -2.0, "boring": -1.8, "dull": -1.4,
    "slow": -0.8, "worst": -2.2, "waste": -2.0, "disappointing": -1.8, "poor": -1.4, "broken": -1.6, "noise": -0.6,
}  # fmt: skip
NEGATIONS = {"not", "never", "no", "hardly", "isn't", "wasn't", "don't", "didn't"}


def classify(text):
    """Scores a text; irony and comparisons are beyond it, which is what flags are for."""
    parts, score, negated = [], 0.0, False
    for part in re.findall(r"[\w']+|[^\w']+", text):
        word = part.lower()
        weight = WEIGHTS.get(word, 0.0) * (-0.7 if negated else 1)
        score += weight
        parts.append((part, "positive" if weight > 0 else "negative" if weight < 0 else None))
        if word in NEGATIONS:
            negated = True
        elif weight or re.search(r"[.,;!?]", part):
            negated = False
    positive = 1 / (1 + math.exp(-score))
    return {"positive": positive, "negative": 1 - positive}, parts
