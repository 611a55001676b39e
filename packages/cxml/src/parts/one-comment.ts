import type { Comment } from '@waybill/commerce';
import { present } from './texts.ts';

/** Where the DTD has room for one comment only, several become one: their texts in lines below each other, and all their files. */
export function oneComment(comments: readonly Comment[] | undefined): Comment[] | undefined {
  const [first, ...more] = comments ?? [];
  if (first === undefined) return undefined;
  if (more.length === 0) return [first];
  const all = [first, ...more];
  const attachments = all.flatMap((each) => each.attachments ?? []);
  const text = all.map((each) => each.text).join('\n');
  return [present({ text, language: first.language, attachments: attachments.length > 0 ? attachments : undefined }) as Comment];
}
