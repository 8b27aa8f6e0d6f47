import * as vscode from 'vscode';

/** Where the runner tells whether the window shows a notification. */
declare const NOTIFICATION_ADDRESS: string;

const ID = 'strategy-advisor.strategy-advisor';

function check(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

async function until<T>(
  what: string,
  ask: () => T | PromiseLike<T>,
  isDone: (value: T) => boolean,
): Promise<T> {
  for (let i = 0; ; i++) {
    const value = await ask();
    if (isDone(value)) return value;
    if (i > 200) throw new Error(`waited in vain for ${what}; last: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function root(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no folder is open');
  return folder.uri;
}

async function write(file: string, lines: readonly string[]): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(root(), file);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${lines.join('\n')}\n`));
  return uri;
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

let train: vscode.Uri;

/** By what the extension does in a browser, in their order. */
export const tests: Readonly<Record<string, () => Promise<void>>> = {
  'finds a folder to work on': async () => {
    await write('data/sources.py', [
      '# @dataset imagenet task=object-recognition input=image:224x224x3 num_examples=1.28M',
    ]);
    await write('kept/.gitignore', ['left-out.py']);
    await write('kept/left-out.py', ['# @dataset left-out task=object-recognition num_examples=1M']);
    train = await write('train.py', [
      '# @dataset x-rays task=pneumonia input=image:224x224x3 num_examples=5k',
      '# @task pneumonia target shares_features_with=object-recognition',
    ]);
  },

  'runs without Node, and starts with a Python file': async () => {
    check(vscode.env.uiKind === vscode.UIKind.Web, 'this is no browser');
    const { process: node } = globalThis as {
      readonly process?: { readonly versions?: { readonly node?: string } };
    };
    check(node?.versions?.node === undefined, 'there is Node here');
    await open(train);
    await until(
      'the start',
      () => vscode.extensions.getExtension(ID)?.isActive,
      active => active === true,
    );
  },

  'advises across files, without what git leaves out': async () => {
    const lenses = await until(
      'the lens',
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', train),
      found =>
        found.some(
          ({ command }) => command?.title.includes('transfer learning from object-recognition') === true,
        ),
    );
    check(lenses.length === 1, `${lenses.length} lenses`);
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      '',
    );
    const names = symbols
      .map(({ name }) => name)
      .sort()
      .join(', ');
    check(names === 'imagenet, pneumonia, x-rays', names);
  },

  'explains on pointing, completes, and goes to the definition': async () => {
    const document = await open(train);
    const at = document.positionAt(document.getText().indexOf('@task') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      train,
      at,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map(each => (each as vscode.MarkdownString).value))
      .join();
    check(text.includes('The advice changes at'), text);
    const name = document.positionAt(document.getText().indexOf('=object-recognition') + 3);
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      train,
      name,
    );
    check(
      places.some(({ uri }) => uri.path.endsWith('/sources.py')),
      JSON.stringify(places),
    );
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      train,
      document.lineAt(0).range.end,
    );
    check(Array.isArray(list.items), 'no completions');
  },

  'reports what is broken at its characters': async () => {
    const broken = await write('broken.py', ['# @dataset films task=pneumonia num_exmples=5k']);
    await open(broken);
    const [first] = await until(
      'the diagnostic',
      () => vscode.languages.getDiagnostics(broken),
      found => found.length > 0,
    );
    check(first?.range.start.character === 32, JSON.stringify(first?.range));
  },

  'answers agents': async () => {
    const result = await vscode.lm.invokeTool(
      'strategy-advisor_advise',
      { input: {}, toolInvocationToken: undefined },
      new vscode.CancellationTokenSource().token,
    );
    check(JSON.stringify(result.content).includes('object-recognition'), JSON.stringify(result.content));
  },

  'draws the problem, from a bundle that is fetched when it is wanted': async () => {
    await open(train);
    await vscode.commands.executeCommand('strategyAdvisor.showDiagram');
    await until(
      'the panel',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      labels => labels.some(label => label.startsWith('Diagram of ')),
    );
    await vscode.commands.executeCommand('strategyAdvisor.overview.focus');
  },

  'has every command, and says what training needs': async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = vscode.extensions.getExtension(ID)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    check(missing.length === 0, JSON.stringify(missing));
    await vscode.commands.executeCommand('strategyAdvisor.runPilot');
    const said = 'Pilots and training runs need local processes, which a browser does not provide.';
    await vscode.commands.executeCommand('notifications.showList');
    const shown = await fetch(`${NOTIFICATION_ADDRESS}?text=${encodeURIComponent(said)}`);
    check((await shown.text()) === 'true', `no notification says: ${said}`);
    const example = await vscode.commands.executeCommand<vscode.Uri>('strategyAdvisor.createExample');
    check(example.path.endsWith('/numbers.py'), example.toString());
  },
};
