/** @file The table that the visitor chose last, in the page's memory: what a browser that keeps nothing has of it. */

let held: { readonly sha256: string; readonly bytes: Uint8Array } | undefined;

export const holdTable = (sha256: string, bytes: Uint8Array): void => {
  held = { sha256, bytes };
};

/** The bytes of the table with that digest, if it is the one that was chosen last. */
export const heldTable = (sha256: string | undefined): Uint8Array | undefined =>
  held?.sha256 === sha256 ? held?.bytes : undefined;
