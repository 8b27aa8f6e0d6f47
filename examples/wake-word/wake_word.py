"""Listens for one word, with the ears of a speech recogniser.

A wake word has little audio of its own. The recogniser below has heard ten thousand hours of speech,
so its encoder is kept and only a small classifier is trained on top.
"""

import torch
import torchaudio
from datasets import Audio, load_dataset
from torch import nn
from torch.utils.data import DataLoader

# The two sizes are the ones Andrew Ng uses for this case (DeepLearning.AI, Structuring Machine Learning
# Projects, week 2, "Transfer learning").
# @dataset transcribed-speech task=speech-recognition input=audio:16kHz num_examples=10_000 unit=hours
# @task speech-recognition category=automatic-speech-recognition output=sequence

# One hour: 1,800 clips of two seconds, a third of them with the word.
# @dataset hello-lamp task=wake-word input=audio:16kHz num_examples=1 unit=hours label=is_wake_word
# @task wake-word target category=audio-classification output=class:2 \
#   shares_features_with=speech-recognition num_params=95M

SAMPLE_RATE = 16_000
SECONDS = 2


class WakeWord(nn.Module):
    """A frozen speech encoder, two new layers, and one score for each clip."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = torchaudio.models.wav2vec2_base(aux_num_out=32)
        self.encoder.load_state_dict(torch.load("data/recogniser.pt"))
        self.encoder.requires_grad_(False)
        self.head = nn.Sequential(nn.Linear(768, 64), nn.ReLU(), nn.Linear(64, 1))

    def forward(self, waveform: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            layers, _ = self.encoder.extract_features(waveform)
        return self.head(layers[-1].mean(dim=1)).squeeze(1)


def collate(rows: list[dict]) -> tuple[torch.Tensor, torch.Tensor]:
    length = SAMPLE_RATE * SECONDS
    clips = torch.zeros(len(rows), length)
    for clip, row in zip(clips, rows):
        samples = torch.as_tensor(row["audio"]["array"], dtype=torch.float32)[:length]
        clip[: len(samples)] = samples
    return clips, torch.tensor([float(row["is_wake_word"]) for row in rows])


def main() -> None:
    clips = load_dataset("audiofolder", data_dir="data/hello-lamp", split="train")
    clips = clips.cast_column("audio", Audio(sampling_rate=SAMPLE_RATE)).train_test_split(0.2, seed=1)
    train = DataLoader(clips["train"], batch_size=16, shuffle=True, collate_fn=collate)
    test = DataLoader(clips["test"], batch_size=16, collate_fn=collate)
    model = WakeWord()
    optimizer = torch.optim.Adam(model.head.parameters(), lr=1e-3)
    loss = nn.BCEWithLogitsLoss()
    for epoch in range(20):
        for waveform, label in train:
            optimizer.zero_grad()
            loss(model(waveform), label).backward()
            optimizer.step()
        with torch.no_grad():
            hits = sum(((model(x) > 0) == (y > 0.5)).sum().item() for x, y in test)
        print(f"epoch {epoch}: {hits / len(clips['test']):.3f}")


if __name__ == "__main__":
    main()
