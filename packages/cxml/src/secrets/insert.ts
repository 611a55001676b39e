import type { Identity } from '@waybill/commerce';
import { statusErrors } from '../status/errors.ts';
import { endOfContent, type Tag, tagsIn } from './tags.ts';

/** A credential of the sender. */
interface Found {
  readonly domain: string;
  readonly identity: string;
  /** Behind the end tag of its `Identity`. */
  readonly behind: number;
  /** What is in its `SharedSecret`, where it has one: from the start tag to behind the end tag. */
  readonly secret?: { readonly from: number; readonly to: number };
}

/**
 * The document with the secret of its sender, in the credential that has this identity, else in the first one. A secret that is there is replaced. All else stays byte by byte.
 * Throws a final `MessageError` `WB_CXML_BAD_REQUEST` where the document has no sender.
 */
export function insertSecret(text: string, sender: Identity, secret: string): string {
  const found = credentialsOfSender(text);
  const isIts = ({ domain, identity }: Found): boolean =>
    domain.toLowerCase() === sender.domain.toLowerCase() && identity === sender.identity;
  const place = found.find(isIts) ?? found[0];
  if (place === undefined)
    throw statusErrors.WB_CXML_BAD_REQUEST('The document has no credential of a sender to put the secret into.', {
      at: 'cXML/Header/Sender',
    });
  const element = `<SharedSecret>${escaped(secret)}</SharedSecret>`;
  const { from, to } = place.secret ?? { from: place.behind, to: place.behind };
  return text.slice(0, from) + element + text.slice(to);
}

function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function credentialsOfSender(text: string): readonly Found[] {
  const sender = senderIn(text);
  if (sender === undefined) return [];
  const end = endOfContent(text, sender);
  const found: Found[] = [];
  for (const tag of tagsIn(text, sender.to)) {
    if (tag.from >= end) break;
    if (tag.name === 'credential' && !tag.isEnd && !tag.isEmpty) found.push(...credentialAt(text, tag));
  }
  return found;
}

function senderIn(text: string): Tag | undefined {
  for (const tag of tagsIn(text)) if (tag.name === 'sender' && !tag.isEnd) return tag;
  return undefined;
}

function credentialAt(text: string, start: Tag): readonly Found[] {
  const end = endOfContent(text, start);
  const domain = /\sdomain\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(text.slice(start.from, start.to));
  let identity: { readonly text: string; readonly behind: number } | undefined;
  let secret: Found['secret'];
  for (const tag of tagsIn(text, start.to)) {
    if (tag.from >= end) break;
    if (tag.isEnd) continue;
    const to = tag.isEmpty ? tag.to : endOfContent(text, tag);
    const behind = tag.isEmpty ? tag.to : behindTag(text, to);
    if (tag.name === 'identity') identity = { text: plain(text.slice(tag.to, Math.max(to, tag.to))).trim(), behind };
    if (tag.name === 'sharedsecret') secret = { from: tag.from, to: behind };
  }
  if (identity === undefined) return [];
  const its = { domain: plain(domain?.[1] ?? domain?.[2] ?? ''), identity: identity.text, behind: identity.behind };
  return [secret === undefined ? its : { ...its, secret }];
}

function behindTag(text: string, from: number): number {
  const at = text.indexOf('>', from);
  return at < 0 ? text.length : at + 1;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A text as a reader has it. */
function plain(written: string): string {
  const bare = written.replace(/<!\[CDATA\[([^\]]*(?:\](?!\]>)[^\]]*)*)\]\]>/g, (_, inner: string) => inner.replaceAll('&', '&amp;'));
  return bare.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
