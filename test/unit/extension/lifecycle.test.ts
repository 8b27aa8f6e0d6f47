import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Disposable } from '../../../src/extension/disposables';
import { type Feature, lifecycle } from '../../../src/extension/lifecycle';

const shared = { dispose: (): void => undefined };
const start = (): Disposable => shared;

function recorded(events: string[], name: string): Feature<Disposable> {
  return {
    register() {
      events.push(`start ${name}`);
      return { dispose: () => void events.push(`end ${name}`) };
    },
  };
}

function context(): { given: vscode.ExtensionContext; subscriptions: Disposable[] } {
  const subscriptions: Disposable[] = [];
  return { given: { subscriptions } as unknown as vscode.ExtensionContext, subscriptions };
}

describe('lifecycle', () => {
  it('starts features in order and ends them in reverse', () => {
    const events: string[] = [];
    const { activate, deactivate } = lifecycle(start, [
      recorded(events, 'parser'),
      recorded(events, 'hover'),
    ]);
    activate(context().given);
    deactivate();
    assert.deepEqual(events, ['start parser', 'start hover', 'end hover', 'end parser']);
  });

  it('ends each feature once, although VS Code disposes of the subscriptions after deactivating', () => {
    const events: string[] = [];
    const { activate, deactivate } = lifecycle(start, [recorded(events, 'hover')]);
    const { given, subscriptions } = context();
    activate(given);
    deactivate();
    for (const subscription of subscriptions) subscription.dispose();
    assert.deepEqual(events, ['start hover', 'end hover']);
  });

  it('ends what had started where a later feature fails to', () => {
    const events: string[] = [];
    const failing: Feature<Disposable> = {
      register() {
        throw new Error('no such thing');
      },
    };
    const { activate } = lifecycle(start, [recorded(events, 'hover'), failing]);
    const { given, subscriptions } = context();
    assert.throws(() => {
      activate(given);
    }, /no such thing/);
    for (const subscription of subscriptions) subscription.dispose();
    assert.deepEqual(events, ['start hover', 'end hover']);
  });

  it('ends what the features share after the features', () => {
    const events: string[] = [];
    const services = { dispose: () => void events.push('end services') };
    const { activate, deactivate } = lifecycle(() => services, [recorded(events, 'hover')]);
    activate(context().given);
    deactivate();
    assert.deepEqual(events, ['start hover', 'end hover', 'end services']);
  });

  it('can start again', () => {
    const events: string[] = [];
    const { activate, deactivate } = lifecycle(start, [recorded(events, 'hover')]);
    activate(context().given);
    deactivate();
    activate(context().given);
    deactivate();
    assert.deepEqual(events, ['start hover', 'end hover', 'start hover', 'end hover']);
  });
});
