import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import notApplicable from './not-applicable.json';
import type { SpecResult } from './run';

const FOLDER = join(process.cwd(), 'dist/test');

/**
 * Bundles TensorFlow.js's specs with the compiler, for one run (others may go on beside it); annotations are ignored,
 * or the specs would be dropped.
 */
export function bundleSpecs(block: number): string {
  const bundle = join(FOLDER, `operators-${block}.cjs`);
  mkdirSync(FOLDER, { recursive: true });
  buildSync({
    entryPoints: ['test/engine/operators/run.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    ignoreAnnotations: true,
    external: ['onnxruntime-node', 'jasmine', 'jasmine-core'],
    logLevel: 'error',
  });
  return bundle;
}

export interface Outcome {
  readonly passed: number;
  /** Specs outside what the compiler does, by reason. */
  readonly notApplicable: Readonly<Record<string, number>>;
  readonly failed: readonly SpecResult[];
  /** Specs that TensorFlow.js itself skips on backends that read asynchronously. */
  readonly skipped: number;
  /** Specs that call a kernel with a lowering, and nothing that is outside the engine's scope. */
  readonly within: Share;
  /** The same for each kernel. */
  readonly kernels: ReadonlyMap<string, Share>;
}

export interface Share {
  readonly passed: number;
  readonly all: number;
}

/** Runs all specs with convolutions in blocks of `block` channels (1: none) and sorts their outcomes. */
export function runSpecs(bundle: string, block: number): Outcome {
  const file = join(FOLDER, `operators-${block}.json`);
  // What an earlier run left is no outcome of this one.
  rmSync(file, { force: true });
  const run = spawnSync(process.execPath, [bundle, file], {
    encoding: 'utf8',
    env: { ...process.env, CHANNEL_BLOCK: String(block) },
    timeout: 280_000,
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) {
    throw new Error(`The specs ended with ${run.signal ?? `status ${String(run.status)}`}: ${run.stderr}`);
  }
  return sorted(JSON.parse(readFileSync(file, 'utf8')) as SpecResult[]);
}

export function sorted(results: readonly SpecResult[]): Outcome {
  const count = (status: string): number => results.filter(result => result.status === status).length;
  const reasons: Record<string, number> = {};
  const failed: SpecResult[] = [];
  const within: SpecResult[] = [];
  for (const result of results.filter(({ status }) => status !== 'pending')) {
    const excuse = result.status === 'passed' ? undefined : excuseOf(result);
    if (excuse) reasons[excuse.reason] = (reasons[excuse.reason] ?? 0) + 1;
    else if (result.status !== 'passed') failed.push(result);
    if (result.kernels.length > 0 && excuse?.isOutside !== true) within.push(result);
  }
  const kernels = [...new Set(within.flatMap(result => result.kernels))].sort();
  return {
    passed: count('passed'),
    notApplicable: reasons,
    failed,
    skipped: count('pending'),
    within: shareOf(within),
    kernels: new Map(
      kernels.map(name => [name, shareOf(within.filter(result => result.kernels.includes(name)))]),
    ),
  };
}

function shareOf(results: readonly SpecResult[]): Share {
  return { passed: results.filter(({ status }) => status === 'passed').length, all: results.length };
}

interface Excuse {
  readonly reason: string;
  /** Whether the spec needs a kernel without a lowering or a type other than float32, int32 and bool. */
  readonly isOutside: boolean;
}

/** The reason on the checked-in list, if what the spec reports is on it. */
function excuseOf({ name, messages }: SpecResult): Excuse | undefined {
  const text = messages.join('\n');
  const kernel = /Kernel '(\w+)' not registered/.exec(text)?.[1];
  const kernels: Readonly<Record<string, string>> = notApplicable.kernels;
  const outside =
    (kernel === undefined ? undefined : kernels[kernel]) ??
    Object.entries(notApplicable.types).find(([part]) => text.includes(part))?.[1];
  if (outside !== undefined) return { reason: outside, isOutside: true };
  const refused = notApplicable.refused.find(
    ({ specs, message }) => named(name, specs) && text.includes(message),
  );
  const reason =
    refused?.reason ??
    Object.entries({ ...notApplicable.inexact, ...notApplicable.other }).find(([specs]) =>
      named(name, specs),
    )?.[1];
  return reason === undefined ? undefined : { reason, isOutside: false };
}

function named(name: string, specs: string): boolean {
  return new RegExp(`^${specs}`).test(name);
}
