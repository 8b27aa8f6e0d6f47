import { seededRandom } from '../../../../src/common/random';

/** A generator of whole numbers below a bound, the same for the same seed. */
export function createRandom(seed: number): (bound: number) => number {
  const random = seededRandom('mutate', seed);
  return bound => Math.floor(random() * Math.max(1, bound));
}

/** Damages bytes as disks, transfers and ill will do: flips, extreme numbers, cuts, repeats, swaps. */
export function mutate(bytes: Buffer, random: (bound: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let change = 0; change <= random(4); change++) {
    // Half the time near the start, where headers are, or near the end, where footers are.
    const near = Math.min(128, result.length);
    const at = [random(result.length), random(near), result.length - 1 - random(near)][random(3)] ?? 0;
    switch (random(6)) {
      case 0:
        result[at] = (result[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        result.fill([0, 0xff, 0x7f, 0x80][random(4)] ?? 0, at, Math.min(result.length, at + 1 + random(8)));
        break;
      case 2:
        result = result.subarray(0, Math.max(1, at));
        break;
      case 3:
        result = Buffer.concat([result.subarray(0, at), result.subarray(Math.max(0, at - random(64)))]);
        break;
      case 4:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + random(64))]);
        break;
      default:
        result[at] = random(256);
    }
    if (result.length === 0) result = Buffer.from([random(256)]);
  }
  return result;
}
