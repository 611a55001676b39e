export { canEncode, decode, encode, firstUnencodable, toUtf8, type Unencodable } from './convert.ts';
export { type EncodingChoice, type EncodingFacts, type EncodingSource, encodingOf, type OverruledEncoding } from './encoding-of.ts';
export { errors } from './errors.ts';
export { ccsidOf, type EncodingLabel, encodingNamed, isEncoding } from './names.ts';
