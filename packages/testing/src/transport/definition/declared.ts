import { readFile } from 'node:fs/promises';
import { type AnyTransport } from '@waybill/contract';
import { cardOf, isDefinition } from '@waybill/contract/host';
import { expect } from 'vitest';
import { faultsOf } from '../../tools/settings-faults.ts';
import type { Ask } from '../asking/question.ts';

export function askAboutDefinition(ask: Ask, transport: AnyTransport): void {
  ask.group('its definition', () => {
    ask.plainly('was made by defineTransport', () => {
      expect(isDefinition(transport, 'transport')).toBe(true);
    });

    ask.plainly('has a name that reads well in a manifest, and a summary of one sentence', () => {
      expect(transport.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(transport.summary).toMatch(/^[A-Z].*\.$/);
    });

    ask.plainly('receives or sends', () => {
      expect(transport.receive ?? transport.send).toBeDefined();
    });

    ask.plainly('promises a time for which it holds messages back only where it has one', () => {
      const { redelivers } = transport.receive?.guarantees ?? {};
      if (typeof redelivers === 'object') expect(redelivers.upTo).toBeGreaterThan(0);
    });

    ask.plainly('describes every setting, refuses unknown ones and has defaults that it would accept', () => {
      const faults = [
        ...faultsOf(transport.connection, 'connection'),
        ...(transport.receive ? faultsOf(transport.receive.endpoint, 'receive.endpoint') : []),
        ...(transport.send ? faultsOf(transport.send.endpoint, 'send.endpoint') : []),
      ];
      expect(faults).toEqual([]);
    });

    ask.plainly('has a card that loses nothing as JSON', () => {
      const card = cardOf(transport);
      expect(JSON.parse(JSON.stringify(card))).toEqual(card);
    });

    ask.given(
      'card',
      (card) => {
        ask.plainly('agrees with the committed card', async () => {
          expect(JSON.parse(await readFile(card, 'utf8'))).toEqual(cardOf(transport));
        });
      },
      'basic',
    );
  });
}
