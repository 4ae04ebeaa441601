/** @file How much of several downloads has come, as one share. */

/** Tells how many bytes of a part have come, of how many, where that is known. */
export type Part = (received: number, total: number | undefined) => void;

/** Begins a part at each call; tells the share of all that have begun, 0 to 1, as soon as all lengths are known. */
export function joined(report: (share: number) => void): () => Part {
  const parts: { received: number; total: number | undefined }[] = [];
  return () => {
    const part: (typeof parts)[number] = { received: 0, total: undefined };
    parts.push(part);
    return (received, total) => {
      Object.assign(part, { received, total });
      if (parts.some((other) => other.total === undefined)) return;
      const sum = (of: 'received' | 'total') => parts.reduce((all, other) => all + (other[of] ?? 0), 0);
      report(Math.min(1, sum('received') / Math.max(1, sum('total'))));
    };
  };
}

/** A response's bytes. Servers that compress on the way do not say how many there will be. */
export async function bytesOf(response: Response, tell: Part): Promise<Uint8Array> {
  const length = Number(response.headers.get('content-length'));
  const total = length > 0 && !response.headers.has('content-encoding') ? length : undefined;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  tell(received, total);
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value);
    received += next.value.length;
    tell(received, total);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
