import { defineErrors } from '@waybill/contract';

/** The error codes of this package: what it has to say about Node's SQLite. What is wrong with a file is told by its user's codes. */
export const errors = defineErrors({
  WB_SQLITE_OUTDATED: {
    means:
      'The SQLite inside this Node has a known fault (the "WAL reset bug", SQLite 3.7.0 to 3.51.2): a file can be damaged when two connections write and clean up its log at the same moment.',
    remedy: 'Run a Node that carries SQLite 3.51.3 or later: 22.22.3, 24.15 or any later one.',
  },
});
