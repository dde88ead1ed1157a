// Builds `dist/`, the whole package: `node build.mjs`. Fails where a module is larger than allowed.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

// Some 600 kB of each are the reading of commands and changes: bash's grammar, the options of 390
// programs, and the manifests of six package managers.
const VARIANTS = [
  { name: 'full', flags: [], maxBytes: 2_300_000 },
  { name: 'lite', flags: ['--no-default-features'], maxBytes: 1_700_000 },
];

// Listed one by one: with every feature on, wasm-opt writes encodings that browsers refuse.
const WASM_FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const dist = join(here, 'dist');
const wasmOpt = join(
  dirname(createRequire(import.meta.url).resolve('binaryen/package.json')),
  'bin/wasm-opt',
);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const name of ['index.mjs', 'lite.mjs', 'instance.mjs', 'transform.mjs', 'index.d.ts']) {
  copyFileSync(join(here, name), join(dist, name));
}
for (const name of [
  'policy.mjs',
  'errors.mjs',
  'redaction.mjs',
  'choices.d.ts',
  'inputs.d.ts',
  'outputs.d.ts',
  'redaction.d.ts',
  'retention.d.ts',
]) {
  copyFileSync(join(root, 'bindings/js', name), join(dist, name));
}
copyFileSync(join(root, 'bindings/js/index.d.ts'), join(dist, 'api.d.ts'));
const tooLarge = VARIANTS.map(build).filter(({ bytes, maxBytes }) => bytes >= maxBytes);
if (tooLarge.length > 0) {
  console.error(
    `too large: ${tooLarge.map(({ name, maxBytes }) => `${name} (${maxBytes} allowed)`).join(', ')}`,
  );
  process.exitCode = 1;
}

function build({ name, flags, maxBytes }) {
  const folder = join(dist, name);
  const options = ['build', '-p', 'bailiwick-wasm', '--target', 'wasm32-unknown-unknown'];
  run('cargo', [...options, '--profile', 'wasm', ...flags], { CARGO_ENCODED_RUSTFLAGS: rustFlags() });
  run('cargo', ['run', '--quiet', '-p', 'bailiwick-wasm-bindgen', '--', builtModule(), folder]);
  const module = join(folder, 'bailiwick_bg.wasm');
  const features = WASM_FEATURES.map((feature) => `--enable-${feature}`);
  run(process.execPath, [wasmOpt, '-Oz', ...features, '-o', `${module}.opt`, module]);
  renameSync(`${module}.opt`, module);
  const content = readFileSync(module);
  const sizes = [
    `${content.length} bytes`,
    `${gzipSync(content).length} with gzip`,
    `${brotliCompressSync(content).length} with brotli`,
  ];
  console.log(`${name}: ${sizes.join(', ')}`);
  return { name, bytes: content.length, maxBytes };
}

function builtModule() {
  const metadata = JSON.parse(
    execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], {
      cwd: root,
      maxBuffer: 1 << 28,
    }),
  );
  return join(metadata.target_directory, 'wasm32-unknown-unknown/wasm/bailiwick_wasm.wasm');
}

// The module says nowhere in whose home folder it was built. Encoded, flags may hold spaces.
function rustFlags() {
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const registry = join(home, 'registry/src');
  const indexes = existsSync(registry) ? readdirSync(registry) : [];
  const remapped = indexes.map((index) => `--remap-path-prefix=${join(registry, index)}/=`);
  const given = process.env.CARGO_ENCODED_RUSTFLAGS?.split('\x1f');
  const flags = given ?? (process.env.RUSTFLAGS ?? '').split(' ');
  return [...flags.filter((flag) => flag !== ''), ...remapped].join('\x1f');
}

function run(command, options, variables = {}) {
  const env = { ...process.env, ...variables };
  execFileSync(command, options, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
}
