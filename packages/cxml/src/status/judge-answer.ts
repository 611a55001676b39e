import { isWaybillError, type Judgement } from '@waybill/contract';
import { parseXml, type XmlAttributes, type XmlHandler } from '@waybill/xml';
import { type CxmlStatus, statusClassOf, statusText } from './codes.ts';
import { answerErrors } from './errors.ts';

/** What is known beside the text of an answer. */
export interface AnswerFacts {
  /** The HTTP status, for the log: it decides nothing. */
  readonly http?: number | undefined;
  /** What the document had in it that nobody may see, if the partner repeats it. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * What an answer means for the document that it answers. The cXML status counts, whatever the HTTP status was: 2xx is taken, 4xx refused for good, 5xx
 * to be sent again. What has no cXML with exactly one Status is a fault of the way, to be sent again: an empty body, a page, a Response without cXML
 * around it. Never throws. reference/procurement-messages.md, sections 3.3 and 4.
 */
export function judgeAnswer(text: string, facts: AnswerFacts = {}): Judgement {
  const found = statusIn(text);
  const from = facts.http === undefined ? '' : ` (HTTP ${facts.http})`;
  if (typeof found === 'string') {
    return { outcome: 'not-sent', error: answerErrors.WB_CXML_NO_ANSWER(`The answer of the partner${from} ${found}.`) };
  }
  const said = inOneLine(found, facts.secrets ?? []);
  switch (statusClassOf(found.code)) {
    case 'taken':
      return { outcome: 'sent', detail: said };
    case 'refused':
      return { outcome: 'refused', error: answerErrors.WB_CXML_REFUSED(`The partner refuses the document: ${said}${from}.`) };
    case 'again':
      return { outcome: 'not-sent', error: answerErrors.WB_CXML_NOT_NOW(`The partner cannot take the document now: ${said}${from}.`) };
    case undefined:
      return { outcome: 'not-sent', error: answerErrors.WB_CXML_NO_ANSWER(`The answer of the partner${from} has the code ${found.code}.`) };
  }
}

const limits = { bytes: 4 * 1024 ** 2, elements: 100_000 };

/** The one status of an answer, or what is wrong with it, as a clause. */
function statusIn(text: string): CxmlStatus | string {
  if (text.trim() === '') return 'is empty';
  const reader = new StatusReader();
  try {
    parseXml(text, reader, { limits, encodingKnown: true });
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return reader.root === undefined ? 'is no XML' : `is no XML that can be read (${error.code})`;
  }
  return reader.result;
}

/** Looks for the statuses of a cXML, at `cXML/Response/Status`, and lets everything else pass. */
class StatusReader implements XmlHandler {
  root: string | undefined;
  #depth = 0;
  #inResponse = false;
  #inStatus = false;
  #responses = 0;
  #status: XmlAttributes | undefined;
  #statuses = 0;
  #detail = '';

  get result(): CxmlStatus | string {
    if (this.root !== 'cXML') return `is no cXML; its root is ${shortened(this.root ?? '', 40)}`;
    if (this.#responses !== 1) return this.#responses === 0 ? 'has no Response' : 'has more than one Response';
    if (this.#status === undefined || this.#statuses !== 1) return this.#statuses === 0 ? 'has no Status' : 'has more than one Status';
    const { code = '', text, 'xml:lang': language } = this.#status;
    if (!/^[ \t\r\n]*[0-9]{3}[ \t\r\n]*$/.test(code)) return 'has a Status whose code is no number of three digits';
    const number = Number(code);
    return { code: number, text: text ?? statusText(number), detail: this.#detail, language };
  }

  startElement(name: string, attributes: XmlAttributes): void {
    this.#depth += 1;
    if (this.#depth === 1) this.root = name;
    if (this.#depth === 2) {
      this.#inResponse = name === 'Response';
      if (this.#inResponse) this.#responses += 1;
    }
    if (this.#depth !== 3 || !this.#inResponse || name !== 'Status') return;
    this.#inStatus = true;
    this.#statuses += 1;
    this.#status ??= attributes;
  }

  text(text: string): void {
    if (this.#inStatus && this.#depth === 3 && this.#statuses === 1 && this.#detail.length < longestRead) this.#detail += text;
  }

  endElement(): void {
    if (this.#depth === 3) this.#inStatus = false;
    this.#depth -= 1;
  }
}

const longest = 500;
/** A secret may stand across the place where a text is cut: it is taken out first. */
const longestRead = 4 * longest;

function inOneLine({ code, text, detail = '' }: CxmlStatus, secrets: readonly string[]): string {
  const say = (words: string, most: number): string => shortened(inLine(withoutSecrets(words, secrets)), most);
  return [say(`${code} ${text}`, 100), say(detail, longest)].filter((each) => each !== '').join(': ');
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (secret === '' ? left : left.replaceAll(secret, '***')), text);
}

function inLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
