/** @file Where everything is in memory. Fixed numbers, so that an address costs no addition where it is used. */

/** Elements whose bits are drawn before something is made of them. */
export const BATCH: u32 = 4096;
/** Elements of the largest plane whose holes can be drawn. */
export const LARGEST_PLANE: u32 = 1 << 20;

/** Ten pairs of round keys, each a vector of four equal lanes. */
export const KEYS: usize = 0;
/** Four vectors: what all blocks of a stream share after two rounds. */
export const HEAD: usize = 320;
/** 32 constants of four bytes. */
export const CONSTANTS: usize = 384;
/** The values of four bits: 16 vectors. */
export const TABLE: usize = 512;
/** The low words of the numbers of blocks to draw: eight times eight. */
export const NUMBERS: usize = 768;
/** The blocks of real numbers, eight times eight, and the numbers of a group that is not written whole. */
export const WORDS: usize = 1024;
export const VALUES: usize = 2048;
/** What normal.ts computes of each of those words before the rest. */
export const LOGS: usize = 3072;
/** A chunk's bit planes, eight vectors each; a vector has a lane for each of four groups of 128 elements. */
export const PLANES: usize = 4096;
/** The refine blocks of 32 ties. */
export const REFINED: usize = 5120;
/** A batch's bits that are 1 where an element's first eight bits equal the threshold's. */
export const TIED: usize = 5632;
/** The bits of two batches, one being drawn while the other is used; each with room for reading beyond. */
export const BATCH_A: usize = 6144;
export const BATCH_B: usize = 6672;
/** The numbers, within the batch, of the elements that tie; with room for reading 32 more. */
export const TIES: usize = 7200;
/** A plane with holes, a bit an element; with room for a word beyond. */
export const PLANE: usize = 23712;

/** The rest of the memory is the caller's. */
export const FREE: usize = 154816;
