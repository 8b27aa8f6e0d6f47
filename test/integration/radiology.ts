import * as vscode from 'vscode';
import { rangeOf } from './extension';

/**
 * A small problem, an annotation a line. Names differ from test to test: files of the one before may be known for a
 * moment longer.
 */
export function radiology(tag: string): readonly string[] {
  return [
    `@dataset big-pictures-${tag} task=big-objects-${tag} input=image:224x224x3 num_examples=1.28M`,
    `@dataset few-films-${tag} task=few-signs-${tag} input=image:224x224x3 num_examples=5k path=data`,
    `@task few-signs-${tag} target`,
  ];
}

/** Where a provider leads from a text: "a.py:2:8", in their order. */
export async function placesFrom(
  command: string,
  document: vscode.TextDocument,
  text: string,
): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    command,
    document.uri,
    rangeOf(document, text).start.translate(0, 1),
  );
  return found.map(({ uri, range }) => placeName(uri, range)).sort();
}

/** Where a text stands in a document, as {@link placesFrom} names places. */
export function placesOf(document: vscode.TextDocument, text: string): string[] {
  const whole = document.getText();
  const places: string[] = [];
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    const start = document.positionAt(at);
    places.push(placeName(document.uri, new vscode.Range(start, start)));
  }
  return places;
}

function placeName(uri: vscode.Uri, { start }: vscode.Range): string {
  return `${uri.path.replace(/.*[-/]/, '')}:${start.line}:${start.character}`;
}
