/** @file The deck's worker: runs a card's experiment. */
import { ThinnetError } from 'thinnet';
import { type CardId, deck, type Laboratory, type Result } from 'thinnet-deck';
import { sharedRuntime, whereOf } from '../../../runtime/open.js';
import type { Download } from '../../../runtime/shared.js';
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

/** One for all experiments, so that they share trained networks. They run one at a time: the page sees to it. */
let laboratory: Laboratory | undefined;
let report: (progress: ExperimentProgress) => void = () => undefined;

const services = {
  async experiment(id: CardId, context: CallContext<ExperimentProgress>): Promise<Ran> {
    report = context.report;
    const card = deck.find((known) => known.id === id);
    if (card === undefined) throw new ThinnetError(`the deck has no card "${id}"`);
    const runtime = await sharedRuntime((download) => report({ download }));
    laboratory ??= webLaboratory(runtime, (done, doing) => report({ done, doing }));
    report({ done: 0, doing: undefined });
    const began = performance.now();
    const result = await card.experiment(laboratory);
    const where = `${whereOf(runtime)}; ${trainingsAtOnce()} trainings at once`;
    return { result, seconds: (performance.now() - began) / 1000, where };
  },
};
export type DeckServices = typeof services;

serve(services);
