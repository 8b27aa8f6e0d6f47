import assert from 'node:assert/strict';
import { cursorContextAt } from '../../../src/language-service/cursor-context';
import { completesNames } from '../../../src/language-service/known-names';
import { withCursor } from './support';

describe('the names of other files', () => {
  const wanted = (marked: string): boolean => {
    const { text, position } = withCursor(marked);
    const cursor = cursorContextAt(text, position);
    assert.ok(cursor, marked);
    return completesNames(cursor);
  };

  it('are waited for where a name may be written', () => {
    for (const marked of [
      '# @task |',
      '# @pipeline |',
      '# @pipeline t: a -> |',
      '# @dataset a task=|',
      '# @dataset a source_datasets=x,|',
      '# @task t shares_features_with=|',
      '# @dataset a labels_present=|',
    ])
      assert.ok(wanted(marked), marked);
  });

  it('are not waited for elsewhere', () => {
    for (const marked of [
      '# @|',
      '# @dataset |',
      '# @dataset a |',
      '# @dataset a unit=|',
      '# @dataset a labels_present=t:|',
    ])
      assert.ok(!wanted(marked), marked);
  });
});
