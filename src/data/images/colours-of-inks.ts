/** Cyan, magenta, yellow and black, from 0 to `max` each, as colours, the way Pillow turns them. */
export function ofInks(inks: ArrayLike<number>, max: number, count: number): Uint8Array {
  const data = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const light = max - (inks[4 * i + 3] ?? 0);
    for (let c = 0; c < 3; c++)
      data[3 * i + c] = Math.max(
        0,
        Math.round(((light - ((inks[4 * i + c] ?? 0) * light) / max) * 255) / max),
      );
  }
  return data;
}
