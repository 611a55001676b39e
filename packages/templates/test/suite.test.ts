import { packSuite } from '@waybill/testing';
import { least, packOf } from './pack.ts';

packSuite(packOf({ ...least, 'parcel-sent.html.liquid': '<p>{{ customer.name }}</p>' }, { to: ({ customer }) => customer.email }));
