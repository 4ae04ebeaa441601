/** @file An arm as a network: the model's layers, the same for all arms, and the arm's dropout in their places. */

import type { Network } from 'thinnet';
import * as thinnet from 'thinnet';
import { ThinnetError } from 'thinnet';
import type { Settings } from 'thinnet-runs';
import { UsageError } from '../usage-error.js';
import type { Arm } from './arm.js';
import { dropAt } from './arm.js';
import { activationWith, denseWith } from './layers.js';
import { mapDropout } from './maps.js';
import { modelLayers } from './model-layers.js';
import type { NetworkInput, NetworkSettings } from './parts.js';
import { partsOf, placeOf } from './parts.js';

export type { NetworkInput } from './parts.js';

/**
 * The features standardised, unless they are word numbers, then the model's layers. All arms of a seed begin with the same weights, also those that
 * learn more; `zeros` spares drawing the dense ones where only the structure is looked at.
 */
export function armNetwork(
  arm: Arm,
  settings: NetworkSettings,
  input: NetworkInput,
  seed: number,
  { weights = 'drawn' }: { readonly weights?: 'drawn' | 'zeros' } = {},
): Network {
  return thinnet.network(
    { input: input.shape, seed },
    ...(input.scale === undefined ? [] : [thinnet.standardize(input.scale.mean, input.scale.std)]),
    ...modelLayers[settings.model](partsOf(arm, settings, input, weights)),
  );
}

/** Lets the library judge the rates, before any data is read. */
export function checkRates(
  arms: readonly Arm[],
  { model, hidden }: Pick<Settings, 'model' | 'hidden'>,
): void {
  for (const arm of arms) {
    try {
      checkRatesOf(arm);
    } catch (error) {
      if (error instanceof ThinnetError) throw new UsageError(`--arm ${arm.spec}: ${error.message}`);
      throw error;
    }
    if (model === 'mlp' && arm.drops.length > 0 && hidden.length === 0 && arm.training.inputRate === 0) {
      throw new UsageError(
        `--arm ${arm.spec}: with --hidden none and --input-rate 0 there is no place for dropout`,
      );
    }
  }
}

function checkRatesOf(arm: Arm): void {
  const [dense, maps] = [dropAt(arm, 'dense'), dropAt(arm, 'maps')];
  const { inputRate, blockSize } = arm.training;
  if (dense !== undefined) {
    const place = { units: 1, init: thinnet.zeros(), examples: 1 };
    denseWith(dense.kind, inputRate, placeOf({ ...place, name: 'input', dropout: 'input', isFirst: true }));
    denseWith(dense.kind, dense.rate, placeOf({ ...place, name: 'hidden', dropout: 'hidden' }));
    activationWith(dense.kind, thinnet.relu(), dense.rate, 'hidden');
  }
  if (maps !== undefined) mapDropout(maps.kind, maps.rate, { name: 'map', blockSize });
  thinnet.embedding(1, 1, { name: 'words', rate: dropAt(arm, 'words')?.rate ?? 0 });
  thinnet.lstm(1, {
    name: 'text',
    dropout: dropAt(arm, 'inputs')?.rate ?? 0,
    recurrentDropout: dropAt(arm, 'state')?.rate ?? 0,
  });
  thinnet.attentionDropout(dropAt(arm, 'attention')?.rate ?? 0, { name: 'attention' });
  thinnet.dropPath(dropAt(arm, 'branches')?.rate ?? 0, { name: 'depth' });
}
