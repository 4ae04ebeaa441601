/** @file When a checkout needs its packages installed, and on which Node it runs. */
import { describe, expect, it } from 'vitest';
import { firstMissing, nodeIsTooOld } from './setup.mjs';

describe('firstMissing', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'packages/a': { version: '0.1.0' },
      'node_modules/a': { resolved: 'packages/a', link: true },
      'node_modules/b': { version: '1.2.3', integrity: 'sha512-b' },
      'node_modules/c': { version: '2.0.0', integrity: 'sha512-c', optional: true },
    },
  };
  const a = wanted.packages['node_modules/a'];
  const b = wanted.packages['node_modules/b'];

  it('is content where every package that is not optional is installed in its version', () => {
    expect(firstMissing(wanted, { packages: { 'node_modules/a': a, 'node_modules/b': b } })).toBeUndefined();
  });

  it.each([
    ['is absent', {}],
    ['has another version', { 'node_modules/b': { ...b, version: '1.2.4' } }],
    ['has other bytes', { 'node_modules/b': { ...b, integrity: 'sha512-x' } }],
  ])('names a package that %s', (_, packages) => {
    expect(firstMissing(wanted, { packages: { 'node_modules/a': a, ...packages } })).toBe('node_modules/b');
  });

  it('names a package of the repository that came later than the installation', () => {
    expect(firstMissing(wanted, { packages: { 'node_modules/b': b } })).toBe('node_modules/a');
  });

  it('names an optional package that is installed in another version', () => {
    const packages = {
      'node_modules/a': a,
      'node_modules/b': b,
      'node_modules/c': { version: '1.9.0', integrity: 'sha512-c' },
    };
    expect(firstMissing(wanted, { packages })).toBe('node_modules/c');
  });
});

describe('nodeIsTooOld', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v100.1.0'])('accepts %s', (version) => {
    expect(nodeIsTooOld(version)).toBe(false);
  });
  it.each(['v20.18.3', 'v18.20.0', 'v9.99.0'])('refuses %s', (version) => {
    expect(nodeIsTooOld(version)).toBe(true);
  });
});
