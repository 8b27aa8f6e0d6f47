import type { Annotation } from '../annotations/model';
import { contains, type Position } from '../annotations/text';
import { isName } from '../annotations/values';
import { namesIn, type Occurrence } from './names';

/** The annotations of one file. */
export interface SourceFile {
  readonly uri: string;
  readonly annotations: readonly Annotation[];
}

/** A name and the file it stands in. */
export interface Place {
  readonly uri: string;
  readonly occurrence: Occurrence;
}

/** The name at a position of a file; the position behind its last character counts. */
export function nameAt(file: SourceFile, position: Position): Occurrence | undefined {
  return file.annotations
    .filter(({ range }) => contains(range, position))
    .flatMap(namesIn)
    .find(({ range }) => contains(range, position));
}

/** Every place where the same name stands, file by file. */
export function placesOf(files: readonly SourceFile[], { kind, name }: Occurrence): readonly Place[] {
  return files.flatMap(({ uri, annotations }) =>
    annotations
      .flatMap(namesIn)
      .filter(occurrence => occurrence.kind === kind && occurrence.name === name)
      .map(occurrence => ({ uri, occurrence })),
  );
}

/** Where a name is declared; for one that is only inferred, the pipeline or the first place that names it. */
export function definitionsOf(files: readonly SourceFile[], wanted: Occurrence): readonly Place[] {
  const places = placesOf(files, wanted);
  const declared = places.filter(({ occurrence }) => occurrence.role === 'declaration');
  if (declared.length > 0) return declared;
  const pipelines = places.filter(({ occurrence }) => occurrence.role === 'pipeline');
  return pipelines.length > 0 ? pipelines : places.slice(0, 1);
}

/** Why a name cannot be changed into another. */
export type RenameProblem = 'bad-name' | 'taken' | undefined;

/**
 * Whether all places of a name may say `newName` instead. What is declared already would become one with it,
 * and `none` means no task where features are shared.
 */
export function renameProblem(
  files: readonly SourceFile[],
  occurrence: Occurrence,
  newName: string,
): RenameProblem {
  if (!isName(newName) || newName === 'none') return 'bad-name';
  if (newName === occurrence.name) return undefined;
  return placesOf(files, { ...occurrence, name: newName }).length > 0 ? 'taken' : undefined;
}
