import { createHttpTransport } from './transport.ts';

export { errors } from './errors.ts';
export type { HttpConnection } from './http-connection.ts';
export type { Address } from './receiving/server.ts';
export { createHttpTransport, type MountableApp } from './transport.ts';

/** The type is named, so that the declarations depend on the contract only. */
const http: ReturnType<typeof createHttpTransport> = createHttpTransport();
export default http;
