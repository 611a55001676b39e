import { type PickBatch, type PickBatchInput, pickBatchGenerate } from '@waybill/commerce';
import { mapping } from '@waybill/mapping';
import { flag } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, type Envelope, framed } from '../../envelope.ts';
import { id } from '../../parts.ts';
import { type ResponseStatus, responseStatus } from './response-status.ts';

// Create_WCS_PickBatch 1.0 and Response_WCS_PickBatch 1.0: reference/fulfillment-messages.md, sections 6.8 and 6.9.

/** What the answer says of a batch: what was asked, which id was given, and whether to ask again. */
export interface PickBatchReply extends ResponseStatus {
  readonly batch?: (PickBatch & Partial<PickBatchInput>) | undefined;
}

const i = mapping<PickBatchInput>();
const r = mapping<PickBatchReply>();
const b = mapping<NonNullable<PickBatchReply['batch']>>();

const backendId = id('WAVE-0315-A');
const storeId = id('10151');
const centerId = id('11201');
/** What the answer says in place of an id where no release was waiting. */
const none = 'NULL';

const noun = 'WCS_PickBatch';

const pickBatch = framed<PickBatchInput>(
  { verb: 'Create', noun, version: '1.0', command: pickBatchGenerate.name, control: () => [credentials()] },
  () => [
    i.group('PickBatch', [
      i.leaf('BackendPickBatchID?', 'backendPickBatchId', backendId, { about: 'comes back in the answer' }),
      i.leaf('StoreID', 'storeId', storeId),
      i.leaf('FulfillmentCenterID', 'fulfillmentCenterId', centerId),
    ]),
  ],
);

const answer = framed<PickBatchReply>(
  { verb: 'Response', noun, version: '1.0', command: pickBatchGenerate.name, control: () => [credentials()] },
  () => [
    responseStatus(),
    r.into('PickBatch?', 'batch', [
      b.leaf('@MorePickBatch', 'more', flag({ yes: 'YES', no: 'NO' }), { about: 'YES: releases are left over; ask again' }),
      b.leaf('BackendPickBatchID?', 'backendPickBatchId', backendId),
      b.leaf('StoreID?', 'storeId', storeId),
      b.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', centerId),
      b.leaf('WCSPickBatchID', 'pickBatchId', id('71004'), {
        preset: none,
        about: `the id of the batch; ${none} where no release was waiting`,
      }),
    ]),
  ],
);

/** Without a batch there is no id. */
function withoutNone({ input, ...rest }: Envelope<PickBatchReply>): Envelope<PickBatchReply> {
  if (input.batch?.pickBatchId !== none) return { ...rest, input };
  const { pickBatchId: _none, ...batch } = input.batch;
  return { ...rest, input: { ...input, batch } };
}

const reply = { name: 'Response_WCS_PickBatch', version: '1.0' } as const;

export const pickBatchBindings = [
  bind({
    type: {
      name: 'Create_WCS_PickBatch',
      version: '1.0',
      direction: 'in',
      commands: [pickBatchGenerate],
      reply,
      summary: 'Asks that the releases that wait in a center are bundled into a batch.',
    },
    message: pickBatch,
    store: (input) => input.storeId,
  }),
  bind({
    type: {
      ...reply,
      direction: 'out',
      summary: 'Answers with the id of a pick batch and whether releases are left over, or says why there is none.',
    },
    message: answer,
    interpret: withoutNone,
    store: ({ batch }) => batch?.storeId,
  }),
];
