import assert from 'node:assert/strict';
import { advise } from '../../../src/advisor/advisor';
import { noteText } from '../../../src/messages/note-text';
import { problemOfFiles } from './helpers';

/** Projects of three tasks each, in a folder of their own; every other one reads images, the rest text. */
function monorepo(projects: number, more = ''): Record<string, string[]> {
  return Object.fromEntries(
    Array.from({ length: projects }, (_, p) => {
      const input = p % 2 === 0 ? 'image' : 'text';
      const tasks = ['a', 'b', 'c'].flatMap((name, i) => [
        `@dataset ${name}-data-${p} task=${name}-${p} input=${input} num_examples=${1000 * 10 ** i}`,
        `@task ${name}-${p} target category=${input}-classification${name === 'a' && p === 0 ? more : ''}`,
      ]);
      return [`project-${p}/train.py`, tasks];
    }),
  );
}

/** The tasks that the advice on a target looked at, and how many it says it left out. */
function lookedAt(files: Record<string, string[]>, target: string): { tasks: string[]; leftOut: number } {
  const advice = advise(problemOfFiles(files)).find(({ task }) => task === target);
  const tasks = (advice?.conditions ?? []).flatMap(each => (each.id === 'features-help' ? each.tasks : []));
  const note = advice?.notes.find(each => each.id === 'left-out-of-scope');
  return { tasks: [...new Set(tasks)].sort(), leftOut: note?.tasks ?? 0 };
}

describe('the candidates of a target', () => {
  it('are all other tasks of a small workspace', () => {
    assert.equal(lookedAt(monorepo(13), 'a-0').leftOut, 0);
  });

  it('are those of its folder in a large one, and a few that are alike', () => {
    const { tasks, leftOut } = lookedAt(monorepo(30), 'a-0');
    assert.ok(tasks.includes('b-0') && tasks.includes('c-0'));
    assert.ok(tasks.every(name => Number(name.split('-')[1]) % 2 === 0));
    assert.equal(leftOut, 90 - 1 - 2 - 4);
  });

  it('are any that it declares, wherever they stand', () => {
    const { tasks, leftOut } = lookedAt(monorepo(30, ' shares_features_with=c-20'), 'a-0');
    assert.ok(tasks.includes('c-20'));
    assert.equal(leftOut, 90 - 1 - 2 - 1 - 4);
  });

  it('are said to be left out', () => {
    assert.equal(
      noteText({ id: 'left-out-of-scope', tasks: 83 }),
      '83 tasks of other folders are not considered. Name those that may help in shares_features_with.',
    );
  });
});
