/** @file The masks of the arms: known answers, and the shares that each kind of dropout must give. */
import { blockGamma } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { nodeLaboratory } from '../node/index.js';
import { flawsOf } from '../testing/flaws.js';
import { type Maps, mapsOf } from './maps.js';
import { maskFacts, noiseMaps } from './masks.js';
import { convolutional, type DropoutName, dropoutNames } from './network.js';
import { tiles } from './tiles.js';

const laboratory = nodeLaboratory();
const shape = { examples: 400, channels: 6, height: 7, width: 7 };
const rate = 0.25;

async function drawn(arm: DropoutName): Promise<Maps> {
  const { train } = await laboratory.sample('fashion-mnist');
  const [site] = convolutional(arm, rate, [2, 3, shape.channels], train, 1).sites;
  if (site === undefined) throw new Error('no site');
  return noiseMaps(laboratory, site, shape, { seed: 5, step: 2 });
}

/** Of the neighbours of elements that DropBlock's 3 × 3 holes cover in a 7 × 7 map, the share that is covered too. */
function blockNeighbours(): number {
  const open = 1 - blockGamma(rate, 7, 7, 3);
  // The holes that cover an element, by their upper left corners.
  const holes = (row: number, column: number) =>
    [0, 1, 2].flatMap((down) =>
      [0, 1, 2]
        .map((right) => [row - down, column - right] as const)
        .filter((corner) => corner.every((at) => at >= 0 && at <= 4))
        .map(String),
    );
  const covered = (places: readonly string[]) => 1 - open ** new Set(places).size;
  let [both, either] = [0, 0];
  for (let i = 0; i < 7; i++)
    for (let j = 0; j < 6; j++)
      for (const [a, b] of [
        [holes(i, j), holes(i, j + 1)],
        [holes(j, i), holes(j + 1, i)],
      ] as const) {
        const [p, q] = [covered(a), covered(b)];
        either += p + q;
        both += 2 * (p + q - covered([...a, ...b]));
      }
  return both / either;
}

describe('facts of masks', () => {
  it('count what is dropped, and what of its surroundings', () => {
    // Row 0: dropped, dropped, kept; row 1: kept, dropped, kept. Seven pairs of neighbours.
    const noise = mapsOf(Float32Array.of(0, 0, 2, 3, 0, 1), { channels: 1, height: 2, width: 3 });
    // The dropped ones have 2 + 3 + 3 neighbours, of which 1 + 2 + 1 are dropped.
    expect(maskFacts(noise)).toEqual({ dropped: 0.5, neighboursDropped: 0.5, mean: 1 });
  });

  it('are those of independent elements for element-wise dropout', async () => {
    const facts = maskFacts(await drawn('elementWise'));
    const error = Math.sqrt((rate * (1 - rate)) / (400 * 6 * 49));
    expect(Math.abs(facts.dropped - rate)).toBeLessThan(4 * error);
    // It counts only what lies beside dropped elements, a quarter of all: twice the error.
    expect(Math.abs(facts.neighboursDropped - rate)).toBeLessThan(4 * 2 * error);
  });

  it('are those of whole maps for spatial dropout', async () => {
    const facts = maskFacts(await drawn('spatial'));
    expect(Math.abs(facts.dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / (400 * 6)));
    expect(facts.neighboursDropped).toBe(1);
  });

  it('lie in between for DropBlock, whose rate counts overlaps', async () => {
    const facts = maskFacts(await drawn('dropBlock'));
    expect(blockGamma(rate, 7, 7, 3)).toBeGreaterThan((rate * 49) / (9 * 25));
    const maps = shape.examples * shape.channels;
    // Elements more than 2 apart have no hole in common: each of 49 goes with at most the 25 around it, itself among them.
    const error = Math.sqrt((rate * (1 - rate) * 25) / 49 / maps);
    expect(Math.abs(facts.dropped - rate)).toBeLessThan(4 * error);
    // Σ both / Σ either over maps: a map is off by at most max(R, 1 − R) < 1 times its dropped ones, whose mean square is at
    // most their most (all) times their mean (the rate): a standard error below 1/√(rate · maps).
    expect(Math.abs(facts.neighboursDropped - blockNeighbours())).toBeLessThan(4 / Math.sqrt(rate * maps));
    expect(facts.neighboursDropped).toBeLessThan(1);
  });
});

describe('tiles', () => {
  it('put stacks below one another and channels side by side, with gaps', async () => {
    const stacks = await Promise.all(dropoutNames.map(async (name) => ({ name, maps: await drawn(name) })));
    const picture = tiles('masks', stacks, 4);
    expect([picture.rows, picture.columns]).toEqual([3 * 8 - 1, 4 * 8 - 1]);
    expect(picture.values).toHaveLength(picture.rows * picture.columns);
    expect(picture.rowLabels?.filter((label) => label !== '')).toEqual(dropoutNames);
    // Row 2 of the second stack, column 3 of its third channel.
    const maps = stacks[1]?.maps as Maps;
    expect(picture.values[(8 + 2) * picture.columns + 2 * 8 + 3]).toBe(maps.values[2 * 49 + 2 * 7 + 3]);
    expect(picture.values[7 * picture.columns]).toBe(0);
    expect(picture.values[7]).toBe(0);
    expect(flawsOf(picture)).toEqual([]);
  });
});
