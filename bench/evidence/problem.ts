// The learning problem that the annotations of a record state.
import { annotationsOf, diagnosticsOf, parseText } from '../../src/language/annotated-text';
import { trainingSize, type Dataset, type Problem, type Task } from '../../src/language/learning-problem';
import { resolveProblem } from '../../src/language/resolve-problem';
import type { EvidenceRecord } from './record';

export interface StatedProblem {
  readonly problem: Problem;
  /** Undefined where the annotations do not hold the record's target. */
  readonly task: Task | undefined;
  /** Codes of what is wrong in the annotations and between them. */
  readonly diagnostics: readonly string[];
}

/** Reads the annotations of a record as if they stood in a Python file. */
export function problemOf({
  annotations,
  target,
}: Pick<EvidenceRecord, 'annotations' | 'target'>): StatedProblem {
  const text = parseText(annotations.join('\n'), 'python');
  const problem = resolveProblem([{ file: 'record', annotations: annotationsOf(text) }]);
  return {
    problem,
    task: problem.tasks.find(({ name }) => name === target),
    diagnostics: [...diagnosticsOf(text), ...problem.diagnostics].map(({ code }) => code),
  };
}

/** What the annotations say beside sizes: enough for a reader to know which data was there. */
export interface ProblemShape {
  readonly pipeline: boolean;
  /** Tasks with data of their own, the target not among them. */
  readonly others: number;
  /** Whether a dataset carries labels of the target and of another task. */
  readonly sharedExamples: boolean;
}

/** The data of a target (of the whole way from input to output in a pipeline), and all other data. */
export function datasetsOf({ problem, task }: StatedProblem): {
  readonly own: readonly Dataset[];
  readonly others: readonly Dataset[];
} {
  if (!task) return { own: [], others: [] };
  const pipeline = problem.pipelines.find(each => each.task === task.name);
  const first = pipeline?.steps[0]?.from;
  const names = [task.name, ...(first === undefined ? [] : [`${first}->${task.name}`])];
  const isOwn = (dataset: Dataset): boolean => dataset.tasks.some(name => names.includes(name));
  return {
    own: problem.datasets.filter(isOwn),
    others: problem.datasets.filter(dataset => !isOwn(dataset)),
  };
}

export function shapeOf(stated: StatedProblem): ProblemShape {
  const { problem, task } = stated;
  const { own, others } = datasetsOf(stated);
  return {
    pipeline: task !== undefined && problem.pipelines.some(each => each.task === task.name),
    others: new Set(others.flatMap(({ tasks }) => tasks)).size,
    sharedExamples: own.some(({ tasks }) => tasks.length > 1),
  };
}

/** `1.2M images`, `960 hours`; the sizes of datasets in one unit, added. */
export function sizesInShort(datasets: readonly Dataset[]): string {
  const byUnit = new Map<string, number>();
  for (const dataset of datasets) {
    const size = trainingSize(dataset);
    if (size) byUnit.set(size.unit, (byUnit.get(size.unit) ?? 0) + size.value);
  }
  const sizes = [...byUnit].map(([unit, value]) =>
    unit === 'examples' ? shortNumber(value) : `${shortNumber(value)} ${unit}`,
  );
  return sizes.join(' and ');
}

function shortNumber(value: number): string {
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
}
