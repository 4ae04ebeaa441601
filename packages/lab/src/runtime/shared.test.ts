import { expect, it } from 'vitest';
import { type Download, shared } from './shared.js';

const at = (received: number): Download => ({ received, total: 10, cached: false });

/** A runtime that is opened by hand. */
function opening() {
  const attempts: {
    report: (download: Download) => void;
    resolve: (runtime: string) => void;
    reject: (error: Error) => void;
  }[] = [];
  const open = shared<string>(
    (report) => new Promise((resolve, reject) => attempts.push({ report, resolve, reject })),
  );
  return { attempts, open };
}

it('what is shared is opened once, and tells the last one who asked how far it is', async () => {
  const { attempts, open } = opening();
  const [first, second]: [number[], number[]] = [[], []];
  const a = open(({ received }) => first.push(received));
  attempts[0]?.report(at(3));
  const b = open(({ received }) => second.push(received));
  attempts[0]?.report(at(7));
  expect([first, second]).toEqual([[3], [3, 7]]);
  attempts[0]?.resolve('runtime');
  expect([await a, await b]).toEqual(['runtime', 'runtime']);
  const third: number[] = [];
  expect(await open(({ received }) => third.push(received))).toBe('runtime');
  expect(attempts).toHaveLength(1);
  expect(third).toEqual([]);
});

it('what could not be opened is opened again by the next one who asks', async () => {
  const { attempts, open } = opening();
  const first = open(() => undefined);
  attempts[0]?.report(at(3));
  attempts[0]?.reject(new Error('no connection'));
  await expect(first).rejects.toThrow('no connection');
  const seen: number[] = [];
  const second = open(({ received }) => seen.push(received));
  expect(seen).toEqual([]);
  attempts[1]?.report(at(1));
  attempts[1]?.resolve('runtime');
  expect(await second).toBe('runtime');
  expect(seen).toEqual([1]);
});
