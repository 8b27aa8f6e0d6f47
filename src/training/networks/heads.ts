import { layers } from '@tensorflow/tfjs-layers';
import type { LabelPipeline } from '../../data';
import type { LossSpec } from '../../engine';
import type { Layer } from './encoder';
import { beforeOutput } from './initial';

/** What predicts one task from the features: logits for classes, one number otherwise. */
export interface Head {
  readonly task: string;
  readonly label: LabelPipeline;
  /** Its name is that of the model's output. */
  readonly layer: Layer;
  /** Numbers that it gives for each example. */
  readonly width: number;
}

export function createHead(task: string, label: LabelPipeline, seed: number): Head {
  const width = label.kind === 'class' ? label.classes.length : 1;
  const layer = layers.dense({
    units: width,
    name: outputName(task),
    kernelInitializer: beforeOutput(seed, `head ${task}`),
  });
  return { task, label, layer, width };
}

/** A name that files and programs allow. */
export function outputName(task: string): string {
  return `task_${task.replace(/[^A-Za-z0-9_]+/g, '_')}`;
}

/** The error of a head. All losses are masked: absent labels carry none, and the mean is over those present. */
export function lossOf({ label }: Head, weight = 1): LossSpec {
  const shared = { weight, mask: 'example' } as const;
  switch (label.kind) {
    case 'class':
      return { kind: 'softmaxCrossEntropy', ...shared };
    case 'binary':
      return { kind: 'sigmoidCrossEntropy', ...shared };
    case 'real':
      return { kind: 'meanSquaredError', ...shared };
  }
}
