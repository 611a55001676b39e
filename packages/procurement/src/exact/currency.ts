/** Currencies of ISO 4217 by the places behind the point, where these are not two. */
const others = {
  0: ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  3: ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
  4: ['CLF', 'UYW'],
};

const placesByCode = new Map(Object.entries(others).flatMap(([places, codes]) => codes.map((code) => [code, Number(places)] as const)));

/** How many places amounts of the currency have behind the point: 2, but none in yen and three in dinars. Currencies that are not known have 2. */
export function placesOfCurrency(currency: string): number {
  return placesByCode.get(currency) ?? 2;
}
