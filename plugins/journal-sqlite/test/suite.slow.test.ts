import { journalSuite } from '@waybill/testing';
import { newSubject } from './subject.ts';

journalSuite({ name: 'the SQLite journal', open: newSubject });
