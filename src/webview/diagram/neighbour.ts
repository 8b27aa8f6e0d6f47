import type { PlacedNode } from './layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest node in a direction, those straight ahead before those aside. */
export function neighbour(
  of: PlacedNode,
  direction: Direction,
  nodes: readonly PlacedNode[],
): PlacedNode | undefined {
  const ahead = nodes.flatMap(node => {
    const [dx, dy] = [node.x - of.x, node.y - of.y];
    const [along, aside] =
      direction === 'left' || direction === 'right' ? [dx, Math.abs(dy)] : [dy, Math.abs(dx)];
    const distance = direction === 'left' || direction === 'up' ? -along : along;
    return distance > 1 ? [{ node, cost: distance + 2 * aside }] : [];
  });
  return ahead.reduce<(typeof ahead)[number] | undefined>(
    (best, each) => (best && best.cost <= each.cost ? best : each),
    undefined,
  )?.node;
}
