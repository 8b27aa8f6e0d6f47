import type * as vscode from 'vscode';
import { knownLanguages } from '../../annotations/languages/lookup';

/**
 * Selects documents of every language. VS Code asks providers that name a document's language before those that name
 * all, and in places goes no further than the first answer: the languages are named as well.
 */
export const ANY_LANGUAGE: vscode.DocumentSelector = ['*', ...knownLanguages()];
