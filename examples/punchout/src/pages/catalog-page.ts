import { type Markup, markup } from '@waybill/markup';
import type { Product } from '../catalog/catalog.ts';
import { pictureOf } from '../catalog/pictures.ts';
import { form, page, type Visit } from './layout.ts';

/** Everything that the shop sells. */
export function catalogPage(products: readonly Product[], visit: Visit): Markup {
  return page(
    'Catalogue',
    visit,
    markup`<h1>For your boat and your dock</h1><ul class="grid">${products.map((product) => card(product, visit))}</ul>`,
  );
}

/** One product. */
export function productPage(product: Product, visit: Visit): Markup {
  const { name, description, partNumber, unspsc, leadTime, unit, stock } = product;
  return page(
    name,
    visit,
    markup`<div class="hero">${pictureOf(partNumber, name)}<div><h1>${name}</h1><p>${description}</p>
<p class="price">${priceOf(product)}</p>
<dl><dt>Part number</dt><dd>${partNumber}</dd><dt>Unit</dt><dd>${unit}</dd><dt>UNSPSC</dt><dd>${unspsc}</dd>
<dt>In stock</dt><dd>${stock}</dd><dt>Leaves in</dt><dd>${leadTime} days</dd></dl>${buying(product, visit)}
<p><a href="${visit.places.home}">All products</a></p></div></div>`,
  );
}

function card(product: Product, visit: Visit): Markup {
  const { partNumber, name, description } = product;
  const place = visit.places.product(partNumber);
  return markup`<li class="card"><a href="${place}" tabindex="-1" aria-hidden="true">${pictureOf(partNumber, name)}</a>
<h2><a href="${place}">${name}</a></h2><p>${description}</p><span class="price">${priceOf(product)}</span>${buying(product, visit)}</li>`;
}

function buying({ partNumber, name }: Product, visit: Visit): Markup | false {
  if (visit.mode === 'inspect') return false;
  return form(
    visit.places.add,
    visit,
    markup`<input type="hidden" name="partNumber" value="${partNumber}">
<input type="number" name="quantity" value="1" min="1" max="9999" aria-label="How many: ${name}"><button>Add to cart</button>`,
  );
}

function priceOf({ price, currency, unit }: Product): Markup {
  return markup`${price} ${currency} <span class="small">per ${unit}</span>`;
}
