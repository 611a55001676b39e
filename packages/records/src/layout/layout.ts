// A layout is plain data: it can be written in TypeScript, kept as JSON or YAML, and made from a copybook.

/** What one record looks like. */
export interface Layout {
  /** The first step of every path in an error. Empty: paths begin with the names of `items`. */
  readonly name: string;
  readonly items: readonly Item[];
  readonly description?: string;
}

export type Item = Field | Group | Filler | Choice;

interface Described {
  /** What it means, for the table of a message. */
  readonly description?: string;
  /** How well it is known that this field stands here: a mark of whoever declares it, `D` for documented and so on. */
  readonly evidence?: string;
}

interface Repeated {
  /** Default: once. */
  readonly occurs?: Occurs;
}

/**
 * - A number: always so many.
 * - `depending`: as many as the named field says, which stands before the table; `OUTER/COUNT` names one inside a group. A writer fills that field in.
 * - `end`: as many as there are up to the end of the record.
 */
export type Occurs = number | 'end' | { readonly depending: string; readonly min?: number; readonly max: number };

/** Fields that belong together. They stand one behind the other, and values are nested by it. */
export interface Group extends Described, Repeated {
  readonly name: string;
  readonly items: readonly Item[];
}

/** Room that nobody looks at: not read, written as blanks. In units of the format, bytes or characters. */
export interface Filler extends Described, Repeated {
  readonly filler: number;
}

/** One place that is read and written in one of several ways (`REDEFINES`). */
export interface Choice extends Described {
  readonly alternatives: readonly Alternative[];
  /** The field whose value decides: one that stands before, or one that stands at the same place in the alternatives that have it. */
  readonly by?: string;
  /** Instead of `by`: the name of the alternative that always holds; the others are not looked at. */
  readonly always?: string;
  /** True, the default: the place is as long as the longest, whichever it holds. False: it ends with the one that it holds, as records of several kinds do. */
  readonly padded?: boolean;
}

export interface Alternative {
  /** The values of the deciding field that mean this one. Default: every value that no other alternative has. */
  readonly when?: readonly string[];
  readonly item: Group | Field;
}

interface Valued extends Described, Repeated {
  readonly name: string;
  /** The one value that it has: checked on reading, supplied on writing. Empty: always blank. */
  readonly value?: string;
  /** True: a blank field is refused, and so is a missing value. Default false: blank means that there is no value. */
  readonly required?: boolean;
  /** True: no error ever shows what it holds. */
  readonly secret?: boolean;
}

interface Padded {
  /** Where the value stands in its field. Default left. */
  readonly justify?: 'left' | 'right';
  /** What fills the rest: one character. Default a blank. */
  readonly pad?: string;
}

/** Text. The padding does not belong to the value; a field of nothing else has no value. */
export interface TextField extends Valued, Padded {
  readonly type?: 'text';
  /** In units; or the field, before this one, whose number says it: then nothing is padded and blanks are data. A writer fills that field in. */
  readonly length: number | { readonly in: string; readonly max: number };
  /** True: a longer text is cut when it is written. Default false: it is refused. */
  readonly truncate?: boolean;
}

/** A number written as text, `-12.50`. Blanks on both sides are padding. */
export interface NumberField extends Valued, Padded {
  readonly type: 'number';
  readonly length: number;
  /** How many of the digits stand behind a point that is not written. Default: the point is written. */
  readonly decimals?: number;
}

/** A date, a time of day or both, as ISO 8601 text: `2024-03-19`, `16:20:05`, `2024-03-19T16:20:05.5`. */
export interface DateField extends Valued {
  readonly type: 'date' | 'time' | 'timestamp';
  /** Default: as many units as the form has characters. */
  readonly length?: number;
  /**
   * Made of YYYY, YY, MM, DD, DDD (day of the year), hh, mm, ss, f (one for each digit of the fraction) and other characters as they are.
   * Default: `YYYYMMDD`, `hhmmss`, `YYYY-MM-DD-hh.mm.ss.ffffff` (as DB2 writes it).
   */
  readonly format?: string;
  /** Texts that mean that there is none, such as `00000000`. They are read, and written as blanks. */
  readonly none?: readonly string[];
  /** Needed with YY: years from this on (00 to 99) belong to the 1900s, those before it to the 2000s. */
  readonly pivot?: number;
}

interface Digits {
  /** How many are stored, 1 to 38; binary: to 18. */
  readonly digits: number;
  /** How many of them stand behind the implied point. Default 0. More than `digits`: zeros between; negative: zeros behind (P of a picture). */
  readonly decimals?: number;
  /** Default false: a sign is refused. */
  readonly signed?: boolean;
}

/** A digit a unit, the sign in the zone of the last one (`USAGE DISPLAY`). */
export interface ZonedField extends Valued, Digits {
  readonly type: 'zoned';
  /** Where the sign stands. Default trailing. */
  readonly sign?: 'leading' | 'trailing';
  /** True: the sign is a `+` or `-` of its own, beside the digits. */
  readonly separate?: boolean;
  /** True: zero is written as blanks, and blanks mean zero. */
  readonly blankWhenZero?: boolean;
}

/** Two digits a byte, the sign in the last half byte (`COMP-3`). */
export interface PackedField extends Valued, Digits {
  readonly type: 'packed';
}

/** A binary number in 2, 4 or 8 bytes, as 1 to 4, 5 to 9 and 10 to 18 digits need (`COMP`). */
export interface BinaryField extends Valued, Digits {
  readonly type: 'binary';
  /** True: it holds what its bytes can hold, in the byte order of the machine (`COMP-5`). Default false: big-endian, and what the digits allow. */
  readonly native?: boolean;
}

/** A number as an edited picture prints it: `ZZ,ZZ9.99-`. */
export interface EditedField extends Valued {
  readonly type: 'edited';
  readonly picture: string;
  /** True: comma and point change places in the picture (`DECIMAL-POINT IS COMMA`). */
  readonly decimalComma?: boolean;
  /** True: zero is written as blanks, and blanks mean zero. */
  readonly blankWhenZero?: boolean;
}

export type Field = TextField | NumberField | DateField | ZonedField | PackedField | BinaryField | EditedField;
