import type { CaughtMail, MailAddress } from '../mails/caught-mail.ts';

/** The mails in which every word of `query` stands: in an address, a name, the subject, the text, or the name of an attachment. */
export function found(mails: readonly CaughtMail[], query: string): readonly CaughtMail[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return mails;
  return mails.filter((mail) => {
    const texts = searchable(mail);
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
}

function searchable({ envelope, from, to, cc, subject, text, html, attachments }: CaughtMail): readonly string[] {
  const people = [...from, ...to, ...cc].flatMap(({ name, address }: MailAddress) => [name, address]);
  const names = attachments.map(({ name = '' }) => name);
  const all = [subject, envelope.from, ...envelope.to.map(({ address }) => address), ...people, ...names, text ?? html ?? ''];
  return all.map((each) => each.toLowerCase());
}
