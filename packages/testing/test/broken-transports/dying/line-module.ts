import { type LineFault, line } from './line.ts';

/** The line as a module of its own, whose address says what is wrong with it. */
export default line((new URL(import.meta.url).searchParams.get('fault') ?? undefined) as LineFault | undefined);
