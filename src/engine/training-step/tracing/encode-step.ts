import type { Variable } from '@tensorflow/tfjs-core';
import {
  type Elements,
  type Value,
  multipleOutputs,
  placeholder,
  placeholderName,
} from '../../graph/nodes-and-values';
import { type Port, encodeModel } from '../../onnx/encode-model';
import { mapBatch } from '../batch-specs';
import { scatterGradientOf } from '../optimizer/scatter-gradient';
import type { TracedForward, TracedStep } from './trace-step';

/** The name of a placeholder. */
export function inputName(value: Value): string {
  return placeholderName(value.node);
}

/** All that a step carries along, in a fixed order. */
export function carriedValues(step: TracedStep): readonly Value[] {
  const parameters = step.groups.flatMap(({ before, slots }) => [before, ...slots]);
  return [...parameters, ...step.statistics.map(({ before }) => before)];
}

/** What a step is fed anew each time, in a fixed order. */
export function fedValues(step: TracedStep): readonly Value[] {
  const batch: Value[] = [];
  mapBatch(step.batch, value => batch.push(value));
  return [...batch, ...step.scalars, ...step.draws];
}

/** The names under which a chunk's results come back. */
export const LOSS = 'loss';
export const outputName = (index: number): string => `output${index}`;
export const nextName = (name: string): string => `next.${name}`;
export const gradientName = (name: string): string => `gradient.${name}`;
export const indicesName = (name: string): string => `indices.${name}`;
export const rowsName = (name: string): string => `rows.${name}`;

type Report = TracedStep['report'];

/** The loss and what is reported beside it, each under a name without those of layers. */
function resultsOf(loss: Value, report: Report): Record<string, Value> {
  const others = Object.values(report).map((value, i) => [`report${i}`, value] as const);
  return { [LOSS]: loss, ...Object.fromEntries(others) };
}

/** What is reported, each with the name under which it comes back. */
export function reportOutputs(report: Report): readonly (readonly [string, string])[] {
  return Object.keys(report).map((name, i) => [name, `report${i}`]);
}

/** Takes the layer of each node, by the node's name. */
export type LayerNames = Map<string, string>;

/**
 * A chunk of training steps as a model: one `Scan` over the steps, so that only a chunk's end returns to
 * JavaScript. Frozen variables are constants of it.
 */
export function encodeSteps(
  step: TracedStep,
  elementsOf: (variable: Variable) => Elements,
  layers?: LayerNames,
): Uint8Array {
  const carried = carriedValues(step);
  const fed = fedValues(step);
  const results = resultsOf(step.loss, step.report);
  const bound = new Map([...step.frozen].map(([variable, value]) => [value, elementsOf(variable)]));
  const body = {
    inputs: [...carried, ...fed],
    outputs: [
      ...step.groups.flatMap(({ after }) => after),
      ...step.statistics.map(({ after }) => after),
      ...Object.values(results),
    ],
    bound,
  };
  const stacked = fed.map(value =>
    placeholder(inputName(value), ['steps' as unknown as number, ...value.shape], value.type),
  );
  const initial = carried.map(value => placeholder(inputName(value), value.shape, value.type));
  const outputs = multipleOutputs(
    'Scan',
    [...initial, ...stacked],
    { body, num_scan_inputs: fed.length },
    body.outputs.map(value => ({ shape: value.shape, type: value.type })),
  );
  const names = [...carried.map(value => nextName(inputName(value))), ...Object.keys(results)];
  return encodeModel(
    {
      inputs: [...initial, ...stacked].map(value => ({ name: inputName(value), value })),
      outputs: outputs.map((value, i) => ({
        name: names[i] as string,
        value,
        shape: i < carried.length ? value.shape : ['steps', ...value.shape],
      })),
    },
    layers,
  );
}

/**
 * One training step as a model: gradients come out, or what they are summed from, and who runs it updates the
 * parameters. Frozen variables are constants of it.
 */
export function encodeGradients(
  step: TracedStep,
  elementsOf: (variable: Variable) => Elements,
  layers?: LayerNames,
): Uint8Array {
  const inputs = [...[...step.groups, ...step.statistics].map(({ before }) => before), ...fedValues(step)];
  return encodeModel(
    {
      inputs: inputs.map(value => ({ name: inputName(value), value })),
      outputs: [
        ...step.groups.flatMap(({ before, gradient }) => gradientPorts(inputName(before), gradient)),
        ...step.statistics.map(({ before, after }) => ({ name: nextName(inputName(before)), value: after })),
        ...Object.entries(resultsOf(step.loss, step.report)).map(([name, value]) => ({ name, value })),
      ],
      bound: new Map([...step.frozen].map(([variable, value]) => [value, elementsOf(variable)])),
    },
    layers,
  );
}

function gradientPorts(parameter: string, gradient: Value): Port[] {
  const scattered = scatterGradientOf(gradient);
  if (!scattered) return [{ name: gradientName(parameter), value: gradient }];
  const { indices, rows } = scattered;
  return [
    { name: indicesName(parameter), value: indices },
    { name: rowsName(parameter), value: rows },
  ];
}

/** Inference of one batch with the losses and metrics of its labels; variables are inputs. */
export function encodeEvaluation(forward: TracedForward, layers?: LayerNames): Uint8Array {
  const inputs: Value[] = [...forward.variables.values()];
  mapBatch(forward.batch, value => inputs.push(value));
  const outputs: Port[] = [
    ...Object.values(forward.outputs).map((value, i) => ({ name: outputName(i), value })),
    ...Object.entries(resultsOf(forward.loss, forward.report)).map(([name, value]) => ({ name, value })),
  ];
  return encodeModel({ inputs: inputs.map(value => ({ name: inputName(value), value })), outputs }, layers);
}
