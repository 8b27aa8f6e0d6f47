import * as vscode from 'vscode';
import type { Advice } from '../../../advisor/advice';
import { recommendationSummary, strategyCodicon } from '../../../messages/advice-summary';
import { certaintyName } from '../../../messages/outlook-text';
import { annotationAt } from '../../project/advice-placement';
import type { Project } from '../../project/project';
import type { ProjectRegistry } from '../../project/project-registry';
import { fromPosition } from '../../vscode-conversions';
import { showInformationMessage, showQuickPick, type Choice, withProgress } from '../../user-interface';
import { type AdviceArgument, adviceArgument } from './advice-argument';

/** Whether what a command was called with names some advice; a menu or a key gives it other things. */
function isAdviceArgument(value: unknown): value is AdviceArgument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'scope' in value &&
    typeof value.scope === 'string' &&
    'task' in value &&
    typeof value.task === 'string'
  );
}

interface Item extends Choice {
  readonly argument: AdviceArgument;
}

/**
 * Which advice a command is about: what it was called with, the only advice there is, or what the user picks;
 * the target under the cursor stands first. `undefined` where there is none, which is said, or none was picked.
 */
export async function pickAdvice(
  problems: ProjectRegistry,
  given: unknown,
): Promise<AdviceArgument | undefined> {
  if (isAdviceArgument(given)) return given;
  const scopes = problems.all();
  await withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading annotations') },
    () => Promise.all(scopes.map(scope => scope.whenReady())),
  );
  const items = scopes.flatMap(scope => itemsOf(scope, scopes.length > 1));
  const [only] = items;
  if (!only) {
    const example = '# @dataset NAME task=TASK num_examples=5k';
    void showInformationMessage(
      vscode.l10n.t('No annotations found. Write one in a comment, for example: {0}', example),
    );
    return undefined;
  }
  if (items.length === 1) return only.argument;
  const under = underCursor(problems);
  items.sort((one, other) => Number(isSame(other.argument, under)) - Number(isSame(one.argument, under)));
  const placeHolder = vscode.l10n.t('Select a target to show its advice');
  return (await showQuickPick(items, { placeHolder, matchOnDescription: true }))?.argument;
}

function itemsOf(scope: Project, manyScopes: boolean): Item[] {
  const seen = new Set<string>();
  return scope
    .resolution()
    .advice()
    .filter(({ task }) => !seen.has(task) && seen.add(task))
    .map(advice => toItem(scope, advice, manyScopes));
}

function toItem(scope: Project, advice: Advice, manyScopes: boolean): Item {
  return {
    label: advice.task,
    icon: strategyCodicon(advice.recommendation),
    description: `${recommendationSummary(advice)} · ${certaintyName(advice)}`,
    ...(manyScopes ? { detail: scope.name } : {}),
    argument: adviceArgument(scope, advice.task),
  };
}

/** The target of the annotation that the cursor is in, or of the nearest one above it. */
function underCursor(problems: ProjectRegistry): AdviceArgument | undefined {
  const editor = vscode.window.activeTextEditor;
  const scope = editor && problems.of(editor.document);
  const file = scope?.resolution().fileAt(editor?.document.uri.toString() ?? '');
  if (!editor || !scope || !file) return undefined;
  const cursor = fromPosition(editor.selection.active);
  const annotation =
    annotationAt(file, cursor) ?? file.annotations.findLast(({ range }) => range.start.line <= cursor.line);
  if (!annotation) return undefined;
  const named =
    annotation.directive === 'dataset'
      ? (annotation.fields.task?.value.map(({ value }) => value.name) ?? [])
      : [annotation.name?.value];
  const target = scope
    .resolution()
    .advice()
    .find(({ task, stage }) => named.includes(task) || (stage !== undefined && named.includes(stage)));
  return target && adviceArgument(scope, target.task);
}

function isSame(one: AdviceArgument, other: AdviceArgument | undefined): boolean {
  return one.scope === other?.scope && one.task === other.task;
}
