import { closestMatch } from '../../../common/edit-distance';
import {
  badSlurmValue,
  slurmOptionWithoutValue,
  unknownSlurmOption,
} from '../../../messages/consent-messages';
import { planError } from '../../experiment-errors';
import { splitCommand } from '../../programs/split-command';
import { entryOf } from '../../../common/named-entries';

const NAMES = /^\w[\w.,+@:-]*$/;
const NODES = /^\w[\w.,[\]-]*$/;
const COUNT = /^\d{1,9}$/;
const SIZE = /^\d{1,9}[KMGT]?B?$/i;

/**
 * The options of `sbatch` that may be set: what says where, how long and with how much a job runs. Nothing that
 * replaces the script, sets its environment, or names a file.
 */
const KNOWN: Readonly<
  Record<string, { readonly short?: string; readonly value: RegExp; readonly example: string }>
> = {
  partition: { short: 'p', value: NAMES, example: 'gpu' },
  account: { short: 'A', value: NAMES, example: 'project1' },
  qos: { short: 'q', value: NAMES, example: 'normal' },
  reservation: { value: NAMES, example: 'course' },
  time: { short: 't', value: /^\d{1,6}(?:[-:]\d{1,6}){0,3}$/, example: '2:00:00' },
  'time-min': { value: /^\d{1,6}(?:[-:]\d{1,6}){0,3}$/, example: '30' },
  mem: { value: SIZE, example: '8G' },
  'mem-per-cpu': { value: SIZE, example: '2G' },
  'mem-per-gpu': { value: SIZE, example: '16G' },
  tmp: { value: SIZE, example: '10G' },
  'cpus-per-task': { short: 'c', value: COUNT, example: '4' },
  'cpus-per-gpu': { value: COUNT, example: '4' },
  gres: { value: /^\w[\w.,:+-]*$/, example: 'gpu:1' },
  gpus: { short: 'G', value: /^(?:\w[\w.-]*:)?\d{1,6}$/, example: '1' },
  'gpus-per-task': { value: /^(?:\w[\w.-]*:)?\d{1,6}$/, example: '1' },
  'gpus-per-node': { value: /^(?:\w[\w.-]*:)?\d{1,6}$/, example: '1' },
  constraint: { short: 'C', value: /^[\w(![][\w.,&|*()[\]@+:!-]*$/, example: 'a100' },
  nodelist: { short: 'w', value: NODES, example: 'node[1-4]' },
  exclude: { short: 'x', value: NODES, example: 'node7' },
  licenses: { short: 'L', value: NAMES, example: 'matlab:1' },
  nice: { value: /^-?\d{1,9}$/, example: '100' },
};

/** The names of the options that may be set. */
export const SLURM_OPTIONS: readonly string[] = Object.keys(KNOWN).sort();

/**
 * The options of `sbatch` in a text, each as one word `--name=value`.
 *
 * @throws PlanError `bad-option` for an option that is not known, or a value that does not fit
 */
export function readSlurmOptions(text: string): readonly string[] {
  return text.trim() === '' ? [] : checkSlurmOptions(splitCommand(text));
}

/** The same for words. */
export function checkSlurmOptions(words: readonly string[]): readonly string[] {
  const checked: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const { name, value = words[++i] } = partsOf(words[i] ?? '');
    const option = entryOf(KNOWN, name);
    if (!option) throw unknown(name);
    const { example } = option;
    if (value === undefined) throw planError('bad-option', slurmOptionWithoutValue({ name, example }));
    if (!option.value.test(value)) throw planError('bad-option', badSlurmValue({ name, value, example }));
    checked.push(`--${name}=${value}`);
  }
  return checked;
}

/** `--name=value`, `--name`, `-nvalue` or `-n`; the name in full. */
function partsOf(word: string): { readonly name: string; readonly value?: string } {
  if (word.startsWith('--')) {
    const at = word.indexOf('=');
    return at < 0 ? { name: word.slice(2) } : { name: word.slice(2, at), value: word.slice(at + 1) };
  }
  const letter = word.startsWith('-') ? word.charAt(1) : '';
  const long = Object.entries(KNOWN).find(([, { short }]) => short !== undefined && short === letter)?.[0];
  if (long === undefined) return { name: word };
  const rest = word.slice(2);
  return rest === '' ? { name: long } : { name: long, value: rest };
}

function unknown(name: string): Error {
  const near = closestMatch(name, SLURM_OPTIONS);
  return planError(
    'bad-option',
    unknownSlurmOption({
      name: name.startsWith('-') || near === undefined ? name : `--${name}`,
      available: (near === undefined ? SLURM_OPTIONS : [near]).map(each => `--${each}`).join(', '),
    }),
  );
}
