import { describe, expect, it } from 'vitest';
import { type Arm, defaults, modelDefaults } from './settings.js';
import { ofModel, withModel } from './with-model.js';

const alpha: Arm = { kind: 'alpha', rate: 0.1 };
const dropout: Arm = { kind: 'dropout', rate: 0.3 };

describe('choosing another network', () => {
  it('brings its usual arms and training where nothing else was chosen, there and back', () => {
    const maps = withModel(defaults, 'allconv');
    expect(maps).toEqual({ ...defaults, model: 'allconv', ...modelDefaults.allconv });
    expect(withModel(maps, 'mlp')).toEqual(defaults);
  });

  it('keeps arms and training that were chosen, as far as the network has a place for them', () => {
    const chosen = { ...defaults, arms: [dropout, alpha], lr: 0.1 };
    const maps = withModel(chosen, 'allconv');
    expect(ofModel(maps)).toEqual({ arms: [dropout], optimizer: 'sgd', lr: 0.1 });
    expect(withModel({ ...chosen, arms: [alpha] }, 'allconv').arms).toEqual(modelDefaults.allconv.arms);
  });

  it('gives back what was chosen for the network before', () => {
    const chosen = { ...defaults, arms: [dropout, alpha], lr: 0.1 };
    expect(withModel(withModel(chosen, 'allconv'), 'mlp', ofModel(chosen))).toEqual(chosen);
  });

  it('leaves out changes of rates, which name arms by their places', () => {
    const changes = [{ arm: 1, step: 3, rate: 0.2 }];
    expect(withModel({ ...defaults, changes }, 'allconv').changes).toEqual([]);
  });
});
