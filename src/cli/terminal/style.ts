import pc from 'picocolors';
import type { Io, Output } from '../io';

export type Colors = ReturnType<typeof pc.createColors>;

/** How to write to a stream: with which colours, and how wide. */
export interface Style {
  readonly colors: Colors;
  /** In cells; endless where nobody looks at it. */
  readonly width: number;
}

const NARROWEST = 40;

/** Colours and the width of a terminal; neither for a file or a pipe. `NO_COLOR` and `FORCE_COLOR` decide otherwise. */
export function styleOf(output: Output, env: Io['env']): Style {
  const terminal = output.isTTY === true;
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const colored = !env['NO_COLOR'] && (forced || (terminal && env['TERM'] !== 'dumb'));
  return {
    colors: pc.createColors(colored),
    width: terminal ? Math.max(output.columns ?? 80, NARROWEST) : Infinity,
  };
}
