import { spool } from './spool.ts';
import type { SpoolFault } from './spool-fault.ts';

/** The spool as a module of its own, whose address says what is wrong with it. */
export default spool((new URL(import.meta.url).searchParams.get('fault') ?? undefined) as SpoolFault | undefined);
