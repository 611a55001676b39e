import { basename } from 'node:path';
import { type KnownMeanings, type ManifestNode, type ObjectNode, openMessageFile, type ReadMessageFile } from '@waybill/manifest';
import { checkBeginnings } from './declaring/checks.ts';
import type { Declared } from './declaring/declared.ts';
import { Meanings } from './declaring/meanings.ts';
import { readMessage } from './declaring/message.ts';
import { Problems, under } from './notation/problems.ts';
import { packOf, withAnswers } from './pack/pack.ts';
import { ownTypesIn } from './texts/own-types.ts';

const keys = ['pack', 'summary', 'types', 'commands', 'events', 'parts', 'messages'];

/**
 * Makes a message pack of a file, given by its absolute path. Never throws for what is in the file: its problems come with file, line and
 * column, errors and warnings, and with an error there is no pack.
 */
export function loadMessageFile(file: string, known: KnownMeanings): ReadMessageFile {
  const { root, card, problems: unread } = openMessageFile(file);
  if (root === undefined) return { pack: undefined, problems: unread };
  const problems = new Problems(file);
  const messages = messagesIn(root, known, problems);
  const name = card?.name ?? basename(file);
  if (problems.hasErrors || unread.length > 0)
    return { pack: undefined, problems: [...(problems.hasErrors ? [] : unread), ...problems.all] };
  return { pack: packOf({ name, summary: card?.summary ?? '', messages }), problems: problems.all };
}

function messagesIn(root: ManifestNode, known: KnownMeanings, problems: Problems): readonly Declared[] {
  const object = problems.object(root, 'A message file');
  if (object === undefined) return [];
  problems.keys(object, 'A message file', keys);
  for (const key of ['pack', 'summary']) checkText(object, key, problems);
  const meanings = new Meanings(object, known, problems);
  const types = ownTypesIn(object, problems);
  const list = under(object, 'messages');
  if (list?.kind !== 'list' || list.items.length === 0)
    return problems.notation('A message file has a list of "messages".', list ?? object) ?? [];
  const messages = list.items.flatMap((item) => readMessage(item, { meanings, problems, types }) ?? []);
  // A reply and an error reply may be one message.
  checkBeginnings(
    messages.flatMap((each) => (isOneAnswer(each) ? [each, each.reply as Declared] : withAnswers(each))),
    problems,
  );
  return messages;
}

function isOneAnswer({ reply, errorReply }: Declared): boolean {
  return reply !== undefined && reply.type.name === errorReply?.type.name && reply.type.version === errorReply.type.version;
}

function checkText(object: ObjectNode, key: string, problems: Problems): void {
  const node = under(object, key);
  if (node !== undefined) problems.text(node, `"${key}"`);
}
