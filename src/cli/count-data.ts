import path from 'node:path';
import { countRequest } from '../workspace/sizes/request';
import type { Count } from './inspect';
import { messages } from './language';

/** Counts what lies at a path. Reading data is loaded with the first one: advice starts without it. */
export const countData: Count = async (dataset, place, { cwd, signal }) => {
  const { countDataset, setMessages } = await import('../data');
  setMessages(messages());
  const { path: asked, ...options } = countRequest(dataset, place);
  const { counted, stated, issues } = await countDataset(asked, {
    ...options,
    ...(signal ? { signal } : {}),
  });
  // Messages name files as the user would.
  const relative = (text: string): string => text.replaceAll(`${cwd}${path.sep}`, '');
  return {
    ...(counted ? { counted } : {}),
    documented: stated.map(each => ({ ...each, from: relative(each.from) })),
    issues: issues.map(issue => ({
      ...issue,
      message: relative(issue.message),
      ...(issue.where ? { where: issue.where.map(relative) } : {}),
    })),
  };
};
