// Makes the scripts that browsers load: every main.js below ui/components, with what it imports, becomes bundle.js
// beside it. With --check nothing is written, and the exit status is 1 if a bundle is not what its sources make.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {import('esbuild').BuildOptions & { write: false }} */
const OPTIONS = {
  absWorkingDir: REPOSITORY,
  bundle: true,
  charset: 'utf8',
  format: 'esm',
  legalComments: 'none',
  target: 'es2022',
  write: false,
};

/**
 * What `import code from './thread.js?bundled'` gives: the script with what it imports, as text. The browser loads such
 * scripts into threads of their own.
 * @type {import('esbuild').Plugin}
 */
const bundledText = {
  name: 'bundled text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?bundled$/ }, ({ path, resolveDir }) => ({
      // Bundles name their files: by a path that is the same on every computer.
      path: relative(REPOSITORY, resolve(resolveDir, path.replace('?bundled', ''))),
      namespace: 'bundled-text',
    }));
    onLoad({ filter: /./, namespace: 'bundled-text' }, async ({ path }) => ({
      contents: await bundled(join(REPOSITORY, path)),
      loader: 'text',
    }));
  },
};

/**
 * @param {string} entry
 * @returns {Promise<string>}
 */
async function bundled(entry) {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entry], plugins: [bundledText] });
  return outputFiles[0].text;
}

const checking = process.argv.includes('--check');
const stale = [];
const files = readdirSync(join(REPOSITORY, 'ui', 'components'), { recursive: true, encoding: 'utf8' });
for (const entry of files.filter(file => basename(file) === 'main.js').sort()) {
  const bundle = join('ui', 'components', dirname(entry), 'bundle.js');
  const place = join(REPOSITORY, bundle);
  const text = await bundled(join(REPOSITORY, 'ui', 'components', entry));
  if (existsSync(place) && readFileSync(place, 'utf8') === text) continue;
  if (checking) stale.push(bundle);
  else writeFileSync(place, text);
}
if (stale.length) {
  console.error(`Expected bundles as their sources make them; ${stale.join(', ')} differ. Run: npm run build`);
  process.exitCode = 1;
}
