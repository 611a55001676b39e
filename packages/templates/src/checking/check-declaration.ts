import type { AttachmentSource, NotificationSpec, NotificationsSpec, PeopleSource, TextSource } from '../declaration.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Catalogue } from '../folder/catalogue.ts';
import { canonicalLanguage } from '../folder/place.ts';
import type { Problem } from '../problem.ts';
import { follow } from './shape.ts';

type AnySpec = NotificationSpec;

/** Looks at what the author of the pack has written in code: paths are compared with the schemas of events, files looked for. */
export function checkDeclaration({ language, messages }: NotificationsSpec<[]>, catalogue: Catalogue, problems: Problem[]): void {
  if (canonicalLanguage(language) !== language)
    problems.push({ what: `"language" is "${language}", which is no tag such as "en" or "de-AT".` });
  for (const message of messages as readonly AnySpec[]) {
    const told = (what: string) => problems.push({ what: `${message.name}: ${what}` });
    for (const [key, source] of peopleOf(message)) checkPeople(key, source, message, told);
    checkText('language', message.language, message, told);
    checkText('thread', message.thread, message, told);
    for (const attachment of message.attachments ?? []) checkAttachment(attachment, catalogue, told);
  }
}

type Tell = (what: string) => void;

function peopleOf({ to, cc, bcc, from, replyTo }: AnySpec): readonly (readonly [string, PeopleSource<unknown> | undefined])[] {
  return Object.entries({ to, cc, bcc, from, replyTo }) as readonly (readonly [string, PeopleSource<unknown> | undefined])[];
}

function checkPeople(key: string, source: PeopleSource<unknown> | undefined, message: AnySpec, tell: Tell): void {
  // Functions are called for each event only.
  if (source === undefined || typeof source === 'function') return;
  if (typeof source === 'string' || !('address' in source)) return checkText(key, source, message, tell);
  checkText(`${key}.address`, source.address, message, tell);
  checkText(`${key}.name`, source.name, message, tell);
}

function checkText(key: string, source: TextSource<unknown> | undefined, { event }: AnySpec, tell: Tell): void {
  if (source === undefined || typeof source === 'function') return;
  for (const path of [source].flat() as readonly string[]) {
    const result = follow(event.data, path.split('.'));
    if (typeof result === 'string') tell(`"${key}" names "${path}", a field of ${event.name} that ${result}`);
    else if (result.type !== undefined && result.type !== 'string') tell(`"${key}" names "${path}", which is no text.`);
  }
}

function checkAttachment(attachment: AttachmentSource<unknown>, catalogue: Catalogue, tell: Tell): void {
  if (typeof attachment === 'function' || catalogue.asset(attachment.file, { store: undefined, languages: [] })) return;
  tell(`there is no file "${attachment.file}" to attach. ${didYouMean(attachment.file, catalogue.assetNames)}`.trimEnd());
}
