import type { Attachment, AttachmentSource, NotificationContext } from '../declaration.ts';
import type { Catalogue } from '../folder/catalogue.ts';
import type { Place } from '../folder/place.ts';
import { mediaTypeOf } from './media-types.ts';

/** A file as the mail document carries it: with a text, or with bytes in base64. */
export type AttachedFile = { readonly fileName: string; readonly contentType: string } & (
  | { readonly content: string }
  | { readonly text: string }
);

export function attachmentsFrom(
  sources: readonly AttachmentSource<never>[],
  data: Readonly<Record<string, unknown>>,
  context: NotificationContext,
  { catalogue, place }: { readonly catalogue: Catalogue; readonly place: Place },
): readonly AttachedFile[] {
  return sources.flatMap((source) => {
    if (typeof source === 'function') return [(source as MadeOfData)(data, context) ?? []].flat().map(attached);
    const file = catalogue.asset(source.file, place);
    // The check of the declaration has found the one that all have.
    if (!file) return [];
    const fileName = source.fileName ?? source.file.split('/').at(-1) ?? source.file;
    return [{ fileName, contentType: source.contentType ?? mediaTypeOf(source.file), content: file.bytes.toString('base64') }];
  });
}

type MadeOfData = (data: unknown, context: NotificationContext) => Attachment | readonly Attachment[] | undefined;

function attached({ fileName, contentType, content }: Attachment): AttachedFile {
  if (typeof content === 'string') return { fileName, contentType, text: content.toWellFormed() };
  return { fileName, contentType, content: Buffer.from(content).toString('base64') };
}
