import type { Advice } from '../../advisor/advice';
import { targetsOf } from '../../advisor/advisor';
import { type Position, contains } from '../../common/text-ranges';
import type { Annotation } from '../../language/annotation-model';
import type { FileLocation, Task } from '../../language/learning-problem';
import type { NamedFile, Resolution } from './project-resolution';

/** Advice that is shown at one line: all there is on one target. */
export interface PlacedAdvice {
  readonly uri: string;
  readonly line: number;
  readonly task: string;
  /** The target first, then its stages. */
  readonly advice: readonly Advice[];
  /** Whether the annotation on that line declares what the advice is about. */
  readonly isNamed: boolean;
}

/** The annotation at a position of a file. */
export function annotationAt(file: NamedFile, position: Position): Annotation | undefined {
  return file.annotations.find(({ range }) => contains(range, position));
}

/**
 * Where each piece of advice belongs: that on a target at its `@task`, else its `@pipeline`, else the dataset
 * that first names it; that on a stage at the stage's data. One for each target and line. Only what belongs in
 * the files `uris` is worked out, and all pipelines, whose stages may lie in any file.
 */
export function placeAdvice(resolution: Resolution, uris: ReadonlySet<string>): readonly PlacedAdvice[] {
  const places = new Map<string, PlacedAdvice>();
  const { problem } = resolution;
  const isNear = ({ name, reference }: Task): boolean =>
    uris.has(resolution.file(reference.file)?.uri ?? '') ||
    problem.pipelines.some(({ task }) => task === name);
  for (const advice of targetsOf(problem).filter(isNear).flatMap(resolution.adviceOn)) {
    const reference = placeOf(resolution, advice);
    const file = resolution.file(reference.file);
    const annotation = file && annotationAt(file, reference.range.start);
    if (!file || !annotation) continue;
    const { line } = annotation.range.start;
    const key = `${file.uri} ${line} ${advice.task}`;
    const known = places.get(key);
    const isNamed = annotation.directive !== 'dataset' && annotation.name?.value === advice.task;
    places.set(key, {
      uri: file.uri,
      line,
      task: advice.task,
      advice: [...(known?.advice ?? []), advice],
      isNamed: known?.isNamed ?? isNamed,
    });
  }
  return [...places.values()];
}

function placeOf({ problem }: Resolution, advice: Advice): FileLocation {
  if (advice.stage !== undefined) return advice.reference;
  return problem.tasks.find(({ name }) => name === advice.task)?.reference ?? advice.reference;
}
