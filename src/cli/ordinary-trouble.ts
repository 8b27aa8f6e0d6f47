import { errorCode, errorMessage } from '../common/errors';
import { notEnoughAddressSpace, systemRefused } from '../messages/system-messages';

/**
 * What an error says to users, where it comes from the system and not from a defect of this program: memory that is
 * not there, a file that cannot be opened or written. `undefined` for all others.
 */
export function ordinaryTrouble(error: unknown): string | undefined {
  const message = errorMessage(error);
  if (error instanceof RangeError && /memory|allocat/i.test(message)) return notEnoughAddressSpace(message);
  const code = errorCode(error);
  // The system's codes are capitals, such as ENOSPC; those of Node's own checks are of a defect.
  return code !== undefined && /^E[A-Z\d]+$/.test(code) ? systemRefused(message) : undefined;
}
