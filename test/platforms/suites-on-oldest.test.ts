import { passesSuitesOn } from './suites-on.ts';

// The oldest version that is promised.
passesSuitesOn('22.22.3');
