import * as l10n from '@vscode/l10n';
import type { Stated } from '../types';
import { asArray, asCount, asObject, asText, type Json } from './json';

/** What schema.org's `size` of a dataset of examples is counted in. */
const UNITS = /^(examples?|records?|rows?|samples?|items?|images?|instances?)$/i;

/**
 * Croissant JSON-LD. The vocabulary has no count of its own, so a size is either schema.org's `size` (a
 * quantity in records, or words like "60,000 images") or the records written out in a record set's `data`.
 * Enumerations of labels and splits are record sets too, but not examples.
 */
export function croissantSizes(text: string, card: string): Stated[] {
  const root = asObject(JSON.parse(text));
  if (!root || !isCroissant(root)) return [];
  const whole = quantity(root['size'] ?? root['sc:size']);
  if (whole !== undefined) return [{ value: whole, unit: 'examples', from: card }];
  return asArray(root['recordSet'] ?? root['cr:recordSet']).flatMap(each => {
    const set = asObject(each);
    if (!set || isEnumeration(set)) return [];
    const data = set['data'] ?? set['cr:data'];
    const value = quantity(set['size'] ?? set['sc:size']) ?? (Array.isArray(data) ? data.length : undefined);
    const name = asText(set['name']) ?? asText(set['@id']) ?? '';
    return value === undefined
      ? []
      : [{ value, unit: 'examples', from: l10n.t('{0} (record set {1})', card, name) }];
  });
}

function isCroissant(root: Json): boolean {
  const words = JSON.stringify([root['@context'], root['conformsTo'], root['dct:conformsTo']]);
  return words.includes('croissant');
}

function isEnumeration(set: Json): boolean {
  const types = [...asArray(set['dataType']), ...asArray(set['cr:dataType'])];
  return types.some(type => /Enumeration$|Split$/.test(String(type))) || set['isEnumeration'] === true;
}

function quantity(value: unknown): number | undefined {
  const object = asObject(value);
  const [, number, unit] = object
    ? ['', object['value'], asText(object['unitText']) ?? '']
    : (/^([\d,_]+)\s+(\w+)$/.exec(asText(value) ?? '') ?? []);
  return typeof unit === 'string' && UNITS.test(unit) ? asCount(number) : undefined;
}
