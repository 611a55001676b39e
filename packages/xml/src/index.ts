export type { DecodingOptions } from './decoding/decoder.ts';
export { type DtdErrorCode, dtdErrors } from './dtd/errors.ts';
export { filesBelow } from './dtd/files-below.ts';
export type {
  Dtd,
  DtdAttribute,
  DtdAttributeType,
  DtdContent,
  DtdElement,
  DtdEntity,
  DtdGroup,
  DtdNote,
  DtdOccurs,
  DtdPart,
  DtdPresence,
} from './dtd/model.ts';
export { type DtdReadingOptions, parseDtd, type ReadDtd } from './dtd/parse.ts';
export { type DtdLimits, defaultDtdLimits } from './dtd/parsing/limits.ts';
export type { LoadDtdFile } from './dtd/parsing/parameter-entities.ts';
export { printDtd } from './dtd/print.ts';
export { errors } from './errors.ts';
export { type DtdSample, inferDtd } from './inferring/infer.ts';
export { dtdOf } from './message/dtd-of.ts';
export { type DefinitionErrorCode, definitionErrors } from './message/errors.ts';
export { defineXmlMessage, type MessageReadingOptions, type XmlMessage, type XmlMessageSpec } from './message/message.ts';
export type { XmlAttributes, XmlHandler, XmlPosition } from './reading/handler.ts';
export { defaultLimits, type XmlLimits } from './reading/limits.ts';
export type { ReadingOptions, StreamOptions } from './reading/options.ts';
export { parseXml } from './reading/parse.ts';
export { sniffRoot, type XmlBeginning } from './reading/sniff.ts';
export { XmlStream } from './reading/stream.ts';
export { type ElementReader, eachElement } from './streaming/each-element.ts';
export { TreeReader, type XmlTree } from './streaming/tree.ts';
export { replaceUnwritable, type XmlAttributesToWrite, XmlWriter, type XmlWriterOptions } from './writing/writer.ts';
