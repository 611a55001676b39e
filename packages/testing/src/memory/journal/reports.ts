import type { KnownReport, ReportKey, UnraisedReport } from '@waybill/contract';
import { listed, type Row } from './row.ts';
import type { SharedState } from './state.ts';

/** What was reported about legs. A report may come before the step that tells of the receipt that it names; then it waits. */
export class Reports {
  readonly #state: SharedState;

  constructor(state: SharedState) {
    this.#state = state;
  }

  /** Answers the leg that it speaks of. */
  record(report: KnownReport): Row | undefined {
    const { reports } = this.#state;
    const row = this.#about(report.about);
    if (row) this.#add(row, report);
    else if (!reports.has(report.id)) reports.set(report.id, report);
    return row;
  }

  /** Remembers by which ids reports speak of a leg, and records what was reported of it before. */
  receive(row: Row, receipts: readonly string[] = []): void {
    const { state, leg } = { state: this.#state, leg: row.work?.leg };
    if (leg === undefined || receipts.length === 0) return;
    leg.receipts = [...new Set([...leg.receipts, ...receipts])];
    for (const receipt of receipts) state.receipts.set(receipt, row);
    for (const [id, report] of state.reports) {
      if (!receipts.includes(report.about)) continue;
      state.reports.delete(id);
      this.#add(row, report);
    }
  }

  unraised(limit: number): readonly UnraisedReport[] {
    const all = [...this.#state.unraised].flatMap((row) => (row.work?.leg?.unraised ?? []).map((report) => ({ leg: listed(row), report })));
    return all.toSorted((one, other) => one.report.at - other.report.at).slice(0, limit);
  }

  /** False when it is raised already, or not known. */
  raise({ entry, id, report }: ReportKey): boolean {
    const row = this.#state.find('out', { entry, id });
    const leg = row?.work?.leg;
    if (row === undefined || leg === undefined || leg.unraised.every((one) => one.id !== report)) return false;
    leg.unraised = leg.unraised.filter((one) => one.id !== report);
    if (leg.unraised.length > 0) return true;
    this.#state.unraised.delete(row);
    // It was passed over while it could not be forgotten.
    if (this.#state.keptForReports.delete(row)) this.#state.mayGo(row);
    return true;
  }

  #add(row: Row, report: KnownReport): void {
    const leg = row.work?.leg;
    if (leg === undefined || leg.reports.some(({ id }) => id === report.id)) return;
    leg.reports = [...leg.reports, report];
    leg.unraised = [...leg.unraised, report];
    this.#state.unraised.add(row);
  }

  #about(id: string): Row | undefined {
    const { lanes, receipts } = this.#state;
    for (const lane of lanes.out.values()) {
      const row = lane.rows.get(id);
      if (row) return row;
    }
    return receipts.get(id);
  }
}
