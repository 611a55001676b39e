import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of message definitions: final errors of the kind `invalid`, whose `at` is the path and `line:column`. */
export const definitionErrors = defineErrors(
  {
    WB_XML_UNEXPECTED_ELEMENT: {
      means: 'An element stands where the message definition has no place for it.',
      remedy: 'Compare the element and its parent with the field table of the message; the hint names what may stand there.',
    },
    WB_XML_WRONG_ORDER: {
      means: 'An element that the message knows comes too late: it belongs before elements that were read already.',
      remedy: 'Write the children of an element in the order of the field table.',
    },
    WB_XML_MISSING_ELEMENT: {
      means: 'A mandatory element is missing.',
      remedy: 'Add the element at the place that the error names; the field table shows what is mandatory.',
    },
    WB_XML_TOO_MANY: {
      means: 'An element occurs more often than the message allows.',
      remedy: 'Keep as many as the field table allows, or send several messages.',
    },
    WB_XML_UNEXPECTED_TEXT: {
      means: 'There is text in an element that holds child elements only, or nothing.',
      remedy: 'Remove the text, or move it into the child element that it belongs to.',
    },
    WB_XML_BAD_VALUE: {
      means: 'A text or attribute value is not of the form, length or set of values that its place asks for.',
      remedy: 'Correct the value; the error says what is allowed.',
    },
    WB_XML_UNKNOWN_ATTRIBUTE: {
      means: 'An element carries an attribute that the message does not know.',
      remedy: 'Remove or rename the attribute; names are case sensitive.',
    },
    WB_XML_MISSING_ATTRIBUTE: {
      means: 'A mandatory attribute is missing.',
      remedy: 'Add the attribute to the element that the error names.',
    },
  },
  MessageError,
);

export type DefinitionErrorCode = keyof typeof definitionErrors;
