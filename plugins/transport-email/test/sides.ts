import { type AnyTransport, defineTransport } from '@waybill/contract';
import transport from '../src/index.ts';

// The servers of the two sides have nothing in common: each is asked by itself.
const { receive, send, ...both } = transport;

export const receivingSide: AnyTransport = defineTransport({ ...both, ...(receive ? { receive } : {}) });
export const sendingSide: AnyTransport = defineTransport({ ...both, ...(send ? { send } : {}) });
