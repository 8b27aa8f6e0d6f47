import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { Layer } from './encoder';

/** What layers have learned, at one moment: for each layer, its weights in their order. */
export type Snapshot = readonly (readonly Float32Array[])[];

export function takeSnapshot(layers: readonly Layer[]): Snapshot {
  return layers.map(layer => layer.getWeights().map(weight => Float32Array.from(weight.dataSync())));
}

/** Puts weights back that were taken from the same layers. */
export function restoreSnapshot(layers: readonly Layer[], snapshot: Snapshot): void {
  layers.forEach((layer, i) => {
    const weights = snapshot[i];
    if (!weights || weights.length === 0) return;
    tidy(() => {
      layer.setWeights(layer.weights.map(({ shape }, j) => tensor(weights[j] ?? [], shape as number[])));
    });
  });
}

/** Frees what layers hold. */
export function disposeLayers(layers: readonly Layer[]): void {
  for (const layer of layers) for (const weight of layer.weights) weight.dispose();
}
