// A static server for tests and for trying the playground: `node test/server.mjs [PORT]`.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves the package folder on the loopback interface; returns `{ url, close }`. */
export async function serve(port = 0) {
  const bindings = fileURLToPath(new URL('../../', import.meta.url));
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const type = TYPES[extname(path)];
    try {
      if (!type || path.includes('..')) throw new Error('not served');
      const content = await readFile(join(bindings, path));
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/wasm`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? 8080));
  console.log(`${url}/playground/index.html`);
}
