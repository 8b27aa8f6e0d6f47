"""Transcribes meetings, with 3,000 hours of them: still the land of the pipeline, but not by far.

The acoustic stage is a wav2vec 2.0 encoder with a phoneme output; the lexicon and the language model sit
in the decoder.
"""

from datasets import Audio, load_dataset
from torchaudio.models.decoder import ctc_decoder
from transformers import (
    Trainer,
    TrainingArguments,
    Wav2Vec2FeatureExtractor,
    Wav2Vec2ForCTC,
    Wav2Vec2PhonemeCTCTokenizer,
    Wav2Vec2Processor,
)

# @pipeline meeting-transcript: audio -> phonemes -> words -> meeting-transcript engineered=phonemes->words
#
# Around 3,000 hours the traditional pipeline does really well, says Andrew Ng (DeepLearning.AI, Structuring
# Machine Learning Projects, week 2, "Whether to use end-to-end deep learning").
# @dataset meetings    task=audio->meeting-transcript input=audio:16kHz num_examples=3_000 unit=hours
# The English part of Multilingual LibriSpeech, 44.5k hours (Pratap et al. 2020, arXiv:2012.03411), read
# aloud from known texts, hence phonemes by lexicon and forced alignment.
# @dataset audiobooks  task=audio->phonemes           input=audio:16kHz num_examples=44.5k unit=hours
# @dataset novels      task=words->meeting-transcript input=text        num_examples=803M unit=words
#
# @task meeting-transcript target category=automatic-speech-recognition metric=wer num_params=95M

RATE = 16_000


def processor() -> Wav2Vec2Processor:
    tokenizer = Wav2Vec2PhonemeCTCTokenizer("data/phonemes.json", do_phonemize=False)
    return Wav2Vec2Processor(Wav2Vec2FeatureExtractor(return_attention_mask=True), tokenizer)


def collate(prepare: Wav2Vec2Processor, rows: list[dict]) -> dict:
    audio = [row["audio"]["array"] for row in rows]
    batch = prepare(audio, sampling_rate=RATE, padding=True, return_tensors="pt")
    labels = prepare.tokenizer([row["phonemes"] for row in rows], padding=True, return_tensors="pt")
    batch["labels"] = labels.input_ids.masked_fill(labels.attention_mask == 0, -100)
    return batch


def main() -> None:
    prepare = processor()
    audiobooks = load_dataset("audiofolder", data_dir="data/audiobooks", split="train", streaming=True)
    network = Wav2Vec2ForCTC.from_pretrained(
        "facebook/wav2vec2-base",
        vocab_size=len(prepare.tokenizer),
        pad_token_id=prepare.tokenizer.pad_token_id,
        ctc_zero_infinity=True,
    )
    network.freeze_feature_encoder()
    Trainer(
        model=network,
        args=TrainingArguments("runs/3000h", max_steps=200_000, learning_rate=1e-4, warmup_steps=8_000,
                               remove_unused_columns=False),
        train_dataset=audiobooks.cast_column("audio", Audio(sampling_rate=RATE)),
        data_collator=lambda rows: collate(prepare, rows),
    ).train()

    vocabulary = prepare.tokenizer.get_vocab()
    tokens = sorted(vocabulary, key=vocabulary.get)
    decode = ctc_decoder("data/lexicon.txt", tokens, lm="data/novels.4gram.bin", blank_token="<pad>", sil_token="|")
    meetings = load_dataset("audiofolder", data_dir="data/meetings", split="test", streaming=True)
    for meeting in meetings.cast_column("audio", Audio(sampling_rate=RATE)):
        sound = prepare(meeting["audio"]["array"], sampling_rate=RATE, return_tensors="pt")
        scores = network(**sound.to(network.device)).logits.log_softmax(-1).detach().cpu()
        print(" ".join(decode(scores)[0][0].words), "|", meeting["transcript"])


if __name__ == "__main__":
    main()
