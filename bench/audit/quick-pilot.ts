import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planPilot } from '../../src/experiments';
import { type FinishedPretraining, type FinishedTrial } from '../../src/experiments/report/arm-results';
import { buildReport } from '../../src/experiments/report/build-report';
import { annotationsOf, parseText } from '../../src/language/annotated-text';
import { resolveProblem } from '../../src/language/resolve-problem';
import type { PilotReport } from '../../src/protocol/pilot-report';
import { withSteps, defaultSettings } from '../../src/training/default-settings';
import { runJob } from '../../src/training/run-job';

export interface QuickProject {
  readonly files: Readonly<Record<string, string>>;
  readonly annotations: readonly string[];
  readonly task: string;
  readonly sizes: readonly number[];
  readonly seeds: number;
  /** Steps of each training; one learning rate is tried. */
  readonly steps: number;
}

/**
 * A pilot on tables, planned, trained and judged by the product's own functions, but in this process and with few steps:
 * starting processes and choosing rates takes most of a small pilot's time, and says nothing of how it decides.
 */
export async function quickPilot(project: QuickProject): Promise<PilotReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'strategy-advisor-audit-'));
  try {
    return await pilotIn(folder, project);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pilotIn(
  folder: string,
  { files, annotations, task, sizes, seeds, steps }: QuickProject,
): Promise<PilotReport> {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const text = parseText(annotations.map(line => `# ${line}`).join('\n'), 'python');
  const problem = resolveProblem([{ file: 'train.py', annotations: annotationsOf(text) }]);
  const cache = path.join(folder, 'cache');
  const settings = { ...withSteps(defaultSettings('columns', 0), steps), learningRates: [0.01] };
  const plan = await planPilot(problem, task, {
    cache,
    locate: dataset =>
      dataset.path === undefined
        ? undefined
        : { kind: 'local', path: path.resolve(folder, dataset.path), exists: true },
    sizes,
    seeds,
    settings,
  });
  const folderOf = (job: string): string => {
    const own = path.join(folder, 'jobs', job);
    mkdirSync(own, { recursive: true });
    return own;
  };
  const { signal } = new AbortController();
  const pretrained: FinishedPretraining[] = [];
  const finished: FinishedTrial[] = [];
  for (const spec of plan.jobs) {
    const context = { folder: folderOf(spec.id), folderOf, cache, signal, onEvent: () => undefined };
    const result = await runJob(spec, context);
    if (spec.kind === 'pretrain') pretrained.push({ spec, result });
    else
      finished.push({
        spec,
        result,
        pretraining: pretrained.filter(each => spec.needs.includes(each.spec.id)),
      });
  }
  return buildReport({ ...plan, id: 'audit' }, finished, 0, pretrained);
}
