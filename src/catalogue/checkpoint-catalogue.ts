// Well-known checkpoints: what they were trained on, with how much, and what goes into them. Each figure stands in a
// published source; what was not confirmed there is absent.
import { closestMatch } from '../common/edit-distance';
import type { InputSpec, Modality, Size, Unit } from '../language/annotation-model';
import { parseInput } from '../language/value-syntax';
import data from './checkpoints.json';

/** Data that a checkpoint was trained on. */
export interface TrainingData {
  /** The name in the catalogue: `imagenet-1k`. */
  readonly id: string;
  readonly title: string;
  readonly modality: Modality;
  /** Absent where no source states it in examples, hours, words or tokens. */
  readonly size?: Size;
  /** Where it is described. */
  readonly address: string;
}

/** How an input is made ready; sides in pixels, channels as RGB in 0..1. */
export interface CheckpointPreprocessing {
  /** The shorter side after resizing. */
  readonly resize?: number;
  /** The side of the square that is cut from the centre. */
  readonly crop?: number;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  /** The longest text, in tokens. */
  readonly tokens?: number;
}

export interface KnownCheckpoint {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What loads it: `torchvision`, `timm`, `transformers`, … */
  readonly library: string;
  /** In the order of training: what it was pre-trained on, then what it was fine-tuned on. */
  readonly trainedOn: readonly TrainingData[];
  /** The task category that it was trained for last; `self-supervised` where it needed no labels. */
  readonly category: string;
  readonly input: InputSpec;
  readonly preprocessing?: CheckpointPreprocessing;
  readonly parameters?: number;
  /** The licence of the weights, as an SPDX identifier in lower case where there is one. */
  readonly licence?: string;
  readonly source: { readonly title: string; readonly address: string };
}

/** An entry as it is stored. */
interface StoredCheckpoint {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly library: string;
  readonly trainedOn: readonly string[];
  readonly category: string;
  readonly input: string;
  readonly preprocessing?: Omit<CheckpointPreprocessing, 'mean' | 'std'> & {
    readonly normalization?: string;
  };
  readonly parameters?: number;
  readonly licence?: string;
  readonly source: string;
}

interface StoredCatalogue {
  readonly sources: Readonly<Record<string, { readonly title: string; readonly address: string }>>;
  readonly normalizations: Readonly<
    Record<string, { readonly mean: readonly number[]; readonly std: readonly number[] }>
  >;
  readonly datasets: Readonly<Record<string, StoredData>>;
  readonly checkpoints: readonly StoredCheckpoint[];
}

interface StoredData {
  readonly title: string;
  readonly modality: string;
  readonly size?: number;
  readonly unit?: string;
  readonly source: string;
}

const stored: StoredCatalogue = data;

const TRAINING_DATA: ReadonlyMap<string, TrainingData> = new Map(
  Object.entries(stored.datasets).map(([id, { title, modality, size, unit = 'examples', source }]) => [
    id,
    {
      id,
      title,
      modality: modality as Modality,
      address: source,
      ...(size === undefined ? {} : { size: { value: size, unit: unit as Unit } }),
    },
  ]),
);

/** All entries, in the order of their libraries. */
export const CHECKPOINTS: readonly KnownCheckpoint[] = stored.checkpoints.flatMap(
  entry => toCheckpoint(entry) ?? [],
);

/** By name and alias. */
const BY_NAME: ReadonlyMap<string, KnownCheckpoint> = new Map(
  CHECKPOINTS.flatMap(checkpoint =>
    [checkpoint.name, ...checkpoint.aliases].map(name => [name, checkpoint] as const),
  ),
);

/** The checkpoint of a name, as people write it in `checkpoint=` or hand it to a library. */
export function findCheckpoint(name: string): KnownCheckpoint | undefined {
  return BY_NAME.get(name);
}

/** The name that is most likely meant, where one is near. */
export function similarCheckpoint(name: string): string | undefined {
  return closestMatch(name, BY_NAME.keys());
}

/** What a checkpoint knows most from: the largest data of those whose sizes are known. */
export function mainTrainingData({ trainedOn }: KnownCheckpoint): TrainingData | undefined {
  const sized = trainedOn.filter(({ size }) => size !== undefined);
  return [...sized].sort((a, b) => (b.size?.value ?? 0) - (a.size?.value ?? 0))[0] ?? trainedOn[0];
}

/** `undefined` where an entry names no source or no input, which tests rule out. */
function toCheckpoint(entry: StoredCheckpoint): KnownCheckpoint | undefined {
  const { name, aliases = [], library, category, parameters, licence, preprocessing } = entry;
  const [place, path = ''] = splitOnce(entry.source, ':');
  const source = new Map(Object.entries(stored.sources)).get(place);
  const input = parseInput(entry.input);
  if (!source || !input) return undefined;
  return {
    name,
    aliases,
    library,
    trainedOn: entry.trainedOn.flatMap(id => TRAINING_DATA.get(id) ?? []),
    category,
    input,
    source: { title: source.title, address: source.address + path },
    ...(preprocessing ? { preprocessing: toPreprocessing(preprocessing) } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(licence === undefined ? {} : { licence }),
  };
}

function toPreprocessing({
  normalization,
  ...rest
}: NonNullable<StoredCheckpoint['preprocessing']>): CheckpointPreprocessing {
  const values =
    normalization === undefined
      ? undefined
      : new Map(Object.entries(stored.normalizations)).get(normalization);
  return { ...rest, ...values };
}

function splitOnce(text: string, at: string): readonly [string, string?] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + at.length)];
}
