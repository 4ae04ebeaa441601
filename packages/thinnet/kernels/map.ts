/** @file Where everything is in memory. Fixed numbers, so that an address costs no addition where it is used. */

/** Elements whose bits are drawn before something is made of them. */
export const BATCH: u32 = 4096;
/** Elements of the largest plane whose holes can be drawn. */
export const LARGEST_PLANE: u32 = 1 << 20;

/** Ten pairs of round keys, each a vector of four equal lanes. */
export const KEYS: usize = 0;
/** Four vectors: what all blocks of a stream share after two rounds. */
export const HEAD: usize = 320;
/** The values of four bits: 16 vectors. */
export const TABLE: usize = 512;
/** Eight blocks of real numbers' words, and the numbers of a group that is not written whole. */
export const WORDS: usize = 768;
export const VALUES: usize = 896;
/** The refine blocks of eight ties. */
export const REFINED: usize = 1024;
/** A chunk's bit planes, eight vectors each; a vector has a lane for each of four groups of 128 elements. */
export const PLANES: usize = 1152;
/** A batch's bits that are 1 where an element's first eight bits equal the threshold's. */
export const TIED: usize = 2176;
/** The bits of two batches, one being drawn while the other is used; each with room for reading beyond. */
export const BATCH_A: usize = 2688;
export const BATCH_B: usize = 3216;
/** The numbers, within the batch, of the elements that tie; with room for writing one more, reading seven. */
export const TIES: usize = 3744;
/** A plane with holes, a bit an element; with room for a word beyond. */
export const PLANE: usize = 20160;

/** The rest of the memory is the caller's. */
export const FREE: usize = 151296;
