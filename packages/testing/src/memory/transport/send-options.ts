import type { SendOptions } from '@waybill/contract';
import { transportErrors } from './errors.ts';

const known: ReadonlySet<string> = new Set<keyof SendOptions>(['signal', 'to', 'note', 'answer']);

/** Throws `WB_MEMORY_UNKNOWN_OPTION` for an option that the contract does not have: a test finds out what a kernel should not say. */
export function refuseUnknownOptions(options: SendOptions): void {
  for (const name in options) {
    if (!known.has(name)) throw transportErrors.WB_MEMORY_UNKNOWN_OPTION(`The option "${name}" of a send is not known.`);
  }
}
