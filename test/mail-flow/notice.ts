import { defineEvent, defineMessagePack, type Static, Type } from '@waybill/contract';

const notice = Type.Object({ to: Type.Array(Type.String()), text: Type.String() });
export type Notice = Static<typeof notice>;

/** Somebody is to be told something by mail. */
export const noticeGiven = defineEvent({ name: 'notice.given', summary: 'Several people are told something.', data: notice });

/** Notices as plain mails. */
export const noticePack = defineMessagePack({
  name: 'notices',
  summary: 'Notices as plain mails.',
  messages: [{ name: 'Notice', version: '1', direction: 'out', summary: 'A notice.', event: noticeGiven }],
  recognise: () => undefined,
  read: () => {
    throw new TypeError('notices are not read');
  },
  compose: ({ name }, data) => {
    const { to, text } = data as Notice;
    return { type: name, contentType: 'text/plain', body: text, properties: { to: to.join(', '), subject: 'A notice' } };
  },
});
