export { type CardTables, cardTables, settingTable } from './docs/card-tables.ts';
export { type GuaranteeRow, guaranteeRows, guaranteeWords } from './docs/guarantee-rows.ts';
export { code, table } from './docs/markdown.ts';
export { type SettingRow, settingRows } from './docs/setting-rows.ts';
export { errors } from './errors.ts';
export { exitCode } from './exit-code.ts';
export { type Paint } from './run/paint.ts';
export { endsWell, traceHeading, traceLine } from './run/trace.ts';
