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
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const NO_REGO = ['--no-default-features', '--features', 'regex'];

// Some 600 kB of each are the reading of commands and changes: bash's grammar, the options of 390
// programs, and the manifests of six package managers. Redaction has 130 kB of rule packs, and full
// and fast regular expressions for packs that others wrote. Fast is full without Rego and with vectors,
// built for speed: it redacts several times as fast.
const VARIANTS = [
  { name: 'full', flags: [], maxBytes: 4_000_000 },
  { name: 'lite', flags: ['--no-default-features'], maxBytes: 3_200_000 },
  { name: 'fast', flags: NO_REGO, maxBytes: 5_000_000, speed: true },
];

const STACK = '-Clink-arg=-zstack-size=4194304';

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
const lite = readFileSync(join(here, 'lite.mjs'), 'utf8');
writeFileSync(join(dist, 'fast.mjs'), lite.replaceAll('./lite/', './fast/'));
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

function build({ name, flags, maxBytes, speed = false }) {
  const folder = join(dist, name);
  const profile = speed ? 'wasm-speed' : 'wasm';
  const options = ['build', '-p', 'bailiwick-wasm', '--target', 'wasm32-unknown-unknown'];
  const rust = rustFlags(speed ? ['-Ctarget-feature=+simd128'] : []);
  run('cargo', [...options, '--profile', profile, ...flags], { CARGO_ENCODED_RUSTFLAGS: rust });
  const bindgen = ['run', '--quiet', '-p', 'bailiwick-wasm-bindgen', '--'];
  run('cargo', [...bindgen, builtModule(profile), folder]);
  const module = join(folder, 'bailiwick_bg.wasm');
  const features = [...WASM_FEATURES, ...(speed ? ['simd'] : [])];
  // More makes what was built for speed hardly smaller and no faster, and takes three times as long.
  const level = speed ? '-O1' : '-Oz';
  const enabled = features.map((feature) => `--enable-${feature}`);
  run(process.execPath, [wasmOpt, level, ...enabled, '-o', `${module}.opt`, module]);
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

function builtModule(profile) {
  const metadata = JSON.parse(
    execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], {
      cwd: root,
      maxBuffer: 1 << 28,
    }),
  );
  const built = join(metadata.target_directory, 'wasm32-unknown-unknown', profile);
  return join(built, 'bailiwick_wasm.wasm');
}

// The module says nowhere in whose home folder it was built. Encoded, flags may hold spaces. They take
// the place of those in `.cargo/config.toml`, so the size of the stack is given again.
function rustFlags(more) {
  const home = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const registry = join(home, 'registry/src');
  const indexes = existsSync(registry) ? readdirSync(registry) : [];
  const remapped = indexes.map((index) => `--remap-path-prefix=${join(registry, index)}/=`);
  const given = process.env.CARGO_ENCODED_RUSTFLAGS?.split('\x1f');
  const flags = given ?? (process.env.RUSTFLAGS ?? '').split(' ');
  const all = [...flags.filter((flag) => flag !== ''), STACK, ...more, ...remapped];
  return all.join('\x1f');
}

function run(command, options, variables = {}) {
  const env = { ...process.env, ...variables };
  execFileSync(command, options, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
}
