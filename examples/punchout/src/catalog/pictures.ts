import { Markup } from '@waybill/markup';

/** The pictures of the products, drawn by hand: nothing has to be fetched, and they are sharp at every size. By part number. */
const drawings: Readonly<Record<string, string>> = {
  'HP-LAMP-02': `
    <rect x="92" y="28" width="16" height="14" rx="3" fill="#8a6a1f"/>
    <path d="M100 18a12 12 0 0 1 12 12" fill="none" stroke="#8a6a1f" stroke-width="5" stroke-linecap="round"/>
    <path d="M62 58h76l-8-18H70z" fill="#c9992e"/>
    <rect x="66" y="58" width="68" height="70" rx="8" fill="#fff3c4" stroke="#c9992e" stroke-width="6"/>
    <path d="M100 74c14 16 14 34 0 42c-14-8-14-26 0-42z" fill="#f2a03d"/>
    <path d="M100 90c6 8 6 17 0 22c-6-5-6-14 0-22z" fill="#fff7dd"/>
    <path d="M60 128h80l6 16H54z" fill="#c9992e"/>
    <path d="M83 58v70M117 58v70" stroke="#c9992e" stroke-width="4"/>`,
  'HP-KIT-01': `
    <rect x="38" y="72" width="124" height="72" rx="10" fill="#2f5d62"/>
    <rect x="38" y="72" width="124" height="22" rx="10" fill="#3f7a80"/>
    <path d="M78 72v-12a10 10 0 0 1 10-10h24a10 10 0 0 1 10 10v12" fill="none" stroke="#24484c" stroke-width="8"/>
    <rect x="88" y="86" width="24" height="16" rx="4" fill="#e9c46a"/>
    <path d="M56 120c12-14 26 14 38 0s26 14 38 0 12-6 16-4" fill="none" stroke="#f4ede0" stroke-width="7" stroke-linecap="round"/>`,
  'HP-ROPE-10': `
    <g fill="none" stroke-linecap="round">
      <ellipse cx="100" cy="118" rx="58" ry="22" stroke="#b9853f" stroke-width="15"/>
      <ellipse cx="100" cy="100" rx="54" ry="21" stroke="#d3a15b" stroke-width="15"/>
      <ellipse cx="100" cy="82" rx="50" ry="20" stroke="#e3bd82" stroke-width="15"/>
      <path d="M150 82c22 8 20 34 10 58" stroke="#e3bd82" stroke-width="13"/>
      <path d="M58 76l10 10M80 66l8 12M112 66l-4 12M138 74l-10 10" stroke="#b9853f" stroke-width="3"/>
    </g>`,
  'HP-CLEAT-4': `
    <path d="M26 74c26-16 46-8 74-8s48-8 74 8c6 4 2 14-6 12c-24-6-36 4-50 6h-36c-14-2-26-12-50-6c-8 2-12-8-6-12z" fill="#6d7f8d"/>
    <path d="M80 90l-10 40h60l-10-40z" fill="#536471"/>
    <rect x="56" y="128" width="88" height="14" rx="6" fill="#3d4a54"/>
    <circle cx="72" cy="135" r="4" fill="#c9d3da"/><circle cx="128" cy="135" r="4" fill="#c9d3da"/>
    <path d="M40 72c18-6 34-2 48 0" stroke="#93a3af" stroke-width="5" fill="none" stroke-linecap="round"/>`,
};

const parcel = `
    <path d="M100 40l56 26v62l-56 26l-56-26V66z" fill="#caa472"/>
    <path d="M100 92l56-26v62l-56 26z" fill="#b48a55"/>
    <path d="M44 66l56 26l56-26" fill="none" stroke="#8d6a3e" stroke-width="4"/>
    <path d="M100 92v62" stroke="#8d6a3e" stroke-width="4"/>`;

/** The picture of a product; a parcel where nobody has drawn it. `name` is read out to those who do not see it. */
export function pictureOf(partNumber: string, name: string): Markup {
  const drawing = drawings[partNumber] ?? parcel;
  const title = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return new Markup(`<svg viewBox="0 0 200 170" role="img"><title>${title}</title>${drawing}</svg>`);
}
