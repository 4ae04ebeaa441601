/** @file What a page and its worker say to each other: calls by number, their progress, their results. */

/** What a worker can do, by name; each takes one argument and may report progress while it works. */
export type Services = Readonly<Record<string, Service>>;

// biome-ignore lint/suspicious/noExplicitAny: the argument and the progress are those of the service at hand.
type Service = (argument: any, context: CallContext<any>) => Promise<unknown>;

/** What a service is given beside its argument. */
export interface CallContext<Progress = never> {
  /** Aborted when the page no longer wants the result. */
  readonly signal: AbortSignal;
  /** Tells the page how far it is, or anything else while the call lasts. */
  readonly report: (progress: Progress) => void;
}

export type ArgumentOf<S extends Service> = Parameters<S>[0];
export type ResultOf<S extends Service> = Awaited<ReturnType<S>>;
export type ProgressOf<S extends Service> =
  Parameters<S> extends [unknown, CallContext<infer Progress>] ? Progress : never;

export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly type: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string; readonly kind: ErrorKind };

/** `expected`: something that the visitor can put right (a ThinnetError); `aborted`: as the page asked; else a defect. */
export type ErrorKind = 'expected' | 'aborted' | 'defect';
