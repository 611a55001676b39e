import type { WaybillError } from '@waybill/contract';
import { encodingRefused, type ProblemDetails, tooLarge } from '../answering/problem.ts';
import { errors } from '../errors.ts';

/** The most characters of a content type that are shown: its sender writes into it what it likes. */
const mostCharacters = 100;

/** What is wrong with a message that its headers, or its length, give away, for a reply that tells its sender. */
export function defectBy(problem: ProblemDetails, contentType = 'application/octet-stream'): WaybillError {
  if (problem === tooLarge) return errors.WB_HTTP_TOO_LARGE('The body is larger than is accepted here.');
  if (problem === encodingRefused)
    return errors.WB_HTTP_CONTENT_ENCODING('The body is compressed, or otherwise encoded.', { kind: 'unreadable' });
  const shown = contentType.slice(0, mostCharacters);
  return errors.WB_HTTP_CONTENT_TYPE(`The content type ${shown} is not accepted here.`, { kind: 'unreadable' });
}
