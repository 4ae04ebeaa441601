/** @file Data sets that come by name. */

export const dataNames = ['mnist', 'fashion', 'fashion-mnist'] as const;
export type DataName = (typeof dataNames)[number];
export const isDataName = (text: string): text is DataName => dataNames.some((name) => name === text);
