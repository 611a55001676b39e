import { once } from 'node:events';
import type { Server } from 'node:net';
import { errors } from './errors.ts';

/** Where a server listens. */
export interface Place {
  /** An address of this machine, or a name that stands for one. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Resolves when `server` listens. Throws `WB_BUYER_PORT_IN_USE` and `WB_BUYER_CANNOT_LISTEN`. */
export async function listening(server: Server, { host, port }: Place): Promise<void> {
  try {
    const begun = once(server, 'listening');
    server.listen(port, host);
    await begun;
  } catch (cause) {
    const at = `${host}:${port}`;
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw errors.WB_BUYER_PORT_IN_USE(`Port ${port} of ${host} is in use.`, { at, cause });
    throw errors.WB_BUYER_CANNOT_LISTEN(`Cannot listen on port ${port} of ${host}.`, { at, cause });
  }
}
