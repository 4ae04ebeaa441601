/** @file The settings of the form: in step with the address, with links that are opened, and with the run that is shown. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Decoded, decode, encode } from '../../settings/codec.js';
import type { Settings } from '../../settings/settings.js';
import { replaceQuery } from '../../shell/use-route.js';
import { isUnderWay, type RunState } from '../../training/state.js';
import { useWaiting, type Waiting } from './waiting-link.js';

interface Given extends Decoded {
  /** Counts what came from elsewhere than the form, which is then built anew: nothing half-written is left in it. */
  readonly edition: number;
}

export interface UsedSettings extends Given {
  /** The visitor changed the form. */
  readonly change: (settings: Settings) => void;
  /** Puts these into the form. */
  readonly show: (settings: Settings) => void;
  /** A link that was opened while a run is under way. */
  readonly waiting: Waiting | undefined;
  readonly setWaiting: (next: Waiting | undefined) => void;
  /** Opens the link that waits. */
  readonly openWaiting: () => void;
}

/** While a run is under way the settings are its own; when it is shown again, too. */
export function useSettings(query: string, state: RunState | undefined): UsedSettings {
  const busy = state !== undefined && isUnderWay(state);
  const [given, setGiven] = useState<Given>(() =>
    state !== undefined && (busy || query === '')
      ? { settings: state.settings, problems: [], edition: 0 }
      : { ...decode(query), edition: 0 },
  );
  const [waiting, setWaiting] = useWaiting();
  const settings = busy ? state.settings : given.settings;

  // The address that this page has read or written; any other one is a link that was opened.
  const known = useRef(state === undefined ? query : undefined);
  const write = (address: string) => {
    known.current = address;
    replaceQuery('train', address);
  };
  const become = (next: Decoded, by: number) =>
    setGiven(({ edition }) => ({ ...next, edition: edition + by }));
  const change = (next: Settings) => {
    become({ settings: next, problems: [] }, 0);
    write(encode(next));
  };
  const show = (next: Settings) => {
    become({ settings: next, problems: [] }, 1);
    write(encode(next));
  };
  const open = (link: string) => {
    become(decode(link), 1);
    write(link);
    setWaiting(undefined);
  };
  const openWaiting = () => {
    if (waiting === undefined) return;
    if (busy) setWaiting({ ...waiting, isNext: true });
    else open(waiting.query);
  };

  useLayoutEffect(() => {
    if (query === known.current) return;
    if (query !== '' && !busy) return open(query);
    // A bare address is that of what is here; a link must wait for the run.
    const here = encode(settings);
    if (query !== '' && encode(decode(query).settings) !== here) setWaiting({ query, isNext: false });
    write(here);
  }, [query]);
  // Rates that are set while it trains become part of the settings, and of the address.
  useLayoutEffect(() => {
    if (busy) change(state.settings);
  }, [busy, state?.settings]);
  useLayoutEffect(() => {
    if (!busy && waiting?.isNext) openWaiting();
  }, [busy]);

  return { ...given, settings, change, show, waiting, setWaiting, openWaiting };
}
