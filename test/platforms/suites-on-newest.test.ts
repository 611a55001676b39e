import { passesSuitesOn } from './suites-on.ts';

// The newest version.
passesSuitesOn('26.12.1');
