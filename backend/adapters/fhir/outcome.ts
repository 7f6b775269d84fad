import type { Answer } from '../listen.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** Codes of the value set issue-type that are used here. */
type Issue = 'invalid' | 'not-supported' | 'not-found' | 'login' | 'exception' | 'too-long' | 'transient';

/** An answer that says why there is none: an OperationOutcome with one sentence. */
export const refusal = (
  status: number,
  code: Issue,
  diagnostics: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  text: JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] }),
  headers: { 'content-type': FHIR_JSON, ...headers },
});
