import * as l10n from '@vscode/l10n';
import type { TextRange } from '../common/text-ranges';
import type { Directive } from '../language/annotation-model';
import {
  BUILT_IN_MODULES,
  KEYS,
  type KeySchema,
  TASK_CATEGORIES,
  type ValueKind,
  keySchema,
} from '../language/key-schema';
import { UNITS } from '../language/size-units';
import {
  BUILT_IN_MODULE_TEXTS,
  CATEGORY_TEXTS,
  METRIC_TEXTS,
  SPLIT_TEXTS,
  UNIT_TEXTS,
} from '../messages/value-documentation';
import { escapeSnippet } from './comment-insertion';
import type { CursorContext, OwnNames } from './cursor-context';
import type { NameKind } from './definitions-and-references';
import type { KnownNames } from './known-names';
import { entryOf } from '../common/named-entries';

/** Something to write at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: 'directive' | 'snippet' | 'key' | 'value' | NameKind;
  readonly insert: string;
  /** Whether `insert` is a snippet, with `$1` for what is to be filled in. */
  readonly isSnippet?: boolean;
  readonly detail?: string;
  readonly documentation?: string;
  /** What is replaced by it. */
  readonly range: TextRange;
  /** Whether there is more to choose from behind it: values behind a key. */
  readonly goesOn?: boolean;
}

/** A completion before it is known what it replaces. */
type CompletionItem = Omit<Completion, 'range'>;

/** An item for a name, with what is known of it. */
function nameItem(
  kind: NameKind,
  { describe }: Pick<KnownNames, 'describe'>,
): (name: string) => CompletionItem {
  return name => {
    const documentation = describe(name, kind);
    return { label: name, kind, insert: name, ...(documentation === undefined ? {} : { documentation }) };
  };
}

/** The keys of a directive that the annotation does not have yet. */
function keyItems(directive: Directive, used: ReadonlySet<string>): readonly CompletionItem[] {
  return KEYS[directive]
    .filter(({ key, aliases = [] }) => ![key, ...aliases].some(name => used.has(name)))
    .map(keyItem);
}

function keyItem({ key, kind, example, documentation }: KeySchema): CompletionItem {
  const isFlag = kind === 'flag';
  return {
    label: key,
    kind: 'key',
    insert: isFlag ? key : `${key}=`,
    detail: example,
    documentation: documentation(),
    goesOn: !isFlag,
  };
}

/** The three directives, and whole problems to fill in where the comment has its line to itself. */
export function directiveItems(leader: string | undefined): readonly CompletionItem[] {
  const single: CompletionItem[] = [
    {
      label: '@dataset',
      kind: 'directive',
      insert:
        '@dataset ${1:name} task=${2:task} input=${3|image,audio,text,tabular,video,sequence|} num_examples=${4:5k}',
      detail: l10n.t('a dataset and its size'),
      documentation: l10n.t('A labelled dataset: its task, input type and size.'),
      isSnippet: true,
    },
    {
      label: '@task',
      kind: 'directive',
      insert: '@task ${1:name} target category=${2:image-classification}',
      detail: l10n.t('a task to learn'),
      documentation: l10n.t(
        'A task and its properties: target, output, metric, shared features. Optional, because datasets imply their tasks.',
      ),
      isSnippet: true,
    },
    {
      label: '@pipeline',
      kind: 'directive',
      insert: '@pipeline ${1:task}: ${2:input} -> ${3:intermediate} -> ${1:task}',
      detail: l10n.t('a pipeline of stages'),
      documentation: l10n.t('The stages that a task can be split into, each learned or engineered.'),
      isSnippet: true,
    },
  ];
  return leader === undefined ? single : [...single, ...problemSnippets(leader)];
}

/** The common cases, a line each annotation. */
function problemSnippets(leader: string): CompletionItem[] {
  const lines = (...each: readonly string[]): string => each.join(`\n${escapeSnippet(leader.trimStart())}`);
  return [
    {
      label: '@dataset … (transfer)',
      kind: 'snippet',
      insert: lines(
        '@dataset ${1:source-data} task=${2:source-task} input=${3:image:224x224x3} num_examples=${4:1.28M}',
        '@dataset ${5:target-data} task=${6:target-task} input=${3:image:224x224x3} num_examples=${7:5k}',
        '@task ${6:target-task} target shares_features_with=${2:source-task}',
      ),
      detail: l10n.t('a large source and a small target dataset'),
      documentation: l10n.t(
        'Does transfer learning help? Annotates a large source dataset and a small target dataset.',
      ),
      isSnippet: true,
    },
    {
      label: '@dataset … (multitask)',
      kind: 'snippet',
      insert: lines(
        '@dataset ${1:data} task=${2:first},${3:second} input=${4:image:224x224x3} num_examples=${5:100k} labels_present=${2:first}:${6:100%},${3:second}:${7:60%}',
        '@task ${2:first} target shares_features_with=${3:second}',
      ),
      detail: l10n.t('several labels on the same examples'),
      documentation: l10n.t(
        'Should one network learn several labels? Annotates a dataset whose missing labels are declared in labels_present.',
      ),
      isSnippet: true,
    },
    {
      label: '@pipeline … (stages or end-to-end)',
      kind: 'snippet',
      insert: lines(
        '@pipeline ${1:task}: ${2:input} -> ${3:intermediate} -> ${1:task}',
        '@dataset ${4:whole-data} task=${2:input}->${1:task} num_examples=${5:5k}',
        '@dataset ${6:stage-data} task=${2:input}->${3:intermediate} num_examples=${7:100k}',
        '@dataset ${8:other-data} task=${3:intermediate}->${1:task} num_examples=${9:100k}',
        '@task ${1:task} target',
      ),
      detail: l10n.t('end-to-end data and data for each stage'),
      documentation: l10n.t(
        'End-to-end learning or a pipeline? Annotates end-to-end data and data for each stage.',
      ),
      isSnippet: true,
    },
  ];
}

type ValueCursor = Extract<CursorContext, { readonly kind: 'value' }>;

/** What the value of a key may be, as far as it can be told; elements that a list has already are left out. */
function valueItems(cursor: ValueCursor, names: KnownNames): readonly CompletionItem[] {
  const schema = keySchema(cursor.directive, cursor.key);
  if (!schema) return [];
  if (schema.key === 'metric') return documentedValues(METRIC_TEXTS);
  const items =
    cursor.of === undefined ? itemsOf(schema.kind, names, cursor.own) : itemsBehindColon(schema.kind);
  return items.filter(({ label }) => !cursor.others.has(label));
}

function itemsOf(kind: ValueKind, names: KnownNames, own: OwnNames): readonly CompletionItem[] {
  const isOther = (name: string): boolean => name !== own.name;
  switch (kind) {
    case 'tasks':
      return [...names.tasks, ...names.steps].map(nameItem('task', names));
    case 'shared-features':
      return [
        ...names.tasks.filter(isOther).map(nameItem('task', names)),
        { ...value('none'), documentation: l10n.t('No other task shares low-level features with this one.') },
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
      return documentedValues(SPLIT_TEXTS).map(item => ({ ...item, insert: `${item.label}:` }));
    case 'category':
      return TASK_CATEGORIES.map(name => documentedValue(name, CATEGORY_TEXTS));
    case 'unit':
      return UNITS.map(name => documentedValue(name, UNIT_TEXTS));
    case 'input':
      return inputs();
    case 'output':
      return outputs();
    case 'count':
      return ['1k', '10k', '100k', '1M'].map(value);
    case 'number':
    case 'text':
    case 'texts':
    case 'checkpoint':
    case 'flag':
      return [];
  }
}

function itemsBehindColon(kind: ValueKind): readonly CompletionItem[] {
  if (kind === 'modules') return BUILT_IN_MODULES.map(name => documentedValue(name, BUILT_IN_MODULE_TEXTS));
  return kind === 'shares' ? ['100%', '80%', '50%', '20%'].map(value) : [];
}

function value(text: string): CompletionItem {
  return { label: text, kind: 'value', insert: text };
}

type Texts = Readonly<Record<string, () => string>>;

/** A word of the language, with its sentence. */
function documentedValue(text: string, texts: Texts): CompletionItem {
  const about = entryOf(texts, text);
  return { ...value(text), ...(about ? { documentation: about() } : {}) };
}

function documentedValues(texts: Texts): readonly CompletionItem[] {
  return Object.keys(texts).map(name => documentedValue(name, texts));
}

/** A value with places to fill in. */
function valueSnippet(label: string, insert: string, detail: string): CompletionItem {
  return { label, kind: 'value', insert, detail, isSnippet: true };
}

function inputs(): readonly CompletionItem[] {
  return [
    valueSnippet('image', 'image', l10n.t('images of any size')),
    valueSnippet('image:224x224x3', 'image:${1:224}x${2:224}x${3:3}', l10n.t('height × width × channels')),
    valueSnippet('audio', 'audio', l10n.t('audio at any sampling rate')),
    valueSnippet('audio:16kHz', 'audio:${1:16}kHz', l10n.t('sampling rate')),
    valueSnippet('text', 'text', l10n.t('text')),
    valueSnippet('tabular:64', 'tabular:${1:64}', l10n.t('number of columns')),
    valueSnippet('video', 'video', l10n.t('video')),
    valueSnippet('sequence:100x40', 'sequence:${1:100}x${2:40}', l10n.t('time steps × features')),
  ];
}

function outputs(): readonly CompletionItem[] {
  return [
    valueSnippet('class:10', 'class:${1:10}', l10n.t('single-label: number of classes')),
    valueSnippet('labels:14', 'labels:${1:14}', l10n.t('multi-label: number of labels')),
    valueSnippet('real:1', 'real:${1:1}', l10n.t('regression: number of values')),
    valueSnippet('box', 'box', l10n.t('bounding boxes')),
    valueSnippet('sequence', 'sequence', l10n.t('a sequence, such as text or a transcript')),
  ];
}

/** What may be written at the cursor, in the order in which it is offered. */
export function completionsAt(cursor: CursorContext, names: KnownNames): readonly Completion[] {
  return itemsAt(cursor, names).map(item => ({ ...item, range: cursor.range }));
}

function itemsAt(cursor: CursorContext, names: KnownNames): readonly CompletionItem[] {
  switch (cursor.kind) {
    case 'directive':
      return directiveItems(cursor.leader);
    case 'name':
      return cursor.directive === 'dataset'
        ? []
        : names.tasks
            .filter(name => cursor.directive === 'pipeline' || !names.declaredTasks.has(name))
            .map(nameItem('task', names));
    case 'key':
      return keyItems(cursor.directive, cursor.used);
    case 'step':
      return [...new Set([...names.values, ...names.tasks])]
        .filter(name => !cursor.used.has(name))
        .map(nameItem('task', names));
    case 'value':
      return valueItems(cursor, names);
  }
}
