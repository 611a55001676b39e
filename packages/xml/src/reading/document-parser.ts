import { shortened } from '../shortened.ts';
import { type DocumentErrorCode, documentErrors } from './errors.ts';
import type { XmlHandler, XmlPosition } from './handler.ts';
import { defaultLimits, type XmlLimits } from './limits.ts';
import type { StreamOptions } from './options.ts';
import { faultOfDoctype, isReadableEncoding } from './prolog.ts';
import { strictSaxes } from './strict-saxes.ts';
import { TagFinder } from './tag-finder.ts';

/** UTF-16 units of `&quot;`, which stands for one. */
const longestEscape = 6;

/**
 * The one place that knows the parser library. It turns the library's events into ours, holds the limits, and keeps the
 * path of the open elements for errors. Whatever the library reports as an error ends the document.
 */
export class DocumentParser {
  readonly #saxes = strictSaxes((message) => this.#refuseMalformed(message));
  readonly #limits: XmlLimits;
  readonly #finder = new TagFinder(this.#saxes);
  /** Names of the open elements, root first; only the first `#depth` of them count. */
  readonly #names: string[] = [];
  /** Length of the text directly inside each of them. */
  readonly #textLengths: number[] = [];
  #depth = 0;
  /** Of the whole document, or of the element that is open of those for each of which the limits hold. */
  #bytes = 0;
  #elements = 0;
  #attributes = 0;
  readonly #limitsPer: string | undefined;
  /** The depth of that element; 0 while none is open. */
  #unitDepth = 0;
  /** How far its bytes were counted. */
  #countedTo = 0;
  /** Characters since the library last reported anything: the text, comment or tag that it is still collecting. */
  #unreported = 0;
  /** How long that may get: a text within its limit can be this long as it is written. */
  readonly #mostUnreported: number;
  #failure: unknown;
  #ended = false;

  constructor(handler: XmlHandler, { limits, encodingKnown = false, limitsPer }: StreamOptions) {
    this.#limitsPer = limitsPer;
    this.#limits = limits === undefined ? defaultLimits : { ...defaultLimits, ...limits };
    this.#mostUnreported = longestEscape * Math.max(this.#limits.textLength, this.#limits.attributeLength);
    this.#listenToProlog(encodingKnown);
    this.#listenToElements(handler);
    this.#listenToText(handler);
  }

  /** Counts bytes of the document before they are looked at. */
  spend(bytes: number): void {
    this.#refuseWhenOver();
    if (this.#limitsPer !== undefined) return;
    this.#bytes += bytes;
    this.#checkBytes(this.#bytes);
  }

  /** Refuses a document that is known to have as many bytes, where that is more than it may have. */
  checkSize(bytes: number): void {
    if (this.#limitsPer === undefined) this.#checkBytes(bytes);
  }

  /** Reads on. `text` never ends between the halves of a surrogate pair. */
  write(text: string): void {
    this.#unreported += text.length;
    try {
      this.#finder.write(text);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
    if (this.#unitDepth > 0) this.#countUnit(this.#finder.end);
    if (this.#unreported - text.length > this.#mostUnreported) this.#refuseLongText();
  }

  end(): void {
    this.#refuseWhenOver();
    this.#saxes.close();
    this.#ended = true;
  }

  refuse(code: DocumentErrorCode, message: string, position: XmlPosition = this.#saxes): never {
    const path = this.#names.slice(0, this.#depth).map((name) => shortened(name, 60));
    const place = `${position.line}:${Math.max(position.column, 1)}`;
    this.#failure = documentErrors[code](message, { at: path.length > 0 ? `${path.join('/')}, ${place}` : place });
    throw this.#failure;
  }

  #checkBytes(bytes: number): void {
    if (bytes > this.#limits.bytes) this.refuse('WB_XML_TOO_LARGE', `${this.#whole()} is larger than ${this.#limits.bytes} bytes.`);
  }

  /** What the limits hold for. */
  #whole(): string {
    return this.#limitsPer === undefined ? 'The document' : `An element ${shortened(this.#limitsPer, 60)}`;
  }

  /** Begins to count where one of the elements begins for each of which the limits hold. What stands between them is not counted. */
  #countAnew(name: string): void {
    this.#elements = 0;
    if (name !== this.#limitsPer) return;
    this.#unitDepth = this.#depth + 1;
    this.#bytes = 0;
    this.#countedTo = this.#finder.place;
  }

  #countUnit(to: number): void {
    this.#bytes += this.#finder.bytesBetween(this.#countedTo, to);
    this.#countedTo = to;
    this.#checkBytes(this.#bytes);
  }

  #refuseWhenOver(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#ended) throw new TypeError('The document has ended.');
  }

  #refuseMalformed(message: string): never {
    // By then the library has closed the element that the end tag does not belong to; the fault lies inside it.
    if (message === 'unexpected close tag.') this.#depth++;
    this.refuse('WB_XML_NOT_WELL_FORMED', sentence(message));
  }

  #listenToProlog(encodingKnown: boolean): void {
    this.#saxes.on('xmldecl', ({ version, encoding }) => {
      if (version !== '1.0') this.refuse('WB_XML_VERSION', `The document is in XML ${version}; only 1.0 is read.`);
      if (!encodingKnown && encoding !== undefined && !isReadableEncoding(encoding))
        this.refuse('WB_XML_ENCODING', `The document declares the encoding ${shortened(encoding, 60)}; only UTF-8 is read.`);
    });
    this.#saxes.on('doctype', (inside) => {
      this.#unreported = 0;
      const fault = faultOfDoctype(inside);
      if (fault === 'WB_XML_INTERNAL_SUBSET') this.refuse(fault, 'The DOCTYPE has an internal subset.');
      if (fault === 'WB_XML_NOT_WELL_FORMED') this.refuse(fault, 'The DOCTYPE is not well-formed.');
    });
  }

  #listenToElements(handler: XmlHandler): void {
    const limits = this.#limits;
    const startOfTag = (): XmlPosition => this.#finder.startOfTag();
    this.#saxes.on('attribute', ({ name, value }) => {
      this.#unreported = 0;
      if (++this.#attributes > limits.attributes)
        this.refuse('WB_XML_TOO_MANY_ATTRIBUTES', `An element has more than ${limits.attributes} attributes.`);
      if (value.length > limits.attributeLength)
        this.refuse('WB_XML_ATTRIBUTE_TOO_LONG', `Attribute ${shortened(name, 60)} is longer than ${limits.attributeLength} characters.`);
    });
    this.#saxes.on('opentag', ({ name, attributes }) => {
      const count = this.#attributes;
      this.#unreported = 0;
      this.#attributes = 0;
      if (this.#depth === limits.depth) this.refuse('WB_XML_TOO_DEEP', `Elements are nested more than ${limits.depth} deep.`);
      if (this.#limitsPer !== undefined && this.#unitDepth === 0) this.#countAnew(name);
      if (++this.#elements > limits.elements)
        this.refuse('WB_XML_TOO_MANY_ELEMENTS', `${this.#whole()} has more than ${limits.elements} elements.`);
      this.#names[this.#depth] = name;
      this.#textLengths[this.#depth] = 0;
      this.#depth++;
      handler.startElement(name, attributes, startOfTag, count);
    });
    this.#saxes.on('closetag', ({ name }) => {
      this.#unreported = 0;
      if (this.#unitDepth === this.#depth) {
        this.#countUnit(this.#finder.place);
        this.#unitDepth = 0;
      }
      handler.endElement(name);
      this.#depth--;
    });
  }

  #listenToText(handler: XmlHandler): void {
    const limit = this.#limits.textLength;
    const onText = (text: string): void => {
      this.#unreported = 0;
      if (this.#depth === 0) return;
      const length = this.#textLengths[this.#depth - 1]! + text.length;
      if (length <= limit) this.#textLengths[this.#depth - 1] = length;
      else if (text.length > limit || !isBlank(text)) this.#refuseLongText();
      handler.text(text);
    };
    this.#saxes.on('text', onText);
    this.#saxes.on('cdata', onText);
    // Without a listener the library skips these, and `#unreported` would add up over many small ones.
    const onSkipped = (): void => {
      this.#unreported = 0;
    };
    this.#saxes.on('comment', onSkipped);
    this.#saxes.on('processinginstruction', onSkipped);
  }

  #refuseLongText(): never {
    const { textLength } = this.#limits;
    this.refuse('WB_XML_TEXT_TOO_LONG', `A text, a comment or a tag is longer than ${textLength} characters.`);
  }
}

function isBlank(text: string): boolean {
  return /^[ \t\n\r]*$/.test(text);
}

/** The library's messages have no capital, and may carry a name of any length. */
function sentence(message: string): string {
  return shortened(message.charAt(0).toUpperCase() + message.slice(1), 200);
}
