"""The problem of own-training-pytorch, trained with Keras; see docs/own-training-code.md."""

import keras
import numpy as np

from strategy_advisor import read_rows, read_trial, report_result, report_step

# @dataset keras-machines task=keras-wear input=tabular:8 num_examples=4000 label=wear \
#   path=../own-training-pytorch/data/wear.csv
# @dataset keras-failures task=keras-failure input=tabular:8 num_examples=500 label=failure \
#   path=../own-training-pytorch/data/failure.csv
# @task keras-wear output=class:2
# @task keras-failure target output=class:2 metric=accuracy shares_features_with=keras-wear num_params=5k \
#   train="python3 train.py"

EPOCHS = 60
BATCH = 64
RATE = 3e-3

Data = tuple[np.ndarray, np.ndarray]


def load(dataset: dict, split: str, task: str) -> Data:
    rows = read_rows(dataset, split, task)
    inputs = np.array([[float(value) for value in row.values()] for row, _ in rows], dtype="float32")
    return (inputs - 49.5) / 28.9, np.array([int(label) for _, label in rows])


def fit(phase: str, model: keras.Model, data: Data, validation: Data, rate: float = RATE) -> None:
    """Trains what is not frozen, and keeps the best weights."""

    class Report(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            logs = logs or {}
            report_step(epoch + 1, logs["loss"], phase, accuracy=logs["val_accuracy"])

    # Compiled anew each time: what is frozen counts from then on.
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    best = keras.callbacks.EarlyStopping("val_accuracy", mode="max", patience=10, restore_best_weights=True)
    model.fit(*data, BATCH, EPOCHS, verbose=0, validation_data=validation, callbacks=[Report(), best])


def fit_jointly(model: keras.Model, other: keras.Model, data: Data, source: Data, validation: Data) -> None:
    """Trains two models that share their encoder, a batch of each in turn, with one optimizer state for each."""
    for each in (model, other):
        each.compile(keras.optimizers.Adam(RATE), "sparse_categorical_crossentropy", metrics=["accuracy"])
    generator = np.random.default_rng(0)
    best, kept = -1.0, model.get_weights()
    for step in range(1, 601):
        losses = []
        for each, (inputs, labels) in ((model, data), (other, source)):
            chosen = generator.integers(len(labels), size=BATCH)
            losses.append(each.train_on_batch(inputs[chosen], labels[chosen], return_dict=True)["loss"])
        if step % 50 == 0:
            value = model.evaluate(*validation, verbose=0, return_dict=True)["accuracy"]
            report_step(step, float(sum(losses)), "joint", accuracy=value)
            if value > best:
                best, kept = value, model.get_weights()
    model.set_weights(kept)


def main() -> None:
    trial = read_trial()
    keras.utils.set_random_seed(trial["seed"])
    by_task = {task: dataset for dataset in trial["datasets"] for task in dataset["tasks"]}
    task = trial["task"]
    target = by_task[task]
    train, validation, test = (load(target, split, task) for split in ("train", "validation", "test"))

    encoder = keras.Sequential(
        [keras.Input((8,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(64, "relu")]
    )
    model = keras.Sequential([encoder, keras.layers.Dense(2, "softmax")])
    strategy, variant = trial["strategy"], trial.get("variant")
    if strategy == "single-task":
        fit("train", model, train, validation)
    else:
        source = trial["sources"][0]
        other = keras.Sequential([encoder, keras.layers.Dense(2, "softmax")])
        source_train, source_validation = (load(by_task[source], split, source) for split in ("train", "validation"))
        if strategy == "transfer":
            fit("pretrain", other, source_train, source_validation)
            if variant in ("head", "gradual"):
                encoder.trainable = False
                fit("head", model, train, validation)
                encoder.trainable = True
            if variant in ("full", "gradual"):
                fit("fine-tune", model, train, validation, RATE / 10)
        else:
            fit_jointly(model, other, train, source_train, validation)
            if variant == "fine-tuned":
                fit("fine-tune", model, train, validation, RATE / 10)

    predicted = model.predict(test[0], verbose=0).argmax(axis=1)
    model.save(f"{trial['output']}/model.keras")
    report_result(trial["metric"], float((predicted == test[1]).mean()), predicted.tolist(), test[1].tolist())


if __name__ == "__main__":
    main()
