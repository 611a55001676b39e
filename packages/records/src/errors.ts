import { defineErrors, MessageError, WaybillError } from '@waybill/contract';

/** The error codes of records that are read or written. Final: the same bytes, or the same values, are refused again. */
export const recordErrors = defineErrors(
  {
    WB_RECORD_FRAME: {
      means: 'The bytes are not divided into records as the framing says: a length in front of a record or block cannot be true.',
      remedy: 'Compare the framing that is set with what the sender writes: none, lines, record lengths (RDW) or blocks of them (BDW).',
      kind: 'unreadable',
    },
    WB_RECORD_TOO_SHORT: {
      means: 'A record ends before the field that the error names.',
      remedy: 'Have the sender write the record in full, or set `short: "blank"` where a transport cuts blanks at its end.',
      kind: 'unreadable',
    },
    WB_RECORD_TOO_LONG: {
      means: 'A record goes on behind its last field.',
      remedy: 'Compare the layout with what the sender writes; the place of the first surplus character is in the error.',
      kind: 'unreadable',
    },
    WB_RECORD_BAD_CHARACTER: {
      means:
        'A field of text holds bytes that are no character of the encoding, a character that is cut, or NUL, which COBOL calls low-values.',
      remedy: 'Check encoding and unit of the layout; where low-values stand for blanks, set `lowValues: "pad"`.',
      kind: 'unreadable',
    },
    WB_RECORD_BAD_VALUE: {
      means: 'A field does not hold what its type asks for: a number, a sign, a date that exists.',
      remedy: 'Have the sender repair the field; the error names it and its place. If several fields are wrong, check the layout.',
    },
    WB_RECORD_UNMAPPED: {
      means: 'A field or tag holds something that the declaration of the message has no meaning for.',
      remedy: 'Have the sender leave it out, or give it a place in the mapping of the message.',
    },
    WB_RECORD_WRONG_CONSTANT: {
      means: 'A field that always has the same text has another one.',
      remedy: 'Check that the record is of the kind and version that the layout describes.',
    },
    WB_RECORD_WRONG_COUNT: {
      means: 'A table has more or fewer entries than it may have, or than its count field says.',
      remedy: 'Correct the count, or the table. When a record is written, leave the count out: it is filled in.',
    },
    WB_RECORD_NO_ALTERNATIVE: {
      means: 'The field that decides which of several layouts holds has a value that none of them is for, or one that is for another.',
      remedy: 'Correct the value, or add it to one of the alternatives of the layout.',
    },
    WB_RECORD_MISSING_VALUE: {
      means: 'A field that may not be blank is blank, or has no value when it is written.',
      remedy: 'Give it a value; for a number that may be unknown, use a type of field that can be blank.',
    },
    WB_RECORD_DOES_NOT_FIT: {
      means: 'A value has more characters or digits than its field has room for. Nothing was written.',
      remedy: 'Shorten the value where it comes from, or say `truncate: true` for a text that may be cut.',
    },
    WB_RECORD_UNENCODABLE: {
      means: 'A value has a character that the encoding does not have, or that divides records. Nothing was written.',
      remedy: 'Replace it where the data comes from, or write in another encoding.',
    },
    WB_RECORD_UNKNOWN_NAME: {
      means: 'A value has a name that the layout does not have at this place. Nothing was written.',
      remedy: 'Remove or rename the value; the hint tells the names that there are.',
    },
    WB_RECORD_UNEXPECTED_TAG: {
      means: 'A tagged segment is unknown, stands at the wrong place or too often, or something that is no tag stands between two of them.',
      remedy: 'Compare the tags and their order with the declaration of the message.',
      kind: 'unreadable',
    },
    WB_RECORD_MISSING_SEGMENT: {
      means: 'A tagged segment that has to be there is missing.',
      remedy: 'Add the segment at the place that the error names.',
      kind: 'unreadable',
    },
    WB_RECORD_SEGMENT_END: {
      means: 'The closing tag of a segment does not stand where its width says; a character was lost or added inside.',
      remedy: 'Have the sender write every field of the segment in its full width, in the unit (characters or bytes) that is set.',
      kind: 'unreadable',
    },
  },
  MessageError,
);

/** The error codes of declarations: faults of whoever wrote a layout or a copybook, found when it is first used. */
export const layoutErrors = defineErrors(
  {
    WB_RECORD_LAYOUT: {
      means: 'A layout, or an option beside it, contradicts itself or says something that cannot be read or written.',
      remedy: 'Correct the layout at the place that the error names.',
    },
    WB_RECORD_COPYBOOK: {
      means: 'A copybook cannot be understood, or has something that is not supported.',
      remedy: 'Correct the copybook at the line and column that the error names.',
    },
  },
  WaybillError,
);

/** The error codes of fixed-width records. */
export const errors = Object.freeze({ ...recordErrors, ...layoutErrors });

export type RecordErrorCode = keyof typeof recordErrors;
