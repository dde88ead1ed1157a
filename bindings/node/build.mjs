// Builds `dist/`, the whole package: `node build.mjs [--release] [--library FILE]`.
// With --library the addon is already built and only copied.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const dist = join(here, 'dist');

const given = process.argv.indexOf('--library');
const library =
  given > 0 ? process.argv[given + 1] : cargoBuild(process.argv.includes('--release'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
copyFileSync(library, join(dist, 'index.node'));
for (const name of ['index.mjs', 'index.d.ts']) copyFileSync(join(here, name), join(dist, name));
for (const name of [
  'policy.mjs',
  'errors.mjs',
  'verifier.mjs',
  'redaction.mjs',
  'backtest.d.ts',
  'choices.d.ts',
  'exports.d.ts',
  'inputs.d.ts',
  'log.d.ts',
  'package.d.ts',
  'outputs.d.ts',
  'provenance.d.ts',
  'redaction.d.ts',
  'retention.d.ts',
])
  copyFileSync(join(root, 'bindings/js', name), join(dist, name));
copyFileSync(join(root, 'bindings/js/index.d.ts'), join(dist, 'api.d.ts'));
console.log(`built ${dist}`);

function cargoBuild(release) {
  const profile = release ? 'release' : 'dev';
  const options = [
    'build',
    '-p',
    'bailiwick-node',
    '--profile',
    profile,
    '--message-format',
    'json-render-diagnostics',
  ];
  const output = execFileSync('cargo', options, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 30,
  });
  const built = output
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .find(
      (message) =>
        message.reason === 'compiler-artifact' && message.target.name === 'bailiwick_node',
    );
  if (!built) throw new Error('cargo built no bailiwick_node');
  return built.filenames[0];
}
