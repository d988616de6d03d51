"""Writes probabilities with numpy, pandas and scikit-learn into the folder of the argument; says what they are.

Prints ``{"files": [{"name", "rows", "classes"}], "pipeline": {"texts", "labels", "folds", "rows", "classes"}}``.
"""

import json
import sys
from pathlib import Path

import joblib
import numpy
import pandas
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

folder = Path(sys.argv[1])
random = numpy.random.default_rng(1)
files = []
classes = ["ham", "eggs", "spam"]


def wrote(name, matrix, names=None):
    files.append({"name": name, "rows": matrix.astype(float).tolist(), "classes": names})


def arrays():
    matrix = random.dirichlet(numpy.ones(3), 500)
    for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"):
        for order in "<>":
            for layout in "CF":
                values = matrix if kind.startswith("f") else matrix.round()
                array = numpy.asarray(values, dtype=numpy.dtype(order + kind), order=layout)
                name = f"{kind.replace('?', 'b1')}-{'little' if order == '<' else 'big'}-{layout}"
                numpy.save(folder / f"{name}.npy", array)
                wrote(f"{name}.npy", array)
    part = matrix[10:200:3]  # neither order: numpy copies it
    numpy.savez(folder / "stored.npz", y=numpy.arange(5), probs=part, features=matrix)
    wrote("stored.npz", part)
    numpy.savez_compressed(folder / "deflated.npz", matrix)
    wrote("deflated.npz", matrix)


def tables():
    matrix = random.dirichlet(numpy.ones(3), 300)
    frame = pandas.DataFrame(matrix, columns=classes)
    frame.to_csv(folder / "index.csv")
    frame.to_csv(folder / "names.csv", index=False)
    frame.add_prefix("prob_").assign(text="a, b").to_csv(folder / "prefixed.tsv", sep="\t", index=False)
    frame.to_json(folder / "records.jsonl", orient="records", lines=True, double_precision=15)
    for name in ("index.csv", "names.csv", "prefixed.tsv"):
        wrote(name, matrix, classes)
    lines = (folder / "records.jsonl").read_text().splitlines()  # pandas itself reads them less precisely
    wrote("records.jsonl", numpy.array([list(json.loads(line).values()) for line in lines]), classes)
    pandas.DataFrame(matrix).to_csv(folder / "numbered.csv", index=False)
    wrote("numbered.csv", matrix)
    pandas.DataFrame(matrix).to_csv(folder / "numbered-index.csv")
    wrote("numbered-index.csv", matrix)
    numpy.savetxt(folder / "savetxt.csv", matrix, delimiter=",")
    wrote("savetxt.csv", matrix)


def pipeline():
    words = ["good", "bad", "film", "plot", "fun", "awful", "naïve"]
    texts = [" ".join(random.choice(words, 6)) for _ in range(400)]
    labels = ["spam" if "bad" in text else random.choice(classes[:2]).item() for text in texts]
    model = make_pipeline(CountVectorizer(), MultinomialNB()).fit(texts, labels)
    joblib.dump(model, folder / "pipeline.joblib")
    rows = cross_val_predict(model, texts, labels, cv=5, method="predict_proba").tolist()
    predicted = model.predict_proba(texts).tolist()
    return {"texts": texts, "labels": labels, "folds": 5, "rows": rows, "predicted": predicted, "classes": sorted(classes)}


arrays()
tables()
print(json.dumps({"files": files, "pipeline": pipeline()}))
