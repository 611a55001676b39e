import { isWaybillError, type WaybillError } from '@waybill/contract';

/** The error that `act` throws, which has to be one of ours. */
export function refusal(act: () => unknown): WaybillError {
  try {
    act();
  } catch (error) {
    if (isWaybillError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
