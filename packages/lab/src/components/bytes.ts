/** @file Numbers of bytes in words. */

/** `13.6 MB`, in units of 10^6. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
