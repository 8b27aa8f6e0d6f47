import type { NetworkInput } from '../../protocol/preprocessing';
import type { ExampleSource } from './example-source';
import { createMelReader, readWave } from './read-mels';
import { readPixels } from './read-pixels';

/** Elements and shape of each of a network's inputs by name; the first axis counts examples, and is 1. */
export type NetworkFeeds = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: Float32Array | BigInt64Array }
>;

/** Turns an example into what a network takes. @throws DataError for a file that cannot be read */
export type NetworkReader = (source: ExampleSource) => Promise<NetworkFeeds>;

/** @throws DataError where a tokenizer cannot be read */
export async function createNetworkReader(input: NetworkInput): Promise<NetworkReader> {
  switch (input.kind) {
    case 'pixels': {
      const { name, height, width, channels, layout } = input;
      const shape = layout === 'channels-first' ? [1, channels, height, width] : [1, height, width, channels];
      return async source => new Map([[name, { shape, data: await readPixels(fileOf(source), input) }]]);
    }
    case 'mels': {
      const { name, frames, bands } = input;
      const read = createMelReader(input);
      return async source =>
        new Map([[name, { shape: [1, frames, bands], data: await read(fileOf(source)) }]]);
    }
    case 'wave':
      return async source => {
        const data = await readWave(fileOf(source), input);
        return new Map([[input.name, { shape: [1, data.length], data }]]);
      };
    case 'tokens': {
      // Only texts need the library.
      const { readTokenizer } = await import('./read-tokens');
      const tokenize = await readTokenizer(input.tokenizer, input.length);
      return source => Promise.resolve(tokenFeeds(input, tokenize(textOf(source))));
    }
  }
}

function tokenFeeds(
  { ids, mask, types }: Extract<NetworkInput, { kind: 'tokens' }>,
  tokens: readonly number[],
): NetworkFeeds {
  // A network of no token at all gives nothing.
  const given = tokens.length > 0 ? tokens : [0];
  const shape = [1, given.length];
  const all = (value: bigint): { shape: readonly number[]; data: BigInt64Array } => ({
    shape,
    data: new BigInt64Array(given.length).fill(value),
  });
  return new Map([
    [ids, { shape, data: BigInt64Array.from(given, BigInt) }],
    ...(mask === undefined ? [] : [[mask, all(1n)] as const]),
    ...(types === undefined ? [] : [[types, all(0n)] as const]),
  ]);
}

function fileOf(source: ExampleSource): string {
  return 'file' in source ? source.file : '';
}

function textOf(source: ExampleSource): string {
  return 'text' in source ? source.text : '';
}
