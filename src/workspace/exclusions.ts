/** Folders of other people's code and of what tools leave behind, whatever .gitignore says. */
const ALWAYS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'site-packages',
  'dist-packages',
  '__pycache__',
  '__pypackages__',
]);

/** A file that marks its folder: a Python environment, or a cache (bford.info/cachedir). */
const MARKERS = new Set(['pyvenv.cfg', 'CACHEDIR.TAG', 'conda-meta']);

/** Whether a folder met on the way is passed by: hidden ones (`.git`, `.venv`, `.tox`) and the usual suspects. */
export function isExcludedFolder(name: string): boolean {
  return name.startsWith('.') || ALWAYS.has(name);
}

/** Whether an entry says that the folder it stands in is an environment or a cache. */
export function marksExcluded(entry: string): boolean {
  return MARKERS.has(entry);
}
