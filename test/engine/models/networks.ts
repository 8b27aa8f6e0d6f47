import { benchmarkModels, text, type BenchmarkModel } from '../../../bench/engine/models';
import { checkAgainstEager } from './compare';

export function networkOf({ name, build }: BenchmarkModel): ReturnType<BenchmarkModel['build']> {
  // Few words: TensorFlow.js's own backend finds the gradient of an embedding by looking through all examples for
  // each word.
  return name.startsWith('text') ? { model: text(60), losses: build().losses } : build();
}

/** Compares compiled and eager training of the benchmark's networks that `chosen` names. */
export function describeNetworks(chosen: (name: string) => boolean): void {
  describe('compiled against eager: the networks of the benchmark', function () {
    this.timeout(600_000);
    for (const benchmark of benchmarkModels.filter(({ name }) => chosen(name))) {
      // Few examples: TensorFlow.js's own backend needs seconds for a step of 64 images.
      it(benchmark.name, () =>
        checkAgainstEager(
          { ...networkOf(benchmark), optimizer: { kind: 'adam', learningRate: 0.001 }, batchSize: 2 },
          benchmark.classes,
        ),
      );
    }
  });
}
