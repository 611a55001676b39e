import { anywhere, damaged, type Fault, place } from './fault.ts';
import { orderStatus } from './samples.ts';

const city = place('OrderStatusHeader/ShipTo/City');
const doctype = '<!DOCTYPE Update_WCS_OrderStatus SYSTEM "Update_WCS_OrderStatus_30.dtd">';
const root = orderStatus.slice(orderStatus.indexOf('<Update'));
const item = '<OrderStatusItem ';

function malformed(what: string, body: Uint8Array | string, at: RegExp = anywhere, code = 'WB_XML_NOT_WELL_FORMED'): Fault {
  return { what, body, code, at };
}

/** The order status with another text as the name of a city. */
function inCity(text: string): string {
  return damaged(orderStatus, 'Port Merrin', text);
}

/** No XML, although it looks like a message at its beginning. */
export const malformedFaults: readonly Fault[] = [
  malformed('a truncated document', orderStatus.slice(0, orderStatus.indexOf('</City>')), city),
  malformed('two roots', orderStatus + root),
  malformed('text behind the root', `${orderStatus}and more`),
  malformed('an attribute twice', damaged(orderStatus, item, `${item}Versioning="TRUE" `), place('DataArea/OrderShipping')),
  malformed('an attribute of the root twice', damaged(orderStatus, 'version="3.0"', 'version="3.0" version="3.0"')),
  malformed('an end tag that does not match', damaged(orderStatus, '</City>', '</Town>'), city),
  malformed(
    'a missing end tag',
    damaged(orderStatus, '</ShipTo>', ''),
    place('OrderStatusHeader/ShipTo/Comment'),
    'WB_XML_UNEXPECTED_ELEMENT',
  ),
  malformed('a missing end tag at the end', damaged(orderStatus, '</DataArea>', ''), place('Update_WCS_OrderStatus/DataArea')),
  malformed('an unknown entity', inCity('Port &merrin;'), city),
  malformed('a bare ampersand', inCity('Port & Merrin'), city),
  malformed('a NUL byte in a text', inCity('Port\0Merrin'), city),
  malformed('a NUL as a character reference', inCity('Port&#0;Merrin'), city),
  malformed('bytes that are not UTF-8', Buffer.from(inCity('Port Merr\u00efn'), 'latin1'), city, 'WB_XML_INVALID_UTF8'),
  {
    what: 'an encoding in the declaration that nobody knows',
    body: damaged(orderStatus, 'UTF-8', 'X-MERRIN'),
    code: 'WB_TEXT_UNKNOWN_ENCODING',
    at: /X-MERRIN/,
    unanswerable: true,
  },
  malformed('XML 1.1', damaged(orderStatus, 'version="1.0"', 'version="1.1"'), anywhere, 'WB_XML_VERSION'),
];

const bomb = [
  '<!DOCTYPE Update_WCS_OrderStatus [<!ENTITY a0 "ha">',
  ...Array.from({ length: 30 }, (_, level) => `<!ENTITY a${level + 1} "&a${level};&a${level};">`),
  ']>',
].join('\n');
const external = '<!DOCTYPE Update_WCS_OrderStatus [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const emptySubset = '<!DOCTYPE Update_WCS_OrderStatus SYSTEM "Update_WCS_OrderStatus_30.dtd" []>';
const manyAttributes = Array.from({ length: 1_000 }, (_, number) => `a${number}=""`).join(' ');

function withDoctype(declared: string, text: string): string {
  return damaged(inCity(text), doctype, declared);
}

function nested(levels: number, head = ''): string {
  return `${head}<Update_WCS_OrderStatus version="3.0">${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}</Update_WCS_OrderStatus>`;
}

/** Attempts to make the reader read, fetch or compute far more than a message has. */
export const hostileFaults: readonly Fault[] = [
  malformed('an entity bomb', withDoctype(bomb, '&a30;'), anywhere, 'WB_XML_INTERNAL_SUBSET'),
  malformed('an external entity', withDoctype(external, '&x;'), anywhere, 'WB_XML_INTERNAL_SUBSET'),
  malformed('an empty internal subset', withDoctype(emptySubset, 'here'), anywhere, 'WB_XML_INTERNAL_SUBSET'),
  malformed('100,000 elements in one another', nested(100_000), place('Update_WCS_OrderStatus/a'), 'WB_XML_UNEXPECTED_ELEMENT'),
  malformed('1,000 attributes', damaged(orderStatus, item, `${item}${manyAttributes} `), anywhere, 'WB_XML_TOO_MANY_ATTRIBUTES'),
  malformed('a very long attribute', damaged(orderStatus, '"P"', `"${'P'.repeat(200_000)}"`), anywhere, 'WB_XML_ATTRIBUTE_TOO_LONG'),
  malformed('a very long text', inCity('x'.repeat(2_000_000)), city, 'WB_XML_TEXT_TOO_LONG'),
];
