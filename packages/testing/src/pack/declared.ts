import { readFile } from 'node:fs/promises';
import { type MessagePackDefinition, typeName } from '@waybill/contract';
import { cardOf, isDefinition } from '@waybill/contract/host';
import { expect } from 'vitest';
import { faultsOf } from '../tools/settings-faults.ts';
import { group, type PackHarness, question } from './harness.ts';

export function askAboutDeclarations(pack: MessagePackDefinition, { card }: PackHarness): void {
  group('its definition', () => {
    question('was made by defineMessagePack', () => {
      expect(isDefinition(pack, 'message-pack')).toBe(true);
    });

    question('has a name that reads well in a manifest, and summaries of one sentence', () => {
      expect(pack.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect([pack.summary, ...pack.messages.map(({ summary }) => summary)].filter((one) => !/^[A-Z].*\.$/.test(one))).toEqual([]);
    });

    question('binds each message that comes in to commands', () => {
      const loose = pack.messages.filter(({ direction, commands = [] }) => direction === 'in' && commands.length === 0);
      expect(loose.map(typeName)).toEqual([]);
    });

    question('knows the message types that answer its own', () => {
      const known = new Set(pack.messages.map(typeName));
      const replies = pack.messages.flatMap(({ reply }) => (reply ? [typeName(reply)] : []));
      expect(replies.filter((one) => !known.has(one))).toEqual([]);
    });

    question('describes every option, refuses unknown ones and has defaults that it would accept', () => {
      const { options, writing } = pack;
      expect([...(options ? faultsOf(options, 'options') : []), ...(writing ? faultsOf(writing, 'writing') : [])]).toEqual([]);
    });

    askAboutFields(pack);

    question('has a card that loses nothing as JSON', () => {
      const made = cardOf(pack);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    });

    if (card !== undefined) {
      question('agrees with the committed card', async () => {
        expect(JSON.parse(await readFile(card, 'utf8'))).toEqual(cardOf(pack));
      });
    }
  });
}

function askAboutFields(pack: MessagePackDefinition): void {
  for (const type of pack.messages.filter(({ fields }) => fields)) {
    question(`has a table of the fields of ${typeName(type)}, one line each, that says how often they occur and what they hold`, () => {
      const fields = type.fields?.() ?? [];
      expect(fields.length).toBeGreaterThan(0);
      expect(fields.filter(({ occurs }) => !/^\d+(\.\.(\d+|n))?$/.test(occurs)).map(({ path, occurs }) => `${path}: ${occurs}`)).toEqual(
        [],
      );
      expect(fields.filter(({ type: holds }) => holds.trim() === '').map(({ path }) => path)).toEqual([]);
      const paths = fields.map(({ path }) => path);
      expect(paths.filter((path, index) => path === '' || paths.indexOf(path) !== index)).toEqual([]);
      expect(type.fields?.()).toEqual(fields);
    });
  }
}
