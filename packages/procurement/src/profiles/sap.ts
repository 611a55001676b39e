import { genericOci } from './generic.ts';
import type { Profile } from './profile.ts';

export const sapSrm: Profile = {
  name: 'sap-srm',
  title: 'SAP SRM',
  protocol: 'oci',
  quirks: [
    ...genericOci.quirks,
    {
      name: 'srm-units',
      says: 'A line whose unit is no ISO code that the buyer maps is dropped without a word; only its own log tells of it.',
      source: 'S23, S25',
      confidence: 'medium',
      sets: { unmappedUnits: 'refuse' },
    },
    {
      name: 'srm-sourcing',
      says: 'SAP notes the function SOURCING as not implemented.',
      source: 'S23',
      confidence: 'high',
    },
  ],
};

export const sapS4hana: Profile = {
  name: 's4hana',
  title: 'SAP S/4HANA',
  protocol: 'oci',
  quirks: [
    ...genericOci.quirks,
    {
      name: 's4hana-units',
      says: 'Units are ISO codes that the buyer maps, as in SRM.',
      source: 'S37',
      confidence: 'low',
      sets: { unmappedUnits: 'refuse' },
    },
    {
      name: 's4hana-oci5',
      says: 'The cloud speaks OCI 5.0 and 4.0; outlines and bundles have ITEM_TYPE and PARENT_ID.',
      source: 'S37',
      confidence: 'low',
    },
  ],
};
