import type { LanguageBundle } from './bundle';
import { startFeatures } from './start';

/** The same in a browser, where no data is counted. */
export const startLanguage: LanguageBundle['startLanguage'] = services => startFeatures(services);
