import assert from 'node:assert/strict';
import { lexLine, initialState } from '../../../src/language/lexer/comment-lexer';
import { languageOfFile } from '../../../src/language/languages/language-registry';

function commentsOf(file: string, text: string): string[] {
  let state = initialState(languageOfFile(file) ?? '');
  return text.split('\n').flatMap(line => {
    const { comments, next } = lexLine(line, state);
    state = next;
    return comments.map(({ start, end }) => line.slice(start, end).trim());
  });
}

describe('Quarto and R Markdown', () => {
  it('has comments in chunks of each language, and around them', () => {
    const page = [
      '---',
      'title: x',
      '---',
      '```{python}',
      '#| echo: false',
      'url = "#no" # yes python',
      's = """',
      '# no, a string',
      '```',
      '# no, a heading',
      '<!-- yes html -->',
      '````{r setup, include=FALSE}',
      '# yes r',
      '````',
      '```python',
      '# no, only shown',
      '```',
      '  ```{julia}',
      '  # yes julia ``` still',
      '  ```',
      'text `# no`',
    ].join('\n');
    assert.deepEqual(commentsOf('page.qmd', page), [
      '| echo: false',
      'yes python',
      'yes html',
      'yes r',
      'yes julia ``` still',
    ]);
    assert.deepEqual(commentsOf('page.Rmd', '```{r}\n# yes\n```\n# no'), ['yes']);
  });

  it('leaves the fences of Markdown alone', () => {
    assert.deepEqual(commentsOf('page.md', '```{python}\n# no\n```\n<!-- yes -->'), ['yes']);
  });
});
