// DTDs: reading, printing, drafting from samples, and the DTD of a message. An entry of its own, since few programs need it and it is half of the code.
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
export { type DtdSample, inferDtd } from './inferring/infer.ts';
export { dtdOf } from './message/dtd-of.ts';
