import type { CaughtMail } from '../mails/caught-mail.ts';
import { type Answer, answer } from './answer.ts';

/** Links open in a tab of their own, which is then as free as any. Nothing else of a mail is allowed: no scripts, no forms, no origin. */
export const sandbox = 'allow-popups allow-popups-to-escape-sandbox';

const closed = ["default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:', 'font-src data:'];
const open = [
  "default-src 'none'",
  "style-src 'unsafe-inline' http: https:",
  'img-src data: http: https:',
  'font-src data: http: https:',
  'media-src data: http: https:',
];
const both = ["form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'", `sandbox ${sandbox}`];

/**
 * The HTML of a mail as a page of its own for a frame. The browser is told to run nothing in it, to give it no origin, and to load nothing
 * unless `remote`: pictures and styles from elsewhere, which tell their sender that the mail was read.
 */
export function frameOf(mail: CaughtMail, remote: boolean): Answer {
  const policy = [...(remote ? open : closed), ...both].join('; ');
  const html = withPictures(withoutDoors(mail.html ?? '', remote), mail);
  const head = '<!doctype html><meta name="referrer" content="no-referrer"><base target="_blank">';
  return answer(200, 'text/html; charset=utf-8', head + html, { 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' });
}

/** What is never loaded. Chromium connects to where a frame leads before it asks the policy. */
const never = ['meta', 'base', 'iframe', 'frame', 'frameset', 'fencedframe', 'portal', 'object', 'embed'];
/** Where an element of one of these names begins. */
const doors = new RegExp(`<(?=(?:${never.join('|')})(?:[\\s/>]|$))`, 'gi');
const doorsAndLinks = new RegExp(`<(?=(?:${never.join('|')}|link)(?:[\\s/>]|$))`, 'gi');

/**
 * Takes their meaning from elements that connect, or change the page, without being asked, and that no policy covers everywhere (`preconnect`,
 * `refresh`, frames). Wherever such an element begins, its text has to look like this; what looks so beside elements is text, where it does no harm.
 */
function withoutDoors(html: string, remote: boolean): string {
  return html.replaceAll(remote ? doors : doorsAndLinks, '<x-');
}

/** Pictures that the mail brings along, put in where it refers to them by `cid:`. */
function withPictures(html: string, { attachments }: CaughtMail): string {
  return html.replaceAll(/\bcid:([^\s"'<>()]+)/gi, (whole, id: string) => {
    const picture = attachments.find(({ contentId, contentType }) => isSame(contentId, id) && /^image\/[\w.+-]+$/.test(contentType));
    if (picture === undefined) return whole;
    return `data:${picture.contentType};base64,${Buffer.from(picture.content).toString('base64')}`;
  });
}

function isSame(contentId: string | undefined, written: string): boolean {
  return contentId !== undefined && (contentId === written || contentId === decoded(written));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('&amp;', '&'));
  } catch {
    return text;
  }
}
