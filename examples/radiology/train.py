"""Finds pneumonia on chest x-rays with a network that ImageNet taught to see.

Usage: python train.py data/xray
"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
from torchvision.models import ResNet50_Weights, resnet50

# ILSVRC-2012: 1,281,167 photographs (Russakovsky et al. 2015, arXiv:1409.0575).
# @dataset imagenet   task=object-recognition input=image:224x224x3 num_examples=1.28M
#
# The films are grey; each is repeated on three channels below, so the network sees what it was trained on.
# The folders normal/ and pneumonia/ hold the paediatric films of Kermany et al. 2018 (Cell 172; 5,856 in
# all), split anew so that no patient is in two splits.
# @dataset chest-xray task=pneumonia input=image:224x224x3 \
#   splits=train:5k,validation:200,test:600
#
# @task object-recognition category=image-classification output=class:1000
# @task pneumonia target category=image-classification output=class:2 metric=accuracy \
#   shares_features_with=object-recognition num_params=25M

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def films(folder: Path, train: bool) -> datasets.ImageFolder:
    shift = [transforms.RandomAffine(degrees=5, translate=(0.05, 0.05))] if train else []
    steps = [
        transforms.Grayscale(num_output_channels=3),
        transforms.Resize((224, 224)),
        *shift,
        transforms.ToTensor(),
        transforms.Normalize(IMAGENET_MEAN, IMAGENET_STD),
    ]
    return datasets.ImageFolder(str(folder), transforms.Compose(steps))


def network() -> nn.Module:
    net = resnet50(weights=ResNet50_Weights.IMAGENET1K_V2)
    net.fc = nn.Linear(net.fc.in_features, 2)
    return net


def accuracy(net: nn.Module, loader: DataLoader, device: str) -> float:
    net.eval()
    with torch.no_grad():
        hits = sum((net(x.to(device)).argmax(1).cpu() == y).sum().item() for x, y in loader)
    return hits / len(loader.dataset)


def main(root: Path) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    train = DataLoader(films(root / "train", True), batch_size=32, shuffle=True, num_workers=4)
    validation = DataLoader(films(root / "validation", False), batch_size=64)
    net = network().to(device)
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=1e-2)
    for epoch in range(10):
        net.train()
        for x, y in train:
            optimizer.zero_grad()
            loss(net(x.to(device)), y.to(device)).backward()
            optimizer.step()
        print(f"epoch {epoch}: {accuracy(net, validation, device):.3f} right on validation films")
    torch.save(net.state_dict(), "pneumonia.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/xray"))
