"""Tells from readings of a machine whether it will fail, with a training loop of its own.

Strategy Advisor runs this program once for each trial of a pilot, and says by environment and a JSON file what the
trial is to do; see docs/own-training-code.md.
"""

import copy
import random

import torch
from torch import nn

from strategy_advisor import read_rows, read_trial, report_result, report_step

# @dataset machines task=wear    input=tabular:8 num_examples=4000 label=wear    path=data/wear.csv
# @dataset failures task=failure input=tabular:8 num_examples=500  label=failure path=data/failure.csv
# @task wear output=class:2
# @task failure target output=class:2 metric=accuracy shares_features_with=wear num_params=5k train="python3 train.py"

STEPS = 600
BATCH = 64
RATE = 3e-3

Data = tuple[torch.Tensor, torch.Tensor]


def load(dataset: dict, split: str, task: str) -> Data:
    rows = read_rows(dataset, split, task)
    inputs = torch.tensor([[float(value) for value in row.values()] for row, _ in rows])
    return (inputs - 49.5) / 28.9, torch.tensor([int(label) for _, label in rows])


def accuracy(model: nn.Module, data: Data) -> tuple[float, list[int]]:
    model.eval()
    with torch.no_grad():
        predicted = model(data[0]).argmax(dim=1)
    return (predicted == data[1]).float().mean().item(), predicted.tolist()


def fit(
    phase: str,
    model: nn.Module,
    data: Data,
    validation: Data,
    rate: float = RATE,
    also: tuple[nn.Module, Data] | None = None,
) -> None:
    """Trains what is not frozen, together with a second model where there is one; keeps the best weights."""
    modules = [model] if also is None else [model, also[0]]
    weights = {id(weight): weight for module in modules for weight in module.parameters() if weight.requires_grad}
    optimizer = torch.optim.Adam(weights.values(), lr=rate)
    loss_of = nn.CrossEntropyLoss()
    best, kept = -1.0, copy.deepcopy(model.state_dict())
    for step in range(1, STEPS + 1):
        model.train()
        loss = torch.zeros(())
        for each, (inputs, labels) in [(model, data), *([also] if also else [])]:
            chosen = torch.randint(len(labels), (BATCH,))
            loss = loss + loss_of(each(inputs[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 50 == 0:
            value, _ = accuracy(model, validation)
            report_step(step, loss.item(), phase, accuracy=value)
            if value > best:
                best, kept = value, copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)


def main() -> None:
    trial = read_trial()
    random.seed(trial["seed"])
    torch.manual_seed(trial["seed"])
    # Trials run one to a core.
    torch.set_num_threads(1)
    by_task = {task: dataset for dataset in trial["datasets"] for task in dataset["tasks"]}
    task = trial["task"]
    target = by_task[task]
    train, validation, test = (load(target, split, task) for split in ("train", "validation", "test"))

    encoder = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU())
    model = nn.Sequential(encoder, nn.Linear(64, 2))
    strategy, variant = trial["strategy"], trial.get("variant")
    if strategy == "single-task":
        fit("train", model, train, validation)
    else:
        source = trial["sources"][0]
        other = nn.Sequential(encoder, nn.Linear(64, 2))
        source_train, source_validation = (load(by_task[source], split, source) for split in ("train", "validation"))
        if strategy == "transfer":
            fit("pretrain", other, source_train, source_validation)
            if variant in ("head", "gradual"):
                encoder.requires_grad_(False)
                fit("head", model, train, validation)
                encoder.requires_grad_(True)
            if variant in ("full", "gradual"):
                fit("fine-tune", model, train, validation, RATE / 10)
        else:
            fit("joint", model, train, validation, also=(other, source_train))
            if variant == "fine-tuned":
                fit("fine-tune", model, train, validation, RATE / 10)

    value, predicted = accuracy(model, test)
    torch.save(model.state_dict(), f"{trial['output']}/model.pt")
    report_result(trial["metric"], value, predicted, test[1].tolist())


if __name__ == "__main__":
    main()
