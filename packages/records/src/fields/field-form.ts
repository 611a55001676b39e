import type { Content } from '../content/content.ts';
import type { Output } from '../content/output.ts';
import type { Misfit } from '../misfit.ts';

/** How one type of field is read and written. Values are text; undefined means that there is none. */
export interface FieldForm {
  /** In units. */
  readonly width: number;
  /** True: the field can be blank, and blank means that there is no value. False: a value has to be there when it is written. */
  readonly canBeBlank: boolean;
  /** True: it holds bytes that are no text. */
  readonly isBinary: boolean;
  /** Looks at the units `from` to `to`, without the latter. */
  read(content: Content, from: number, to: number): string | undefined | Misfit;
  write(value: string, out: Output): Misfit | undefined;
  /** The value as reading gives it after it was written. */
  normal(value: string): string | Misfit;
}
