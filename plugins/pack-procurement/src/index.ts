import { defineMessagePack } from '@waybill/contract';
import { judge } from './answering/judge.ts';
import { reply, replyToUnknown } from './answering/reply.ts';
import { types } from './catalogue.ts';
import { conceal } from './concealing/conceal.ts';
import { options, writing } from './options.ts';
import { read } from './reading/read.ts';
import { recognise } from './reading/recognise.ts';
import { complete } from './writing/complete.ts';
import { compose } from './writing/compose.ts';

export { errors } from './errors.ts';

export default defineMessagePack({
  name: 'procurement',
  summary: 'The cXML documents of procurement systems: PunchOut, orders, confirmations, ship notices, invoices.',
  messages: types,
  options,
  writing,
  wants: 'bytes',
  recognise,
  read,
  compose,
  reply,
  replyToUnknown,
  conceal,
  complete,
  judge,
});
