import { ownProcessIdentity } from '@waybill/contract/system';
import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import type { JournalSubject } from '../subject.ts';

const first = { inbound: { orders: { connection: 'near', password: '${env:PASSWORD}' } }, routes: [] };
const second = { name: 'Größe ☃', inbound: {}, stop: { grace: '5s' }, empty: null };

export function askAboutManifests(ask: Ask, { reopen }: JournalSubject): void {
  group('the manifest that was started last', () => {
    ask('is told as it was written, with when and by whom', async ({ journal: { control } }) => {
      expect(await control.lastStarted('harbour')).toBeUndefined();
      await control.started('harbour', first);
      const told = await control.lastStarted('harbour');
      expect(told).toMatchObject({ process: ownProcessIdentity(), manifest: first });
      expect(told?.at).toBeGreaterThan(0);
    });

    ask('takes the place of the one before', async (bench) => {
      const { control } = bench.journal;
      await control.started('harbour', first);
      const before = await control.lastStarted('harbour');
      await bench.pass(1_000);
      await control.started('harbour', second);
      const after = await control.lastStarted('harbour');
      expect(after?.manifest).toEqual(second);
      expect(after?.at).toBeGreaterThan(before?.at ?? Number.POSITIVE_INFINITY);
    });

    ask('is one of each name', async ({ journal: { control } }) => {
      await control.started('harbour', first);
      await control.started('lighthouse', second);
      expect((await control.lastStarted('harbour'))?.manifest).toEqual(first);
      expect((await control.lastStarted('lighthouse'))?.manifest).toEqual(second);
    });

    if (!reopen) return;
    ask('is there when all have closed the journal', async (bench) => {
      await bench.journal.control.started('harbour', first);
      await bench.journal.close();
      const later = await bench.reopen();
      expect((await later.journal.control.lastStarted('harbour'))?.manifest).toEqual(first);
    });
  });
}
