/** @file What becomes of settings when another network is chosen: what the visitor chose stays, as far as it fits. */
import { kindsOf, type ModelName } from './kinds.js';
import { modelDefaults, type Settings } from './settings.js';

/** What each network has usual values of. */
export type OfModel = (typeof modelDefaults)[ModelName];

export const ofModel = ({ arms, optimizer, lr }: Settings): OfModel => ({ arms, optimizer, lr });

/** @param before what was chosen for that network earlier, if it was */
export const withModel = (settings: Settings, model: ModelName, before?: OfModel): Settings => ({
  ...{ ...settings, model, changes: [] },
  ...(before ?? carried(settings, model)),
});

/** The usual values of one network become those of the other. */
function carried(settings: Settings, model: ModelName): OfModel {
  const { arms, optimizer, lr } = settings;
  const left = modelDefaults[settings.model];
  const usual = modelDefaults[model];
  const fitting = arms.filter(({ kind }) => kindsOf(model).includes(kind));
  const isChosen = JSON.stringify(arms) !== JSON.stringify(left.arms);
  const isTrainedAsUsual = optimizer === left.optimizer && lr === left.lr;
  return {
    arms: isChosen && fitting.some(({ kind }) => kind !== 'none') ? fitting : usual.arms,
    ...(isTrainedAsUsual ? { optimizer: usual.optimizer, lr: usual.lr } : { optimizer, lr }),
  };
}
