import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CrashPoint } from './crash-point.ts';

/** What the process under test has done, as it is known however the process ended. */
export type ScratchEvent =
  | { readonly did: 'passed'; readonly point: CrashPoint }
  | { readonly did: 'sent'; readonly entry: string; readonly id: string; readonly type: string }
  | { readonly did: 'settled' };

const file = 'events.jsonl';

/** Writes at once: a process that is killed in the next moment has written it. */
export function note(folder: string, event: ScratchEvent): void {
  appendFileSync(join(folder, file), `${JSON.stringify(event)}\n`);
}

export function notedIn(folder: string): readonly ScratchEvent[] {
  const text = readFileSync(join(folder, file), { encoding: 'utf8', flag: 'a+' });
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ScratchEvent]));
}
