/** @file The page's worker: runs the small network. */
import { sharedRuntime } from '../../runtime/open.js';
import type { Download } from '../../runtime/shared.js';
import type { CallContext } from '../../worker/protocol.js';
import { serve } from '../../worker/serve.js';
import { Looker } from './model/look.js';
import type { Passes, Question } from './model/pass.js';

let looker: Looker | undefined;
/** Programs are made and released, so one question is answered after the other. */
let last: Promise<unknown> = Promise.resolve();

const services = {
  look(question: Question, { report }: CallContext<Download>): Promise<Passes> {
    const answer = Promise.all([sharedRuntime(report), last]).then(([runtime]) => {
      looker ??= new Looker(runtime);
      return looker.look(question);
    });
    last = answer.catch(() => undefined);
    return answer;
  },
};
export type InsideServices = typeof services;

serve(services);
