import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { present, words } from './texts.ts';

/** `Phone` and `Fax`, as they stand on the wire. */
export interface WirePhone {
  country?: string;
  iso?: string;
  area?: string;
  number?: string;
  extension?: string;
}

const p = mapping<WirePhone>();

/** What is in `Phone` and `Fax`. */
export const phone = (): Nodes<WirePhone> => [
  ignored('@name?'),
  p.group('TelephoneNumber', [
    p.group('CountryCode', [p.leaf('@isoCountryCode?', 'iso', words('US')), p.leaf('.?', 'country', words('1'))]),
    p.leaf('AreaOrCityCode?', 'area', words('555')),
    p.leaf('Number', 'number', words('0100200')),
    p.leaf('Extension?', 'extension', words('12')),
  ]),
];

/** A telephone number is one text, `+1 555 0100200 x12`. */
export const asPhone: Conversion<WirePhone, string> = {
  read: ({ country, area, number, extension }) => {
    const code = single(country).replace(/^\++/, '');
    let text = code === '' ? '' : `+${code}`;
    for (const part of [single(area), single(number)]) if (part !== '') text += text === '' ? part : ` ${part}`;
    const more = single(extension);
    if (more !== '') text += text === '' ? `x${more}` : ` x${more}`;
    return text === '' ? undefined : text;
  },
  write: (text) => {
    const [, country = '', behind = text] = /^\+([0-9-]+) (.+)$/s.exec(text) ?? [];
    const cut = behind.lastIndexOf(' x');
    const [whole, extension] = cut > 0 ? [behind.slice(0, cut), behind.slice(cut + 2)] : [behind, undefined];
    const blank = country === '' ? -1 : whole.indexOf(' ');
    const [area, number] = blank > 0 ? [whole.slice(0, blank), whole.slice(blank + 1)] : ['', whole];
    return present({ country, iso: countryOf[country] ?? '', area, number, extension: extension === '' ? undefined : extension });
  },
};

/** White space in a number says nothing but where its parts end. */
function single(text = ''): string {
  return /\s/.test(text) ? text.trim().replace(/\s+/g, ' ') : text;
}

/** The DTD asks for a country beside its number: of several countries with one number, the largest. */
const countryOf: Readonly<Record<string, string>> = {
  '1': 'US',
  '7': 'RU',
  '20': 'EG',
  '27': 'ZA',
  '30': 'GR',
  '31': 'NL',
  '32': 'BE',
  '33': 'FR',
  '34': 'ES',
  '36': 'HU',
  '39': 'IT',
  '40': 'RO',
  '41': 'CH',
  '43': 'AT',
  '44': 'GB',
  '45': 'DK',
  '46': 'SE',
  '47': 'NO',
  '48': 'PL',
  '49': 'DE',
  '52': 'MX',
  '55': 'BR',
  '61': 'AU',
  '65': 'SG',
  '81': 'JP',
  '82': 'KR',
  '86': 'CN',
  '91': 'IN',
  '351': 'PT',
  '353': 'IE',
  '358': 'FI',
  '420': 'CZ',
};
