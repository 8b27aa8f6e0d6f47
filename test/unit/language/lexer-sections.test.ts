import assert from 'node:assert/strict';
import { expectedNames, namesIn } from './support';

const A = 'task=t';
const yes = (name: string): string => `@dataset yes-${name} ${A}`;
const no = `@dataset no ${A}`;
const found = (text: string, language: string): void => {
  assert.deepEqual(namesIn(text, language), expectedNames(text));
};

describe('Python docstrings', () => {
  const cases: Readonly<Record<string, string>> = {
    'of a module, one line': `"""${yes('1')}"""`,
    'of a function, over lines': `def f():\n    """Text.\n\n    ${yes('1')}\n    """\n    # ${yes('2')}`,
    'with single quotes and prefixes': `r'''\n${yes('1')}\n'''\nU"""${yes('2')}"""`,
    'but not an assigned string': `x = """\n${no}\n# ${no}\n"""\n# ${yes('1')}`,
    'nor an argument': `f(\n"""\n${no}\n""")\nf("""\n${no}\n""") # ${yes('1')}`,
    'nor an element of a list or dictionary': `x = [\n"""${no}""",\n]\ny = {\n'''${no}'''\n}`,
    'nor behind a backslash': `x = \\\n"""${no}"""\n"""${yes('1')}"""`,
    'nor a returned, formatted or byte string': `return"""\n${no}\n"""\nf"""\n${no}\n"""\nb"""\n${no}\n"""\n# ${yes('1')}`,
    'nor an ordinary string': `"${no}"\n'${no}'`,
    'that holds escaped quotes': `"""a \\""" ${no} b\n${yes('1')}\n"""`,
    'below an unclosed bracket of half-typed code': `x = (1,\ndef f(a="("):\n    """\n    ${yes('1')}\n    """`,
    'in a class with half-typed code': `class A:\n    x = f(\n    def g(self):\n        """${yes('1')}"""`,
  };
  for (const [what, text] of Object.entries(cases))
    it(what, () => {
      found(text, 'python');
    });
});

describe('Markdown', () => {
  const cases: Readonly<Record<string, string>> = {
    'fenced code': `\`\`\`html\n<!-- ${no} -->\n\`\`\`\n<!-- ${yes('1')} -->\n~~~\n\`\`\`\n<!-- ${no} -->\n~~~\n<!-- ${yes('2')} -->`,
    'longer fences': `\`\`\`\`\n\`\`\`\n<!-- ${no} -->\n\`\`\`\`\n<!-- ${yes('1')} -->`,
    'fences in lists and quotations': `- a\n    \`\`\`\n    <!-- ${no} -->\n    \`\`\`\n> \`\`\`\n> <!-- ${no} -->\n> \`\`\`\n<!-- ${yes('1')} -->`,
    'inline code': `\`<!-- ${no} -->\` <!-- ${yes('1')} --> \`\`a \` <!-- ${no} -->\`\` <!-- ${yes('2')} -->`,
    'backticks that do not close': `a \` b \`\` c <!-- ${yes('1')} -->\n\` \`\`<!-- ${no} -->\`\``,
    escapes: `\\\`<!-- ${yes('1')} -->\\\` \\<!-- ${no} -->`,
    'comments over lines': `<!--\n${yes('1')}\n\`\`\`\n${yes('2')}\n-->`,
    'headings are no comments': `# ${no}`,
  };
  for (const [what, text] of Object.entries(cases))
    it(what, () => {
      found(text, 'markdown');
    });
});

describe('sections of HTML', () => {
  const cases: Readonly<Record<string, string>> = {
    scripts: `<script>\n// ${yes('1')}\nx = "// ${no}"\n</script>\n// ${no}\n<!-- ${yes('2')} -->`,
    styles: `<style media="print">\n/* ${yes('1')} */ // ${no}\n</style> /* ${no} */`,
    'on one line': `<script>x // a</script> <!-- ${yes('1')} --> <style></style> <script>/* ${yes('2')} */</script> // ${no}`,
    'end strings and comments left open': `<script>x = \`a </script> <!-- ${yes('1')} -->\n<script>/* \n${yes('2')} </SCRIPT> <!-- ${yes('3')} -->`,
    'in comments are none': `<!-- <script> -->\n// ${no}`,
  };
  for (const [what, text] of Object.entries(cases))
    it(what, () => {
      found(text, 'html');
    });
});
