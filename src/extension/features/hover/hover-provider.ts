import * as vscode from 'vscode';
import { escape, link, paragraphs } from '../../../messages/markdown';
import { COMMANDS } from '../../contributions';
import type { Feature } from '../../lifecycle';
import { annotationAt } from '../../project/advice-placement';
import type { Project } from '../../project/project';
import { fromPosition, toRange } from '../../vscode-conversions';
import { adviceArgument, commandUri } from '../advice/advice-argument';
import type { AnnotationHover } from './hover-markdown';
import { createHoverMarkdown } from '../../user-interface';

/** The advice on what an annotation is about, over the annotation's characters. */
export const hover: Feature = {
  register({ problems, settings }) {
    const provider: vscode.HoverProvider = {
      async provideHover(document, position, token) {
        const scope = problems.of(document);
        if (!scope || !settings.get('hover.enabled', scope.resource)) return undefined;
        const find = () => {
          const file = scope.resolution().fileAt(document.uri.toString());
          return file && annotationAt(file, fromPosition(position));
        };
        if (!find()) return undefined;
        const [{ annotationHover }] = await Promise.all([import('./hover-markdown'), scope.whenReady()]);
        const annotation = find();
        if (token.isCancellationRequested || !annotation) return undefined;
        const content = annotationHover(annotation, scope.resolution());
        return content && new vscode.Hover(toMarkdown(scope, content), toRange(annotation.range));
      },
    };
    return vscode.languages.registerHoverProvider('*', provider);
  },
};

function toMarkdown(scope: Project, content: AnnotationHover): vscode.MarkdownString {
  const { title, reasons, target } = content;
  // A hover shows some ten lines: what to do next stands among them.
  const links = target === undefined ? '' : commands(scope, target);
  return createHoverMarkdown(paragraphs([title, links, reasons]), [COMMANDS.showAdvice, COMMANDS.copyAdvice]);
}

function commands(scope: Project, target: string): string {
  const argument = adviceArgument(scope, target);
  const show = `$(book) ${escape(vscode.l10n.t('Show all advice on {0}', target))}`;
  const copy = `$(copy) ${escape(vscode.l10n.t('Copy as JSON'))}`;
  return [
    link(show, commandUri(COMMANDS.showAdvice, argument)),
    link(copy, commandUri(COMMANDS.copyAdvice, argument)),
  ].join(' · ');
}
