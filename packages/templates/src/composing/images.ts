import { createHash } from 'node:crypto';
import type { AssetFile, Catalogue } from '../folder/catalogue.ts';
import type { Place } from '../folder/place.ts';
import { mediaTypeOf } from './media-types.ts';

/** An image as the mail document carries it. */
export interface InlineImage {
  readonly id: string;
  readonly contentType: string;
  readonly content: string;
  readonly fileName: string;
}

/** By the file: encoding and hashing it for every mail would take longer than all the rest. */
const encoded = new WeakMap<AssetFile, InlineImage>();

/** The images that one page shows, in the order in which it does. */
export class Images {
  readonly #catalogue: Catalogue;
  readonly #place: Place;
  /** A page that stands alone has its images inside. */
  readonly #isAlone: boolean;
  readonly #shown = new Map<string, InlineImage>();

  constructor(catalogue: Catalogue, place: Place, isAlone: boolean) {
    this.#catalogue = catalogue;
    this.#place = place;
    this.#isAlone = isAlone;
  }

  get shown(): readonly InlineImage[] {
    return [...this.#shown.values()];
  }

  source(name: string): string {
    const file = this.#catalogue.asset(name, this.#place);
    if (!file) throw new Error(`there is no image "${name}"`);
    const image = encoded.get(file) ?? encode(file);
    if (this.#isAlone) return `data:${image.contentType};base64,${image.content}`;
    this.#shown.set(image.id, image);
    return `cid:${image.id}`;
  }
}

/** The id follows from the bytes, so that it is the same at every attempt and another one when the image changes. */
function encode(file: AssetFile): InlineImage {
  const fileName = file.path.split('/').at(-1) ?? file.path;
  const stem = fileName
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^A-Za-z0-9_-]/g, '-')
    .slice(0, 40);
  const hash = createHash('sha256').update(file.bytes).digest('hex').slice(0, 16);
  const image = { id: `${stem}-${hash}@images`, contentType: mediaTypeOf(fileName), content: file.bytes.toString('base64'), fileName };
  encoded.set(file, image);
  return image;
}
