/** @file The training worker: one run, by the services that the page calls. */
import type { CallContext } from '../worker/protocol.js';
import { handOver, serve } from '../worker/serve.js';
import type {
  Changes,
  Ending,
  OpenArgument,
  Opened,
  Opening,
  SetRateArgument,
  TrainArgument,
  TrainingEvent,
} from './events.js';
import { Session } from './session.js';

let session: Session | undefined;

const opened = (): Session => {
  if (session === undefined) throw new Error('the training worker was asked to work before a run was opened');
  return session;
};

const services = {
  open: async (argument: OpenArgument, { report, signal }: CallContext<Opening>): Promise<Opened> => {
    session = await Session.open(argument, report, signal);
    return session.opened;
  },
  train: (argument: TrainArgument, { report, signal }: CallContext<TrainingEvent>): Promise<Ending> =>
    opened().train(argument, report, signal),
  pause: async (_: undefined) => opened().pause(),
  step: async (_: undefined) => opened().step(),
  go: async (_: undefined) => opened().go(),
  draw: (arm: number): Promise<void> => opened().draw(arm),
  setRate: ({ arm, rate }: SetRateArgument): Promise<Changes> => opened().setRate(arm, rate),
  model: async (arm: number): Promise<Uint8Array<ArrayBuffer>> => {
    const model = (await opened().export(arm)) as Uint8Array<ArrayBuffer>;
    return handOver(model, [model.buffer]);
  },
};

export type TrainingServices = typeof services;

serve(services);
