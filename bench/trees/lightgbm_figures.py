"""Ten tables that scikit-learn and statsmodels bundle, their folds, and what LightGBM comes to on each fold.

Needs: pip install lightgbm scikit-learn statsmodels. Usage: python lightgbm_figures.py FOLDER
Writes FOLDER/NAME.json for each table (rows, labels, the fold of each row) and FOLDER/lightgbm.json (figures, versions).
"""
import json
import sys
from pathlib import Path

import lightgbm
import numpy
import sklearn
import statsmodels
import statsmodels.api
from sklearn import datasets
from sklearn.metrics import log_loss, r2_score

FOLDS = 5
# Leaves are limited by curvature: LightGBM only estimates how many examples a leaf has.
SETTINGS = {
    "num_leaves": 31,
    "min_data_in_leaf": 1,
    "min_sum_hessian_in_leaf": 5.0,
    "learning_rate": 0.1,
    "max_bin": 255,
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
}
ROUNDS = 100


def bundled(load):
    data = load()
    return data.data, data.target


def of_statsmodels(name, label, is_class):
    frame = getattr(statsmodels.api.datasets, name).load_pandas().data
    frame = frame.apply(lambda column: column if column.dtype.kind in "fiub" else column.astype("category").cat.codes)
    values = frame[label].to_numpy(float)
    if is_class:
        values = numpy.unique(values, return_inverse=True)[1]
    return frame.drop(columns=[label]).to_numpy(float), values


def with_holes():
    """Some of the numbers of breast_cancer are missing, more of them in one class."""
    rows, labels = bundled(datasets.load_breast_cancer)
    random = numpy.random.default_rng(5)
    rows = rows.copy()
    rows[random.random(rows.shape) < numpy.where(labels[:, None] == 1, 0.3, 0.1)] = numpy.nan
    return rows, labels


TABLES = {
    "breast_cancer": (lambda: bundled(datasets.load_breast_cancer), 2),
    "breast_cancer with holes": (with_holes, 2),
    "wine": (lambda: bundled(datasets.load_wine), 3),
    "iris": (lambda: bundled(datasets.load_iris), 3),
    "digits": (lambda: bundled(datasets.load_digits), 10),
    "diabetes": (lambda: bundled(datasets.load_diabetes), 0),
    "anes96": (lambda: of_statsmodels("anes96", "vote", True), 2),
    "modechoice": (lambda: of_statsmodels("modechoice", "choice", True), 2),
    "star98": (lambda: of_statsmodels("star98", "NABOVE", False), 0),
    "fair": (lambda: of_statsmodels("fair", "rate_marriage", True), 5),
    "cancer": (lambda: of_statsmodels("cancer", "cancer", False), 0),
}


def figures(rows, labels, classes, folds):
    found = {"metric": "r2" if classes == 0 else "log-loss", "values": [], "accuracy": []}
    objective = {0: "regression", 2: "binary"}.get(classes, "multiclass")
    settings = {**SETTINGS, "objective": objective, **({"num_class": classes} if classes > 2 else {})}
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        model = lightgbm.train(settings, lightgbm.Dataset(rows[train], labels[train]), ROUNDS)
        output = model.predict(rows[test])
        if classes == 0:
            found["values"].append(r2_score(labels[test], output))
        else:
            found["values"].append(log_loss(labels[test], output, labels=range(classes)))
            best = output > 0.5 if classes == 2 else output.argmax(axis=1)
            found["accuracy"].append(float((best == labels[test]).mean()))
    return found


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, (load, classes) in TABLES.items():
        rows, labels = load()
        rows = rows.astype(numpy.float32)
        folds = numpy.random.default_rng(1).permutation(len(rows)) % FOLDS
        found[name] = {"rows": len(rows), "columns": rows.shape[1], "classes": classes}
        found[name].update(figures(rows, labels, classes, folds))
        values = [[None if numpy.isnan(value) else float(value) for value in row] for row in rows]
        table = {"values": values, "labels": labels.tolist(), "folds": folds.tolist(), "classes": classes}
        (folder / f"{name}.json").write_text(json.dumps(table))
    versions = {each.__name__: each.__version__ for each in (lightgbm, sklearn, statsmodels)}
    (folder / "lightgbm.json").write_text(
        json.dumps({"versions": versions, "settings": SETTINGS, "rounds": ROUNDS, "tables": found}, indent=1)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else sys.exit(__doc__))
