import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

/** The pages for readers, from the root: README.md and whatever stands in docs/ and beside examples. */
export function pages(): string[] {
  const docs = readdirSync(path.join(ROOT, 'docs')).filter(name => name.endsWith('.md'));
  return [
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'CODE_OF_CONDUCT.md', 'SECURITY.md'],
    ...['examples/README.md', 'evidence/README.md', 'third-party/README.md'],
    ...docs.map(name => `docs/${name}`),
  ];
}

export function readPage(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

export function exists(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

/** A fenced block, with the lines or items of the quotation right behind it. */
export interface Fence {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly quoted: readonly string[];
}

/** The fenced blocks of a page, in order. */
export function fencesIn(page: string): Fence[] {
  return [...page.matchAll(/^```(\w*)\n([^]*?)^```\n(?:\n((?:^>.*\n?)+))?/gm)].map(match => ({
    line: page.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    text: match[2] ?? '',
    quoted: (match[3] ?? '')
      .split('\n')
      .flatMap(line => (line.startsWith('> ') ? [line.replace(/^> (?:- )?/, '')] : [])),
  }));
}

/** A page without what stands in code. */
export function withoutCode(page: string): string {
  return page.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = page.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, text = '']) => slug(text)));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
