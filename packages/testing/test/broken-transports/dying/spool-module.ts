import { type SpoolFault, spool } from './spool.ts';

/** The spool as a module of its own, whose address says what is wrong with it. */
export default spool((new URL(import.meta.url).searchParams.get('fault') ?? undefined) as SpoolFault | undefined);
