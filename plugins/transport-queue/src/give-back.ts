import { isWaybillError } from '@waybill/contract';
import { errors } from './errors.ts';

/** How long to wait before the file is asked again, in milliseconds. */
const pause = 500;

/** What ends by itself: another program keeps the file locked, or the disk is full. */
const passing: readonly string[] = [errors.WB_QUEUE_BUSY.code, errors.WB_QUEUE_NO_SPACE.code];

/**
 * Gives a message back by `act`, as soon as the file can be written. Never throws: after anything other than a file that is
 * locked or full, somebody else has the message, or the connection has ended and with it what it had in hand.
 */
export async function giveBack(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isWaybillError(error) || !passing.includes(error.code)) return;
      await new Promise((resolve) => setTimeout(resolve, pause).unref());
    }
  }
}
