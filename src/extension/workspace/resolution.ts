import { adviseTarget, targetsOf, type AdviseOptions } from '../../advisor/advise';
import type { Advice, Flip } from '../../advisor/advice';
import { flipsOf } from '../../advisor/flips';
import type { Diagnostic } from '../../annotations/diagnostics';
import type { Annotation } from '../../annotations/model';
import type { Problem, Task } from '../../annotations/problem';
import { resolveProblem, type FileDiagnostic } from '../../annotations/resolve';

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
  readonly files: readonly NamedFile[];
  readonly options: AdviseOptions;
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
  /** What would change the advice. Takes milliseconds: ask only for what is shown. */
  readonly flips: (advice: Advice) => readonly Flip[];
}

export function resolve(files: readonly NamedFile[], options: AdviseOptions): Resolution {
  const problem = resolveProblem(files.map(({ name, annotations }) => ({ file: name, annotations })));
  // A keystroke asks for its own file only.
  let byName: ReadonlyMap<string, NamedFile> | undefined;
  const between = groupByFile(problem.diagnostics);
  const flips = new Map<Advice, readonly Flip[]>();
  const advice = new Map<string, readonly Advice[]>();
  const adviceOn = (target: Task): readonly Advice[] => {
    const known = advice.get(target.name) ?? adviseTarget(problem, target, options);
    advice.set(target.name, known);
    return known;
  };
  return {
    problem,
    files,
    options,
    file: name => (byName ??= new Map(files.map(file => [file.name, file]))).get(name),
    fileAt: uri => files.find(file => file.uri === uri),
    diagnosticsIn: ({ name, diagnostics }) => [...diagnostics, ...(between.get(name) ?? [])],
    adviceOn,
    adviceNamed: name =>
      targetsOf(problem)
        .filter(target => target.name === name)
        .flatMap(adviceOn),
    advice: () => targetsOf(problem).flatMap(adviceOn),
    flips(of) {
      const known = flips.get(of) ?? flipsOf(problem, of, options);
      flips.set(of, known);
      return known;
    },
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
