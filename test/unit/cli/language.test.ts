import assert from 'node:assert/strict';
import { chooseLanguage } from '../../../src/cli/display-language';

describe('the language of the command line', () => {
  it('is the one asked for', () => {
    assert.equal(chooseLanguage(['advise', '.', '--lang', 'ko'], { LANG: 'en_US.UTF-8' }), 'ko');
    assert.equal(chooseLanguage(['--lang=en', 'advise'], { LC_ALL: 'ko_KR.UTF-8' }), 'en');
  });

  it('is else that of the environment, the strongest variable first', () => {
    assert.equal(chooseLanguage([], { LANG: 'ko_KR.UTF-8' }), 'ko');
    assert.equal(chooseLanguage([], { LC_ALL: 'en_US.UTF-8', LANG: 'ko_KR.UTF-8' }), 'en');
    assert.equal(chooseLanguage([], { LC_ALL: '', LC_MESSAGES: 'ko', LANG: 'en' }), 'ko');
  });

  it('is English where nothing is known', () => {
    for (const LANG of [undefined, 'C', 'C.UTF-8', 'POSIX', 'fr_FR.UTF-8'])
      assert.equal(chooseLanguage([], { LANG }), 'en');
  });
});
