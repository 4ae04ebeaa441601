/** @file The network that is asked, as state: which there are, and how far the chosen one is. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../../components/message.js';
import { type Connection, connect, WorkerError } from '../../../worker/connect.js';
import type { OpenProgress, TestImages, UncertaintyServices } from '../worker.js';
import { keepOwn, type NetworkSource, ownId, ownSource, trainedSources } from './source.js';

export type NetworkState =
  /** The chosen one is not trained, and waits for the visitor's word. */
  | { readonly state: 'untrained' }
  | { readonly state: 'opening'; readonly progress: OpenProgress | undefined }
  /** `key` is another one each time that a network was opened. */
  | { readonly state: 'ready'; readonly key: string }
  | { readonly state: 'failed'; readonly message: string };

export interface AskedNetworks {
  readonly sources: readonly NetworkSource[];
  readonly chosen: NetworkSource | undefined;
  readonly state: NetworkState;
  readonly images: TestImages | undefined;
  /** How much of them has come, 0 to 1, where that is known. */
  readonly imagesDone: number | undefined;
  /** Why something is not there or not kept. */
  readonly problem: string | undefined;
  choose(id: string): void;
  /** Trains the page's own network, anew if it was trained before. */
  train(): void;
  stop(): void;
  /** To be used once the state is `ready`. */
  call: Connection<UncertaintyServices>['call'];
}

export function useNetwork(): AskedNetworks {
  const connection = useRef<Connection<UncertaintyServices> | undefined>(undefined);
  const aborter = useRef<AbortController | undefined>(undefined);
  const [sources, setSources] = useState<readonly NetworkSource[]>([]);
  const [chosen, setChosen] = useState<NetworkSource>();
  const [state, setState] = useState<NetworkState>({ state: 'untrained' });
  const [images, setImages] = useState<TestImages>();
  const [imagesDone, setImagesDone] = useState<number>();
  const [problem, setProblem] = useState<string>();

  const worker = (): Connection<UncertaintyServices> => {
    connection.current ??= connect<UncertaintyServices>(
      new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' }),
    );
    return connection.current;
  };

  const open = async (source: NetworkSource) => {
    aborter.current?.abort();
    const mine = new AbortController();
    aborter.current = mine;
    const isLatest = () => aborter.current === mine;
    setState({ state: 'opening', progress: undefined });
    try {
      const { parameters } = await worker().call('open', source, {
        signal: mine.signal,
        onProgress: (progress) => isLatest() && setState({ state: 'opening', progress }),
      });
      if (source.id === ownId && source.parameters === undefined) {
        const own = { ...source, parameters };
        setSources((before) => before.map((other) => (other.id === ownId ? own : other)));
        keepOwn(parameters).catch((error) =>
          setProblem(`The trained network is not kept for the next visit: ${messageOf(error)}`),
        );
        if (isLatest()) setChosen(own);
      }
      if (isLatest()) setState({ state: 'ready', key: `${source.id} ${performance.now()}` });
    } catch (error) {
      if (!isLatest()) return;
      const isStopped = error instanceof WorkerError && error.kind === 'aborted';
      setState(isStopped ? { state: 'untrained' } : { state: 'failed', message: messageOf(error) });
    }
  };

  const choose = (source: NetworkSource) => {
    setChosen(source);
    if (source.parameters !== undefined) void open(source);
    else {
      aborter.current?.abort();
      aborter.current = undefined;
      setState({ state: 'untrained' });
    }
  };

  useEffect(() => {
    let isHere = true;
    void Promise.all([ownSource(), trainedSources()]).then(([own, others]) => {
      if (!isHere) return;
      setSources([own, ...others]);
      choose(own);
    });
    worker()
      .call('images', undefined, { onProgress: (share) => isHere && setImagesDone(share) })
      .then(
        (found) => isHere && setImages(found),
        (error) => isHere && setProblem(`The test images could not be loaded: ${messageOf(error)}`),
      );
    return () => {
      isHere = false;
      aborter.current = undefined;
      connection.current?.close();
      connection.current = undefined;
    };
  }, []);

  return {
    sources,
    chosen,
    state,
    images,
    imagesDone,
    problem,
    choose(id) {
      const source = sources.find((other) => other.id === id);
      if (source) choose(source);
    },
    train() {
      const own = sources.find(({ id }) => id === ownId);
      if (own === undefined) return;
      const { parameters: _, ...untrained } = own;
      setChosen(untrained);
      void open(untrained);
    },
    stop: () => aborter.current?.abort(),
    call: (...call) => worker().call(...call),
  };
}
