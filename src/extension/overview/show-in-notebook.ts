import * as vscode from 'vscode';
import type { Reference } from '../../annotations/problem';
import { toRange } from '../convert';
import type { Services } from '../services';
import { placeOf } from '../workspace/closed-notebooks';

/** Opens the notebook that a reference names at the cell that is annotated. */
export async function showInNotebook(
  { problems }: Services,
  key: string,
  reference: Reference,
): Promise<void> {
  const scope = problems.withKey(key);
  const place = scope && (await placeOf(scope, reference));
  if (place)
    await vscode.commands.executeCommand('vscode.open', place.uri, { selection: toRange(place.range) });
}
