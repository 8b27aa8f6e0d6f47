import * as vscode from 'vscode';
import { inlayHintsIn, sourceRatio } from '../../../language-service/inlay-hints';
import { disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';

/** What values mean, behind them: counts in full, totals, ratios. */
export const inlayHints: Feature = {
  register({ problems, settings }) {
    const held = disposables();
    const changed = held.add(new vscode.EventEmitter<void>());
    held.add(
      problems.onDidSettle(() => {
        changed.fire();
      }),
    );
    const provider: vscode.InlayHintsProvider = {
      onDidChangeInlayHints: changed.event,
      provideInlayHints(document, range) {
        const scope = problems.of(document);
        const text = problems.textOf(document);
        if (!scope || !text || text.placed.length === 0) return [];
        if (!settings.get('inlayHints.enabled', scope.resource)) return [];
        const { problem, adviceNamed } = scope.resolution();
        return inlayHintsIn(text, dataset => sourceRatio(problem, dataset, adviceNamed)).flatMap(
          ({ position, label, tooltip }) => {
            const at = new vscode.Position(position.line, position.column);
            if (!range.contains(at)) return [];
            const hint = new vscode.InlayHint(at, label);
            hint.paddingLeft = true;
            if (tooltip !== undefined) hint.tooltip = tooltip;
            return [hint];
          },
        );
      },
    };
    held.add(vscode.languages.registerInlayHintsProvider('*', provider));
    return held;
  },
};
