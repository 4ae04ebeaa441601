/** @file What the help of `thinnet compare` says after its options: the models, the kinds of arms, examples. */
import { type ModelName, modelLayers } from 'thinnet-runs';
import type { DropPlace } from '../arms/kinds.js';
import { armKinds, kindsAt } from '../arms/kinds.js';
import { models } from '../arms/models.js';

const line = (name: string, help: string): string => `  ${name.padEnd(26)} ${help}`;

/** What each place is called, ahead of its kinds. */
const placeNames: Readonly<Record<DropPlace, string>> = {
  dense: 'Around dense layers',
  maps: 'Of feature maps',
  attention: 'Of attention weights',
  branches: 'Of residual branches',
  words: 'Of words',
  inputs: 'Of what an LSTM reads',
  state: "Of an LSTM's state",
};

const places = Object.entries(placeNames) as [DropPlace, string][];

const modelLines = (Object.keys(models) as ModelName[]).flatMap((model) => [
  line(model, modelLayers[model]),
  ...places.flatMap(([place, title]) => {
    const has = models[model].places[place];
    return has === undefined
      ? []
      : [line('', `${title.charAt(0).toLowerCase()}${title.slice(1)}: ${has.where}`)];
  }),
]);

const kindLines = [
  line('none', armKinds.none.help),
  ...places.flatMap(([place, title]) => [
    ` ${title}:`,
    ...kindsAt(place).map((kind) => line(`${kind}=RATE`, armKinds[kind].help)),
  ]),
];

export const afterOptions = `
Models, and where each has dropout:
${modelLines.join('\n')}

Arms:
${kindLines.join('\n')}
  Kinds for different places go together: spatial=0.1,dropout=0.5
  Training options of an arm's own follow after commas: dropout=0.5,max-norm=2,lr=0.1,name=bounded

Examples:
  thinnet compare
  thinnet compare --model cnn --arm none --arm dropout=0.5 --arm spatial=0.1,dropout=0.5
  thinnet compare --model allconv --data fashion --arm elementwise=0.3 --arm dropblock=0.3,block-size=3
  thinnet compare --activation selu --arm none --arm alpha=0.1
  thinnet compare --arm dropout=0.5 --arm dropout=0.5,rate-schedule=early,rate-epochs=5
  thinnet compare --data fashion --arm none --arm dropout=0.3 --arm dropout=0.5
  thinnet compare --data mnist --subset all --hidden 1024,1024,1024 --max-norm 2 --epochs 100
  thinnet compare --data wine.csv --label quality --hidden 64,64 --seeds 10
  thinnet compare --data reviews.csv --text message --label spam --arm none --arm words=0.1 --arm recurrent=0.25
  thinnet compare --resume --out runs/mnist-2000-none-vs-dropout-0.5
`;
