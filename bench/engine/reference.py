"""Trains the benchmark's networks in PyTorch, from given weights on given batches; prints losses and times as JSON."""
import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

job = json.load(open(sys.argv[1]))
torch.set_num_threads(job["threads"])


def array(entry):
    kind = np.int32 if entry["type"] == "int32" else np.float32
    return torch.from_numpy(np.fromfile(entry["file"], dtype=kind).reshape(entry["shape"]).copy())


class MeanOverTime(nn.Module):
    def forward(self, x):
        return x.mean(dim=1)


class ChannelsLastFlatten(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1)


def block(inputs, outputs):
    # TensorFlow.js: epsilon 1e-3; its moving average keeps 0.99.
    norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
    return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), norm, nn.ReLU(), nn.MaxPool2d(2)]


class ManyHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.left, self.right, self.shared = nn.Linear(16, 32), nn.Linear(8, 32), nn.Linear(64, 32)
        self.kind, self.flags, self.size = nn.Linear(32, 4), nn.Linear(32, 3), nn.Linear(32, 1)

    def forward(self, left, right):
        both = torch.cat([F.relu(self.left(left)), F.relu(self.right(right))], dim=1)
        hidden = F.relu(self.shared(both))
        return self.kind(hidden), self.flags(hidden), self.size(hidden)


def build(name):
    if name.startswith("mlp"):
        sizes = [int(size) for size in name.split("-")[1:]]
        layers = []
        for a, b in zip(sizes, sizes[1:]):
            layers += [nn.Linear(a, b), nn.ReLU()]
        return nn.Sequential(*layers[:-1])
    if name == "cnn-28x28":
        return nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                             nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                             ChannelsLastFlatten(), nn.Linear(1568, 10))
    if name == "cnn-bn-32x32x3":
        return nn.Sequential(*block(3, 16), *block(16, 32), *block(32, 64), ChannelsLastFlatten(), nn.Linear(1024, 10))
    if name == "cnn1d-40x32":
        class OverTime(nn.Module):
            def forward(self, x):
                return x.mean(dim=2)
        return nn.Sequential(nn.Conv1d(32, 32, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2),
                             nn.Conv1d(32, 64, 5, padding=2), nn.ReLU(), OverTime(), nn.Linear(64, 10))
    if name == "text-5000x64":
        return nn.Sequential(nn.Embedding(5000, 64), MeanOverTime(), nn.Linear(64, 10))
    return ManyHeads()


def parameters(model):
    for module in model.modules():
        if isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d)):
            yield module, "weight"
            if module.bias is not None:
                yield module, "bias"
        elif isinstance(module, nn.Embedding):
            yield module, "weight"
        elif isinstance(module, nn.BatchNorm2d):
            yield module, "weight"
            yield module, "bias"


def load(model, weights):
    trainable = [w for w in weights if w["trainable"]]
    for (module, name), entry in zip(parameters(model), trainable):
        value = array(entry)
        if name == "weight":
            if isinstance(module, nn.Linear):
                value = value.t()
            elif isinstance(module, nn.Conv2d):
                value = value.permute(3, 2, 0, 1)
            elif isinstance(module, nn.Conv1d):
                value = value.permute(2, 1, 0)
        getattr(module, name).data.copy_(value.reshape(getattr(module, name).shape))


def mean_of_present(errors, mask):
    share = errors.numel() / mask.numel()
    return (errors * mask).sum() / (mask.sum().clamp(min=1) * share)


def loss_of(name, model, inputs, targets, masks):
    if name == "multi-head-masked":
        kind, flags, size = model(*inputs)
        return (mean_of_present(F.cross_entropy(kind, targets[0].long(), reduction="none"), masks[0])
                + mean_of_present(F.binary_cross_entropy_with_logits(flags, targets[1], reduction="none"), masks[1])
                + 0.5 * mean_of_present((size - targets[2]) ** 2, masks[2][:, None]))
    return F.cross_entropy(model(inputs[0]), targets[0].long())


model = build(job["model"])
load(model, job["weights"])
optimizer = torch.optim.Adam(model.parameters(), lr=job["learningRate"], eps=1e-7)
batch = {kind: [array(entry) for entry in job[kind]] for kind in ("inputs", "targets", "masks")}
if job["model"].startswith("cnn-"):
    batch["inputs"] = [x.permute(0, 1, 4, 2, 3).contiguous() for x in batch["inputs"]]
elif job["model"] == "cnn1d-40x32":
    batch["inputs"] = [x.permute(0, 1, 3, 2).contiguous() for x in batch["inputs"]]
if job["model"].startswith("text"):
    batch["inputs"] = [x.long() for x in batch["inputs"]]

losses, times, processor_times = [], [], []
steps = batch["inputs"][0].shape[0]
for i in range(job["steps"]):
    k = i % steps
    start, used = time.perf_counter(), time.process_time()
    optimizer.zero_grad()
    loss = loss_of(job["model"], model, *[[x[k] for x in batch[kind]] for kind in ("inputs", "targets", "masks")])
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    times.append((time.perf_counter() - start) * 1000)
    processor_times.append((time.process_time() - used) * 1000)
print(json.dumps({"losses": losses, "times": times, "processorTimes": processor_times, "version": torch.__version__}))
