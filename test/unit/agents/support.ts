import { setImmediate } from 'node:timers/promises';
import type { ToolWorkspace } from '../../../src/agents/advise-tool';
import { annotationsOf, parseText } from '../../../src/language/annotated-text';
import { resolveProblem } from '../../../src/language/resolve-problem';

/** A workspace of one Python file. */
export function workspace(...lines: readonly string[]): ToolWorkspace {
  const parsed = parseText(`${lines.join('\n')}\n`, 'python');
  const problem = resolveProblem([{ file: 'a.py', annotations: annotationsOf(parsed) }]);
  return { problem, options: {}, diagnostics: [] };
}

export const go = async (): Promise<void> => {
  await setImmediate();
};

export const RADIOLOGY = [
  '# @dataset imagenet task=object-recognition input=image:224x224x3 num_examples=1.28M',
  '# @dataset chest-xray task=pneumonia input=image:224x224x3 splits=train:5k,test:600',
  '# @task object-recognition category=image-classification output=class:1000',
  '# @task pneumonia target category=image-classification output=class:2 shares_features_with=object-recognition num_params=25M',
] as const;
