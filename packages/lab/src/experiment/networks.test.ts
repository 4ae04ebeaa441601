import { fillNoise, meanProgram, rateAt } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { dropKinds, kinds, kindsOf, type ModelName, modelNames } from '../settings/kinds.js';
import { type Arm, defaults, type Settings } from '../settings/settings.js';
import { frameOf } from './frame.js';
import { digestSteps, maskDigest, noiseSize } from './mask-digest.js';
import { type NetworkInput, networkOf } from './networks.js';
import { columnsOf, spread } from './picture.js';
import { planOf } from './plan.js';

const input: NetworkInput = { shape: [8, 8], classes: 3, examples: 40, mean: 1, std: 2 };
const settingsFor = (model: ModelName, arm: Arm): Settings => ({
  ...defaults,
  ...{ model, hidden: [5, 7], filters: 2, batch: 4, arms: [arm], seed: 9 },
});
const armOf = (kind: (typeof dropKinds)[number]): Arm => ({ kind, rate: 0.3 });
const cases = modelNames.flatMap((model) =>
  kindsOf(model).flatMap((kind) => (kind === 'none' ? [] : [[model, kind] as const])),
);

describe("an arm's network", () => {
  it.each(cases)(
    'of %s with %s begins with the weights of the arm without dropout, and drops nothing at inference',
    (model, kind) => {
      const weights = (arm: Arm) =>
        networkOf(settingsFor(model, arm), arm, input).graph.initializers.filter(({ name }) =>
          /\.(weight|bias)$/.test(name),
        );
      expect(weights(armOf(kind))).toEqual(weights({ kind: 'none', rate: 0 }));
      const network = networkOf(settingsFor(model, armOf(kind)), armOf(kind), input);
      expect(network.armSites.length).toBeGreaterThan(0);
      const inputs = meanProgram(network).inputs.map(({ name }) => name);
      expect(inputs.filter((name) => name.startsWith('noise.'))).toEqual([]);
    },
  );

  it.each(modelNames)('of %s refuses the kinds that it has no place for', (model) => {
    const foreign = dropKinds.filter((kind) => !kindsOf(model).includes(kind));
    expect(foreign.length).toBeGreaterThan(0);
    for (const kind of foreign)
      expect(() => networkOf(settingsFor(model, armOf(kind)), armOf(kind), input), kind).toThrow(
        `has no place for ${kind}`,
      );
  });

  it('of a table of numbers is not convolutional', () => {
    const arm: Arm = { kind: 'none', rate: 0 };
    expect(() => networkOf(settingsFor('allconv', arm), arm, { ...input, shape: [64] })).toThrow(
      'the convolutional network needs images',
    );
  });
});

describe('the rate of an arm', () => {
  const sitesOf = (kind: (typeof dropKinds)[number], hidden: readonly number[]) => {
    const arm = armOf(kind);
    return networkOf({ ...settingsFor('mlp', arm), hidden, inputRate: 0.1 }, arm, input);
  };

  it.each(dropKinds.filter((kind) => kinds[kind].canChange && kindsOf('mlp').includes(kind)))(
    'of %s is that of all dropouts but the one on the input, however many layers there are',
    (kind) => {
      for (const hidden of [[], [5], [5, 7]]) {
        const { sites, armSites } = sitesOf(kind, hidden);
        expect(armSites, `${hidden}`).toHaveLength(hidden.length);
        const rateOf = (site: (typeof sites)[number]) =>
          typeof site.rate === 'number' ? site.rate : rateAt(site.rate, 0);
        expect(armSites.map(rateOf)).toEqual(hidden.map(() => 0.3));
        const others = sites.filter((site) => !armSites.includes(site) && !site.name.endsWith('.shift'));
        expect(others.map(rateOf)).toEqual([0.1]);
      }
    },
  );
});

describe('the digest of the masks', () => {
  it('depends on the seed, the rate and the batch, and on nothing that the masks do not depend on', async () => {
    const digest = (change: Partial<Settings>) => {
      const settings = { ...settingsFor('mlp', armOf('dropout')), ...change };
      return maskDigest(planOf(settings, 0, input));
    };
    const usual = await digest({});
    expect(usual).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest({ lr: 0.7, epochs: 99 })).toBe(usual);
    for (const change of [
      { seed: 10 },
      { batch: 5 },
      { inputRate: 0.1 },
      { arms: [{ kind: 'dropout', rate: 0.4 } as const] },
    ])
      expect(await digest(change)).not.toBe(usual);
  });

  it('is that of the noise of the first ten steps, site by site', async () => {
    const plan = planOf(settingsFor('mlp', armOf('dropout')), 0, input);
    const sha256 = async (bytes: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const all: number[] = [];
    for (let step = 0; step < digestSteps; step++)
      for (const site of plan.network.sites) {
        const noise = new Float32Array(noiseSize(site, 4));
        fillNoise(site, { seed: 9, step }, noise);
        all.push(...(await sha256(noise)));
      }
    expect(await maskDigest(plan)).toBe(Buffer.from(await sha256(Uint8Array.from(all))).toString('hex'));
  });

  it('is absent where nothing is dropped', async () => {
    expect(await maskDigest(planOf(settingsFor('mlp', { kind: 'none', rate: 0 }), 0, input))).toBeUndefined();
  });
});

describe('what is drawn of a step', () => {
  const frameFor = (model: ModelName, kind: (typeof dropKinds)[number], step: number) => {
    const settings = settingsFor(model, armOf(kind));
    const { network } = planOf(settings, 0, input);
    const columns = columnsOf(settings, network, input);
    const frame = frameOf({ arm: 0, seed: 9, step, network, columns, siteAt: (site) => site });
    return { network, columns, frame };
  };

  it.each(cases.filter(([, kind]) => kinds[kind].canChange && kind !== 'gaussian'))(
    'in %s with %s is dropped where the noise of the step is 0, for the first example of the batch',
    (model, kind) => {
      const { network, columns, frame } = frameFor(model, kind, 6);
      let compared = 0;
      for (const [c, column] of columns.entries()) {
        const name = column.site ?? column.edges;
        const site = network.sites.find((other) => other.name === name);
        if (site === undefined) continue;
        const noise = new Float32Array(noiseSize(site, 4));
        fillNoise(site, { seed: 9, step: 6 }, noise);
        const { kept, cells = 0 } = frame.masks[c] ?? { kept: undefined };
        const [from, to] = [column.shown, columns[c + 1]?.shown ?? []];
        const expected =
          column.edges !== undefined
            ? from.flatMap((i) => to.map((j) => noise[i * (site.shape[1] as number) + j]))
            : column.shape === 'image'
              ? noise.subarray(0, 64)
              : from.flatMap((unit) => [...noise.subarray(unit * cells, (unit + 1) * cells)]);
        const seen = column.edges !== undefined ? frame.edges[c] : kept;
        if (column.edges !== undefined && column.shape === 'image') continue;
        expect(Array.from(seen ?? []), column.name).toEqual(
          Array.from(expected, (value) => (value === 0 ? 0 : 1)),
        );
        compared += seen?.length ?? 0;
      }
      expect(compared).toBeGreaterThan(5);
    },
  );

  it('differs from step to step and is the same when drawn again', () => {
    const masks = (step: number) => frameFor('mlp', 'dropout', step).frame.masks;
    expect(masks(1)).toEqual(masks(1));
    expect(masks(1)).not.toEqual(masks(2));
  });

  it('is weaker or stronger with Gaussian noise, and nothing is dropped', () => {
    const { frame } = frameFor('mlp', 'gaussian', 3);
    for (const mask of frame.masks) expect(mask?.dropped ?? 0).toBe(0);
    expect(new Set(frame.masks[1]?.kept).size).toBe(5);
  });

  it('is not known for standout behind hidden layers, where each unit decides by its own input', () => {
    const { frame, columns } = frameFor('mlp', 'standout', 3);
    expect(columns[1]?.site).toBe('hidden1.dropout');
    expect(frame.masks[0]).toBeDefined();
    expect(frame.masks[1]).toBeUndefined();
  });
});

describe('a sample of units', () => {
  it('is all of them where they are few, else evenly spread from the first to the last', () => {
    expect(spread(3, 5)).toEqual([0, 1, 2]);
    expect(spread(101, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(new Set(spread(23, 22)).size).toBe(22);
  });
});
