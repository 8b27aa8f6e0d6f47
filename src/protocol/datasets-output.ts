import * as v from 'valibot';
import type { Infer } from '../common/validation';
import { byName, code, count, filled, line, text, unit } from './schema-helpers';

const size = { value: v.pipe(v.number(), v.minValue(0)), unit };
const counts = byName(v.pipe(v.number(), v.minValue(0)));

/** The size that the annotation states. */
const stated = v.pipe(
  v.object({
    ...size,
    splits: v.exactOptional(counts),
    labelsPresent: v.exactOptional(
      v.pipe(
        byName(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
        v.description('The share of examples that carry a label, by task.'),
      ),
    ),
  }),
  v.description('The size that the annotation states.'),
);

/** The size that was found in the data itself. */
const counted = v.pipe(
  v.object({
    ...size,
    from: v.pipe(text, v.description('Where the number came from: directory entries, Parquet footer, …')),
    splits: v.exactOptional(counts),
    classes: v.exactOptional(counts),
    labels: v.exactOptional(counts),
  }),
  v.description('The size that was found in the data.'),
);

/** A size that a file beside the data states. */
const documented = v.object({
  ...size,
  from: v.pipe(text, v.description('The file, and its part.')),
  splits: v.exactOptional(counts),
});

export const datasetIssue = v.object({
  code,
  severity: v.picklist(['error', 'warning', 'information', 'hint']),
  message: filled,
  count: v.exactOptional(count),
  where: v.exactOptional(v.array(text)),
});

export const datasetOutput = v.object({
  name: filled,
  file: v.pipe(text, v.description('Relative to the current folder.')),
  line,
  path: v.exactOptional(
    v.pipe(
      text,
      v.description('Where the data lies, relative to the current folder; the table of a database behind #.'),
    ),
  ),
  stated: v.exactOptional(stated),
  counted: v.exactOptional(counted),
  documented: v.exactOptional(
    v.pipe(
      v.array(documented),
      v.description(
        'Sizes that files at or beside the path state: dataset cards, Croissant, TFDS, Frictionless.',
      ),
    ),
  ),
  issues: v.array(datasetIssue),
});

/** What `datasets --json` prints. Lines count from 1. */
export const datasetsOutput = v.object({ version: v.literal(1), datasets: v.array(datasetOutput) });

export type Stated = Infer<typeof stated>;
export type Counted = Infer<typeof counted>;
export type Documented = Infer<typeof documented>;
export type DatasetIssue = Infer<typeof datasetIssue>;
export type DatasetOutput = Infer<typeof datasetOutput>;
export type DatasetsOutput = Infer<typeof datasetsOutput>;
