import { defineErrors } from '@waybill/contract';

/** The error codes of DTDs. Their `at` is the file with line and column, `Order_30.dtd:12:1`. */
export const dtdErrors = defineErrors({
  WB_XML_DTD_SYNTAX: {
    means: 'A DTD breaks a rule of XML: a declaration is not complete, a name is wrong, a parameter entity is not declared, and the like.',
    remedy: 'Correct the DTD at the place that the error names.',
  },
  WB_XML_DTD_ADDRESS: {
    means: 'A DTD names a module by an address that is no file below the folder of the DTD. Modules are never fetched.',
    remedy: 'Save the module as a file below the folder of the DTD, and declare it by its relative path, such as SYSTEM "NCCommon.mod".',
  },
  WB_XML_DTD_NO_FILE: {
    means: 'A module that a DTD names is not there.',
    remedy: 'Put the file where the error says, or correct the declaration of the parameter entity.',
  },
  WB_XML_DTD_ENCODING: {
    means: 'A DTD or a module is in an encoding that is not read, or its bytes are not of the encoding that it declares.',
    remedy: 'Convert the file to UTF-8, and declare that or nothing.',
  },
  WB_XML_DTD_LIMIT: {
    means: 'A DTD is larger, nested more deeply, or expands to more text than the limits allow.',
    remedy:
      'Check where the DTD comes from; entities that expand to very much are a known attack. If it is right, raise the limit that the error names.',
  },
  WB_XML_DTD_CONTRADICTION: {
    means: 'Two declarations of one element, or of one attribute of it, say different things. A DTD has one declaration for each name.',
    remedy: 'Make the two alike, or give one of the elements another name; the error names both places.',
  },
  WB_XML_DTD_AMBIGUOUS: {
    means:
      'A content model allows an element in two ways at one place, so that a reader would have to look ahead. XML does not allow that.',
    remedy: 'Write the content model so that each element has one way at each place: (a, (b | c)?) instead of ((a, b) | (a, c) | a).',
  },
});

export type DtdErrorCode = keyof typeof dtdErrors;
