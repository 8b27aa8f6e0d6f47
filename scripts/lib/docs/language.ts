import type { Directive } from '../../../src/language/annotation-model';
import { KEYS, TASK_CATEGORIES, type ValueKind } from '../../../src/language/key-schema';
import { SYNTAXES } from '../../../src/language/languages/language-registry';
import { UNITS, sameDimension } from '../../../src/language/size-units';
import { CATEGORY_TEXTS, UNIT_TEXTS } from '../../../src/messages/value-documentation';
import { code, codes, table } from './markdown';

/** How each kind of value is written. */
const KINDS: Readonly<Record<ValueKind, readonly [name: string, written: string]>> = {
  tasks: ['tasks', 'names, separated by commas; a step of a pipeline is `a->b`'],
  input: [
    'input',
    '`image`, `image:HxW`, `image:HxWxC`, `audio`, `audio:16kHz`, `text`, `tabular`, `tabular:N` (columns), `video`, `sequence`, `sequence:TxF` (frames, features)',
  ],
  output: ['output', '`class:N`, `labels:N` (several at once), `real:N` (numbers), `box`, `sequence`'],
  count: [
    'count',
    '`5000`, `5_000`, `"5,000"`, `5k`, `1.2M`, `3B`, `1.28e6`; fractions only with hours, minutes and seconds',
  ],
  number: ['number', 'like a count, but greater than zero and with fractions: `7.3`'],
  unit: ['unit', 'see [Units](#units)'],
  splits: ['splits', '`name:count`, separated by commas'],
  shares: ['shares', '`80%` or `0.8` for all tasks, or `task:share`, separated by commas'],
  columns: ['columns', 'a column, or `task:column`, separated by commas'],
  texts: [
    'column names',
    'column names, separated by commas; in double quotes if they contain spaces or commas',
  ],
  text: ['text', 'any text; in double quotes if it contains spaces'],
  names: ['names', 'ids, including `org/name`, separated by commas'],
  'shared-features': ['tasks or `none`', 'names, separated by commas, or the word `none`'],
  category: ['category', 'see [Categories](#categories)'],
  steps: ['steps', '`a->b`, separated by commas'],
  modules: ['modules', '`a->b:function`, separated by commas'],
  checkpoint: [
    'checkpoint',
    'a file, a folder or a well-known name such as `resnet50`; in double quotes if it contains spaces',
  ],
  flag: ['flag', 'only the word, without `=`'],
};

/** The keys of a directive: what each is for, the kind of its value, and an example. */
export function keyTable(directive: Directive): string {
  const rows = KEYS[directive].map(({ key, aliases = [], kind, example, documentation }) => [
    [key, ...aliases].map(code).join(' or '),
    KINDS[kind][0],
    documentation(),
    code(example),
  ]);
  return table(['key', 'value', 'description', 'example'], rows);
}

/** How each kind of value is written. */
export function kindTable(): string {
  return table(['value', 'syntax'], Object.values(KINDS));
}

/** The units, those that compare with each other in one row. */
export function unitTable(): string {
  const groups = UNITS.filter((unit, i) => UNITS.findIndex(other => sameDimension(unit, other)) === i);
  const rows = groups.map(unit => {
    const alike = UNITS.filter(other => sameDimension(unit, other));
    return [codes(alike), alike.map(each => UNIT_TEXTS[each]()).join(' ')];
  });
  return table(['units that can be compared', 'what they count'], rows);
}

/** The categories, and what a task of each predicts. */
export function categoryTable(): string {
  return table(
    ['category', 'what is predicted'],
    TASK_CATEGORIES.map(category => [code(category), CATEGORY_TEXTS[category]?.() ?? '']),
  );
}

/** Every language whose comments are known in detail, with its files. */
export function languageTable(): string {
  const listed = SYNTAXES.filter(({ files }) => files.length > 0);
  return table(
    ['language ids', 'files'],
    listed.map(({ ids, files }) => [ids.join(', '), codes(files)]),
  );
}
