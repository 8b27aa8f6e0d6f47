import type { Advice } from '../../advisor/advice';
import { type AdviseOptions, adviseTarget, targetsOf } from '../../advisor/advisor';
import type { Diagnostic, FileDiagnostic } from '../../language/annotation-diagnostics';
import type { Annotation } from '../../language/annotation-model';
import type { Problem, Task } from '../../language/learning-problem';
import { type ResolvedProblem, recheckEditedFile, resolveAll } from '../../language/resolve-problem';

/** The annotations of one file, by the name that messages call it and the URI that the editor does. */
export interface NamedFile {
  readonly name: string;
  readonly uri: string;
  readonly annotations: readonly Annotation[];
  /** What is wrong inside single annotations. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A problem as it stood at one moment, and what follows from it, worked out when it is first asked for. */
export interface Resolution {
  readonly problem: Problem;
  /** The problem that advice is about: with what its well-known checkpoints were trained on, once that is known. */
  readonly advised: Problem;
  readonly files: readonly NamedFile[];
  readonly options: AdviseOptions;
  /** The problem as it was last put together: now, or some keystrokes ago. */
  readonly known: () => ResolvedProblem | undefined;
  /** By the name of a file. */
  readonly file: (name: string) => NamedFile | undefined;
  readonly fileAt: (uri: string) => NamedFile | undefined;
  /** What is wrong in one file: inside its annotations, and between them and others. */
  readonly diagnosticsIn: (file: NamedFile) => readonly Diagnostic[];
  /** The advice on one target. */
  readonly adviceOn: (target: Task) => readonly Advice[];
  /** The same by name; empty where the name is no target's. */
  readonly adviceNamed: (target: string) => readonly Advice[];
  /** The advice on all targets: its time grows with the square of their number. */
  readonly advice: () => readonly Advice[];
}

/** Adds to a problem what is known of the checkpoints that it names. */
export type CountCheckpoints = (problem: Problem) => Problem;

/**
 * @param before the problem as it last stood, to go on from: with most keystrokes only the diagnostics of the edited
 *   file are wanted, and the rest follows when the keys rest
 */
export function resolve(
  files: readonly NamedFile[],
  options: AdviseOptions,
  before?: Resolution,
  countCheckpoints: CountCheckpoints = problem => problem,
): Resolution {
  const annotations = files.map(file => ({ file: file.name, annotations: file.annotations }));
  const base = before?.known();
  let resolved: ResolvedProblem | undefined;
  const all = (): ResolvedProblem => (resolved ??= resolveAll(annotations, base));
  let counted: Problem | undefined;
  const advised = (): Problem => (counted ??= countCheckpoints(all().problem));
  let byName: ReadonlyMap<string, NamedFile> | undefined;
  let between: ReadonlyMap<string, readonly Diagnostic[]> | undefined;
  const advice = new Map<string, readonly Advice[]>();
  const adviceOn = (target: Task): readonly Advice[] => {
    const known = advice.get(target.name);
    if (known) return known;
    const problem = advised();
    const task = problem.tasks.find(({ name }) => name === target.name) ?? target;
    const found = adviseTarget(problem, task, options);
    advice.set(target.name, found);
    return found;
  };
  const betweenFiles = (name: string): readonly Diagnostic[] => {
    const found = resolved || !base ? undefined : recheckEditedFile(base, annotations, name);
    if (found) return found;
    between ??= groupByFile(all().problem.diagnostics);
    return between.get(name) ?? [];
  };
  return {
    get problem() {
      return all().problem;
    },
    get advised() {
      return advised();
    },
    files,
    options,
    known: () => resolved ?? base,
    file: name => (byName ??= new Map(files.map(file => [file.name, file]))).get(name),
    fileAt: uri => files.find(file => file.uri === uri),
    diagnosticsIn: ({ name, diagnostics }) => [...diagnostics, ...betweenFiles(name)],
    adviceOn,
    adviceNamed: name =>
      targetsOf(all().problem)
        .filter(target => target.name === name)
        .flatMap(adviceOn),
    advice: () => targetsOf(all().problem).flatMap(adviceOn),
  };
}

function groupByFile(diagnostics: readonly FileDiagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const group = groups.get(diagnostic.file);
    if (group) group.push(diagnostic);
    else groups.set(diagnostic.file, [diagnostic]);
  }
  return groups;
}
