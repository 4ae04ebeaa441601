/** @file A runtime that is opened once, whoever asks for it: the last one who asked hears how far it is. */

/** How far the download of the WebAssembly is, in bytes. */
export interface Download {
  readonly received: number;
  readonly total: number;
  /** It came out of the browser's cache. */
  readonly cached: boolean;
}

type Report = (download: Download) => void;

/**
 * Opens at the first call and gives the same to all. What failed is opened again at the next call. Who asks while it is
 * being opened is told at once how far it is.
 */
export function shared<T>(open: (report: Report) => Promise<T>): (report: Report) => Promise<T> {
  let opened: Promise<T> | undefined;
  let listener: Report = () => undefined;
  /** While it is being opened. */
  let latest: Download | undefined;
  const begin = async (): Promise<T> => {
    try {
      return await open((download) => {
        latest = download;
        listener(download);
      });
    } catch (error) {
      opened = undefined;
      throw error;
    } finally {
      latest = undefined;
      listener = () => undefined;
    }
  };
  return (report) => {
    if (latest !== undefined) report(latest);
    listener = report;
    opened ??= begin();
    return opened;
  };
}
