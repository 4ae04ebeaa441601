/** @file The deck's worker: runs a card's experiment. */
import { ThinnetError } from 'thinnet';
import { type CardId, deck, type Laboratory, type Result } from 'thinnet-deck';
import { type Download, openRuntime, whereOf } from '../../../runtime/open.js';
import type { CallContext } from '../../../worker/protocol.js';
import { serve } from '../../../worker/serve.js';
import { webLaboratory } from './laboratory.js';
import { trainingsAtOnce } from './trainers.js';

export type ExperimentProgress =
  | { readonly download: Download }
  | { readonly done: number; readonly doing: string | undefined };

/** What an experiment found, and where. */
export interface Ran {
  readonly result: Result;
  readonly seconds: number;
  /** `WebAssembly, 2 threads; 2 trainings at once`. */
  readonly where: string;
}

let opened: Promise<{ readonly laboratory: Laboratory; readonly where: string }> | undefined;
let report: (progress: ExperimentProgress) => void = () => undefined;

/** One laboratory for all experiments, so that they share trained networks. They run one at a time: the page sees to it. */
async function open() {
  const runtime = await openRuntime('wasm', (download) => report({ download }));
  const laboratory = webLaboratory(runtime, (done, doing) => report({ done, doing }));
  return { laboratory, where: `${whereOf(runtime)}; ${trainingsAtOnce()} trainings at once` };
}

const services = {
  async experiment(id: CardId, context: CallContext<ExperimentProgress>): Promise<Ran> {
    report = context.report;
    const card = deck.find((known) => known.id === id);
    if (card === undefined) throw new ThinnetError(`the deck has no card "${id}"`);
    opened ??= open();
    opened.catch(() => {
      opened = undefined;
    });
    const { laboratory, where } = await opened;
    report({ done: 0, doing: undefined });
    const began = performance.now();
    const result = await card.experiment(laboratory);
    return { result, seconds: (performance.now() - began) / 1000, where };
  },
};
export type DeckServices = typeof services;

serve(services);
