import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { OnigScanner, OnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, Registry, parseRawGrammar } from 'vscode-textmate';
import type { IGrammar } from 'vscode-textmate';

/** The repository's root. */
export const ROOT = path.join(__dirname, '../../..');
const OURS = path.join(ROOT, 'syntaxes');
const LANGUAGES = path.join(ROOT, 'node_modules/tm-grammars/grammars');

/** One token: its text, where it begins, and its scopes from the language outwards in. */
export interface Token {
  readonly text: string;
  readonly column: number;
  readonly scopes: readonly string[];
}

/** Scope name to file for every grammar in a folder. */
function grammarsIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => {
      const file = path.join(folder, name);
      const { scopeName } = JSON.parse(readFileSync(file, 'utf8')) as { scopeName: string };
      return [scopeName, file] as const;
    });
  return new Map(entries);
}

const injected = grammarsIn(OURS);
const files = new Map([...grammarsIn(LANGUAGES), ...injected]);
/** Scope names of the grammars this extension contributes. */
export const INJECTIONS: readonly string[] = [...injected.keys()];

function registry(injections: readonly string[]): Registry {
  const wasm = readFileSync(path.join(ROOT, 'node_modules/vscode-oniguruma/release/onig.wasm'));
  const onigLib = loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)).then(
    () => ({
      createOnigScanner: (patterns: string[]) => new OnigScanner(patterns),
      createOnigString: (text: string) => new OnigString(text),
    }),
  );
  return new Registry({
    onigLib,
    // Languages refer to some grammars that the collection lacks; an empty one stands in, as in the editor.
    loadGrammar: scope => {
      const file = files.get(scope);
      const empty = { scopeName: scope, patterns: [], repository: {} };
      return Promise.resolve(
        file === undefined
          ? parseRawGrammar(JSON.stringify(empty), 'empty.json')
          : parseRawGrammar(readFileSync(file, 'utf8'), file),
      );
    },
    getInjections: scope => (injections.includes(scope) ? [] : [...injections]),
  });
}

const withInjections = registry(INJECTIONS);
const plain = registry([]);

async function load(scope: string, from: Registry): Promise<IGrammar> {
  if (!files.has(scope)) throw new Error(`No grammar for ${scope}.`);
  const grammar = await from.loadGrammar(scope);
  if (!grammar) throw new Error(`The grammar for ${scope} did not load.`);
  return grammar;
}

function tokensOf(grammar: IGrammar, lines: readonly string[]): readonly (readonly Token[])[] {
  let state = INITIAL;
  return lines.map(line => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map(token => ({
      text: line.slice(token.startIndex, token.endIndex),
      column: token.startIndex,
      scopes: token.scopes,
    }));
  });
}

/** The tokens of each line, as the editor would make them with this extension installed. */
export async function tokenize(scope: string, text: string): Promise<readonly (readonly Token[])[]> {
  return tokensOf(await load(scope, withInjections), text.split('\n'));
}

/** The same without this extension. */
export async function tokenizePlain(scope: string, text: string): Promise<readonly (readonly Token[])[]> {
  return tokensOf(await load(scope, plain), text.split('\n'));
}

/** This extension's scopes on a token, without their common ending. */
export function marks(token: Token): readonly string[] {
  const ending = '.strategy-advisor';
  return token.scopes
    .filter(scope => scope.endsWith(ending) && !/^(?:comment|meta\.annotation)\b/.test(scope))
    .map(scope => scope.slice(0, -ending.length));
}

/** Each highlighted piece of a line as `column text scope scope`. */
export function highlighted(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter(token => marks(token).length > 0)
    .map(token => `${token.column} ${token.text} ${marks(token).join(' ')}`);
}
