import { type PickList, type PickListInput, pickListGet } from '@waybill/commerce';
import { type Finding, mapping } from '@waybill/mapping';
import { bind } from '../../binding.ts';
import { credentials, type Envelope, framed } from '../../envelope.ts';
import { id } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';
import { slips10, slips20, slipsTo10 } from './slips.ts';

// Inquire_WCS_PickPackListDetail 1.0, and Report_WCS_PickPackListDetail 1.0 and 2.0: reference/fulfillment-messages.md, sections 6.10 and 6.11.

/** What a report says: the slips, or why there are none. */
export interface PickListReport extends ResponseStatus {
  readonly pickList?: PickList | undefined;
}

const i = mapping<PickListInput>();
const r = mapping<PickListReport>();

const noun = 'WCS_PickPackListDetail';

const inquiry = framed<PickListInput>(
  { verb: 'Inquire', noun, version: '1.0', command: pickListGet.name, control: () => [credentials()] },
  () => [i.group('PickPackListDetail', [i.leaf('WCSPickBatchID', 'pickBatchId', id('71004'), { about: 'the batch' })])],
);

const frame = { verb: 'Report', noun, command: pickListGet.name, control: () => [credentials()] };
const report10 = framed<PickListReport>(
  { ...frame, version: '1.0' },
  () => [responseStatus(), r.into('PickPackListReport?', 'pickList', slips10())],
  { check: slipsWithOk },
);
const report20 = framed<PickListReport>(
  { ...frame, version: '2.0' },
  () => [responseStatus(), r.into('PickPackListReport?', 'pickList', slips20())],
  { check: slipsWithOk },
);

function slipsWithOk({ status, pickList }: PickListReport): Finding | undefined {
  if (status === 'OK') return pickList === undefined ? { says: 'has no PickPackListReport although the status is OK' } : undefined;
  return pickList === undefined ? undefined : { says: 'has a PickPackListReport although the status is ERROR', at: 'PickPackListReport' };
}

function to10({ input, ...rest }: Envelope<PickListReport>): Envelope {
  return { ...rest, input: input.pickList === undefined ? input : { ...input, pickList: slipsTo10(input.pickList) } };
}

const reply = { name: 'Report_WCS_PickPackListDetail', version: '2.0' } as const;
const report = { ...reply, direction: 'out', summary: 'Answers with pick ticket and packing lists, or says why there are none.' } as const;

export const pickListBindings = [
  bind({
    type: {
      name: 'Inquire_WCS_PickPackListDetail',
      version: '1.0',
      direction: 'in',
      commands: [pickListGet],
      reply,
      summary: 'Asks for the pick ticket and the packing lists of a batch.',
    },
    message: inquiry,
    answeredBy: ({ pickListVersion: version }) => (version === reply.version ? undefined : { ...reply, version }),
  }),
  bind({ type: { ...report, version: '1.0' }, message: report10, prepare: to10 }),
  bind({ type: report, message: report20 }),
];
