import * as l10n from '@vscode/l10n';
import { CATEGORIES, keySchema, STEP_PROGRAMS, type ValueKind } from '../../annotations/schema';
import { UNITS } from '../../annotations/units';
import {
  CATEGORY_TEXTS,
  METRIC_TEXTS,
  SPLIT_TEXTS,
  STEP_PROGRAM_TEXTS,
  UNIT_TEXTS,
} from '../../annotations/vocabulary';
import type { KnownNames } from '../known-names';
import { nameItem, type Item } from './item';
import type { Cursor, OwnNames } from '../cursor';

type ValueCursor = Extract<Cursor, { readonly kind: 'value' }>;

/** What the value of a key may be, as far as it can be told; elements that a list has already are left out. */
export function valueItems(cursor: ValueCursor, names: KnownNames): readonly Item[] {
  const schema = keySchema(cursor.directive, cursor.key);
  if (!schema) return [];
  if (schema.key === 'metric') return words(METRIC_TEXTS);
  const items =
    cursor.of === undefined ? itemsOf(schema.kind, names, cursor.own) : itemsBehindColon(schema.kind);
  return items.filter(({ label }) => !cursor.others.has(label));
}

function itemsOf(kind: ValueKind, names: KnownNames, own: OwnNames): readonly Item[] {
  const isOther = (name: string): boolean => name !== own.name;
  switch (kind) {
    case 'tasks':
      return [...names.tasks, ...names.steps].map(nameItem('task', names));
    case 'shared-features':
      return [
        ...names.tasks.filter(isOther).map(nameItem('task', names)),
        { ...value('none'), documentation: l10n.t('No other task has features that help this one.') },
      ];
    case 'names':
      return names.datasets.filter(isOther).map(nameItem('dataset', names));
    case 'steps':
      return own.steps.map(nameItem('task', names));
    case 'modules':
      return own.steps.map(name => ({ ...nameItem('task', names)(name), insert: `${name}:`, goesOn: true }));
    case 'shares':
    case 'columns':
      // Labels are those of the tasks that the dataset is for; before it says so, any may be.
      return (own.tasks.length > 0 ? own.tasks : names.tasks).map(name => ({
        ...nameItem('task', names)(name),
        insert: `${name}:`,
        goesOn: true,
      }));
    case 'splits':
      return words(SPLIT_TEXTS).map(item => ({ ...item, insert: `${item.label}:` }));
    case 'category':
      return CATEGORIES.map(name => word(name, CATEGORY_TEXTS));
    case 'unit':
      return UNITS.map(name => word(name, UNIT_TEXTS));
    case 'input':
      return inputs();
    case 'output':
      return outputs();
    case 'count':
      return ['1k', '10k', '100k', '1M'].map(value);
    case 'number':
    case 'text':
    case 'flag':
      return [];
  }
}

function itemsBehindColon(kind: ValueKind): readonly Item[] {
  if (kind === 'modules') return STEP_PROGRAMS.map(name => word(name, STEP_PROGRAM_TEXTS));
  return kind === 'shares' ? ['100%', '80%', '50%', '20%'].map(value) : [];
}

function value(text: string): Item {
  return { label: text, kind: 'value', insert: text };
}

type Texts = Readonly<Record<string, () => string>>;

/** A word of the language, with its sentence. */
function word(text: string, texts: Texts): Item {
  const about = texts[text];
  return { ...value(text), ...(about ? { documentation: about() } : {}) };
}

function words(texts: Texts): readonly Item[] {
  return Object.keys(texts).map(name => word(name, texts));
}

function inputs(): readonly Item[] {
  const shape = (label: string, insert: string, detail: string): Item => ({
    label,
    kind: 'value',
    insert,
    detail,
    isSnippet: true,
  });
  return [
    shape('image', 'image', l10n.t('images of any size')),
    shape('image:224x224x3', 'image:${1:224}x${2:224}x${3:3}', l10n.t('height × width × channels')),
    shape('audio', 'audio', l10n.t('audio at any rate')),
    shape('audio:16kHz', 'audio:${1:16}kHz', l10n.t('sampling rate')),
    shape('text', 'text', l10n.t('text')),
    shape('tabular:64', 'tabular:${1:64}', l10n.t('number of columns')),
    shape('video', 'video', l10n.t('video')),
    shape('sequence:100x40', 'sequence:${1:100}x${2:40}', l10n.t('steps × features')),
  ];
}

function outputs(): readonly Item[] {
  const output = (label: string, insert: string, detail: string): Item => ({
    label,
    kind: 'value',
    insert,
    detail,
    isSnippet: true,
  });
  return [
    output('class:10', 'class:${1:10}', l10n.t('one of so many classes')),
    output('labels:14', 'labels:${1:14}', l10n.t('any of so many labels at once')),
    output('real:1', 'real:${1:1}', l10n.t('so many numbers')),
    output('box', 'box', l10n.t('boxes around objects')),
    output('sequence', 'sequence', l10n.t('a sequence: text, a transcript')),
  ];
}
