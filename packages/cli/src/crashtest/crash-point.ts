/**
 * Where a crash is injected: when the handler begins, when it has published its `nth` event, when its `nth` await has come
 * back, when it has returned and the journal does not have it yet, and when the journal has it and the transport was not told.
 */
export interface CrashPoint {
  readonly at: 'begin' | 'publish' | 'await' | 'returned' | 'recorded';
  /** Counts from 1. */
  readonly nth: number;
}

const words: Readonly<Record<CrashPoint['at'], string>> = {
  begin: 'when the handler begins',
  publish: 'after publish',
  await: 'after await',
  returned: 'after it returned, before the journal has it',
  recorded: 'when the journal has it, before the sender is told',
};

export function pointText({ at, nth }: CrashPoint): string {
  return at === 'publish' || at === 'await' ? `${words[at]} ${nth}` : words[at];
}
