import { createHttpTransport } from './transport.ts';

export { errors } from './errors.ts';
export type { HttpConnection } from './http-connection.ts';
export type { Address } from './server.ts';
export { createHttpTransport, type MountableApp } from './transport.ts';

export default createHttpTransport();
