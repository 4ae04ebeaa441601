/** @file The interpreter that has PyTorch, as for the tests. */

export const python = process.env.THINNET_PYTHON ?? '/usr/bin/python3';

/** Some machines set these for the sake of old builds of OpenBLAS; they would slow this one. */
export const slowing = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'];
