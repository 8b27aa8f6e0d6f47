import * as l10n from '@vscode/l10n';
import type { Unit } from '../language/annotation-model';

// One sentence on each word of the language that is not a key, for completion and the reference; in the display language.

/** What each unit counts. */
export const UNIT_TEXTS: Readonly<Record<Unit, () => string>> = {
  examples: () => l10n.t('Labelled examples: images, rows, recordings or texts.'),
  hours: () => l10n.t('Hours of audio or video.'),
  minutes: () => l10n.t('Minutes of audio or video.'),
  seconds: () => l10n.t('Seconds of audio or video.'),
  tokens: () => l10n.t('Tokens of text, as a tokenizer counts them.'),
  words: () => l10n.t('Words of text.'),
  characters: () => l10n.t('Characters of text.'),
  sentences: () => l10n.t('Sentences of text.'),
};

/** What the usual splits are for. */
export const SPLIT_TEXTS: Readonly<Record<string, () => string>> = {
  train: () => l10n.t('What the model learns from.'),
  validation: () => l10n.t('What choices between models are made on, held out of training.'),
  test: () => l10n.t('What the final figure is measured on, once.'),
};

/** What the usual metrics measure. */
export const METRIC_TEXTS: Readonly<Record<string, () => string>> = {
  accuracy: () => l10n.t('The share of examples that are predicted right.'),
  balanced_accuracy: () =>
    l10n.t('The mean over the classes of the share that is predicted right: for classes of unequal size.'),
  f1: () => l10n.t('The harmonic mean of precision and recall.'),
  auroc: () => l10n.t('The area under the ROC curve: how well scores rank positives above negatives.'),
  r2: () => l10n.t('The share of the variance of a number that is explained.'),
  mae: () => l10n.t('The mean absolute error of a number; less is better.'),
  rmse: () => l10n.t('The root of the mean squared error of a number; less is better.'),
  wer: () => l10n.t('The word error rate of a transcript; less is better.'),
  bleu: () => l10n.t('The overlap of a translation with references, by n-grams.'),
  map: () => l10n.t('The mean average precision of what is found, as for boxes around objects.'),
};

/** What each built-in program of a step does. */
export const BUILT_IN_MODULE_TEXTS: Readonly<Record<string, () => string>> = {
  identity: () => l10n.t('Passes the value on as it is.'),
  sum: () => l10n.t('Adds the values up.'),
  product: () => l10n.t('Multiplies the values.'),
  difference: () => l10n.t('Subtracts the other values from the first.'),
  mean: () => l10n.t('The mean of the values.'),
  max: () => l10n.t('The largest of the values.'),
  min: () => l10n.t('The smallest of the values.'),
  count: () => l10n.t('How many values there are.'),
  argmax: () => l10n.t('The place of the largest value, from zero.'),
  join: () => l10n.t('Joins the values into one text.'),
};

/** What a task of each category predicts. */
export const CATEGORY_TEXTS: Readonly<Record<string, () => string>> = {
  'audio-classification': () => l10n.t('The class of a recording.'),
  'audio-to-audio': () => l10n.t('Other audio from audio: denoised, separated, translated.'),
  'automatic-speech-recognition': () => l10n.t('A transcript of speech.'),
  'depth-estimation': () => l10n.t('The distance of each pixel of an image.'),
  'document-question-answering': () => l10n.t('Answers to questions on an image of a document.'),
  'feature-extraction': () => l10n.t('A vector that stands for the input.'),
  'fill-mask': () => l10n.t('The words that were masked in a text.'),
  'graph-ml': () => l10n.t('Predictions on graphs, their nodes and edges.'),
  'image-classification': () => l10n.t('The class of an image.'),
  'image-feature-extraction': () => l10n.t('A vector that stands for an image.'),
  'image-segmentation': () => l10n.t('The class of each pixel of an image.'),
  'image-text-to-text': () => l10n.t('Text from images and text together.'),
  'image-to-image': () => l10n.t('Another image from an image: restored, enlarged, restyled.'),
  'image-to-text': () => l10n.t('Text from an image: a caption, what is written there.'),
  'image-to-video': () => l10n.t('A video from an image.'),
  'keypoint-detection': () => l10n.t('Points of interest in an image, such as joints.'),
  'mask-generation': () => l10n.t('Masks of the objects in an image, of any class.'),
  'multiple-choice': () => l10n.t('The right one of several answers.'),
  'object-detection': () => l10n.t('Boxes around the objects in an image, with their classes.'),
  'question-answering': () => l10n.t('The passage of a text that answers a question.'),
  'reinforcement-learning': () => l10n.t('A policy that is learned by acting.'),
  robotics: () => l10n.t('The actions of a robot.'),
  'sentence-similarity': () => l10n.t('How alike two texts are in meaning.'),
  summarization: () => l10n.t('A shorter text that says the same.'),
  'table-question-answering': () => l10n.t('Answers to questions on a table.'),
  'tabular-classification': () => l10n.t('The class of a row of a table.'),
  'tabular-regression': () => l10n.t('A number for a row of a table.'),
  'tabular-to-text': () => l10n.t('Text that describes a table.'),
  'text-classification': () => l10n.t('The class of a text: its topic, its sentiment.'),
  'text-generation': () => l10n.t('Text that goes on from text.'),
  'text-retrieval': () => l10n.t('The documents that answer a query.'),
  'text-to-audio': () => l10n.t('Sound or music from a description.'),
  'text-to-image': () => l10n.t('An image from a description.'),
  'text-to-speech': () => l10n.t('Speech from text.'),
  'text-to-video': () => l10n.t('A video from a description.'),
  'time-series-forecasting': () => l10n.t('The values of a series to come.'),
  'token-classification': () => l10n.t('The class of each word of a text: names, parts of speech.'),
  translation: () => l10n.t('The same text in another language.'),
  'unconditional-image-generation': () => l10n.t('Images like those seen, from nothing.'),
  'video-classification': () => l10n.t('The class of a video.'),
  'video-text-to-text': () => l10n.t('Text from videos and text together.'),
  'visual-question-answering': () => l10n.t('Answers to questions on an image.'),
  'voice-activity-detection': () => l10n.t('When somebody speaks in a recording.'),
  'zero-shot-classification': () => l10n.t('The class of a text, among classes that were not trained for.'),
  'zero-shot-image-classification': () =>
    l10n.t('The class of an image, among classes that were not trained for.'),
  'zero-shot-object-detection': () => l10n.t('Boxes around objects of classes that were not trained for.'),
};
