import { type XmlHandler, XmlStream } from '@waybill/xml';

/** Enough for the prolog, a comment and the control area, whose first element is the verb. */
const window = 8192;

/** What the verb of a document in the frame `wcs` is; undefined when it is not found. */
export function verbOf(body: Uint8Array): string | undefined {
  const finder = new VerbFinder();
  try {
    new XmlStream(finder, { encodingKnown: true }).write(body.subarray(0, window));
  } catch {
    // The verb is found, or this is not XML: reading the message as a whole will say what is wrong with it.
  }
  return finder.verb;
}

class VerbFinder implements XmlHandler {
  verb: string | undefined;

  startElement(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'Verb') return;
    this.verb = attributes['value'];
    throw new Error('found');
  }

  text(): void {}

  endElement(): void {}
}
