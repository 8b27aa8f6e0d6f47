import { dirname, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { isInside } from '../path/access';
import type { Stated } from '../types';
import { asArray, asCount, asObject, asText } from './json';

/** Frictionless `datapackage.json`: the rows of the resources that lie at `location`. */
export function frictionlessSizes(text: string, card: string, location: string): Stated[] {
  return asArray(asObject(JSON.parse(text))?.['resources']).flatMap(each => {
    const resource = asObject(each);
    const rows = asCount(asObject(resource?.['stats'])?.['rows'] ?? resource?.['rows']);
    const paths = asArray(resource?.['path']).map(asText);
    const isOurs = paths.some(path => path !== undefined && isInside(location, resolve(dirname(card), path)));
    if (rows === undefined || !isOurs) return [];
    const name = asText(resource?.['name']) ?? '';
    return [{ value: rows, unit: 'examples', from: l10n.t('{0} (resource {1})', card, name) }];
  });
}
