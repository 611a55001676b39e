import { packSuite } from '@waybill/testing';
import { least, packOf, sent } from './pack.ts';

const files = { ...least, 'parcel-sent.html.liquid': '<p>{{ customer.name }}</p>', 'parcel-sent.sample.json': JSON.stringify(sent) };

packSuite(packOf(files, { to: ({ customer }) => customer.email }), { events: { 'parcel.sent': [sent, { ...sent, items: [] }] } });
