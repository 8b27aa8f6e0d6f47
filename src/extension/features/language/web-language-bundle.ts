import type { LanguageBundle } from './language-bundle';
import { startFeatures } from './language-features';

/** The same in a browser, where no data is counted. */
export const startLanguage: LanguageBundle['startLanguage'] = services => startFeatures(services);
