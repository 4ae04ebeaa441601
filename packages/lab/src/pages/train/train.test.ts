/** The page “Train” in Chromium, as any static host serves it: in a sub-folder, not cross-origin isolated. */
import { readFile } from 'node:fs/promises';
import { classificationScore, type Dataset } from 'thinnet';
import { createTrainer, nodeRuntime } from 'thinnet/node';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeBrowser, newPage } from '../../../../thinnet/src/testing/browser.js';
import { sample } from '../../../../thinnet/src/testing/samples.js';
import { maskDigest } from '../../experiment/mask-digest.js';
import { planOf, prepare } from '../../experiment/plan.js';
import { decode } from '../../settings/codec.js';
import { epochsAre, type Lab, results, runIs, startLab, startTraining } from '../../testing/lab.js';
import { curvesOf, runsAre, stored } from '../../testing/stored.js';

const query =
  'data=mnist&images=200&model=mlp&hidden=48,32&activation=relu&arms=none;dropout:0.5;gaussian:0.3&inputRate=0.1' +
  '&optimizer=sgd&lr=0.04&batch=32&epochs=4&seed=7&backend=wasm';
const address = `#/train?${query}`;
/** The same for half as long. */
const shortQuery = query.replace('epochs=4', 'epochs=2');
const shortAddress = `#/train?${shortQuery}`;

describeBrowser('the page “Train”', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  it('shows itself with little code, and fetches nothing heavy before a run begins', async () => {
    const before = lab.server.requests.length;
    const { page, errors } = await lab.open('');
    // The form says this once it has looked around.
    await page.getByText('one thread: this server does not').waitFor();
    await page.locator('[data-interrupted="none"]').waitFor({ state: 'attached' });
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const heavy = () =>
      lab.server.requests.slice(before).filter((name) => /wasm|ort|worker|\.gz|uPlot/.test(name));
    expect(heavy()).toEqual([]);
    await startTraining(page);
    // By these names it is fetched then.
    await expect.poll(heavy).toEqual(expect.arrayContaining([expect.stringMatching(/\.wasm$/)]));
    expect(lab.server.requests.slice(before).filter((name) => name.startsWith('!'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('trains arms side by side until the losses have fallen, on one thread; the files that it gives are those networks', async () => {
    const { page, errors } = await lab.open(address);
    await startTraining(page);
    await runIs(page, 'finished');
    expect(errors).toEqual([]);
    expect(await page.locator('[data-where]').textContent()).toBe('WebAssembly, 1 thread');
    const { runs, checkpoints } = await stored(page);
    expect(runs).toMatchObject([{ status: 'finished', query }]);
    expect(checkpoints).toEqual([]);
    for (const { history, hasModel } of runs[0]?.arms ?? []) {
      expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
      expect(history.at(-1)?.train.loss).toBeLessThan(0.95 * (history[0]?.train.loss as number));
      expect(hasModel).toBe(true);
    }

    const [none] = runs[0]?.arms ?? [];
    expect(none?.history.at(-1)?.train.loss).toBeLessThan(0.5 * (none?.history[0]?.train.loss as number));

    const split = { train: await sample('mnist', 'train'), test: await sample('mnist', 't10k') };
    const { settings } = decode(query);
    const { input, data } = prepare(settings, split);
    // The masks are Node's, and so, to rounding, is all of the training.
    const digests = await page.$$eval('[data-digest]', (all) =>
      all.map((one) => one.getAttribute('data-digest')),
    );
    const plans = [0, 1, 2].map((arm) => planOf(settings, arm, input));
    expect(digests).toEqual(['', await maskDigest(plans[1]!), await maskDigest(plans[2]!)]);
    const table = await results(page);
    for (const [arm, plan] of plans.entries()) {
      const trainer = await createTrainer({ ...plan, threads: 1 }, data);
      for await (const epoch of trainer.fit({ epochs: 4 }))
        expect(runs[0]?.arms[arm]?.history[epoch.epoch - 1]?.test.loss).toBeCloseTo(epoch.test.loss, 3);
      await trainer.close();

      const label = ['no dropout', 'dropout 0.5', 'Gaussian dropout 0.3'][arm] as string;
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `model-${label.replaceAll(' ', '-')}.onnx` }).click(),
      ]);
      const score = await scoreInNode(await readFile(await download.path()), split.test);
      expect(score.loss).toBeCloseTo(table[arm]?.testLoss as number, 5);
      expect(100 * score.error).toBeCloseTo(table[arm]?.testError as number, 9);
    }
  });

  it('gives the same run again for the same address, bit for bit, and has the WebAssembly by then', async () => {
    const { page } = await lab.open(shortAddress);
    await startTraining(page);
    await runIs(page, 'finished');
    const shown = await page.evaluate(() => location.hash);
    expect(shown).toBe(shortAddress);
    const before = lab.server.requests.length;
    const again = await lab.open(shown, {}, page.context());
    await startTraining(again.page);
    await runIs(again.page, 'finished');
    const { runs } = await stored(page);
    expect(runs).toHaveLength(2);
    expect(curvesOf(runs[1]!)).toEqual(curvesOf(runs[0]!));
    expect(lab.server.requests.slice(before).filter((name) => name.endsWith('.wasm'))).toEqual([]);
  });

  it('goes on after a reload in the middle of an epoch, with the curve of a run that was not interrupted', async () => {
    const { page } = await lab.open(address);
    await startTraining(page);
    await runIs(page, 'finished');
    await page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(page, 'paused');
    // 200 examples in batches of 32 are 7 steps an epoch: three into the third one.
    for (let step = 1; step <= 17; step++) {
      await page.getByRole('button', { name: 'One step' }).click();
      await page.waitForSelector(`[data-run="paused"][data-step="${step}"]`);
    }
    await page.reload();
    const offer = page.locator('[data-interrupted="1"]');
    await offer.getByText('It stands after epoch 2 of 4').waitFor();
    await offer.getByRole('button', { name: 'Go on' }).click();
    await runIs(page, 'finished');
    const { runs, checkpoints } = await stored(page);
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'finished']);
    expect(curvesOf(runs[1]!)).toEqual(curvesOf(runs[0]!));
    expect(checkpoints).toEqual([]);
  });

  it('goes on with the rates that were set after its last checkpoint', async () => {
    const { page } = await lab.open(shortAddress);
    await page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(page, 'paused');
    const stepTo = async (step: number) => {
      await page.getByRole('button', { name: 'One step' }).click();
      await page.waitForSelector(`[data-run="paused"][data-step="${step}"]`);
    };
    for (let step = 1; step <= 9; step++) await stepTo(step);
    await page.locator('#live-rate-1').fill('0.15');
    await page.waitForFunction(() => location.hash.includes('changes=1@9:0.15'));
    await stepTo(10);
    await page.reload();
    await page.getByText('It stands after epoch 1 of 2').waitFor();
    await page.locator('[data-interrupted]').getByRole('button', { name: 'Go on' }).click();
    await runIs(page, 'finished');
    await page.getByRole('button', { name: 'Train again' }).click();
    await runsAre(page, 'finished', 'finished');
    const { runs } = await stored(page);
    expect(runs.map((run) => run.query)).toEqual([
      `${shortQuery}&changes=1@9:0.15`,
      `${shortQuery}&changes=1@9:0.15`,
    ]);
    expect(curvesOf(runs[1]!)).toEqual(curvesOf(runs[0]!));
  });

  it('takes single steps, changes a rate between them, and repeats that by its address', async () => {
    const { page, errors } = await lab.open(shortAddress);
    await page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(page, 'paused');
    const canvas = page.locator('[data-drawn-step]');
    for (const step of [1, 2, 3]) {
      await page.getByRole('button', { name: 'One step' }).click();
      await page.waitForSelector(`[data-run="paused"][data-step="${step}"] [data-drawn-step="${step - 1}"]`);
    }
    expect(await canvas.getAttribute('aria-label')).toMatch(
      /^Step 2\. image: \d+ of 784 dropped, hidden 1: \d+ of 22 dropped/,
    );
    await page.getByLabel('dropout 0.5', { exact: true }).and(page.locator('input[type=range]')).fill('0.2');
    await page.waitForFunction(() => location.hash.includes('changes=1@3:0.2'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await runIs(page, 'finished');
    const changed = await page.evaluate(() => location.hash);
    expect(changed).toBe(`${shortAddress}&changes=1@3:0.2`);

    await page.getByRole('button', { name: 'Train again' }).click();
    await runsAre(page, 'finished', 'finished');
    const leave = page.getByRole('button', { name: 'Remove the rate changes' });
    await leave.click();
    await leave.waitFor({ state: 'detached' });
    await startTraining(page);
    await runsAre(page, 'finished', 'finished', 'finished');
    const [first, repeated, unchanged] = (await stored(page)).runs.map(curvesOf);
    expect(repeated).toEqual(first);
    expect(unchanged?.[0]).toEqual(first?.[0]);
    expect(unchanged?.[1]).not.toEqual(first?.[1]);
    expect(errors).toEqual([]);
  });

  it('goes on while another page of the lab is open', async () => {
    const { page } = await lab.open(address.replace('epochs=4', 'epochs=1000'));
    await startTraining(page);
    await epochsAre(page, 1);
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.waitForSelector('main[data-page="runs"]');
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await runIs(page, 'running');
    await epochsAre(page, 3);
  });

  it.each([
    [
      'images=5000',
      'subset of 5000 examples; with 10 classes and 2000 examples it must be an integer from 10 to 2000',
    ],
    ['backend=webgpu', 'WebGPU is not to be had: this browser has no'],
    ['data=csv', 'no CSV file is chosen yet'],
    ['lr=90', 'the loss is'],
  ])('says in plain words why it cannot train with %s', async (setting, words) => {
    const { page, errors } = await lab.open(`#/train?${query}&${setting}`);
    await startTraining(page);
    await page.getByRole('alert').filter({ hasText: words }).first().waitFor();
    expect(errors).toEqual([]);
  });

  it('says what in an address could not be read, and does not lose the rest', async () => {
    const { page } = await lab.open('#/train?lr=fast&batch=17&colour=red');
    await page.getByText('lr=fast: “fast” is not a number').waitFor();
    await page.getByText('“colour”, which is no setting').waitFor();
    expect(await page.getByLabel('batch').inputValue()).toBe('17');
  });

  it('says that a page which is not secure keeps nothing, and trains all the same', async () => {
    const other = await startLab({ args: ['--host-resolver-rules=MAP lab.test 127.0.0.1'] });
    onTestFinished(() => other.close());
    const page = await newPage(other.browser);
    await page.goto(`http://lab.test:${other.server.port}/some/where/${address}`);
    await startTraining(page);
    await page.getByText('This page came without https').waitFor();
    await runIs(page, 'finished');
    expect(await results(page)).toHaveLength(3);
  });
});

/** Loss and error of a file on a set, by ONNX Runtime in Node. */
async function scoreInNode(model: Uint8Array, { features, labels, length }: Dataset) {
  const program = await nodeRuntime.load(model, { threads: 1 });
  const [name = '', output = ''] = [program.inputs[0], program.outputs[0]];
  expect(program.inputs).toHaveLength(1);
  const data = Float32Array.from(features);
  const results = await program.run({ [name]: { type: 'float32', dims: [length, 28, 28], data } });
  await program.release();
  return classificationScore(results[output]?.data as Float32Array, labels, 10);
}
