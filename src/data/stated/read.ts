import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { DataError } from '../errors';
import { confine, fileError } from '../path/access';
import type { IssueLog } from '../issues';
import type { Stated } from '../types';
import { croissantSizes } from './croissant';
import { frictionlessSizes } from './frictionless';
import { huggingFaceInfos, huggingFaceSizes } from './hugging-face';
import { tfdsSizes } from './tfds';

/** A card is words; a larger file is something else. */
const MAX_CARD = 8 * 1024 * 1024;

/** Reads the sizes that a card's text states. `location` is what the user's path named. */
export type CardReader = (text: string, card: string, location: string) => Stated[];

const CARDS: readonly (readonly [name: string, read: CardReader])[] = [
  ['README.md', huggingFaceSizes],
  ['dataset_infos.json', huggingFaceInfos],
  ['dataset_info.json', tfdsSizes],
  ['croissant.json', croissantSizes],
  ['metadata.json', croissantSizes],
  ['datapackage.json', frictionlessSizes],
];

/**
 * The sizes stated by files at `location` (a folder) or beside it: Hugging Face dataset cards, Croissant, TFDS,
 * Frictionless. A card that cannot be understood is reported; there being none is not.
 */
export async function readStated(
  location: { readonly path: string; readonly isFolder: boolean },
  { root, issues }: { readonly root?: string | undefined; readonly issues: IssueLog },
): Promise<Stated[]> {
  const beside = dirname(location.path);
  for (const folder of location.isFolder ? [location.path, beside] : [beside]) {
    const stated: Stated[] = [];
    for (const [name, read] of CARDS) {
      const card = join(folder, name);
      const text = await readCard(card, root, issues);
      if (text === undefined) continue;
      try {
        stated.push(...read(text, card, location.path));
      } catch (error) {
        const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        issues.add('warning', 'bad-card', l10n.t('{0} cannot be understood: {1}', card, message), card);
      }
    }
    if (stated.length > 0) return stated;
  }
  return [];
}

async function readCard(
  card: string,
  root: string | undefined,
  issues: IssueLog,
): Promise<string | undefined> {
  try {
    const { size } = await stat(card);
    if (size > MAX_CARD) return undefined;
    await confine(card, root);
    return await readFile(card, 'utf8');
  } catch (error) {
    const known = fileError(error, card);
    if (!(known instanceof DataError)) throw known;
    if (known.code === 'no-permission') issues.addError(known);
    return undefined;
  }
}
