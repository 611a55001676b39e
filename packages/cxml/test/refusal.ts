import { isWaybillError } from '@waybill/contract';

/** The code of the error that `attempt` throws. */
export function refusal(attempt: () => unknown): string | undefined {
  try {
    attempt();
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.code;
  }
  return undefined;
}
