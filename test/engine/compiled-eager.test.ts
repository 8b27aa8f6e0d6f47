import { checkAgainstEager } from './models/compare';
import {
  headCases,
  layerCases,
  lossCases,
  optimizersInGraph,
  optimizersInPlace,
  sequenceCases,
  type Case,
} from './models/cases';

function cases(title: string, list: readonly Case[]): void {
  describe(`compiled against eager: ${title}`, () => {
    for (const { name, definition } of list) it(name, () => checkAgainstEager(definition()));
  });
}

cases('layers', layerCases);
cases('losses', [...lossCases, ...sequenceCases]);
cases('outputs without a loss', headCases);
cases('optimizers in the graph', optimizersInGraph);
cases('optimizers outside of the graph', optimizersInPlace);
