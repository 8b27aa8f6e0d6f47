import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import * as v from 'valibot';
import { EVIDENCE_FOLDER, readEvidence } from '../../../bench/evidence/base';
import { exportFiles } from '../../../bench/evidence/export';
import { bestOf } from '../../../bench/evidence/outcome';
import { countDataset } from '../../../src/data';
import { useScratch } from '../data/helpers/files';

const CROISSANT = v.object({
  distribution: v.array(v.object({ contentUrl: v.string(), sha256: v.string() })),
  recordSet: v.tuple([
    v.object({
      field: v.array(v.object({ source: v.object({ extract: v.object({ column: v.string() }) }) })),
    }),
  ]),
});

describe('the exported evidence', () => {
  const scratch = useScratch();
  const base = readEvidence();
  const files = exportFiles(base, readFileSync(path.join(EVIDENCE_FOLDER, 'README.md'), 'utf8'));
  const at = (name: string): string => path.join(scratch.folder, name);

  before(async () => {
    for (const [name, content] of files) await scratch.write(name, content);
  });

  for (const name of ['comparisons.parquet', 'comparisons.jsonl'])
    it(`${name} is counted right by this product, and its card and metadata agree`, async () => {
      const { counted, stated, issues } = await countDataset(at(name));
      assert.equal(counted?.value, base.records.length);
      assert.deepEqual(
        stated.map(({ value, from }) => [path.basename(from), value]),
        [
          ['README.md', base.records.length],
          ['croissant.json', base.records.length],
        ],
      );
      assert.deepEqual(issues, []);
    });

  it('has the records of the base in each row', async () => {
    const rows = await parquetReadObjects({
      file: (files.get('comparisons.parquet') ?? new Uint8Array()).slice().buffer,
    });
    base.records.forEach((record, i) => {
      const row = rows[i] ?? {};
      assert.deepEqual(
        [
          row['id'],
          row['annotations'],
          row['transfer'] ?? undefined,
          row['acceptable'],
          row['best'],
          row['url'],
        ],
        [
          record.id,
          record.annotations.join('\n'),
          record.scores.transfer?.value,
          record.acceptable.join(','),
          bestOf(record),
          base.papers.get(record.paper)?.url,
        ],
      );
    });
    const { counted } = await countDataset(at('comparisons.parquet'), { label: 'decision' });
    const decisions: Record<string, number> = {};
    for (const { decision } of base.records) decisions[decision] = (decisions[decision] ?? 0) + 1;
    assert.deepEqual(counted?.classes, decisions);
  });

  it('has Croissant metadata with the checksums of its files and the columns of the table', () => {
    const text = new TextDecoder().decode(files.get('croissant.json'));
    const { distribution, recordSet } = v.parse(CROISSANT, JSON.parse(text));
    for (const { contentUrl, sha256 } of distribution)
      assert.equal(
        createHash('sha256')
          .update(files.get(contentUrl) ?? '')
          .digest('hex'),
        sha256,
      );
    const columns = recordSet[0].field.map(({ source }) => source.extract.column);
    const parquet = files.get('comparisons.parquet') ?? new Uint8Array();
    const { schema } = parquetMetadata(parquet.slice().buffer);
    assert.deepEqual(
      columns,
      schema.slice(1).map(({ name }) => name),
    );
  });

  it('has a card without links into the repository', () => {
    const card = new TextDecoder().decode(files.get('README.md'));
    assert.deepEqual(card.match(/\]\((?!https:)[^)]*\)/g), null);
    assert.match(card, /license: cc0-1\.0/);
  });

  it('is the same, byte by byte, when it is made again', () => {
    const again = exportFiles(base, readFileSync(path.join(EVIDENCE_FOLDER, 'README.md'), 'utf8'));
    for (const [name, content] of files) assert.deepEqual(again.get(name), content, name);
  });
});
