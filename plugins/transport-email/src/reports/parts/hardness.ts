import { codesIn, saysNothing } from './codes.ts';

/** What is known of a failure, the most telling first. */
export interface Evidence {
  /** What the server said that did not take the mail. */
  readonly diagnostic: string | undefined;
  /** The Status of the report. */
  readonly status: string | undefined;
  /** What stands beside the recipient in the text for people. */
  readonly words: string | undefined;
}

export interface Hardness {
  readonly kind: 'bounce-hard' | 'bounce-soft';
  /** The code that decided, or the best that there is. */
  readonly status: string | undefined;
  readonly blamesSender: boolean;
}

/**
 * Whether the address is no good (hard), or only this mail did not arrive (soft): the table of reference/email.md, section 8. Asks the enhanced
 * code of the diagnostic, then the basic one, the status, and the words. A status of x.0.0 tells nothing, and what is given up after delays
 * (4.x.x) is soft. Doubtful is soft: a good address that is taken for a bad one is lost.
 */
export function hardnessOf({ diagnostic, status, words }: Evidence): Hardness {
  const spoken = [diagnostic, words]
    .filter((text) => text !== undefined && text.trim() !== '')
    .join('\n')
    .slice(0, 5_000)
    .replaceAll(address, '');
  const said = codesIn(diagnostic ?? '');
  const { enhanced, basic } = (said.enhanced ?? said.basic) ? said : codesIn(saysNothing(status) ? (words ?? '') : '');
  const telling = [enhanced, basic === undefined ? status : undefined].find((code) => !saysNothing(code));
  const best = enhanced ?? status ?? basic;
  const judged = telling === undefined ? hardByWords(spoken, basic, status) : hardByCode(telling, basic, spoken);
  return { kind: judged ? 'bounce-hard' : 'bounce-soft', status: best, blamesSender: isAboutSender(enhanced ?? status, spoken) };
}

/** No such mailbox, moved, disabled; no such domain. */
const hardCodes = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.4', '5.7.13']);

/** A basic code of 4xx means later, whatever is written behind it. */
function hardByCode(code: string, basic: string | undefined, spoken: string): boolean {
  if (basic?.startsWith('4') || code.startsWith('4')) return false;
  if (code === '5.2.1' || code === '5.1.0') return !softWords.test(spoken);
  return hardCodes.has(code);
}

/** 556: the domain takes no mail (RFC 7504). 552: full, or too large. */
function hardByWords(spoken: string, basic: string | undefined, status: string | undefined): boolean {
  if (basic === '556') return true;
  if (basic?.startsWith('4') || basic === '552' || status?.startsWith('4')) return false;
  return !softWords.test(spoken) && hardWords.test(spoken);
}

/** Its words say nothing about what happened. */
const address = /[^\s@<>]{1,100}@[^\s@<>]{1,100}/g;

/** Said of mails and of senders, also where a mailbox is spoken of. */
const softWords =
  /\b(spam|junk|block(ed|list|ing)?|black-?list|policy|reputation|spf|dkim|dmarc|rbl|dnsbl|grey-?list|gray-?list|relay(ing)? (access )?(denied|not)|quota|full|too (large|big|many)|size|exceeded|rate|try (again )?later|tempor(ary|arily)|timed? ?out|time-?out|content|virus|unauthenticated|throttl)/i;

const hardWords = new RegExp(
  [
    String.raw`(user|recipient|mailbox|address|account|e-?mail)( name| address)?( is| was| has been)? (unknown|unavailable|not found|not known|not recogni[sz]ed|invalid|disabled|deactivated|inactive|closed|gone|deleted|suspended|no longer)`,
    String.raw`(unknown|no such|invalid|nonexist[ae]nt|non-existent|bad destination|unrouteable|unroutable) (local[- ]part|user|recipient|mailbox|address|account|e-?mail|domain|host|person)`,
    String.raw`(does|do|did)(n't| not) exist`,
    String.raw`(doesn't|does not) have an? [\w.]{0,60} ?account`,
    String.raw`no (mailbox|user|account)( here)? (by|with|of) (that|this) name`,
    String.raw`no longer (exists?|available|valid|in use|works?|employed)`,
    String.raw`(host|domain)( name)? (unknown|not found)|(couldn't|could not|cannot) find any host`,
    String.raw`(name|recipient) is not recogni[sz]ed|recipientnotfound|(user|recipient)\b[^\n]{0,80} not (found|listed|known)`,
    String.raw`mailbox is gone|konnte nicht gefunden werden|unbekannter? (empfänger|benutzer)|existiert nicht|n'existe pas|(utilisateur|destinataire) inconnu|no existe`,
  ].join('|'),
  'i',
);

function isAboutSender(code: string | undefined, spoken: string): boolean {
  if (code !== undefined && /^5\.(1\.[78]|7\.(2\d|3\d|515|509))$/.test(code)) return true;
  return /\b(spf|dkim|dmarc|unauthenticated|block-?list(ed)?|black-?list(ed)?|rbl|dnsbl|poor reputation)\b/i.test(spoken);
}
