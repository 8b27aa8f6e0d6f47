import * as l10n from '@vscode/l10n';
import type { Unit } from '../language/annotation-model';

// One sentence on each word of the language that is not a key, for completion and the reference; in the display language.

/** What each unit counts. */
export const UNIT_TEXTS: Readonly<Record<Unit, () => string>> = {
  examples: () => l10n.t('Labelled examples: images, rows, recordings or texts.'),
  hours: () => l10n.t('Hours of audio or video.'),
  minutes: () => l10n.t('Minutes of audio or video.'),
  seconds: () => l10n.t('Seconds of audio or video.'),
  tokens: () => l10n.t('Tokens of text, counted by a tokenizer.'),
  words: () => l10n.t('Words of text.'),
  characters: () => l10n.t('Characters of text.'),
  sentences: () => l10n.t('Sentences of text.'),
};

/** What the usual splits are for. */
export const SPLIT_TEXTS: Readonly<Record<string, () => string>> = {
  train: () => l10n.t('Data that the model is trained on.'),
  validation: () => l10n.t('Held-out data for model selection.'),
  test: () => l10n.t('Held-out data for the final evaluation.'),
};

/** What the usual metrics measure. */
export const METRIC_TEXTS: Readonly<Record<string, () => string>> = {
  accuracy: () => l10n.t('The proportion of correct predictions.'),
  balanced_accuracy: () => l10n.t('The mean recall over the classes, for imbalanced classes.'),
  f1: () => l10n.t('The harmonic mean of precision and recall.'),
  auroc: () => l10n.t('The area under the ROC curve: how well scores rank positives above negatives.'),
  r2: () => l10n.t('The proportion of variance explained.'),
  mae: () => l10n.t('The mean absolute error; lower is better.'),
  rmse: () => l10n.t('The root mean squared error; lower is better.'),
  wer: () => l10n.t('The word error rate of a transcript; lower is better.'),
  bleu: () => l10n.t('The n-gram overlap of a translation with references.'),
  map: () => l10n.t('The mean average precision of detections.'),
};

/** What each built-in program of a step does. */
export const BUILT_IN_MODULE_TEXTS: Readonly<Record<string, () => string>> = {
  identity: () => l10n.t('Returns the value unchanged.'),
  sum: () => l10n.t('The sum of the values.'),
  product: () => l10n.t('The product of the values.'),
  difference: () => l10n.t('The first value minus the others.'),
  mean: () => l10n.t('The mean of the values.'),
  max: () => l10n.t('The largest of the values.'),
  min: () => l10n.t('The smallest of the values.'),
  count: () => l10n.t('The number of values.'),
  argmax: () => l10n.t('The index of the largest value, from zero.'),
  join: () => l10n.t('Concatenates the values into one text.'),
};

/** What a task of each category predicts. */
export const CATEGORY_TEXTS: Readonly<Record<string, () => string>> = {
  'audio-classification': () => l10n.t('The class of a recording.'),
  'audio-to-audio': () => l10n.t('Other audio from audio: denoised, separated, translated.'),
  'automatic-speech-recognition': () => l10n.t('A transcript of speech.'),
  'depth-estimation': () => l10n.t('The depth of each pixel of an image.'),
  'document-question-answering': () => l10n.t('Answers to questions on an image of a document.'),
  'feature-extraction': () => l10n.t('An embedding of the input.'),
  'fill-mask': () => l10n.t('The masked words of a text.'),
  'graph-ml': () => l10n.t('Predictions on graphs, nodes or edges.'),
  'image-classification': () => l10n.t('The class of an image.'),
  'image-feature-extraction': () => l10n.t('An embedding of an image.'),
  'image-segmentation': () => l10n.t('The class of each pixel of an image.'),
  'image-text-to-text': () => l10n.t('Text generated from images and text.'),
  'image-to-image': () => l10n.t('An image generated from an image: restored, upscaled or restyled.'),
  'image-to-text': () => l10n.t('Text from an image: a caption or recognised text.'),
  'image-to-video': () => l10n.t('A video generated from an image.'),
  'keypoint-detection': () => l10n.t('Keypoints in an image, such as joints.'),
  'mask-generation': () => l10n.t('Masks of the objects in an image, of any class.'),
  'multiple-choice': () => l10n.t('The correct one of several answers.'),
  'object-detection': () => l10n.t('Bounding boxes and classes of the objects in an image.'),
  'question-answering': () => l10n.t('The passage of a text that answers a question.'),
  'reinforcement-learning': () => l10n.t('A policy learned from rewards.'),
  robotics: () => l10n.t('The actions of a robot.'),
  'sentence-similarity': () => l10n.t('The semantic similarity of two texts.'),
  summarization: () => l10n.t('A summary of a text.'),
  'table-question-answering': () => l10n.t('Answers to questions on a table.'),
  'tabular-classification': () => l10n.t('The class of a row of a table.'),
  'tabular-regression': () => l10n.t('A number for a row of a table.'),
  'tabular-to-text': () => l10n.t('Text that describes a table.'),
  'text-classification': () => l10n.t('The class of a text: its topic, its sentiment.'),
  'text-generation': () => l10n.t('Text that continues a prompt.'),
  'text-retrieval': () => l10n.t('The documents relevant to a query.'),
  'text-to-audio': () => l10n.t('Sound or music from a description.'),
  'text-to-image': () => l10n.t('An image from a description.'),
  'text-to-speech': () => l10n.t('Speech from text.'),
  'text-to-video': () => l10n.t('A video from a description.'),
  'time-series-forecasting': () => l10n.t('The future values of a time series.'),
  'token-classification': () => l10n.t('The class of each token of a text: named entities, parts of speech.'),
  translation: () => l10n.t('The same text in another language.'),
  'unconditional-image-generation': () => l10n.t('Images generated without a prompt.'),
  'video-classification': () => l10n.t('The class of a video.'),
  'video-text-to-text': () => l10n.t('Text generated from videos and text.'),
  'visual-question-answering': () => l10n.t('Answers to questions on an image.'),
  'voice-activity-detection': () => l10n.t('The segments of a recording that contain speech.'),
  'zero-shot-classification': () => l10n.t('The class of a text, among classes not seen in training.'),
  'zero-shot-image-classification': () =>
    l10n.t('The class of an image, among classes not seen in training.'),
  'zero-shot-object-detection': () => l10n.t('Bounding boxes of classes not seen in training.'),
};
