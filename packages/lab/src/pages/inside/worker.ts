/** @file The page's worker: runs the small network. */
import { type Download, openRuntime } from '../../runtime/open.js';
import type { CallContext } from '../../worker/protocol.js';
import { serve } from '../../worker/serve.js';
import { Looker } from './model/look.js';
import type { Passes, Question } from './model/pass.js';

let opened: Promise<Looker> | undefined;
let report: (download: Download) => void = () => undefined;
/** Programs are made and released, so one question is answered after the other. */
let last: Promise<unknown> = Promise.resolve();

const services = {
  look(question: Question, context: CallContext<Download>): Promise<Passes> {
    report = context.report;
    opened ??= openRuntime('wasm', (download) => report(download)).then((runtime) => new Looker(runtime));
    opened.catch(() => {
      opened = undefined;
    });
    const answer = Promise.all([opened, last]).then(([looker]) => looker.look(question));
    last = answer.catch(() => undefined);
    return answer;
  },
};
export type InsideServices = typeof services;

serve(services);
