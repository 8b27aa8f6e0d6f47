"""Transcribes telephone calls, with 300 hours of them: far too few to learn spelling from sound.

So the classic pipeline: a network hears phonemes, a pronunciation lexicon turns them into words, and a
language model that has only read text chooses among the readings.
"""

import torch
import torchaudio
from datasets import Audio, load_dataset
from torch import nn
from torchaudio.models import Conformer
from torchaudio.models.decoder import ctc_decoder

# @pipeline call-transcript: audio -> phonemes -> words -> call-transcript engineered=phonemes->words
#
# Switchboard-1, usually counted as 300 hours (Godfrey, Holliman and McDaniel 1992, ICASSP), resampled.
# @dataset calls       task=audio->call-transcript input=audio:16kHz num_examples=300 unit=hours
# LibriSpeech's 960 hours (Panayotov et al. 2015, ICASSP), aligned to phonemes with its own lexicon.
# @dataset alignments  task=audio->phonemes        input=audio:16kHz num_examples=960 unit=hours
# LibriSpeech's text for language models: 803 million words (the same paper).
# @dataset books       task=words->call-transcript input=text        num_examples=803M unit=words
#
# The lexicon, CMUdict, is a table: phonemes->words needs no data.
# @task call-transcript target category=automatic-speech-recognition metric=wer

PHONEMES = ["-", "|"] + (  # ARPAbet, behind the blank and the silence of the decoder
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split()
FEATURES = torchaudio.transforms.MelSpectrogram(sample_rate=16_000, n_mels=80, hop_length=160)


class PhonemeNetwork(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Conformer(80, num_heads=4, ffn_dim=256, num_layers=8, depthwise_conv_kernel_size=31)
        self.output = nn.Linear(80, len(PHONEMES))

    def forward(self, frames: torch.Tensor, lengths: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden, lengths = self.encoder(frames, lengths)
        return self.output(hidden).log_softmax(-1), lengths


def frames_of(row: dict) -> torch.Tensor:
    samples = torch.as_tensor(row["audio"]["array"], dtype=torch.float32)
    return (FEATURES(samples) + 1e-6).log().T


def train(network: PhonemeNetwork, rows) -> None:
    ctc = nn.CTCLoss(blank=0, zero_infinity=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=5e-4)
    for row in rows:
        frames = frames_of(row)[None]
        target = torch.tensor([[PHONEMES.index(phoneme) for phoneme in row["phonemes"]]])
        scores, lengths = network(frames, torch.tensor([frames.shape[1]]))
        loss = ctc(scores.transpose(0, 1), target, lengths, torch.tensor([target.shape[1]]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    aligned = load_dataset("audiofolder", data_dir="data/alignments", split="train", streaming=True)
    network = PhonemeNetwork()
    train(network, aligned.cast_column("audio", Audio(sampling_rate=16_000)))
    decode = ctc_decoder(lexicon="data/cmudict.txt", tokens=PHONEMES, lm="data/books.4gram.bin", beam_size=200)
    calls = load_dataset("audiofolder", data_dir="data/calls", split="test", streaming=True)
    for call in calls.cast_column("audio", Audio(sampling_rate=16_000)):
        frames = frames_of(call)[None]
        with torch.no_grad():
            scores, lengths = network.eval()(frames, torch.tensor([frames.shape[1]]))
        print(" ".join(decode(scores, lengths)[0][0].words), "|", call["transcript"])
