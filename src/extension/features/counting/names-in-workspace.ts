/**
 * A message with its files named as the user would in the window: from their workspace folder on, behind its name where
 * there are several.
 *
 * @param folders their absolute paths, as the system writes them
 */
export function namedInWorkspace(
  text: string,
  folders: readonly { readonly path: string; readonly name: string }[] = [],
): string {
  // One that lies in another names its files more shortly.
  const inner = [...folders].sort((a, b) => b.path.length - a.path.length);
  return inner.reduce((shorter, { path, name }) => {
    const lead = folders.length > 1 ? `${name}/` : '';
    return shorter.replaceAll(`${path}/`, lead).replaceAll(`${path}\\`, lead);
  }, text);
}
