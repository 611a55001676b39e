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

/** Resolves when `server` listens, which `begin` asks it to. Throws `WB_CATCHER_PORT_IN_USE` and `WB_CATCHER_CANNOT_LISTEN`. */
export async function listening(server: Server, begin: () => void, { host, port }: Place, what: string): Promise<void> {
  try {
    const begun = once(server, 'listening');
    begin();
    await begun;
  } catch (cause) {
    const at = `${host}:${port}`;
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw errors.WB_CATCHER_PORT_IN_USE(`Port ${port} of ${host}, which was to be the one for ${what}, is in use.`, { at, cause });
    throw errors.WB_CATCHER_CANNOT_LISTEN(`Cannot listen on port ${port} of ${host}, which was to be the one for ${what}.`, { at, cause });
  }
}
