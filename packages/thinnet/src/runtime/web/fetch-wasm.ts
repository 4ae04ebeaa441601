/** @file Fetches ONNX Runtime's WebAssembly once: with its progress, and kept for the next visit. */
import { firstLineOf, ThinnetError } from '../../error.js';
import { checkOptions, type KeysOf } from '../../options/check.js';

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes so far, decompressed. */
  readonly received: number;
  /** Bytes in all, where the server says so or `bytes` was given. */
  readonly total?: number;
  /** It came out of the cache. */
  readonly cached: boolean;
}

export interface FetchWasmOptions {
  /**
   * Name of the cache (Cache API) that keeps it, `'thinnet-wasm'` unless given; false keeps nothing. An entry is found by its
   * URL, so let the URL change with the version of ONNX Runtime, as bundlers do, or the cache's name.
   */
  readonly cache?: string | false;
  /** Its size, for the progress where a server that compresses does not tell it. */
  readonly bytes?: number;
  readonly signal?: AbortSignal;
}

const keys: KeysOf<FetchWasmOptions> = { cache: true, bytes: true, signal: true };

/**
 * The bytes of a WebAssembly file, for `webRuntime({ wasm })` and `createTrainer`. Without a Cache API (a page that is not
 * secure), or where storage is full, it is fetched every time.
 *
 * Errors: an address that cannot be fetched, or that gives something else than WebAssembly.
 */
export async function fetchWasm(
  url: URL | string,
  onProgress?: (progress: DownloadProgress) => void,
  options: FetchWasmOptions = {},
): Promise<ArrayBuffer> {
  checkOptions('fetchWasm', options, keys);
  const { cache: name = 'thinnet-wasm' } = options;
  const cache = name === false ? undefined : await openCache(name);
  const kept = await cache?.match(url).catch(() => undefined);
  if (kept !== undefined) {
    const bytes = await kept.arrayBuffer();
    if (isWasm(bytes)) {
      onProgress?.({ received: bytes.byteLength, total: bytes.byteLength, cached: true });
      return bytes;
    }
    await cache?.delete(url);
  }
  const bytes = await download(url, onProgress, options);
  if (!isWasm(bytes))
    throw new ThinnetError(
      `${url} is not WebAssembly (it begins with "${beginning(bytes)}"); serve the file of onnxruntime-web there`,
    );
  const headers = { 'content-type': 'application/wasm', 'content-length': String(bytes.byteLength) };
  // A full storage takes nothing from this visit.
  await cache?.put(url, new Response(bytes, { headers })).catch(() => undefined);
  return bytes;
}

async function openCache(name: string): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(name);
  } catch {
    return undefined;
  }
}

async function download(
  url: URL | string,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
  { bytes, signal }: FetchWasmOptions,
): Promise<ArrayBuffer> {
  const failed = (why: string, cause?: unknown) =>
    new ThinnetError(`${url} cannot be fetched: ${why}`, { cause });
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw failed(`the server says ${response.status} ${response.statusText}`);
    return await received(response, bytes, onProgress);
  } catch (error) {
    if (error instanceof ThinnetError || signal?.aborted) throw error;
    throw failed(firstLineOf(error), error);
  }
}

async function received(
  response: Response,
  expected: number | undefined,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
): Promise<ArrayBuffer> {
  // The length that a server gives is that of what it sends, compressed or not.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? expected : Number(length);
  if (response.body === null) return response.arrayBuffer();
  const parts: Uint8Array[] = [];
  let count = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    count += value.byteLength;
    onProgress?.({
      received: count,
      ...(total === undefined ? {} : { total: Math.max(total, count) }),
      cached: false,
    });
  }
  const bytes = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes.buffer;
}

const isWasm = (bytes: ArrayBuffer): boolean => String(new Uint8Array(bytes.slice(0, 4))) === '0,97,115,109';

const beginning = (bytes: ArrayBuffer): string =>
  new TextDecoder().decode(bytes.slice(0, 20)).replace(/[^\x20-\x7e]/g, '·');
