import { isWaybillError } from '@waybill/contract';
import { type Dtd, type DtdReadingOptions, parseDtd, type ReadDtd } from '../../src/dtd.ts';

/** Reads a DTD whose modules are these texts, by their paths. */
export function read(text: string, files: Readonly<Record<string, string>> = {}, options: DtdReadingOptions = {}): ReadDtd {
  return parseDtd(text, { systemId: 'Order.dtd', load: (path) => files[path], ...options });
}

/** The model without the places of its declarations. */
export function withoutPlaces({ elements, entities }: Dtd): Dtd {
  return { elements: elements.map(({ at: _at, ...element }) => element), entities };
}

/** What is asked of the error that reading or printing ends with. */
export function refusalOf(attempt: () => unknown): { readonly code: string; readonly at: string | undefined; readonly message: string } {
  try {
    attempt();
  } catch (error) {
    if (!isWaybillError(error) || error.retryable || !error.hint) throw error;
    return { code: error.code, at: error.at, message: error.message };
  }
  throw new Error('Nothing was refused.');
}
