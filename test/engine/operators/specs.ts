import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
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
}

/** Runs all specs with convolutions in blocks of `block` channels (1: none) and sorts their outcomes. */
export function runSpecs(bundle: string, block: number): Outcome {
  const file = join(FOLDER, `operators-${block}.json`);
  const run = spawnSync(process.execPath, [bundle, file], {
    encoding: 'utf8',
    env: { ...process.env, CHANNEL_BLOCK: String(block) },
    timeout: 280_000,
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  return sorted(JSON.parse(readFileSync(file, 'utf8')) as SpecResult[]);
}

function sorted(results: readonly SpecResult[]): Outcome {
  const reasons: Record<string, number> = {};
  const failed: SpecResult[] = [];
  for (const result of results.filter(({ status }) => status === 'failed')) {
    const reason = whyNotApplicable(result);
    if (reason === undefined) failed.push(result);
    else reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  const count = (status: string): number => results.filter(result => result.status === status).length;
  return { passed: count('passed'), notApplicable: reasons, failed, skipped: count('pending') };
}

/** The reason on the checked-in list, if what the spec reports is on it. */
function whyNotApplicable({ name, messages }: SpecResult): string | undefined {
  const text = messages.join('\n');
  const kernel = /Kernel '(\w+)' not registered/.exec(text)?.[1];
  const kernels: Readonly<Record<string, string>> = notApplicable.kernels;
  if (kernel !== undefined && kernels[kernel] !== undefined) return kernels[kernel];
  const message = Object.entries(notApplicable.messages).find(([part]) => text.includes(part));
  if (message) return message[1];
  return Object.entries(notApplicable.specs).find(([pattern]) => new RegExp(`^${pattern}`).test(name))?.[1];
}
