import type { CartLine } from '@waybill/commerce';
import { type Store, seeded } from '@waybill/reference-store';

/** A product as the shop shows and sells it. */
export interface Product {
  readonly partNumber: string;
  readonly name: string;
  readonly description: string;
  /** Price of one, exact. */
  readonly price: string;
  readonly currency: string;
  /** Unit of measure, UN/ECE recommendation 20. */
  readonly unit: string;
  /** Class of UNSPSC. */
  readonly unspsc: string;
  readonly leadTime: string;
  readonly stock: string;
}

/** What procurement systems ask for and the tables of the store do not have. */
const details: Readonly<Record<string, Pick<Product, 'description' | 'unit' | 'unspsc' | 'leadTime'>>> = {
  'HP-LAMP-02': {
    description: 'Brass cabin lamp with a glass chimney, for oil; hangs or stands.',
    unit: 'EA',
    unspsc: '39111501',
    leadTime: '3',
  },
  'HP-KIT-01': {
    description: 'Two ropes and four cleats in a box: all it takes to moor a small boat.',
    unit: 'KT',
    unspsc: '25111800',
    leadTime: '5',
  },
  'HP-ROPE-10': { description: 'Three-strand rope, 14 mm, 10 m, with a spliced eye.', unit: 'EA', unspsc: '31151507', leadTime: '2' },
  'HP-CLEAT-4': { description: 'Dock cleat of galvanised steel, 4 in, with two bolts.', unit: 'EA', unspsc: '25111803', leadTime: '2' },
};
const plain = { description: '', unit: 'EA', unspsc: '25111800', leadTime: '7' };

interface Row {
  readonly part_number: string;
  readonly name: string;
  readonly price: string;
  readonly currency: string;
  readonly quantity: string;
}

/** What the store sells, with the standing price of each product. */
export class Catalog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  all(): readonly Product[] {
    const rows = this.#store.database.all(
      `SELECT p.part_number, p.name, o.price, o.currency, i.quantity
       FROM assortment a JOIN products p USING (catalog_entry_id) JOIN offers f USING (catalog_entry_id) JOIN offer_prices o USING (offer_id)
       JOIN inventory i ON i.catalog_entry_id = p.catalog_entry_id AND i.store_id = a.store_id
       WHERE a.store_id = ? AND f.offer_id = p.catalog_entry_id ORDER BY p.name`,
      seeded.storeId,
    ) as unknown as readonly Row[];
    return rows.map(productOf);
  }

  /** Those that have all the words in name, description or part number. */
  search(words: string): readonly Product[] {
    const wanted = words.toLowerCase().split(/\s+/);
    return this.all().filter(({ name, description, partNumber }) => {
      const text = `${name} ${description} ${partNumber}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
  }

  find(partNumber: string): Product | undefined {
    return this.all().find((product) => product.partNumber === partNumber);
  }
}

function productOf({ part_number: partNumber, name, price, currency, quantity: stock }: Row): Product {
  return { partNumber, name, price, currency, stock, ...(details[partNumber] ?? plain) };
}

/** A line of a cart. `auxiliaryId`: what the buyer knows it by; without one, the service makes one when the cart goes back. */
export function lineOf(product: Product, quantity: string, auxiliaryId: string | undefined): CartLine {
  const { partNumber, name, description, price, currency, unit, unspsc, leadTime } = product;
  return {
    quantity,
    partId: partNumber,
    ...(auxiliaryId === undefined ? {} : { auxiliaryId }),
    price: { amount: price, currency },
    shortName: name,
    description: description === '' ? name : description,
    language: 'en',
    unit,
    classifications: [{ domain: 'UNSPSC', code: unspsc }],
    leadTime,
    manufacturer: 'Harbour and Pine',
  };
}
