import { AmbiguousContent, defineXmlMessage, readXml, sniffRoot, type XmlReading, xmlReadingOptions } from '@waybill/xml';
import { messageErrors } from '../errors.ts';
import type { Envelope, Format, FormattedMessage, HowToRead, Marks } from './format.ts';
import { frames, marksOf, objectionToFrame, rootOf } from './xml-frames.ts';
import { verbOf } from './xml-verb.ts';

const name = /^[\p{L}_][\p{L}\p{N}._-]*(:[\p{L}_][\p{L}\p{N}._-]*)?$/u;

/** Messages in XML. */
export const xml: Format = {
  contentType: 'application/xml; charset=utf-8',
  options: xmlReadingOptions,
  frames,
  nameOf(written) {
    const bare = written.startsWith('@') ? written.slice(1) : written;
    if (written === '.' || name.test(bare)) return { name: written, width: undefined };
    const isField = /^\S+ \d+$/.test(bare);
    return { objection: isField ? 'has a width, and only fields of records have one' : 'is no name of an element or attribute' };
  },
  objectionToNode: () => undefined,
  hasDefault: (written) => written.startsWith('@'),
  objectionToFrame,
  define(spec, body, { command }) {
    const marks = marksOf(spec);
    const message = defineXmlMessage<Envelope>({
      root: () => rootOf(spec, body, command),
      ...(marks.doctype === undefined ? {} : { systemId: marks.doctype }),
    });
    return {
      root: message.root,
      marks,
      read: (bytes, { letsPass, options }) => {
        const chosen = options as unknown as XmlReading;
        const { lenient } = chosen;
        return readXml(
          message,
          bytes,
          letsPass && lenient.unknown === 'refuse' ? { ...chosen, lenient: { ...lenient, unknown: 'ignore' } } : chosen,
        );
      },
      write: (envelope) => message.write(envelope),
      makeUp: (choose) => message.makeUp(choose),
    };
  },
  grammar: async ({ root }) => {
    const { dtdOf, printDtd } = await import('@waybill/xml/dtd');
    return { language: 'dtd', text: printDtd(dtdOf(root)) };
  },
  ambiguity,
  recognise(body, messages) {
    const beginning = sniffRoot(body);
    const ours = messages.filter(({ message }) => message.marks.root === beginning?.root);
    if (beginning === undefined || ours.length === 0) return undefined;
    const file = beginning.systemId?.replace(/^.*[/\\]/s, '');
    const version = beginning.attributes['version'];
    const fitting = ours.filter(({ message: { marks } }) => {
      if (marks.version === undefined) return true;
      return version === undefined ? file !== undefined && marks.doctype === file : version === marks.version;
    });
    if (fitting.length === 0)
      throw unknownVersion(
        beginning.root,
        version,
        ours.map(({ message }) => message.marks),
      );
    const [only, another] = fitting;
    if (another === undefined) return only;
    const verb = verbOf(body);
    return fitting.find(({ message }) => message.marks.verb === verb) ?? only;
  },
};

function ambiguity(message: FormattedMessage, usual: HowToRead): ReturnType<Format['ambiguity']> {
  try {
    message.read(new Uint8Array(), usual);
  } catch (error) {
    // An empty document is refused; a declaration that cannot be read is found before.
    if (error instanceof AmbiguousContent) return { says: error.message, group: error.group, child: error.child };
  }
  return undefined;
}

function unknownVersion(root: string, version: string | undefined, known: readonly Marks[]) {
  const says =
    version === undefined
      ? `The message ${root} does not say its version.`
      : `The message ${root} has no version "${version.slice(0, 32)}".`;
  const versions = [...new Set(known.map((marks) => marks.version))].join(', ');
  return messageErrors.WB_MESSAGE_FILE_UNKNOWN_VERSION(says, { at: `${root}@version`, hint: `Known versions: ${versions}.` });
}
