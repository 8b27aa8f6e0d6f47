import * as l10n from '@vscode/l10n';
import type { TrainingSettings } from '../protocol/job-files';
import {
  DATA_OPTIONS,
  JSON_OPTION,
  type OptionSpec,
  type Options,
  type ParsedArguments,
  usageError,
} from './command-line';
import { entryOf } from '../common/named-entries';

export const TRUST_OPTION: OptionSpec = {
  type: 'boolean',
  summary: () =>
    l10n.t('Run code that annotations or runs name (train=, modules=) without asking, this time only.'),
};

export const TOLERANCE_OPTION: OptionSpec = {
  type: 'string',
  value: '0.05',
  summary: () =>
    l10n.t(
      'How far a stated size may differ, as a fraction of the counted size; overrides the project file.',
    ),
};

/** What `pilot` and `train` have in common. */
export const RUN_OPTIONS: Options = {
  task: {
    type: 'string',
    value: 'NAME',
    summary: () => l10n.t('Target task; required if there are several.'),
  },
  budget: {
    type: 'string',
    value: '60s',
    summary: () => l10n.t('Time budget (90s, 10m, 2h). To continue later, resume the run.'),
  },
  'trial-limit': {
    type: 'string',
    value: '30m',
    summary: () =>
      l10n.t(
        'Time after which a trial is ended and counts as failed; by default half of the time budget but at least 10 minutes, or 6 hours in a pilot without a budget.',
      ),
  },
  workers: {
    type: 'string',
    value: 'N',
    summary: () => l10n.t('Number of trials to run in parallel; by default, one per core.'),
  },
  executor: {
    type: 'string',
    value: 'NAME',
    summary: () =>
      l10n.t('Where to run the trials: local (processes on this machine) or slurm (a job array).'),
  },
  'slurm-options': {
    type: 'string',
    value: 'OPTIONS',
    summary: () => l10n.t('Options to pass to sbatch, in quotes: "--partition=gpu --time=30".'),
  },
  name: { type: 'string', value: 'TEXT', summary: () => l10n.t('Name of the run.') },
  trust: TRUST_OPTION,
  'source-weights': {
    type: 'string',
    value: 'N,N,…',
    summary: () =>
      l10n.t(
        "Loss weights of the other tasks to try in multitask learning (the target's weight is 1); 1 by default.",
      ),
  },
  json: JSON_OPTION,
  ...DATA_OPTIONS,
};

/** Those parts of the tuning budget that the command line sets. */
export function settingsOption({ values }: ParsedArguments): Partial<TrainingSettings> | undefined {
  const text = values.get('source-weights');
  if (text === undefined) return undefined;
  const sourceWeights = text.split(',').map(each => (each.trim() === '' ? NaN : Number(each)));
  if (sourceWeights.some(weight => !(weight > 0 && weight <= 1000)))
    throw usageError(
      l10n.t('Invalid value "{0}" for --{1}.', text, 'source-weights'),
      l10n.t('For example: 1,0.3,0.1.'),
    );
  return { sourceWeights };
}

/** A whole number of at least `least`; `undefined` where the option is not given. */
export function numberOption(
  { values }: ParsedArguments,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw usageError(
      l10n.t('Invalid value "{0}" for --{1}.', text, name),
      most < Number.MAX_SAFE_INTEGER
        ? l10n.t('Use a number from {0} to {1}.', least, most)
        : l10n.t('Use a number of {0} or more.', least),
    );
  return value;
}

/** A number above 0, and at most 1 where it is a share; `undefined` where the option is not given. */
export function positiveOption(
  { values }: ParsedArguments,
  name: string,
  most = Infinity,
): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > most)
    throw usageError(
      l10n.t('Invalid value "{0}" for --{1}.', text, name),
      l10n.t('For example: {0}.', '0.05'),
    );
  return value;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };

/** A time in milliseconds: `60s`, `1.5m`, `2h`; a bare number is seconds. */
export function timeOption({ values }: ParsedArguments, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const scale = entryOf(SECONDS, unit === '' ? 's' : unit.toLowerCase());
  if (amount === '' || scale === undefined || Number(amount) <= 0)
    throw usageError(
      l10n.t('Invalid value "{0}" for --{1}.', text, name),
      l10n.t('Use a duration such as 90s, 10m or 2h.'),
    );
  return Number(amount) * scale * 1000;
}

/** Numbers joined by commas: `100,200,400`, `1k` among them. */
export function sizesOption({ values }: ParsedArguments): readonly number[] | undefined {
  const text = values.get('sizes');
  if (text === undefined) return undefined;
  return text.split(',').map(each => {
    const [, amount = '', thousand = ''] = /^\s*(\d+(?:\.\d+)?)(k?)\s*$/i.exec(each) ?? [];
    const size = Number(amount) * (thousand === '' ? 1 : 1000);
    if (amount === '' || !Number.isInteger(size) || size < 2)
      throw usageError(
        l10n.t('Invalid value "{0}" for --{1}.', text, 'sizes'),
        l10n.t('For example: 100,300,1k.'),
      );
    return size;
  });
}
