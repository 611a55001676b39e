export type { DecodingOptions } from './decoding/decoder.ts';
export { AmbiguousContent } from './decoding/plan.ts';
export { errors } from './errors.ts';
export { type DefinitionErrorCode, definitionErrors } from './message/errors.ts';
export {
  defineXmlMessage,
  type LenientlyRead,
  type LenientReadingOptions,
  type MessageReadingOptions,
  type MessageWritingOptions,
  readXml,
  type XmlMessage,
  type XmlMessageSpec,
} from './message/message.ts';
export { type XmlReading, type XmlSurplus, xmlReadingOptions } from './message/reading-options.ts';
export type { XmlAttributes, XmlHandler, XmlPosition } from './reading/handler.ts';
export { defaultLimits, type XmlLimits } from './reading/limits.ts';
export type { ReadingOptions, StreamOptions } from './reading/options.ts';
export { parseXml } from './reading/parse.ts';
export { sniffRoot, type XmlBeginning } from './reading/sniff.ts';
export { XmlStream } from './reading/stream.ts';
export { type ElementReader, eachElement } from './streaming/each-element.ts';
export { TreeReader, type XmlTree } from './streaming/tree.ts';
export { replaceUnwritable, type XmlAttributesToWrite, XmlWriter, type XmlWriterOptions } from './writing/writer.ts';
