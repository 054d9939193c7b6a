/** Asks the house over HTTP. What comes is trusted to be as the contracts say: the house checks its own answers. */
import type { Problem } from '@wayside/contracts/http';

export type ApiErrorCode = 'unreachable' | 'locked' | 'missing' | 'failed';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 120_000;

/** @param also a status besides the 2xx that is an answer, not a failure. @throws ApiError */
export async function getJson<T>(path: string, signal?: AbortSignal, also?: number): Promise<T> {
  const response = await reach(path, { signal: bounded(signal) });
  if (!response.ok && response.status !== also) throw await errorOf(response);
  return (await response.json()) as T;
}

/** Says something to the house. @param body JSON, or the bytes of a file. @throws ApiError with the house's own words. */
export async function sendJson<T>(method: 'POST' | 'DELETE', path: string, body?: object | Blob): Promise<T> {
  const isFile = body instanceof Blob;
  const response = await reach(path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      body: isFile ? body : JSON.stringify(body),
    }),
    signal: AbortSignal.timeout(isFile ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
  });
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** @returns whether the house took the token; it answers with a cookie of its own. @throws ApiError */
export async function openSession(token: string): Promise<boolean> {
  const response = await reach('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    signal: bounded(undefined),
  });
  if (response.ok) return true;
  const error = await errorOf(response);
  if (error.code === 'locked') return false;
  throw error;
}

const bounded = (signal: AbortSignal | undefined): AbortSignal =>
  signal ? AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) : AbortSignal.timeout(TIMEOUT_MS);

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('unreachable', error instanceof Error ? error.message : String(error));
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiError(codeOf(response.status), problem.detail ?? problem.title ?? `HTTP ${response.status}`);
}

function codeOf(status: number): ApiErrorCode {
  if (status === 401) return 'locked';
  return status === 404 ? 'missing' : 'failed';
}

/** @returns the path with those parameters that have a value. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
