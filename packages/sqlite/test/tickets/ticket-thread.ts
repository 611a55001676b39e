import { type FileService, Owners, openFile, type Service } from '../../src/thread.ts';
import { errors, format, meanings, type TicketData, type Tickets } from './tickets.ts';

function open(data: TicketData): Service<Tickets> {
  const database = openFile(format, data);
  const holds = database.prepare('SELECT 1 FROM ticket WHERE owner = ? LIMIT 1');
  const free = database.prepare('UPDATE ticket SET owner = NULL WHERE owner = ?');
  const owners = new Owners(database, data.owner, {
    holds: (owner) => holds.get(owner) !== undefined,
    free: (owner) => Number(free.run(owner).changes),
  });
  const version = database.prepare('PRAGMA data_version');
  const readVersion = (): unknown => version.get()?.['data_version'];
  let seen = readVersion();
  let isSpoilt = false;
  const next = database.prepare('SELECT id, name FROM ticket WHERE owner IS NULL ORDER BY id LIMIT 1');
  const claim = () => {
    const row = next.get();
    if (row === undefined) return undefined;
    const owner = owners.me();
    database.prepare('UPDATE ticket SET owner = ? WHERE id = ?').run(owner, Number(row['id']));
    return { name: String(row['name']), owner };
  };
  return {
    database,
    owners,
    opened: (freed) => freed,
    nextDue() {
      if (isSpoilt) throw new Error('It is spoilt.');
      return undefined;
    },
    kinds: { claim: 'light', list: 'read', changed: 'watch', await: { look: () => next.get() !== undefined, group: () => 'all' } },
    operations: {
      add: (name) => void database.prepare('INSERT INTO ticket (name) VALUES (?)').run(name),
      claim,
      await: claim,
      tear({ name, owner }) {
        if (!owners.isMine(owner)) return false;
        return database.prepare('DELETE FROM ticket WHERE name = ? AND owner = ?').run(name, owner).changes === 1;
      },
      list: () =>
        database
          .prepare('SELECT name FROM ticket ORDER BY id')
          .all()
          .map(({ name }) => String(name)),
      changed() {
        const now = readVersion();
        if (now === seen) return undefined;
        seen = now;
        return true;
      },
      refuse(name) {
        database.prepare('INSERT INTO ticket (name) VALUES (?)').run(name);
        throw errors.WB_TICKET_REFUSED(`No ticket is called ${name}.`);
      },
      spoil() {
        isSpoilt = true;
      },
      crash: () => void setImmediate(() => raise('It has crashed.')),
    },
  };
}

export const service: FileService<TicketData, Tickets> = { open, meanings };

function raise(message: string): never {
  throw new Error(message);
}
