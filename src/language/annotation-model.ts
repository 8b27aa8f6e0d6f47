import type { Located, TextRange } from '../common/text-ranges';
import type { Diagnostic, Directive } from './annotation-diagnostics';

export type { Directive };

/** What sizes are counted in. Only units of the same dimension compare (minutes and hours do; hours and examples do not). */
export type Unit =
  'examples' | 'hours' | 'minutes' | 'seconds' | 'tokens' | 'words' | 'characters' | 'sentences';

export interface Size {
  readonly value: number;
  readonly unit: Unit;
}

export type Modality = 'image' | 'audio' | 'text' | 'tabular' | 'video' | 'sequence';

/** The kind of input a dataset holds: `image:224x224x3`, `audio:16kHz`, `tabular:64`, `sequence:100x40`, … */
export type InputSpec =
  | {
      readonly modality: 'image';
      readonly height?: number;
      readonly width?: number;
      readonly channels?: number;
    }
  | { readonly modality: 'audio'; readonly sampleRate?: number }
  | { readonly modality: 'tabular'; readonly columns?: number }
  | { readonly modality: 'sequence'; readonly length?: number; readonly features?: number }
  | { readonly modality: 'text' }
  | { readonly modality: 'video' };

/** What a task predicts: `class:10`, `labels:14`, `real:1`, `box`, `sequence`. */
export interface OutputSpec {
  readonly kind: 'class' | 'labels' | 'real' | 'box' | 'sequence';
  readonly size?: number;
}

/** One step of a pipeline: `audio->phonemes`. */
export interface Step {
  readonly from: string;
  readonly to: string;
}

/** A task a dataset has labels for: a name, or a step of a pipeline (`audio->transcript`). */
export interface TaskReference {
  readonly name: string;
  readonly step?: Step;
}

/** Which tasks have lower-level features in common with a task: those named, or none at all. */
export type SharedFeatures =
  { readonly kind: 'none' } | { readonly kind: 'tasks'; readonly tasks: readonly Located<string>[] };

export interface DatasetFields {
  readonly task?: Located<readonly Located<TaskReference>[]>;
  readonly input?: Located<InputSpec>;
  readonly num_examples?: Located<number>;
  readonly unit?: Located<Unit>;
  readonly splits?: Located<readonly { readonly name: Located<string>; readonly count: Located<number> }[]>;
  /** Share of the examples that carry a label, 0 to 1: one for all tasks (`task` absent), or one per task. */
  readonly labels_present?: Located<
    readonly { readonly task?: Located<string>; readonly share: Located<number> }[]
  >;
  /** The column or target that holds the label: one (`task` absent), or one per task. */
  readonly label?: Located<readonly { readonly task?: Located<string>; readonly column: Located<string> }[]>;
  readonly positive?: Located<string>;
  readonly path?: Located<string>;
  /** Columns that are the input, and columns that are none. */
  readonly features?: Located<readonly Located<string>[]>;
  readonly ignore?: Located<readonly Located<string>[]>;
  readonly group?: Located<string>;
  readonly time?: Located<string>;
  readonly sensor?: Located<string>;
  readonly instances_per_example?: Located<number>;
  /** A file, a folder or a well-known name. */
  readonly checkpoint?: Located<string>;
  readonly source_datasets?: Located<readonly Located<string>[]>;
}

export interface TaskFields {
  readonly target?: Located<true>;
  readonly category?: Located<string>;
  readonly input?: Located<InputSpec>;
  readonly output?: Located<OutputSpec>;
  readonly metric?: Located<string>;
  readonly shares_features_with?: Located<SharedFeatures>;
  readonly num_params?: Located<number>;
  readonly train?: Located<string>;
  readonly checkpoint?: Located<string>;
}

export interface PipelineFields {
  /** The values a pipeline passes through, in order: `audio -> phonemes -> words`. */
  readonly steps?: Located<readonly Located<string>[]>;
  readonly engineered?: Located<readonly Located<Step>[]>;
  readonly modules?: Located<readonly { readonly step: Located<Step>; readonly module: Located<string> }[]>;
}

interface AnnotationBase {
  /** Absent where the name is missing; the annotation is then reported and takes no part in the problem. */
  readonly name?: Located<string>;
  /** From the `@` to the end of the last token, over continued lines. */
  readonly range: TextRange;
  readonly directiveRange: TextRange;
  /** Where each key stands as the user wrote it, aliases resolved. */
  readonly keys: Readonly<Record<string, Located<string>>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DatasetAnnotation extends AnnotationBase {
  readonly directive: 'dataset';
  readonly fields: DatasetFields;
}
export interface TaskAnnotation extends AnnotationBase {
  readonly directive: 'task';
  readonly fields: TaskFields;
}
export interface PipelineAnnotation extends AnnotationBase {
  readonly directive: 'pipeline';
  readonly fields: PipelineFields;
}

export type Annotation = DatasetAnnotation | TaskAnnotation | PipelineAnnotation;

/** An annotation with its file and, resolved, its name. */
export interface DeclaredAnnotation<A extends Annotation = Annotation> {
  readonly file: string;
  readonly name: Located<string>;
  readonly annotation: A;
}
