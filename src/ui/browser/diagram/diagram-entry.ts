// The script of the diagram.
import './diagram.css';
import * as l10n from '@vscode/l10n';
import {
  type DiagramPageState,
  type FromDiagramPage,
  type ToDiagramPage,
  readDiagramPageState,
  readToDiagramPage,
} from '../../page-protocol';
import { findHost, onMessage } from '../shared/editor-host';
import { type DiagramPage, createPage } from './diagram-page';

const host = findHost<FromDiagramPage, DiagramPageState>();
const root = document.getElementById('page') ?? document.body;
const kept = readDiagramPageState(host.getState());

let page: DiagramPage | undefined;

onMessage(readToDiagramPage, (message: ToDiagramPage) => {
  document.documentElement.lang = message.language;
  if (message.texts !== undefined) l10n.config({ contents: message.texts });
  page ??= createPage(root, kept?.scope === message.scope ? kept : { version: 1, scope: message.scope }, {
    keep: host.setState,
    send: host.postMessage,
  });
  page.show(message);
});

host.postMessage({ kind: 'ready' });
