"""The trials of a pilot, written in PyTorch as one would by hand: the reference that `npm run bench:pilot` times.

Usage: python3 pilot_torch.py JOBS.json CORES

JOBS.json holds `jobs` (the specifications that the pilot wrote) and `data` (for each dataset and split: standardised
inputs and class numbers by task). Prints one JSON object: the metric of each trial and the seconds of each.
"""
import copy
import json
import math
import multiprocessing
import sys
import time

import torch
from torch import nn

WEIGHT_DECAY = 0.02
WARM_UP = 0.05
FINE_TUNING = 0.3
PROBE = 0.25
JOINT = 0.75


def encoder(width):
    units = min(256, max(32, 2 ** math.ceil(math.log2(2 * width))))
    half = max(32, units // 2)
    blocks = [nn.Sequential(nn.Linear(width, units), nn.ReLU()), nn.Sequential(nn.Linear(units, half), nn.ReLU())]
    for block in blocks:
        nn.init.kaiming_normal_(block[0].weight, nonlinearity="relu")
        nn.init.zeros_(block[0].bias)
    return nn.ModuleList(blocks)


def head(blocks, classes):
    layer = nn.Linear(blocks[-1][0].out_features, classes)
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def features(blocks, x, start=0):
    for block in blocks[start:]:
        x = block(x)
    return x


def balanced_accuracy(predicted, truth):
    recalls = [(predicted[truth == c] == c).float().mean().item() for c in truth.unique()]
    return sum(recalls) / len(recalls)


def train_phase(parameters, loss_of, score_of, rate, steps, settings):
    """Trains until validation no longer improves; the best weights are kept. Returns the best score."""
    parameters = list(parameters)
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=WEIGHT_DECAY)
    rising = max(1, round(WARM_UP * steps))

    def schedule(step):
        if step < rising:
            return (step + 1) / rising
        return (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising))) / 2

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)
    best, kept, since = None, None, 0
    step = 0
    while True:
        with torch.no_grad():
            score = score_of()
        since += 1
        if best is None or score > best:
            best, since = score, 0
            kept = [p.detach().clone() for p in parameters]
        if step >= steps or since >= settings["patience"]:
            break
        for _ in range(min(settings["validateEvery"], steps - step)):
            optimizer.zero_grad()
            loss_of(step).backward()
            optimizer.step()
            scheduler.step()
            step += 1
    with torch.no_grad():
        for p, value in zip(parameters, kept):
            p.copy_(value)
    return best


def epochs(rows, batch, generator):
    order = torch.empty(0, dtype=torch.long)
    while True:
        while len(order) < batch:
            order = torch.cat([order, rows[torch.randperm(len(rows), generator=generator)]])
        yield order[:batch]
        order = order[batch:]


class Problem:
    """The target's and the source's examples, as tensors."""

    def __init__(self, job, data):
        self.target = job["target"]["name"]
        self.splits = data[job["target"]["datasets"][0]]
        self.sources = [(t["name"], data[t["datasets"][0]]) for t in job["sources"]]

    @staticmethod
    def tensors(split, task):
        return torch.tensor(split["inputs"]), torch.tensor(split["labels"][task])


def score_on(predict, x, y):
    def score():
        logits = predict(x)
        return (balanced_accuracy(logits.argmax(1), y), -nn.functional.cross_entropy(logits, y).item())

    return score


def candidates(modules, settings, try_one):
    """Each learning rate from the same start; the one that validates best stays."""
    start = copy.deepcopy([m.state_dict() for m in modules])
    best, kept = None, None
    for rate in settings["learningRates"]:
        for module, state in zip(modules, start):
            module.load_state_dict(state)
        score = try_one(rate)
        if best is None or score > best:
            best, kept = score, copy.deepcopy([m.state_dict() for m in modules])
    for module, state in zip(modules, kept):
        module.load_state_dict(state)


def pretrain(job, data):
    settings = job["settings"]
    problem = Problem(job, data)
    name, splits = problem.sources[0]
    x, y = problem.tensors(splits["train"], name)
    vx, vy = problem.tensors(splits["validation"], name)
    blocks = encoder(x.shape[1])
    out = head(blocks, int(y.max()) + 1)
    generator = torch.Generator().manual_seed(job["seed"])

    def try_one(rate):
        batches = epochs(torch.arange(len(x)), settings["batchSize"], generator)

        def loss(_):
            rows = next(batches)
            return nn.functional.cross_entropy(out(features(blocks, x[rows])), y[rows])

        def score():
            return (-nn.functional.cross_entropy(out(features(blocks, vx)), vy).item(),)

        return train_phase([*blocks.parameters(), *out.parameters()], loss, score, rate, settings["maxSteps"], settings)

    candidates([blocks, out], settings, try_one)
    return blocks


def trial(job, data, pretrained):
    settings, arm = job["settings"], job["arm"]
    problem = Problem(job, data)
    x, y = problem.tensors(problem.splits["train"], problem.target)
    vx, vy = problem.tensors(problem.splits["validation"], problem.target)
    tx, ty = problem.tensors(problem.splits["test"], problem.target)
    generator = torch.Generator().manual_seed(job["seed"])
    rows = torch.randperm(len(x), generator=generator)[: job["n"]]
    classes = int(y.max()) + 1
    blocks = copy.deepcopy(pretrained) if arm["strategy"] == "transfer" else encoder(x.shape[1])
    out = head(blocks, classes)
    batch, steps = settings["batchSize"], settings["maxSteps"]

    def alone(rate, share, start=0):
        """The target alone, from block `start` on; what is below is computed once."""
        with torch.no_grad():
            below = x if start == 0 else features(blocks[:start], x)
            below_v = vx if start == 0 else features(blocks[:start], vx)
        batches = epochs(rows, batch, generator)

        def loss(_):
            chosen = next(batches)
            return nn.functional.cross_entropy(out(features(blocks, below[chosen], start)), y[chosen])

        parameters = [*blocks[start:].parameters(), *out.parameters()]
        score = score_on(lambda v: out(features(blocks, v, start)), below_v, vy)
        return train_phase(parameters, loss, score, rate, max(1, round(share * steps)), settings)

    if arm["strategy"] == "transfer":
        count = len(blocks)
        plans = {
            "head": [(count, 1, 1)],
            "full": [(count, 1, PROBE), (0, FINE_TUNING, 1 - PROBE)],
            "gradual": [(count, 1, PROBE)]
            + [(count - 1 - i, FINE_TUNING, (1 - PROBE) / count) for i in range(count)],
        }

        def try_one(rate):
            score = None
            for start, factor, share in plans[arm["variant"]]:
                score = alone(rate * factor, share, start)
            return score

        candidates([blocks, out], settings, try_one)
    elif arm["strategy"] == "multitask":
        name, splits = problem.sources[0]
        sx, sy = problem.tensors(splits["train"], name)
        other = head(blocks, int(sy.max()) + 1)
        shares = torch.tensor([len(rows), len(sx)], dtype=torch.float) ** settings["temperature"]
        own = (shares[0] / shares.sum()).item()
        tuned = arm["variant"] == "fine-tuned"

        def try_one(rate):
            def loss(_):
                count = int((torch.rand(batch, generator=generator) < own).sum())
                total = 0.0
                if count > 0:
                    chosen = rows[torch.randint(len(rows), (count,), generator=generator)]
                    total = total + nn.functional.cross_entropy(out(features(blocks, x[chosen])), y[chosen])
                if count < batch:
                    chosen = torch.randint(len(sx), (batch - count,), generator=generator)
                    total = total + nn.functional.cross_entropy(other(features(blocks, sx[chosen])), sy[chosen])
                return total

            parameters = [*blocks.parameters(), *out.parameters(), *other.parameters()]
            score = score_on(lambda v: out(features(blocks, v)), vx, vy)
            together = max(1, round((JOINT if tuned else 1) * steps))
            best = train_phase(parameters, loss, score, rate, together, settings)
            return alone(rate * FINE_TUNING, 1 - JOINT) if tuned else best

        candidates([blocks, out, other], settings, try_one)
    else:
        candidates([blocks, out], settings, lambda rate: alone(rate, 1))
    with torch.no_grad():
        return balanced_accuracy(out(features(blocks, tx)).argmax(1), ty)


DATA = None


def begin(data):
    global DATA
    DATA = data
    torch.set_num_threads(1)


def run(job):
    start = time.perf_counter()
    torch.manual_seed(job["seed"])
    result = pretrain(job, DATA) if job["kind"] == "pretrain" else trial(job, DATA, job.get("pretrained"))
    return job["id"], result, time.perf_counter() - start


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    jobs = given["jobs"]
    first = [job for job in jobs if job["kind"] == "pretrain"]
    rest = [job for job in jobs if job["kind"] == "trial"]
    context = multiprocessing.get_context("fork")
    with context.Pool(int(sys.argv[2]), begin, (given["data"],)) as pool:
        encoders = {}
        seconds = {}
        for name, blocks, took in pool.imap_unordered(run, first):
            encoders[name], seconds[name] = blocks, took
        for job in rest:
            if job["needs"]:
                job["pretrained"] = encoders[job["needs"][0]]
        values = {}
        for name, value, took in pool.imap_unordered(run, rest):
            values[name], seconds[name] = value, took
    print(json.dumps({"values": values, "seconds": seconds, "torch": torch.__version__}))


main()
