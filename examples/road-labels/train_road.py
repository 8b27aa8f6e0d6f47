"""Four labels on each road image, one network with four heads.

Not every image has every label: the people who drew stop signs never saw the first recordings. What is
not known is stored as NaN and carries no loss.
"""

from pathlib import Path

import pandas as pd
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.models import resnet50

# The four labels follow Andrew Ng's example of multitask learning (DeepLearning.AI, Structuring Machine
# Learning Projects, week 2); the counts are those of our own recordings.
# @dataset road task=pedestrian,car,stop-sign,traffic-light input=image:224x224x3 \
#   splits=train:80k,test:20k group=drive \
#   labels_present=pedestrian:100%,car:80%,stop-sign:60%,traffic-light:60% \
#   label=pedestrian:pedestrian,car:car,stop-sign:stop_sign,traffic-light:traffic_light
#
# The network is meant to be large enough for all four.
# @task pedestrian target category=image-classification output=class:2 metric=f1 num_params=25M \
#   shares_features_with=car,stop-sign,traffic-light
# @task stop-sign target category=image-classification output=class:2 metric=f1 num_params=25M \
#   shares_features_with=pedestrian,car,traffic-light

LABELS = ["pedestrian", "car", "stop_sign", "traffic_light"]
PREPARE = transforms.Compose([transforms.Resize((224, 224)), transforms.ToTensor()])


class Road(Dataset):
    """Images with four labels each: 1, 0, or NaN where nobody looked."""

    def __init__(self, root: Path, split: str) -> None:
        table = pd.read_csv(root / "labels.csv")
        self.rows = table[table["split"] == split].reset_index(drop=True)
        self.root = root

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        row = self.rows.iloc[index]
        image = Image.open(self.root / row["file"]).convert("RGB")
        return PREPARE(image), torch.tensor(row[LABELS].to_numpy(dtype="float32"))


def masked_loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The mean over what is labelled, for each task by itself, so that sparse tasks weigh as much."""
    known = ~torch.isnan(labels)
    each = nn.functional.binary_cross_entropy_with_logits(logits, labels.nan_to_num(), reduction="none")
    return ((each * known).sum(0) / known.sum(0).clamp(min=1)).sum()


def main() -> None:
    train = DataLoader(Road(Path("data/road"), "train"), batch_size=64, shuffle=True, num_workers=4)
    net = resnet50(num_classes=len(LABELS))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
    for epoch in range(30):
        for images, labels in train:
            optimizer.zero_grad()
            loss = masked_loss(net(images), labels)
            loss.backward()
            optimizer.step()
        print(f"epoch {epoch}: loss {loss.item():.4f}")


if __name__ == "__main__":
    main()
