import { journalSuite } from '@waybill/testing';
import { newSteps } from './in-process.ts';

journalSuite({ name: 'what the SQLite journal writes', open: newSteps });
