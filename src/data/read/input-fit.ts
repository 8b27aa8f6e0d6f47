import type { InputPipeline } from './pipeline';
import type { RowReference } from './rows';

/** Gathers what the training rows hold in the input's columns. */
export interface InputFit {
  /** The columns it asks for. */
  readonly columns: readonly string[];
  observe(row: RowReference): void | Promise<void>;
  finish(): InputPipeline | Promise<InputPipeline>;
}
