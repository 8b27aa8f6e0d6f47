import * as l10n from '@vscode/l10n';
import { escaped } from '../insertion';
import type { Item } from './item';

/** The three directives, and whole problems to fill in where the comment has its line to itself. */
export function directiveItems(leader: string | undefined): readonly Item[] {
  const single: Item[] = [
    {
      label: '@dataset',
      kind: 'directive',
      insert:
        '@dataset ${1:name} task=${2:task} input=${3|image,audio,text,tabular,video,sequence|} num_examples=${4:5k}',
      detail: l10n.t('data, and how much there is'),
      documentation: l10n.t('Labelled data: the task its labels are for, the kind of input, and its size.'),
      isSnippet: true,
    },
    {
      label: '@task',
      kind: 'directive',
      insert: '@task ${1:name} target category=${2:image-classification}',
      detail: l10n.t('what is to be learned'),
      documentation: l10n.t(
        'A task, and what is known of it beyond its data. Only needed to say more; datasets imply their tasks.',
      ),
      isSnippet: true,
    },
    {
      label: '@pipeline',
      kind: 'directive',
      insert: '@pipeline ${1:task}: ${2:input} -> ${3:intermediate} -> ${1:task}',
      detail: l10n.t('stages instead of one network'),
      documentation: l10n.t('The stages that a task may be split into, each learned or engineered.'),
      isSnippet: true,
    },
  ];
  return leader === undefined ? single : [...single, ...problems(leader)];
}

/** The common cases, a line each annotation. */
function problems(leader: string): Item[] {
  const lines = (...each: readonly string[]): string => each.join(`\n${escaped(leader.trimStart())}`);
  return [
    {
      label: '@dataset … (transfer)',
      kind: 'snippet',
      insert: lines(
        '@dataset ${1:source-data} task=${2:source-task} input=${3:image:224x224x3} num_examples=${4:1.28M}',
        '@dataset ${5:target-data} task=${6:target-task} input=${3:image:224x224x3} num_examples=${7:5k}',
        '@task ${6:target-task} target shares_features_with=${2:source-task}',
      ),
      detail: l10n.t('much data for a source, little for the target'),
      documentation: l10n.t(
        'Is transfer learning worth it? A large source dataset and a small target dataset.',
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
        'Should one network learn several labels? Missing ones are said with labels_present.',
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
      detail: l10n.t('data for the whole, and for its stages'),
      documentation: l10n.t(
        'End-to-end learning or a pipeline? Data for the whole mapping and for each stage.',
      ),
      isSnippet: true,
    },
  ];
}
