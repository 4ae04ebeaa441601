/** @file Papers that several cards cite. */
import type { Source } from './card.js';

/** Srivastava et al. 2014, at a place in it. */
export const srivastava = (place: string): Source => ({
  text: `Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014, Dropout: a simple way to prevent neural networks from overfitting, JMLR 15: ${place}`,
  url: 'https://jmlr.org/papers/v15/srivastava14a.html',
});

/** Hinton et al. 2012, at a place in it. */
export const hinton = (place: string): Source => ({
  text: `Hinton, Srivastava, Krizhevsky, Sutskever, Salakhutdinov 2012, Improving neural networks by preventing co-adaptation of feature detectors: ${place}`,
  url: 'https://arxiv.org/abs/1207.0580',
});

/** Goodfellow, Bengio and Courville 2016, at a place in it. */
export const goodfellow = (place: string): Source => ({
  text: `Goodfellow, Bengio, Courville 2016, Deep Learning: ${place}`,
  url: 'https://www.deeplearningbook.org/contents/regularization.html',
});

/** Baldi and Sadowski 2013, at a place in it. */
export const baldi = (place: string): Source => ({
  text: `Baldi, Sadowski 2013, Understanding dropout, NIPS 26: ${place}`,
  url: 'https://papers.nips.cc/paper/4878-understanding-dropout',
});

/** Li et al. 2019, at a place in it. */
export const varianceShift = (place: string): Source => ({
  text: `Li, Chen, Hu, Yang 2019, Understanding the disharmony between dropout and batch normalization by variance shift, CVPR: ${place}`,
  url: 'https://arxiv.org/abs/1801.05134',
});

/** Tompson et al. 2015, at a place in it. */
export const tompson = (place: string): Source => ({
  text: `Tompson, Goroshin, Jain, LeCun, Bregler 2015, Efficient object localization using convolutional networks, CVPR: ${place}`,
  url: 'https://arxiv.org/abs/1411.4280',
});

/** Ghiasi et al. 2018, at a place in it. */
export const ghiasi = (place: string): Source => ({
  text: `Ghiasi, Lin, Le 2018, DropBlock: a regularization method for convolutional networks, NeurIPS: ${place}`,
  url: 'https://arxiv.org/abs/1810.12890',
});
