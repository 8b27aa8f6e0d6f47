// The evidence base as a dataset: rows for Parquet and JSON Lines, a dataset card, Croissant metadata.
import { createHash } from 'node:crypto';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { EVIDENCE_DATE, EVIDENCE_VERSION, type EvidenceBase } from './base';
import { bestOf } from './outcome';
import { ALL_STRATEGIES, CHECK_WEIGHTS, type EvidencePaper, type EvidenceRecord } from './record';

const NAME = 'training-strategy-comparisons';
const TITLE = 'Published comparisons of training strategies';
const LICENSE = 'https://creativecommons.org/publicdomain/zero/1.0/';

type Cell = string | number | boolean | null;

/** A column of the Parquet file. */
interface Column {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN';
  readonly description: string;
  readonly cell: (record: EvidenceRecord, paper: EvidencePaper) => Cell;
}

const text = (name: string, description: string, cell: Column['cell']): Column => ({
  name,
  type: 'STRING',
  description,
  cell,
});

const COLUMNS: readonly Column[] = [
  text('id', 'Name of the comparison', ({ id }) => id),
  text('paper', 'Key of the paper: leave whole papers out', ({ paper }) => paper),
  text('citation', 'The paper', (_, { citation }) => citation),
  { name: 'year', type: 'INT32', description: 'Year of the paper', cell: (_, { year }) => year },
  text('url', 'Address of the paper', (_, { url }) => url),
  text('table', 'Where in the paper the figures stand', ({ table }) => table),
  text('decision', 'learning, decomposition or adaptation', ({ decision }) => decision),
  text('domain', 'The field', ({ domain }) => domain),
  text('annotations', 'The problem in annotations, one a line', ({ annotations }) => annotations.join('\n')),
  text('target', 'The task in question', ({ target }) => target),
  text('metric', 'What was measured', ({ metric }) => metric.name),
  text('better', 'higher or lower', ({ metric }) => metric.better),
  text('unit', 'Unit of the scores', ({ metric }) => metric.unit ?? null),
  ...ALL_STRATEGIES.map((strategy): Column => ({
    name: strategy.replaceAll('-', '_'),
    type: 'DOUBLE',
    description: `Score of ${strategy}, in the unit of the metric`,
    cell: ({ scores }) => scores[strategy]?.value ?? null,
  })),
  text('scores', 'All scores as JSON, with sd, runs and label', ({ scores }) => JSON.stringify(scores)),
  text('acceptable', 'Best or level with the best, commas between', ({ acceptable }) => acceptable.join(',')),
  text('best', 'The strategy that won, or either', record => bestOf(record)),
  text('checked', 'table, text, secondary or memory', ({ checked }) => checked),
  {
    name: 'weight',
    type: 'DOUBLE',
    description: 'How much the record counts, by how it was checked',
    cell: ({ checked }) => CHECK_WEIGHTS[checked],
  },
  text('seen_at', 'Where the figures were seen', ({ seenAt }) => seenAt ?? null),
  {
    name: 'judged',
    type: 'BOOLEAN',
    description: 'Whether the outcome is a judgement beyond the figures',
    cell: ({ judged }) => judged ?? false,
  },
  text('twin_of', 'The record that states the same problem', ({ twinOf }) => twinOf ?? null),
  text('note', 'What a reader should know', ({ note }) => note ?? null),
];

/** The files of the dataset by name. The same base gives the same bytes. Throws where a record's paper is missing. */
export function exportFiles(base: EvidenceBase, card: string): ReadonlyMap<string, Uint8Array> {
  const rows = base.records.map(record => {
    const paper = base.papers.get(record.paper);
    if (!paper) throw new Error(`${record.id}: there is no paper ${record.paper}`);
    return { record, paper };
  });
  const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
  const parquet = new Uint8Array(
    parquetWriteBuffer({
      columnData: COLUMNS.map(({ name, type, cell }) => ({
        name,
        type,
        data: rows.map(({ record, paper }) => cell(record, paper)),
        nullable: true,
      })),
    }),
  );
  const lines = bytes(
    rows
      .map(({ record, paper }) => `${JSON.stringify({ ...record, ...paper, best: bestOf(record) })}\n`)
      .join(''),
  );
  const data = { 'comparisons.parquet': parquet, 'comparisons.jsonl': lines };
  return new Map([
    ...Object.entries(data),
    ['README.md', bytes(cardFor(card, rows.length, parquet.length))],
    ['croissant.json', bytes(`${JSON.stringify(croissant(data, rows.length), undefined, 2)}\n`)],
  ]);
}

/** The card of the repository with what Hugging Face reads at its head, and links that lead somewhere outside of it. */
function cardFor(card: string, rows: number, bytes: number): string {
  const info = [
    `version: ${EVIDENCE_VERSION}`,
    'configs:',
    '  - config_name: default',
    '    data_files:',
    '      - split: train',
    '        path: comparisons.parquet',
    'dataset_info:',
    '  splits:',
    '    - name: train',
    `      num_examples: ${rows}`,
    `      num_bytes: ${bytes}`,
  ].join('\n');
  return card
    .replace(/^---\n([^]*?)\n---\n/, (_all, head: string) => `---\n${head}\n${info}\n---\n`)
    .replace(/<!-- (?:begin|end) [\w:-]+ -->\n/g, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1');
}

/** Croissant 1.0: the two files, and the columns of the Parquet file. */
function croissant(data: Readonly<Record<string, Uint8Array>>, rows: number): unknown {
  const formats: Readonly<Record<string, string>> = {
    parquet: 'application/x-parquet',
    jsonl: 'application/jsonlines',
  };
  const types = { STRING: 'sc:Text', INT32: 'sc:Integer', DOUBLE: 'sc:Float', BOOLEAN: 'sc:Boolean' };
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: NAME,
    description: `${TITLE}: the data that was there, what each strategy scored, and which were best or level with the best.`,
    license: LICENSE,
    version: EVIDENCE_VERSION,
    datePublished: EVIDENCE_DATE,
    url: 'README.md',
    citeAs: `${TITLE}, version ${EVIDENCE_VERSION}`,
    keywords: ['transfer learning', 'multitask learning', 'end-to-end learning', 'fine-tuning'],
    size: { '@type': 'sc:QuantitativeValue', value: rows, unitText: 'records' },
    distribution: Object.entries(data).map(([name, content]) => ({
      '@type': 'cr:FileObject',
      '@id': name,
      name,
      contentUrl: name,
      contentSize: `${content.length} B`,
      encodingFormat: formats[name.split('.').at(-1) ?? ''],
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'comparisons',
        name: 'comparisons',
        key: { '@id': 'comparisons/id' },
        field: COLUMNS.map(({ name, type, description }) => ({
          '@type': 'cr:Field',
          '@id': `comparisons/${name}`,
          name,
          description,
          dataType: types[type],
          source: { fileObject: { '@id': 'comparisons.parquet' }, extract: { column: name } },
        })),
      },
    ],
  };
}

/** The context that the Croissant 1.0 specification gives. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};
