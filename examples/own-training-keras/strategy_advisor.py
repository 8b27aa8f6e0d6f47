"""What a training program and Strategy Advisor tell each other. Copy it beside a program of your own."""

import csv
import json
import os


def read_trial() -> dict:
    """What this trial is to do: strategy, variant, num_examples, seed, metric, datasets, output."""
    with open(os.environ["STRATEGY_ADVISOR_TRIAL"], encoding="utf-8") as file:
        return json.load(file)


def read_rows(dataset: dict, split: str, task: str) -> list[tuple[dict, str]]:
    """The rows of a table that belong to a split ("train", "validation", "test"), each with its label for the task."""
    tables: dict[str, list[dict]] = {}
    rows = []
    with open(dataset[split], encoding="utf-8") as examples:
        for line in examples:
            name, number = line.rstrip("\n").split("\t")
            if name not in tables:
                with open(name, newline="", encoding="utf-8") as table:
                    tables[name] = list(csv.DictReader(table))
            row = dict(tables[name][int(number)])
            rows.append((row, row.pop(dataset["label_columns"][task])))
    return rows


def report_step(step: int, loss: float, phase: str = "train", **validation: float) -> None:
    """A point of training, for the charts."""
    print(json.dumps({"step": step, "phase": phase, "loss": loss, "validation": validation}), flush=True)


def report_result(metric: str, value: float, predictions: list[int], labels: list[int]) -> None:
    """The figure that counts, on the test split; with each prediction, strategies are compared example by example."""
    print(json.dumps({"predictions": predictions, "labels": labels}), flush=True)
    print(json.dumps({"metric": metric, "value": value}), flush=True)
