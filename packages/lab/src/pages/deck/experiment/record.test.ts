import { describe, expect, it } from 'vitest';
import { isResultRecord, type ResultRecord } from './record.js';

const record: ResultRecord = {
  result: { card: 'training', verdict: 'holds', summary: 's', findings: [], pictures: [], numbers: {} },
  seconds: 1,
  where: 'WebAssembly, 1 thread',
  at: 0,
};

describe('what was kept of an experiment', () => {
  it('is a result of its card', () => {
    expect(isResultRecord(record, 'training')).toBe(true);
    expect(isResultRecord(record, 'scaling')).toBe(false);
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { result: {} },
    { ...record, at: '1' },
    { ...record, result: { card: 'training' } },
  ])('is none where it is %j', (value) => {
    expect(isResultRecord(value, 'training')).toBe(false);
  });
});
