import { defineMessagePack, MessageError, type MessagePackDefinition, type MessageType } from '@waybill/contract';
import type { ConstrainedField } from '../../src/pack/constraints/field.ts';
import { place } from './sound.ts';

// A pack of one message of tagged segments, read by code of its own.

const ticketFields: readonly ConstrainedField[] = [
  { path: 'HEAD', occurs: '1', type: 'fields', holds: { kind: 'fields' } },
  { path: 'HEAD/VERSION', occurs: '1', type: 'always 01', holds: { kind: 'fixed', text: '01' }, width: 2 },
  {
    path: 'HEAD/DAY',
    occurs: '1',
    type: 'date, YYYYMMDD',
    holds: { kind: 'text', rules: [{ facets: { kind: 'time', form: 'YYYYMMDD' } }] },
    width: 8,
  },
  { path: 'HEAD/NAME', occurs: '0..1', type: 'text', holds: { kind: 'text', rules: [] }, width: 6 },
];

const ticket: MessageType = {
  name: 'Suite_Ticket',
  version: '1.0',
  direction: 'in',
  summary: 'Tells of a ticket.',
  commands: [place],
  fields: () => ticketFields,
  sample: () => '<TICKET><HEAD>0120240314Okonkw</HEAD></TICKET>',
};

function refused(path: string): MessageError {
  return new MessageError('WB_SUITE_PACK_WRONG', 'The ticket is not right.', { at: `TICKET${path}, character 0` });
}

/** `least`: how many characters of a ticket there have to be. */
function read(text: string, least: number): void {
  const [, inside] = /^<TICKET>([^]*)<\/TICKET>$/.exec(text) ?? [];
  if (inside === undefined) throw refused('');
  const [all = '', head] = /^<HEAD>([^<]*)<\/HEAD>/.exec(inside) ?? [];
  if (head === undefined) throw refused(inside.startsWith('<') || inside === '' ? '/HEAD' : '');
  if (inside !== all) throw refused(inside.startsWith('<HEAD>', all.length) ? '/HEAD' : '');
  if (head.length < least || head.length > 16) throw refused('/HEAD');
  if (!head.startsWith('01')) throw refused('/HEAD/VERSION');
  if (Number.isNaN(Date.parse(head.slice(2, 10).replace(/(....)(..)(..)/, '$1-$2-$3T00:00Z')))) throw refused('/HEAD/DAY');
  if (head.slice(8, 10) > '28') throw refused('/HEAD/DAY');
}

export function ticketPack(name: string, least = 16): MessagePackDefinition {
  return defineMessagePack({
    name,
    summary: 'Messages about tickets, for the tests of the suite.',
    messages: [ticket],
    recognise: ({ body }) => (Buffer.from(body).toString().startsWith('<TICKET>') ? ticket : undefined),
    read(_, { body }) {
      read(Buffer.from(body).toString(), least);
      return { command: place.name, input: { number: '1' } };
    },
    compose: () => {
      throw new MessageError('WB_SUITE_PACK_NO_TICKET', 'Tickets are not composed.');
    },
  });
}
