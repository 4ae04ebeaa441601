/** @file The licences of other people's work that is bundled with the page, as a file beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const fileName = 'THIRD-PARTY-LICENSES.txt';

/** The texts of licences by their SPDX names. */
const textFolder = join(import.meta.dirname, 'licences');

/** Packages that name a licence but bring no file of it. */
const copyrights: Readonly<Record<string, string>> = {
  'onnxruntime-web':
    'Copyright (c) Microsoft Corporation\n(What it is made of in turn: ThirdPartyNotices.txt in github.com/microsoft/onnxruntime)',
  '@bufbuild/protobuf':
    'Copyright 2021-2026 Buf Technologies, Inc.\nIn part (reading and writing of varints): Copyright 2008 Google Inc.  All rights reserved.',
};

/** What a bundle is made of, as far as it is asked here. */
type Bundle = Readonly<
  Record<
    string,
    | { readonly type: 'chunk'; readonly moduleIds: readonly string[] }
    | { readonly type: 'asset'; readonly originalFileNames: readonly string[] }
  >
>;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The folder of the installed package that a file belongs to; the project's own packages are not installed ones. */
const packageOf = (file: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/').replace(/^\0/, ''))?.[0];

/** A package's notice: its own licence file, else its copyright and the texts of the licences that it names. */
function noticeOf(folder: string): string {
  const {
    name,
    version,
    license = '',
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const title = `${name} ${version}${license === '' ? '' : ` (${license.replace(/^\((.*)\)$/, '$1')})`}`;
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  if (file !== undefined) return `${title}\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  const copyright = copyrights[name];
  const texts = (license.match(/[\w.-]+/g) ?? [])
    .filter((word) => word !== 'AND')
    .map((id) => join(textFolder, `${id}.txt`));
  if (copyright === undefined || texts.length === 0 || !texts.every((text) => existsSync(text)))
    throw new Error(
      `${title} brings no licence file: packages/lab/licences.ts needs its copyright and licence`,
    );
  return [title, copyright, ...texts.map((text) => readFileSync(text, 'utf8').trim())].join('\n\n');
}

/** Writes the licences of all that page and workers are made of; `page` goes to the page's plugins, `worker` to the workers'. */
export function licences(root: string): { readonly page: () => Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const found = (file: string) => {
    const folder = packageOf(isAbsolute(file) || file.startsWith('\0') ? file : resolve(root, file));
    if (folder !== undefined && existsSync(join(folder, 'package.json'))) folders.add(folder);
  };
  const collect = (bundle: Bundle) => {
    for (const part of Object.values(bundle))
      for (const file of part.type === 'chunk' ? part.moduleIds : part.originalFileNames) found(file);
  };
  return {
    worker: () => ({
      name: 'licences-of-workers',
      generateBundle: (_options, bundle) => collect(bundle),
    }),
    // Workers are bundled before it.
    page: () => ({
      name: 'licences',
      generateBundle(_options, bundle) {
        collect(bundle);
        const notices = [...folders].map(noticeOf).sort();
        const source = `${[...new Set(notices)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
        this.emitFile({ type: 'asset', fileName, source });
      },
    }),
  };
}
