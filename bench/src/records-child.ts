import { measureRecords } from './records.ts';

process.send?.(measureRecords());
