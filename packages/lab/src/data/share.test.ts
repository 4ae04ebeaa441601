import { describe, expect, it } from 'vitest';
import { bytesOf, joined } from './share.js';

describe('the share of several downloads', () => {
  it('is that of all their bytes, once all lengths are known', () => {
    const seen: number[] = [];
    const begin = joined((share) => seen.push(share));
    const [a, b] = [begin(), begin()];
    a(0, 100);
    a(50, 100);
    expect(seen).toEqual([]);
    b(0, 300);
    a(100, 100);
    b(300, 300);
    expect(seen).toEqual([50 / 400, 100 / 400, 1]);
  });

  it('is not told where a length is not known', () => {
    const seen: number[] = [];
    const begin = joined((share) => seen.push(share));
    const [a, b] = [begin(), begin()];
    a(10, 10);
    b(5, undefined);
    expect(seen).toEqual([]);
  });
});

describe('the bytes of a response', () => {
  const chunks = [new Uint8Array([1, 2]), new Uint8Array([3]), new Uint8Array([4, 5, 6])];
  const response = (headers: Record<string, string>) => {
    const left = [...chunks];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        const next = left.shift();
        if (next) controller.enqueue(next);
        else controller.close();
      },
    });
    return new Response(body, { headers });
  };

  it.each([
    [{ 'content-length': '6' }, 6],
    [{ 'content-length': '4', 'content-encoding': 'gzip' }, undefined],
    [{}, undefined],
  ])('come whole, told as they come: %j', async (headers, total) => {
    const told: [number, number | undefined][] = [];
    const bytes = await bytesOf(response(headers as Record<string, string>), (...part) => told.push(part));
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told).toEqual([0, 2, 3, 6].map((received) => [received, total]));
  });
});
