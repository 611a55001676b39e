export * from './definition/index.ts';
export { errors } from './errors.ts';
export { defaultLimits, type XmlLimits } from './limits.ts';
export { parseXml, type XmlAttributes, type XmlHandler, type XmlPosition, XmlStream } from './reader.ts';
export { sniffRoot, type XmlBeginning } from './sniff.ts';
export { type XmlAttributesToWrite, XmlWriter, type XmlWriterOptions } from './writer.ts';
