import type { Place } from '../folder/place.ts';
import type { Phrase } from '../folder/texts.ts';
import type { Formats } from '../values/formats.ts';

/** What a template is rendered for and with. */
export interface Rendering {
  readonly place: Place;
  /** The data of the event: its fields are the names that a template knows. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Names that partials know as well: `store`, `message`, `language`. A field of the event with the same name hides them. */
  readonly globals: Readonly<Record<string, unknown>>;
  readonly texts: ReadonlyMap<string, Phrase>;
  readonly formats: Formats;
  /** Formats that do not move a calendar day to another zone. */
  readonly dayFormats: Formats;
  readonly currency: string | undefined;
  /** What stands in the `src` of an image of the folder. Throws an `Error` where there is none. */
  readonly image: (name: string) => string;
}
