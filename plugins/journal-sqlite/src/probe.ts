import type { OpenContext } from '@waybill/contract';
import { linkTo } from './link.ts';
import type { JournalSettings } from './settings.ts';

/**
 * Sees whether the journal could be opened, creating the file and its folder where they are missing, as opening does. Does not
 * become an owner, so that nothing is freed and no crash is taken note of, and does not bring an older file up to date.
 */
export async function probeJournal(
  { path, busyTimeout, maxSize }: JournalSettings,
  { signal }: Pick<OpenContext, 'signal'>,
): Promise<void> {
  const link = linkTo({ path, busyTimeout, maxSize, owner: undefined, isProbe: true });
  await link.open(signal);
  await link.close();
}
