import { runCli } from '../../../src/cli/command-dispatch';
import type { Output } from '../../../src/cli/printer';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The width of the terminal that both streams are; a pipe where absent. */
  readonly columns?: number;
}

/** Runs the command line inside this process and keeps what it writes. */
export async function cli(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const { cwd = process.cwd(), env = {}, columns } = surroundings;
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    write: text => (written[name] += text),
    ...(columns === undefined ? {} : { isTTY: true, columns }),
  });
  const status = await runCli(args, { stdout: output('stdout'), stderr: output('stderr'), cwd, env });
  return { status, ...written };
}

/** A small problem with something to transfer from. */
export const RADIOLOGY = [
  '# @dataset imagenet task=object-recognition input=image:224x224x3 num_examples=1.28M',
  '# @dataset chest-xray task=pneumonia input=image:224x224x3 num_examples=5k',
  '# @task pneumonia target output=class:2 shares_features_with=object-recognition num_params=25M',
  '',
].join('\n');
