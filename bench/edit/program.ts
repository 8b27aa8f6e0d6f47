import type { Random } from '../../src/common/random';
import { pick } from '../index/tree';

const MODALITIES = ['image:224x224x3', 'image:28x28x1', 'audio:16kHz', 'text', 'tabular:64'] as const;
const NAMES = ['pneumonia', 'digits', 'speech', 'road', 'faces', 'reviews', 'sensors', 'maps'] as const;

/** A program of `lineCount` lines as people write them: classes, functions, docstrings, and annotations spread over it. */
export function createProgram(random: Random, lineCount: number, annotationCount: number): string[] {
  const lines = ['"""Train and evaluate."""', 'import numpy as np', 'import torch', ''];
  const gap = lineCount / annotationCount;
  let written = 0;
  for (let i = 0; lines.length < lineCount; i++) {
    while (written < annotationCount && lines.length >= written * gap) {
      lines.push(...annotationOf(random, written));
      written++;
    }
    lines.push(...functionOf(random, i));
  }
  return lines.slice(0, lineCount);
}

/** Most are datasets, some tasks, a few pipelines; some go on over two lines, some have mistakes. */
function annotationOf(random: Random, i: number): string[] {
  const name = `${pick(random, NAMES)}-${i}`;
  if (i % 10 === 9)
    return [`# @pipeline ${name}: audio -> phonemes-${i} -> ${name} engineered=phonemes-${i}->${name}`];
  if (i % 4 === 3)
    return [`# @task ${name} ${random() < 0.3 ? 'target ' : ''}num_params=25M output=class:${2 + (i % 9)}`];
  const task = `${pick(random, NAMES)}-${Math.floor(random() * 100)}`;
  const size = random() < 0.05 ? 'manyy' : `${1 + Math.floor(random() * 900)}k`;
  const head = `# @dataset set-${name} task=${task} input=${pick(random, MODALITIES)}`;
  const sizes = random() < 0.5 ? `num_examples=${size}` : 'num_examples=100k splits=train:80k,test:20k';
  const rest = `${sizes} path="data/${name}"`;
  return random() < 0.3 ? [`${head} \\`, `#   ${rest}`] : [`${head} ${rest}`];
}

function functionOf(random: Random, i: number): string[] {
  const name = pick(random, NAMES);
  return [
    `def train_${name}_${i}(model, loader, *, epochs=${1 + Math.floor(random() * 50)}, rate=1e-3):`,
    `    """Trains on ${name}.`,
    '',
    '    Returns the losses: one for each epoch.',
    '    """',
    `    options = {"name": "${name}", "steps": [${i}, ${i + 1}], 'note': 'a # is no comment here'}`,
    '    losses = []  # one for each epoch',
    '    for epoch in range(epochs):',
    '        for x, y in loader:',
    '            loss = torch.nn.functional.cross_entropy(',
    '                model(x.to("cuda")),',
    '                y,',
    '            )',
    '            loss.backward()',
    `        losses.append(float(loss))  # ${name}`,
    '    return losses, options',
    '',
    '',
  ];
}
