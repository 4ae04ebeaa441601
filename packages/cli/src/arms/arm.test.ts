import type { ModelName } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.js';
import { dropAt, parseArms, slug } from './arm.js';

const parse = (...specs: readonly string[]) => parseArms(specs, {}, 30);

describe('arms', () => {
  it('have a kind, a rate, a name for people and one for files', () => {
    expect(parse('none', 'dropout=0.5', 'standard=.25')).toMatchObject([
      { drops: [], label: 'none', folder: 'none' },
      { drops: [{ kind: 'dropout', rate: 0.5 }], label: 'dropout 0.5', folder: 'dropout-0.5' },
      { drops: [{ kind: 'standard', rate: 0.25 }], label: 'standard .25', folder: 'standard-.25' },
    ]);
  });

  it('have one kind for each place of the model, in any order', () => {
    const [arm] = parseArms(['spatial=0.2, lr=0.1, dropout=0.5'], { model: 'cnn' }, 30);
    expect(arm).toMatchObject({
      drops: [
        { kind: 'spatial', rate: 0.2 },
        { kind: 'dropout', rate: 0.5 },
      ],
      own: { lr: 0.1 },
      label: 'spatial 0.2, lr 0.1, dropout 0.5',
      folder: 'spatial-0.2-lr-0.1-dropout-0.5',
    });
    expect([dropAt(arm!, 'maps'), dropAt(arm!, 'dense')]).toEqual(arm!.drops);
    expect(dropAt({ drops: [] }, 'maps')).toBeUndefined();
  });

  it.each<[ModelName, string, string]>([
    ['mlp', 'spatial=0.2', 'spatial has no place in the model mlp, which takes dropout, standard, gaussian'],
    ['mlp', 'spatial=0.2', 'models with a place for spatial: cnn, allconv, resnet20 (--model)'],
    ['mlp', 'dropout=0.5,dropblock=0.2', 'dropblock has no place in the model mlp'],
    [
      'allconv',
      'dropout=0.5',
      'dropout has no place in the model allconv, which takes elementwise, spatial, dropblock;',
    ],
    ['vit', 'gaussian=0.5', 'gaussian has no place in the model vit, which takes dropout, attention, depth;'],
    [
      'allconv',
      'dropuot=0.5',
      '"dropuot" is no kind of arm; known are none, elementwise, spatial, dropblock',
    ],
    [
      'cnn',
      'dropout=0.5,concrete=0.1',
      'dropout and concrete drop in the same places; an arm has one kind for each',
    ],
    ['cnn', 'spatial=0.5,lr=0.1,spatial=0.1', 'spatial is given twice'],
    ['cnn', 'spatial=0.5,dropout', 'dropout needs its rate, such as dropout=0.5'],
    ['cnn', 'spatial=0.5,dropout=half', 'dropout takes a number, not "half"'],
    ['cnn', 'none,spatial=0.5', 'none goes with no other kind'],
    ['cnn', 'spatial=0.5,none', 'none goes with no other kind'],
  ])('of the model %s refuse %j', (model, spec, message) => {
    const parsed = () => parseArms([spec], { model }, 30);
    expect(parsed).toThrow(UsageError);
    expect(parsed).toThrow(message);
    expect(parsed).toThrow(`--arm ${spec}: `);
  });

  it('override training options for themselves alone', () => {
    const [bounded, plain] = parseArms(['dropout=0.5, max-norm=2, lr=0.1', 'dropout=0.5'], { lr: 0.2 }, 30);
    expect(bounded).toMatchObject({ label: 'dropout 0.5, max-norm 2, lr 0.1', own: { maxNorm: 2, lr: 0.1 } });
    expect(bounded?.training).toMatchObject({ maxNorm: 2, lr: 0.1 });
    expect(plain?.training).toMatchObject({ maxNorm: null, lr: 0.2 });
  });

  it('can be given a name, and have folders of their own whatever they are called', () => {
    const arms = parse('dropout=0.5,name=A b', 'dropout=0.4,name=a-b', 'dropout=0.3,name=../x/CON');
    expect(arms.map(({ label }) => label)).toEqual(['A b', 'a-b', '../x/CON']);
    expect(arms.map(({ folder }) => folder)).toEqual(['a-b', 'a-b-2', 'x-con']);
  });

  it.each([
    [
      'dorpout=0.5',
      '"dorpout" is no kind of arm; known are none, dropout, standard, gaussian, alpha, batchwise, dropconnect, concrete, variational-gaussian, standout (did you mean "dropout"?)',
    ],
    ['', '"" is no kind of arm'],
    ['dropout', 'dropout needs its rate, such as dropout=0.5'],
    ['dropout=', 'dropout needs its rate'],
    ['dropout=half', 'takes a number, not "half"'],
    ['none=0.5', 'none takes no rate'],
    ['none,input-rate=0.2', 'input-rate needs an arm with dropout'],
    ['dropout=0.5,maxnorm=2', '"maxnorm" is no option of an arm'],
    ['dropout=0.5,maxnorm=2', '(did you mean "max-norm"?)'],
    ['dropout=0.5,lr', 'lr needs a value'],
    ['dropout=0.5,lr=0.1,lr=0.2', 'lr is given twice'],
    ['dropout=0.5,lr=-1', 'lr takes a number above 0, not "-1"'],
    ['dropout=0.5,epochs=3', '"epochs" is no option of an arm'],
    ['dropout=0.5,name=…', 'has no letter or digit'],
  ])('refuse %j and say why', (spec, message) => {
    expect(() => parse(spec)).toThrow(UsageError);
    expect(() => parse(spec)).toThrow(message);
    expect(() => parse(spec)).toThrow(`--arm ${spec}`);
  });

  it.each(['summary.json', 'config.json', 'metrics.jsonl', 'report.html', 'Run.lock', 'run.lock.takeover'])(
    'are not called after the file %s of the run',
    (name) => {
      expect(() => parse(`dropout=0.5,name=${name}`)).toThrow(
        `the name "${name}" is that of a file of the run; give another with name=…`,
      );
    },
  );

  it('are named where what they have for themselves does not fit the epochs', () => {
    const [late, warm] = ['dropout=0.5,rate-schedule=late,rate-epochs=40', 'dropout=0.5,warm-up=30'];
    expect(() => parse(late)).toThrow(`--arm ${late}: rate-epochs is 40, but the run has only 30 epochs`);
    expect(() => parse(warm)).toThrow(`--arm ${warm}: warm-up is 30 epochs, but the run has only 30`);
  });

  it('have no line breaks in their names', () => {
    expect(() => parse('dropout=0.5,name=a\nb')).toThrow(
      /^--arm "dropout=0.5,name=a\\nb" has a control character in it$/,
    );
  });

  it('may not be called the same', () => {
    expect(() => parse('none', 'dropout=0.5', 'none')).toThrow('two arms are called "none"');
  });

  it('have folder names that any file system takes', () => {
    expect(slug('Dropout ½ <b> / \\ : weight-decay 1e-4')).toBe('dropout-b-weight-decay-1e-4');
  });
});
