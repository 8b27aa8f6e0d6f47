import { type Disposable, disposables } from './disposables';
import type { Diagrams } from './features/diagram/diagram-panels';
import type { Pilots } from './features/pilots/pilots';
import type { Services } from './services';

/** Something that is loaded and started when it is first asked for; what fails to load is tried again. */
export interface OnDemand<T> extends Disposable {
  readonly get: () => Promise<T>;
  /** `undefined` as long as nobody has needed it. */
  readonly started: () => T | undefined;
}

/** @param start is called with the first request, and imports what it needs */
export function onDemand<T extends Disposable>(start: () => Promise<T>): OnDemand<T> {
  const held = disposables();
  let loading: Promise<T> | undefined;
  let started: T | undefined;
  const load = async (): Promise<T> => {
    try {
      return (started = held.add(await start()));
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  return {
    get: () => (loading ??= load()),
    started: () => started,
    dispose: held.dispose,
  };
}

/** What all features share, with the parts that commands, panels and events have in common. */
export interface ServicesOnDemand extends Services {
  readonly diagrams: OnDemand<Diagrams>;
  /** None in a browser: training takes processes. */
  readonly pilots: OnDemand<Pilots> | undefined;
}

/** @param startPilots starts what is done with runs, where there can be any */
export function withPartsOnDemand(
  services: Services,
  startPilots?: (services: Services) => Promise<Pilots>,
): ServicesOnDemand {
  const held = disposables();
  held.add(services);
  const diagrams = held.add(
    onDemand(async () => {
      const { createDiagrams } = await import('./features/diagram/diagram-panels');
      return createDiagrams(services);
    }),
  );
  const pilots = startPilots && held.add(onDemand(() => startPilots(services)));
  return { ...services, diagrams, pilots, dispose: held.dispose };
}
