import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, written } from './codec.js';
import { type ArmKind, kinds, kindsOf, type ModelName, modelNames } from './kinds.js';
import {
  type Arm,
  activationNames,
  backendNames,
  defaults,
  maxArms,
  modelDefaults,
  optimizerNames,
  type Settings,
} from './settings.js';

const rateBelow = (most: number) =>
  fc.double({ min: 0, max: most, minExcluded: true, maxExcluded: true, noNaN: true });

const armOf = (model: ModelName): fc.Arbitrary<Arm> =>
  fc
    .constantFrom<ArmKind>(...kindsOf(model))
    .chain(
      (kind): fc.Arbitrary<Arm> =>
        kind === 'none'
          ? fc.constant({ kind, rate: 0 })
          : rateBelow(kinds[kind].below).map((rate) => ({ kind, rate })),
    );

const named = fc.string({ minLength: 1, unit: 'grapheme' });
const csv = fc
  .record({
    name: named,
    sha256: fc.string({ minLength: 64, maxLength: 64, unit: fc.constantFrom(...'0123456789abcdef') }),
    label: named,
    ignore: fc.array(named, { maxLength: 3 }),
  })
  .map(({ ignore, ...file }) => (ignore.length > 0 ? { ...file, ignore } : file));

/** Changes of arms that have a rate to change. */
const changesFor = (arms: readonly Arm[]) => {
  const able = [...arms.entries()].filter(([, { kind }]) => kind !== 'none' && kinds[kind].canChange);
  if (able.length === 0) return fc.constant([]);
  const one = fc.record({
    arm: fc.constantFrom(...able.map(([arm]) => arm)),
    step: fc.nat(2 ** 31),
    rate: fc.double({ min: 0, max: 0.99, noNaN: true }),
  });
  return fc.array(one, { maxLength: 5 });
};

/** Settings as the form can make them: what the network has no use for is as by default. */
const settings: fc.Arbitrary<Settings> = fc.constantFrom(...modelNames).chain((model) =>
  fc
    .array(armOf(model), { minLength: 1, maxLength: maxArms })
    .chain((arms) => fc.tuple(fc.constant(arms), changesFor(arms)))
    .chain(([arms, changes]) =>
      fc
        .record({
          source: fc.oneof(
            fc.constant({ data: 'mnist' as const }),
            fc.constant({ data: 'fashion-mnist' as const }),
            csv.map((file) => ({ data: 'csv' as const, csv: file })),
          ),
          images: fc.oneof(fc.constant('all' as const), fc.integer({ min: 10, max: 1e6 })),
          hidden: fc.array(fc.integer({ min: 1, max: 4096 }), { maxLength: 8 }),
          activation: fc.constantFrom(...activationNames),
          filters: fc.integer({ min: 1, max: 64 }),
          inputRate: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          optimizer: fc.constantFrom(...optimizerNames),
          lr: rateBelow(100),
          batch: fc.integer({ min: 1, max: 10_000 }),
          epochs: fc.integer({ min: 1, max: 10_000 }),
          seed: fc.maxSafeNat(),
          backend: fc.constantFrom(...backendNames),
        })
        .map(({ source, ...rest }) => {
          const { hidden, activation, inputRate, filters } = defaults;
          const useless = model === 'mlp' ? { filters } : { hidden, activation, inputRate };
          const isChangeable = model !== 'mlp' || rest.hidden.length > 0;
          return { ...rest, ...source, ...useless, model, arms, changes: isChangeable ? changes : [] };
        }),
    ),
);

describe('settings as an address', () => {
  it('come back as they were, whatever they are', () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(decode(encode(given))).toEqual({ settings: { ...given }, problems: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('survive an address bar, which may encode what a link leaves as it is', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const url = new URL(`http://host/some/#/train?${encode(given)}`);
        expect(decode(url.hash.slice('#/train?'.length)).settings).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  it('are the defaults where the address is empty', () => {
    expect(decode('')).toEqual({ settings: defaults, problems: [] });
  });

  it('name every setting, so that a link does not depend on the defaults', () => {
    expect(encode(defaults)).toBe(
      'data=mnist&images=1000&model=mlp&hidden=256,256&activation=relu&arms=none;dropout:0.5&inputRate=0.2' +
        '&optimizer=sgd&lr=0.02&batch=50&epochs=20&seed=1&backend=wasm',
    );
  });

  it('call Fashion-MNIST fashion, and know it by its whole name too', () => {
    const { settings: read, problems } = decode('data=fashion');
    expect([read.data, problems]).toEqual(['fashion-mnist', []]);
    expect(decode('data=fashion-mnist').settings).toEqual(read);
    expect(encode(read)).toMatch(/^data=fashion&/);
  });

  it('never fail to be read, and say what could not be', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const { settings: read } = decode(query);
        expect(decode(encode(read))).toEqual({ settings: read, problems: [] });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['lr=fast', 'lr=fast: “fast” is not a number above 0'],
    ['images=3', '“3” is not a whole number from 10'],
    ['hidden=1,x', '“x” is not a whole number from 1 to 4096'],
    ['arms=dropout:1.5', 'a rate of dropout: the probability to drop, above 0 and below 1'],
    ['arms=dorpout:0.5', 'is not an arm: none, or a kind and its rate, such as dropout:0.5'],
    ['arms=none:0.5', 'is not an arm'],
    ['arms=variational-gaussian:0.6', 'above 0 and below 0.5'],
    ['model=allconv&arms=none;dropconnect:0.5', 'has no place for dropconnect'],
    ['arms=none;dropout:0.5&changes=0@3:0.2', 'an arm that has none to change'],
    ['arms=none;standard:0.5&changes=1@3:0.2', 'an arm that has none to change'],
    ['hidden=&arms=none;dropconnect:0.5&changes=1@3:0.2', 'an arm that has none to change'],
    ['data=fashoin', 'is not one of mnist, fashion-mnist, csv'],
    ['epoch=3', '“epoch”, which is no setting'],
    ['seed=1e3x', '“1e3x” is not a whole number'],
    ['batch=0x10', '“0x10” is not a whole number'],
  ])('say of “%s” what is wrong', (query, words) => {
    const { settings: read, problems } = decode(query);
    expect(problems.join(' ')).toContain(words);
    expect(decode(encode(read)).problems).toEqual([]);
  });
});

it('docs/lab.md names every setting that an address can hold', () => {
  const page = readFileSync(new URL('../../../../docs/lab.md', import.meta.url), 'utf8');
  for (const key of Object.keys(written)) expect(page, key).toContain(`\`${key}\``);
});

describe('the kinds of arms', () => {
  it.each(modelNames)('of %s include the usual ones that choosing it brings', (model) => {
    for (const { kind } of modelDefaults[model].arms) expect(kindsOf(model)).toContain(kind);
  });
});
