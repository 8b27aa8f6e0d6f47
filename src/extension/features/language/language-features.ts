import { type Disposable, disposables } from '../../disposables';
import type { Feature } from '../../lifecycle';
import type { Services } from '../../services';
import { completion } from '../completion/completion-provider';
import { links } from '../document-links/document-link-provider';
import { inlayHints } from '../inlay-hints/inlay-hints-provider';
import { navigation } from '../navigation/navigation-providers';
import { outline } from '../outline/outline-providers';
import { type CountData, annotateData } from '../refactorings/annotate-dataset';
import { refactorings } from '../refactorings/refactoring-actions';

/** Writing and reading annotations, in the order in which it starts. */
function languageFeatures(count: CountData | undefined): readonly Feature[] {
  return [completion, navigation, outline, inlayHints, links, refactorings, annotateData(count)];
}

/** Starts what writes and reads annotations. */
export function startLanguage(services: Services): Disposable {
  const held = disposables();
  // A thread of its own: who waits for one count cannot wait for those of all datasets before it.
  const counter = services.localMachine?.createCounter();
  if (counter) held.add(counter);
  for (const feature of languageFeatures(counter?.count)) held.add(feature.register(services));
  return held;
}
