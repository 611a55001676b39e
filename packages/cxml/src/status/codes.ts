/** What a status says of a document, reference/procurement-messages.md, section 3.3. */
export interface CxmlStatus {
  /** 200 to 299: taken. 400 to 499: refused for good. 500 to 599: not now. */
  readonly code: number;
  /** The word that belongs to the code: `OK`, `Not Acceptable`. */
  readonly text: string;
  /** What there is to say to people. */
  readonly detail?: string | undefined;
  /** Language of the detail, as a tag of BCP 47. */
  readonly language?: string | undefined;
}

/** The codes of the protocol. HTTP has others, of which 202, 404, 405, 407, 408, 410 and 501 mean nothing here. */
const texts: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Accepted',
  204: 'No Content',
  211: 'OK',
  280: 'Forwarded',
  281: 'Forwarded',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  417: 'Expectation Failed',
  450: 'Not Implemented',
  468: 'Catalog Too Large',
  475: 'Signature Required',
  476: 'Signature Verification Failed',
  477: 'Signature Unacceptable',
  499: 'Document Size Error',
  500: 'Internal Server Error',
  550: 'Unable To Reach Next Server',
  551: 'Unable To Forward To Next Server',
  560: 'Temporary Server Error',
};

/** What becomes of a document: taken; refused for good; to be sent again later. */
export type StatusClass = 'taken' | 'refused' | 'again';

/** The class of a code, known or not; undefined where no code of the protocol can be in it. */
export function statusClassOf(code: number): StatusClass | undefined {
  if (!Number.isInteger(code)) return undefined;
  if (code >= 200 && code < 300) return 'taken';
  if (code >= 400 && code < 500) return 'refused';
  return code >= 500 && code < 600 ? 'again' : undefined;
}

/** The word for a code. One that the protocol does not know has the word of its class: 299 that of 200. */
export function statusText(code: number): string {
  return texts[code] ?? texts[Math.floor(code / 100) * 100] ?? 'Unknown';
}
