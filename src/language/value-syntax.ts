import { parseNumber } from '../common/number-notation';
import type { InputSpec, OutputSpec, Step } from './annotation-model';

const NAME = /^[\p{L}\p{M}\p{N}_.-]+$/u;

/** Letters, digits, `_ . -`; not a number of dashes only, and no arrow at the end. */
export function isName(text: string): boolean {
  return NAME.test(text) && /[\p{L}\p{N}]/u.test(text);
}

/** `image:224x224x3`, `audio:16kHz`, `tabular:64`, `sequence:100x40`, `text`, `video`. */
export function parseInput(text: string): InputSpec | undefined {
  const [modality = '', detail, ...more] = text.split(':');
  if (more.length > 0) return undefined;
  switch (modality) {
    case 'text':
    case 'video':
      return detail === undefined ? { modality } : undefined;
    case 'image':
      return detail === undefined ? { modality } : imageShape(detail);
    case 'audio':
      return detail === undefined ? { modality } : audioRate(detail);
    case 'tabular': {
      if (detail === undefined) return { modality };
      const columns = wholeNumber(detail);
      return columns === undefined ? undefined : { modality, columns };
    }
    case 'sequence': {
      if (detail === undefined) return { modality };
      const sizes = dimensions(detail);
      const [length, features] = sizes ?? [];
      return sizes?.length === 2 && length !== undefined && features !== undefined
        ? { modality, length, features }
        : undefined;
    }
    default:
      return undefined;
  }
}

function imageShape(detail: string): InputSpec | undefined {
  const sizes = dimensions(detail);
  const [height, width, channels] = sizes ?? [];
  if (!sizes || height === undefined || width === undefined || sizes.length > 3) return undefined;
  return { modality: 'image', height, width, ...(channels === undefined ? {} : { channels }) };
}

function audioRate(detail: string): InputSpec | undefined {
  const match = /^(\d+(?:\.\d+)?)(k?)hz$/i.exec(detail);
  const rate = match && Number(`${match[1] ?? ''}e${match[2] ? 3 : 0}`);
  return rate !== null && rate > 0 ? { modality: 'audio', sampleRate: rate } : undefined;
}

function dimensions(detail: string): number[] | undefined {
  const sizes = detail.split('x').map(wholeNumber);
  return sizes.every(size => size !== undefined) ? sizes : undefined;
}

function wholeNumber(text: string): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return value === 0 ? undefined : value;
}

export function printInput(input: InputSpec): string {
  switch (input.modality) {
    case 'image': {
      const { height, width, channels } = input;
      if (height === undefined || width === undefined) return 'image';
      return `image:${height}x${width}${channels === undefined ? '' : `x${channels}`}`;
    }
    case 'audio':
      return input.sampleRate === undefined
        ? 'audio'
        : `audio:${input.sampleRate % 100 === 0 ? `${input.sampleRate / 1000}k` : input.sampleRate}Hz`;
    case 'tabular':
      return input.columns === undefined ? 'tabular' : `tabular:${input.columns}`;
    case 'sequence':
      return input.length === undefined || input.features === undefined
        ? 'sequence'
        : `sequence:${input.length}x${input.features}`;
    case 'text':
    case 'video':
      return input.modality;
  }
}

/** `class:10`, `labels:14`, `real:1`, `box`, `sequence`. */
export function parseOutput(text: string): OutputSpec | undefined {
  const [kind = '', detail, ...more] = text.split(':');
  if (more.length > 0) return undefined;
  if (kind === 'box' || kind === 'sequence') return detail === undefined ? { kind } : undefined;
  if (kind !== 'class' && kind !== 'labels' && kind !== 'real') return undefined;
  if (detail === undefined) return { kind };
  const size = parseNumber(detail);
  return size !== undefined && Number.isInteger(size) && size > 0 ? { kind, size } : undefined;
}

export function printOutput(output: OutputSpec): string {
  return output.size === undefined ? output.kind : `${output.kind}:${output.size}`;
}

/** `audio->phonemes`. */
export function parseStep(text: string): Step | undefined {
  const [from = '', to = '', ...more] = text.split('->').map(part => part.trim());
  return more.length === 0 && isName(from) && isName(to) ? { from, to } : undefined;
}

export function printStep(step: Step): string {
  return `${step.from}->${step.to}`;
}
