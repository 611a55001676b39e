import { shop } from './shop.js';

for (const { parcel } of shop.prepare('SELECT parcel FROM shipment').all()) console.log(`shipment of ${parcel}`);
for (const { customer } of shop.prepare('SELECT customer FROM letter').all()) console.log(`letter to ${customer}`);
