"""Transcribes anything, with 100,000 hours of it: sound in, text out, one network."""

from datasets import Audio, load_dataset
from transformers import (
    Seq2SeqTrainer,
    Seq2SeqTrainingArguments,
    WhisperConfig,
    WhisperForConditionalGeneration,
    WhisperProcessor,
)

# The pipeline that served us until now; kept here so that the two stay compared.
# @pipeline transcript: audio -> phonemes -> words -> transcript engineered=phonemes->words
#
# 10,000 to 100,000 hours is where end-to-end learning pays, says Andrew Ng (DeepLearning.AI, Structuring
# Machine Learning Projects, week 2). Radford et al. 2022 (arXiv:2212.04356) used 680,000 for Whisper.
# @dataset everything  task=audio->transcript input=audio:16kHz num_examples=100k unit=hours
# Multilingual LibriSpeech, English: 44.5k hours (Pratap et al. 2020, arXiv:2012.03411), aligned.
# @dataset read-aloud  task=audio->phonemes   input=audio:16kHz num_examples=44.5k unit=hours
# @dataset library     task=words->transcript input=text        num_examples=803M unit=words
#
# @task transcript target category=automatic-speech-recognition metric=wer num_params=244M

RATE = 16_000


def prepared(rows, processor: WhisperProcessor):
    def prepare(row: dict) -> dict:
        sound = processor.feature_extractor(row["audio"]["array"], sampling_rate=RATE)
        return {"input_features": sound.input_features[0], "labels": processor.tokenizer(row["transcript"]).input_ids}

    return rows.cast_column("audio", Audio(sampling_rate=RATE)).map(prepare, remove_columns=["audio", "transcript"])


def collate(processor: WhisperProcessor, rows: list[dict]) -> dict:
    features = [{"input_features": row["input_features"]} for row in rows]
    batch = processor.feature_extractor.pad(features, return_tensors="pt")
    labels = processor.tokenizer.pad([{"input_ids": row["labels"]} for row in rows], return_tensors="pt")
    batch["labels"] = labels.input_ids.masked_fill(labels.attention_mask == 0, -100)
    return batch


def main() -> None:
    processor = WhisperProcessor.from_pretrained("openai/whisper-small", language="en", task="transcribe")
    # The shape of whisper-small, its weights thrown away: all that it knows comes from our hours.
    network = WhisperForConditionalGeneration(WhisperConfig.from_pretrained("openai/whisper-small"))
    rows = load_dataset("audiofolder", data_dir="data/everything", split="train", streaming=True)
    Seq2SeqTrainer(
        model=network,
        args=Seq2SeqTrainingArguments(
            "runs/100000h",
            max_steps=1_000_000,
            per_device_train_batch_size=32,
            learning_rate=5e-4,
            warmup_steps=2_048,
            bf16=True,
        ),
        train_dataset=prepared(rows.shuffle(seed=1, buffer_size=10_000), processor),
        data_collator=lambda batch: collate(processor, batch),
    ).train()
    network.save_pretrained("transcriber")


if __name__ == "__main__":
    main()
