import { type PackSlip, type PickList, type PickListInput, type PickTicket, pickListGet } from '@waybill/commerce';
import type { ReadMessage, WaybillError } from '@waybill/contract';
import { replaceUnwritable } from '@waybill/xml';
import { type Asked, bind, loginOf } from '../../binding.ts';
import { given } from '../../given.ts';
import {
  type InquirePickList,
  type InquirePickListWriting,
  inquirePickList,
  type ReportPickList,
  type ReportPickListWriting,
  reportPickList,
} from './messages.ts';

function readInquiry({ control, data }: InquirePickList): ReadMessage {
  const input: PickListInput = { pickBatchId: data.detail.pickBatchId };
  return given({ command: pickListGet.name, input, credentials: control.credentials && { ...control.credentials } });
}

function writeInquiry({ input, credentials }: Asked<PickListInput>): InquirePickListWriting {
  return { control: { credentials: loginOf(credentials) }, data: { detail: { pickBatchId: input.pickBatchId } } };
}

/** What a report says: the slips, or why there are none. */
export type PickListReport =
  | { readonly status: 'OK'; readonly pickList: PickList }
  | { readonly status: 'ERROR'; readonly code?: string; readonly message: string };

/** The answer where the command has failed. The code is the code of the error. */
export function failedReport({ code, message }: WaybillError): PickListReport {
  return { status: 'ERROR', code, message: replaceUnwritable(message) };
}

type Report = NonNullable<ReportPickList['data']['report']>;

function readReport({ data }: ReportPickList): ReadMessage {
  const { response, report } = data;
  const input =
    report === undefined
      ? given({ status: response.status, code: response.code, message: response.text })
      : { status: response.status, pickList: pickListOf(report) };
  return { command: pickListGet.name, input };
}

function pickListOf({ pickTicket, packSlips }: Report): PickList {
  return {
    pickTicket: { ...pickTicket.information, items: pickTicket.items },
    packSlips: packSlips.map(({ information, ...slip }) => ({ ...information, ...slip })),
  };
}

// The stock error template answers in form 1.0 even to those who get slips in form 2.0 (section 6.11); here both
// answers have the same version.
function writeReport(report: PickListReport): ReportPickListWriting {
  if (report.status === 'ERROR') return { control: {}, data: { response: { status: 'ERROR', code: report.code, text: report.message } } };
  const { pickTicket, packSlips } = report.pickList;
  return {
    control: {},
    data: { response: { status: 'OK', text: '' }, report: { pickTicket: writeTicket(pickTicket), packSlips: packSlips.map(writeSlip) } },
  };
}

function writeTicket({ items, ...information }: PickTicket) {
  return { information, items };
}

function writeSlip({ shipTo, items, charges, ...information }: PackSlip) {
  return { information, shipTo, items, charges };
}

const reply = { name: 'Report_WCS_PickPackListDetail', version: '2.0' } as const;

export const inquirePickListBinding = bind({
  type: {
    name: 'Inquire_WCS_PickPackListDetail',
    version: '1.0',
    direction: 'in',
    commands: [pickListGet],
    reply,
    summary: 'Asks for the pick ticket and the packing lists of a batch.',
  },
  message: inquirePickList,
  read: readInquiry,
  write: writeInquiry,
});

export const reportPickListBinding = bind({
  type: { ...reply, direction: 'out', summary: 'Answers with pick ticket and packing lists, or says why there are none.' },
  message: reportPickList,
  read: readReport,
  write: writeReport,
});
